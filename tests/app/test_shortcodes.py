"""The shortcodes that Pectin ships."""

from __future__ import annotations

import pytest
from tests.build.conftest import TODAY, PlainEncoder

from pectin.adapters.memory_source import MemorySource
from pectin.app.building import load_theme
from pectin.build.builder import Build, build
from pectin.build.images.images import ImageTools

CONFIG = 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n[images]\nwidths = [10]\nformats = []\n'


def build_page(body: str, **files: str) -> tuple[Build, str]:
    made = {}
    templates = {f"templates/shortcodes/{name}.html": text for name, text in files.items()}
    source = {
        "pectin.toml": CONFIG,
        "content/p.md": body,
        "content/jar.jpg": "jpeg 30x20",
        "templates/page.html": "{{ page.content }}",
        **templates,
    }
    built = build(
        MemorySource(source),
        today=TODAY,
        emit=lambda file: made.update({file.path: file.body}),
        theme=load_theme(),
        image_tools=ImageTools(PlainEncoder()),
    )
    page = made.get("/p/index.html", b"")
    assert isinstance(page, bytes)
    return built, page.decode()


def test_an_image_takes_what_the_function_takes() -> None:
    built, page = build_page('{{ image(src="jar.jpg", alt="A jar", ratio="1:1", class="x") }}')
    assert built.problems == ()
    assert page.startswith('<img src="/jar-10x10.')
    assert 'alt="A jar" width="10" height="10" loading="lazy" decoding="async" class="x"' in page


def test_an_image_round_a_text_has_a_caption() -> None:
    built, page = build_page('{% image(src="jar.jpg", alt="") %}\nA *jar*.\n{% end %}')
    assert built.problems == ()
    assert page.startswith('<figure><img src="/jar-10x7.')
    assert page.strip().endswith("<figcaption><p>A <em>jar</em>.</p>\n</figcaption></figure>")


def test_a_site_may_have_an_image_shortcode_of_its_own() -> None:
    _, page = build_page('{{ image(name="x") }}', image="<b>{{ name }}</b>")
    assert page.strip() == "<b>x</b>"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ('{{ image(src="jar.jpg") }}', "missing-alt"),
        ('{{ image(src="jug.jpg", alt="") }}', "missing-image"),
        ('{{ image(src="jar.jpg", alt="", ratio="x") }}', "template-error"),
        ('{{ image(source="jar.jpg", alt="") }}', "template-error"),
    ],
)
def test_what_is_wrong_with_it_is_told_where_it_is_written(call: str, code: str) -> None:
    built, _ = build_page(f"Text\n\n{call}")
    (problem,) = built.problems
    assert problem.code == code
    assert str(problem.place) == "content/p.md:3:1"
