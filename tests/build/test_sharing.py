"""What pages say of themselves to search engines, and to those who show links as cards."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

from tests.build.conftest import CONFIG, TODAY, Built, PlainEncoder
from tests.build.test_theme import THEME

from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import build
from pectin.build.images.images import ImageTools
from pectin.values.output import OutputFile

HEAD = "{% include 'pectin/canonical.html' %}{% include 'pectin/opengraph.html' %}{% include 'pectin/structured_data.html' %}"
POST = """---
title: Plum & pear
date: 2026-01-02
updated: 2026-02-03T10:00:00Z
tags: [stone, jam]
author: Ada
image: plum.jpg
image_alt: A jar of "jam".
---
Plums, of *course*.
"""
SITE = {
    "pectin.toml": f'{CONFIG}description = "About jam"\npaginate_by = 1\ntaxonomies = ["tags"]\n',
    "content/blog/_index.md": "---\ntitle: Blog\n---\n",
    "content/blog/plum/index.md": POST,
    "content/blog/plum/plum.jpg": "jpeg 2400x1600",
    "content/blog/fig.md": "---\ndate: 2026-01-01\n---\nFigs.\n",
    "templates/base.html": HEAD,
    "templates/page.html": "{% extends 'base.html' %}",
    "templates/section.html": "{% extends 'base.html' %}",
    "templates/term.html": "{% extends 'base.html' %}",
    "templates/taxonomy.html": "{% extends 'base.html' %}",
    "templates/404.html": "{% extends 'base.html' %}",
}


def run(site: Mapping[str, str]) -> Built:
    files: dict[str, OutputFile] = {}
    done = build(
        MemorySource(site),
        today=TODAY,
        emit=lambda file: files.update({file.path: file}),
        theme=THEME,
        image_tools=ImageTools(PlainEncoder()),
    )
    return Built(done, files)


def read(built: Built, path: str) -> list[tuple[str, str]]:
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', built.text(path))
    return [(name, unescape(content)) for name, content in found]


def read_data(built: Built, path: str) -> dict[str, object]:
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', built.text(path), re.DOTALL
    )
    data: dict[str, object] = json.loads(text)
    return data


def test_an_article_has_all_that_a_card_shows() -> None:
    built = run(SITE)
    assert built.codes == []
    meta = read(built, "/blog/plum/index.html")
    image = dict(meta)["og:image"]
    assert re.fullmatch(r"https://example\.org/blog/plum/plum-1200x800\.\w+\.jpg", image)
    assert image.removeprefix("https://example.org") in built.files
    assert meta == [
        ("og:title", "Plum & pear"),
        ("og:type", "article"),
        ("og:url", "https://example.org/blog/plum/"),
        ("og:site_name", "Jam"),
        ("og:locale", "en"),
        ("og:description", "Plums, of course."),
        ("og:image", image),
        ("og:image:width", "1200"),
        ("og:image:height", "800"),
        ("og:image:alt", 'A jar of "jam".'),
        ("twitter:card", "summary_large_image"),
        ("article:published_time", "2026-01-02T00:00:00Z"),
        ("article:modified_time", "2026-02-03T10:00:00Z"),
        ("article:section", "Blog"),
        ("article:tag", "jam"),
        ("article:tag", "stone"),
    ]


def test_an_article_has_structured_data() -> None:
    built = run(SITE)
    data = read_data(built, "/blog/plum/index.html")
    assert data == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "Plum & pear",
        "datePublished": "2026-01-02T00:00:00Z",
        "dateModified": "2026-02-03T10:00:00Z",
        "author": {"@type": "Person", "name": "Ada"},
        "publisher": {"@type": "Organization", "name": "Jam", "url": "https://example.org/"},
        "image": dict(read(built, "/blog/plum/index.html"))["og:image"],
        "inLanguage": "en",
        "url": "https://example.org/blog/plum/",
    }
    assert read_data(built, "/index.html")["@type"] == "WebSite"
    assert read_data(built, "/blog/index.html")["@type"] == "CollectionPage"


def test_a_page_without_an_image_has_that_of_the_site() -> None:
    config = SITE["pectin.toml"] + '[params]\nimage = "card.png"\nimage_alt = "Jars"\n'
    built = run({**SITE, "pectin.toml": config, "assets/card.png": "png 600x300"})
    meta = dict(read(built, "/blog/fig/index.html"))
    assert (meta["og:image:width"], meta["og:image:alt"]) == ("600", "Jars")
    assert meta["og:image"].startswith("https://example.org/card-600x300.")


def test_a_page_without_any_image_has_a_small_card() -> None:
    meta = dict(read(run(SITE), "/blog/fig/index.html"))
    assert "og:image" not in meta
    assert meta["twitter:card"] == "summary"


def test_a_path_and_a_url_are_taken_as_they_are() -> None:
    for written, url in {
        "/card.png": "https://example.org/card.png",
        "https://cdn.example/c.png?a=1&b=2": "https://cdn.example/c.png?a=1&b=2",
    }.items():
        built = run({**SITE, "content/blog/fig.md": f"---\nimage: {written}\n---\n"})
        assert dict(read(built, "/blog/fig/index.html"))["og:image"] == url


def test_a_drawing_is_no_card() -> None:
    site = {
        **SITE,
        "content/blog/fig.md": "---\nimage: fig.svg\n---\n",
        "content/blog/fig.svg": '<svg viewBox="0 0 4 3"/>',
    }
    assert "og:image" not in dict(read(run(site), "/blog/fig/index.html"))


def test_an_image_that_is_not_there_is_told_where_it_is_named() -> None:
    built = run({**SITE, "content/blog/fig.md": "---\ntitle: Fig\nimage: fog.jpg\n---\n"})
    (problem,) = built.build.problems
    assert (problem.code, str(problem.place)) == ("missing-image", "content/blog/fig.md:3:8")


def test_an_image_that_is_no_text_is_told() -> None:
    built = run({**SITE, "content/blog/fig.md": "---\nimage: [a]\n---\n"})
    assert built.build.problems[0].message == "`image` must be text, not a list"


def test_each_slice_of_a_list_is_its_own_canonical_page() -> None:
    text = run(SITE).text("/blog/page/2/index.html")
    assert '<link rel="canonical" href="https://example.org/blog/page/2/">' in text
    assert '<meta property="og:url" content="https://example.org/blog/page/2/">' in text


def test_a_missing_page_says_nothing_of_itself() -> None:
    assert run(SITE).text("/404.html").strip() == ""


def test_what_shows_a_page_for_want_of_a_translation_names_the_original() -> None:
    config = SITE["pectin.toml"] + '[languages.de]\ntitle = "Marmelade"\nfallback = true\n'
    built = run({**SITE, "pectin.toml": config, "content/_index.de.md": "---\ntitle: Heim\n---\n"})
    text = built.text("/de/blog/fig/index.html")
    assert '<link rel="canonical" href="https://example.org/blog/fig/">' in text
    assert dict(read(built, "/de/index.html"))["og:locale:alternate"] == "en"


def test_the_theme_says_it_of_every_page() -> None:
    site = {path: text for path, text in SITE.items() if not path.startswith("templates/")}
    built = run(site)
    assert built.codes == []
    assert dict(read(built, "/blog/plum/index.html"))["og:title"] == "Plum & pear"
