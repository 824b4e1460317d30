"""Attack rows 7 to 9, 29 and 30, as they meet a build."""

from __future__ import annotations

import pytest
from tests.build.conftest import BuildSite, build_site, compilers

from pectin.build.site import claims
from pectin.build.urls import find_fault
from pectin.edge import paths

__all__ = ["build_site", "compilers"]

SECRET = "PECTIN_TEST_SECRET"


@pytest.mark.parametrize(
    ("first", "second"),
    [("/A.txt", "/a.txt"), ("/\u00e4.txt", "/a\u0308.txt"), ("/stra\u00dfe", "/STRASSE")],
)
def test_names_that_a_disk_takes_for_one_are_told(
    first: str, second: str, build_site: BuildSite
) -> None:
    """Row 7: case and NFC collisions."""
    built = build_site({f"static{first}": "1", f"static{second}": "2"})
    assert built.codes == ["duplicate-url"]
    assert len({first, second} & built.files.keys()) == 1


def test_a_file_that_a_disk_takes_for_a_folder_is_told(build_site: BuildSite) -> None:
    """Row 7: a file and a folder of one name."""
    first = {"content/a.md": "---\nurl: /feed.html\n---\n"}
    second = {"content/b.md": "---\nurl: /Feed.html/x/\n---\n"}
    for files in ({**first, **second}, {**second, **first}):
        assert build_site(files).codes == ["duplicate-url"]
    assert build_site(first).codes == build_site(second).codes == []


def test_an_alias_may_be_a_folder_of_pages(build_site: BuildSite) -> None:
    """Row 7: no false alarm, since an alias makes no file."""
    files = {"content/a.md": "---\naliases: [/b]\n---\n", "content/b/c.md": ""}
    assert build_site(files).codes == []


@pytest.mark.parametrize("letter", ["a", "é", "日"])
@pytest.mark.parametrize("key", ["url", "slug", "aliases"])
def test_a_path_that_nobody_could_ask_for_is_told(
    key: str, letter: str, build_site: BuildSite
) -> None:
    """Row 7: a name of 9,000 characters, which answers 414 for ever."""
    path = letter * 9_000 if key == "slug" else f"/{letter * 9_000}/"
    value = f'["{path}"]' if key == "aliases" else f'"{path}"'
    built = build_site({"content/a.md": f"---\n{key}: {value}\n---\n"})
    assert [code for code in built.codes if code != "duplicate-url"] == ["bad-url"]
    assert all(len(path) < 400 for path in built.files)


def test_the_longest_path_that_is_built_is_one_that_is_answered() -> None:
    """Row 7: the build and the edge agree."""
    assert claims.LONGEST_PATH <= paths.MAX_LENGTH


def test_very_many_tiny_files_are_a_site(build_site: BuildSite) -> None:
    """Row 7: tiny files by the thousand."""
    count = 20_000
    built = build_site({f"static/{n % 7}/{n}": "" for n in range(count)})
    assert built.codes == []
    assert {f"/{n % 7}/{n}" for n in range(count)} <= built.files.keys()


@pytest.mark.parametrize(
    "head",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\n" + "".join(
            f"{chr(n + 1)}: &{chr(n + 1)} [*{chr(n)}, *{chr(n)}]\n" for n in range(98, 121)
        ),
        "a: " + "[" * 5_000 + "]" * 5_000,
        "a: " + "9" * 20_000,
        "a: 1e999999999",
    ],
)  # fmt: skip
def test_a_bomb_in_front_matter_is_small_or_told(head: str, build_site: BuildSite) -> None:
    """Row 7: aliases that double (a billion laughs), depth, and numbers without end."""
    built = build_site({"content/a.md": f"---\n{head}\n---\nText\n"})
    assert "/index.html" in built.files
    assert all(
        len(file.body) < 10_000 for file in built.files.values() if isinstance(file.body, bytes)
    )


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "/\\evil.example/",
        "/%5cevil.example/",
        "/%2fevil.example/",
        "/a/%2e%2e/b/",
        "/../x/",
        "/a\r\nSet-Cookie: x=1/",
        "/a%0d%0aSet-Cookie:%20x=1/",
        "/a\u2028b/",
        "/a\x00b/",
        "https://evil.example/",
        "javascript:alert(1)",
        "",
        "/a?b",
        "/a#b",
    ],
)
def test_a_url_that_could_leave_the_site_is_never_taken(path: str) -> None:
    r"""Rows 8 and 9: `//host`, `\\host`, CR and LF, dots, encoded or not."""
    assert find_fault(path) is not None


