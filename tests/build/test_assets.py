from __future__ import annotations

from base64 import b64encode
from hashlib import sha256, sha384

from tests.build.conftest import BuildSite

ASK = {"templates/section.html": "{{ asset('a.css').url }}|{{ asset('a.css').integrity }}"}


def test_a_name_is_the_fingerprint_of_what_is_published(build_site: BuildSite) -> None:
    built = build_site({**ASK, "assets/a.css": "a { color: red }"})
    url, integrity = built.text("/index.html").split("|")
    body = built.text(url).encode()
    assert url == f"/a.{sha256(body).hexdigest()[:12]}.css"
    assert integrity == f"sha384-{b64encode(sha384(body).digest()).decode()}"


def test_a_changed_image_renames_the_sheet_that_shows_it(build_site: BuildSite) -> None:
    sheet = {**ASK, "assets/a.css": "a { background: url(img/b.svg) }"}
    first = build_site({**sheet, "assets/img/b.svg": "<svg/>"}).text("/index.html")
    second = build_site({**sheet, "assets/img/b.svg": "<svg />"}).text("/index.html")
    assert first != second


def test_an_asset_that_nothing_asks_for_is_not_published(build_site: BuildSite) -> None:
    built = build_site({"assets/a.css": "a {}"})
    assert not any(path.endswith(".css") for path in built.files)


def test_bytes_that_are_no_text_survive_a_rewrite(build_site: BuildSite) -> None:
    built = build_site({**ASK, "assets/a.css": b"a { content: '\xff' }"})
    url = built.text("/index.html").split("|")[0]
    assert built.files[url].body == b"a { content: '\xff' }"


def test_imports_of_modules_are_rewritten_and_computed_ones_left_alone(
    build_site: BuildSite,
) -> None:
    built = build_site(
        {
            "assets/m.js": "import a from './n.js';import('./n.js');import(x);import 'lit';",
            "assets/n.js": "export default 1",
            "templates/section.html": "{{ asset('m.js').url }}",
        }
    )
    script = built.text(built.text("/index.html"))
    assert script.count("/n.") == 2
    assert "import(x);import 'lit';" in script
    assert "'./n.js'" not in script
