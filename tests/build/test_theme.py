"""Pectin's own templates render every kind of page without a problem."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tests.build.conftest import CONFIG, TODAY, BuildSite

from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import build
from pectin.values.output import OutputFile


def test_the_theme_renders_every_kind_of_page() -> None:
    theme = {
        found.name: found.read_text()
        for found in files("pectin.app").joinpath("theme").iterdir()
        if found.name.endswith(".html")
    }
    site = {
        "pectin.toml": f'{CONFIG}paginate_by = 2\n[[menus.main]]\nname = "Blog"\nurl = "/blog/"\n',
        "content/blog/deep/x.md": "",
        **{
            f"content/blog/{n}.md": f"---\ndate: 2026-01-0{n}\ntags: [a]\n---\nText.\n"
            for n in range(1, 6)
        },
    }
    emitted: dict[str, OutputFile] = {}
    done = build(
        MemorySource(site),
        today=TODAY,
        emit=lambda file: emitted.__setitem__(file.path, file),
        theme=theme,
    )
    assert done.problems == ()
    for path in ("/index.html", "/blog/page/2/index.html", "/tags/a/index.html", "/404.html"):
        body = emitted[path].body
        assert isinstance(body, bytes)
        assert body.count(b"<h1>") == 1
        assert b'<html lang="en">' in body


def test_the_figure_of_a_new_site_takes_the_call_of_the_manual(build_site: BuildSite) -> None:
    manual = (Path(__file__).parent.parent.parent / "docs" / "templates.md").read_text()
    call = next(line.strip() for line in manual.splitlines() if "{{ figure(" in line)
    starter = files("pectin.app").joinpath("starter")
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
