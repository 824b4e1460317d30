"""Pectin's own templates render every kind of page without a problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tests.build.conftest import CONFIG, TODAY, BuildSite

from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import build
from pectin.values.output import OutputFile


def read_folder(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for found in folder.iterdir():
        if found.is_dir():
            yield from read_folder(found, f"{prefix}{found.name}/")
        else:
            yield prefix + found.name, found.read_text()


def build_texts(site: Mapping[str, str], theme: Mapping[str, str]) -> dict[str, str]:
    """The files of a site that has no problems."""
    emitted: dict[str, str] = {}

    def emit(file: OutputFile) -> None:
        emitted[file.path] = file.body.decode() if isinstance(file.body, bytes) else ""

    done = build(MemorySource(site), today=TODAY, emit=emit, theme=theme)
    assert done.problems == ()
    return emitted


POSTS = {
    f"content/blog/{n}.md": f"---\ndate: 2026-01-0{n}\ntags: [a]\n---\nText.\n" for n in range(1, 6)
}
THEME = dict(read_folder(files("pectin.app").joinpath("theme")))


def test_the_theme_renders_every_kind_of_page() -> None:
    menu = '[[menus.main]]\nname = "Blog"\nurl = "/blog/"\n'
    site = {
        "pectin.toml": f"{CONFIG}paginate_by = 2\n{menu}",
        "content/blog/deep/x.md": "",
        **POSTS,
    }
    emitted = build_texts(site, THEME)
    for path in ("/index.html", "/blog/page/2/index.html", "/tags/a/index.html", "/404.html"):
        assert emitted[path].count("<h1>") == 1
        assert '<html lang="en">' in emitted[path]


def test_each_page_of_a_list_is_canonical_and_has_a_title_of_its_own() -> None:
    site = {**POSTS, "pectin.toml": f"paginate_by = 2\n{CONFIG}"}
    emitted = build_texts(site, THEME)
    first, second = (emitted[path] for path in ("/tags/a/index.html", "/tags/a/page/2/index.html"))
    assert '<link rel="canonical" href="https://example.org/tags/a/">' in first
    assert '<link rel="canonical" href="https://example.org/tags/a/page/2/">' in second
    assert ", page 2</title>" in second
    assert ", page" not in first.partition("</title>")[0]


def test_the_figure_of_a_new_site_takes_the_call_of_the_manual(build_site: BuildSite) -> None:
    manual = (Path(__file__).parent.parent.parent / "docs" / "templates.md").read_text()
    call = next(line.strip() for line in manual.splitlines() if "{{ figure(" in line)
    starter = files("pectin.app").joinpath("starters", "blog")
    built = build_site(
        {
            "content/a/index.md": f'{call}\n\n{{{{ figure(src="plum.svg", alt="B", width=3) }}}}\n',
            "content/a/plum.svg": "<svg/>",
            "templates/shortcodes/figure.html": starter.joinpath(
                "templates/shortcodes/figure.html"
            ).read_text(),
        }
    )
    assert built.build.problems == ()
    html = built.text("/a/index.html")
    assert '<img src="plum.svg" alt="" loading="lazy">' in html
    assert '<img src="plum.svg" alt="B" width="3" loading="lazy">' in html


def test_the_theme_has_nested_menus_and_breadcrumbs_to_include() -> None:
    menu = '[[menus.main]]\nname = "Blog"\npage = "blog/_index.md"\n'
    site = {
        "pectin.toml": f"{CONFIG}{menu}",
        "content/blog/_index.md": "---\ntitle: Blog\n---\n",
        "content/blog/x.md": "---\ntitle: X\nmenus: {main: {parent: Blog}}\n---\n",
        "templates/page.html": '{% extends "pectin/page.html" %}'
        '{% block main %}{% include "pectin/breadcrumbs.html" %}{% endblock %}',
    }
    page = build_texts(site, THEME)["/blog/x/index.html"]
    assert '<a href="/blog/" aria-current="true">Blog</a><ul>' in "".join(page.split("\n"))
    assert '<a href="/blog/x/" aria-current="page">X</a>' in page
    assert '<a itemprop="item" href="https://example.org/blog/">' in page
    assert '<span itemprop="name" aria-current="page">X</span>' in page
    assert page.count('<meta itemprop="position"') == 3