@pytest.mark.parametrize("alias", ["/*", "/a/*", "/:year/", "/plum/"])
def test_an_alias_is_one_path_and_no_pattern_and_no_loop(alias: str, build_site: BuildSite) -> None:
    """Row 9: a placeholder, a splat or a loop made of front matter."""
    built = build_site({"content/plum.md": f'---\naliases: ["{alias}"]\n---\n'})
    assert built.build.rules.redirects == ()
    assert built.build.problems


def test_titles_terms_and_parameters_are_escaped(build_site: BuildSite) -> None:
    """Row 29: scripts in front matter."""
    script = "<script>alert(1)</script>"
    built = build_site(
        {
            "content/a.md": f'---\ntitle: "{script}"\nx: "{script}"\ntags: ["{script}"]\n---\n',
            "templates/page.html": '<a title="{{ page.params.x }}">{{ page.title }}'
            "{{ page.terms.tags[0].name }}{{ page.terms.tags[0].url }}</a>{{ {'x': page.title}|json }}",
        }
    )
    assert "<script>" not in built.text("/a/index.html")


def test_arguments_of_shortcodes_are_escaped(build_site: BuildSite) -> None:
    """Row 29: a shortcode's argument in an attribute."""
    built = build_site(
        {
            "content/a.md": "{{ f(x='\"><script>') }}\n",
            "templates/shortcodes/f.html": '<i title="{{ x }}"></i>',
        }
    )
    assert "<script>" not in built.text("/a/index.html")


@pytest.mark.parametrize(
    "template",
    [
        "{% include '../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% include '../pectin.toml' %}",
        "{% extends '../content/secret.md' %}",
        "{% import 'C:\\\\windows\\\\win.ini' as x %}",
        "{{ asset('../pectin.toml').url }}",
        "{{ asset('../content/secret.md').url }}",
        "{{ get_page('../../etc/passwd').content }}",
        "{{ get_section('../../..').title }}",
        "{{ site.data['../pectin'] }}",
    ],
)
def test_a_template_reads_nothing_outside_its_folders(template: str, build_site: BuildSite) -> None:
    """Row 30: a build that leaves its project folder."""
    built = build_site({"content/secret.txt": "s", "templates/section.html": template})
    assert len(built.codes) == 1
    assert "/index.html" not in built.files


@pytest.mark.parametrize(
    "expression",
    [
        "page.__class__",
        "page._queries",
        "page._page",
        "site.__init__.__globals__",
        "get_page.__globals__",
        "asset.__self__",
        "page.content.__class__",
        "site.data.__class__",
        "today.__class__",
        "env",
        "environ",
        "os",
    ],
)
def test_a_template_reaches_no_python_behind_its_names(
    expression: str, build_site: BuildSite
) -> None:
    """Row 30: the environment and the interpreter through attributes."""
    built = build_site({"templates/section.html": "{{ " + expression + " }}"})
    assert built.codes == ["undefined"]


def test_the_environment_of_the_process_is_in_no_page(
    build_site: BuildSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 30: secrets of the environment."""
    monkeypatch.setenv(SECRET, "hunter2")
    built = build_site({"templates/section.html": "{{ debug() }}"})
    assert not any(
        b"hunter2" in file.body for file in built.files.values() if isinstance(file.body, bytes)
    )


@pytest.mark.parametrize("call", ["where('__class__', 1)", "sort_by('_page')"])
def test_no_filter_reads_a_private_attribute(call: str, build_site: BuildSite) -> None:
    """Row 30: filters that read by name."""
    built = build_site(
        {"content/a.md": "", "templates/section.html": "{{ site.pages|" + call + "|length }}"}
    )
    assert built.codes == ["undefined"]


@pytest.mark.parametrize(
    "template",
    [
        "{% include 'section.html' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(40) }}",
        "{{ ('a' * 4000000000)|length }}",
    ],
)
def test_a_template_without_end_is_stopped(template: str, build_site: BuildSite) -> None:
    """Row 30: a build that never ends."""
    assert len(build_site({"templates/section.html": template}).codes) == 1
