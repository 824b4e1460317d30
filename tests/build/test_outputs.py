"""Forms of pages beside HTML, as Pectin's own templates make them."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from tests.build.conftest import CONFIG, TODAY, BuildSite
from tests.build.test_theme import THEME, build_texts

from pectin.adapters.forked_workers import ForkedWorkers
from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import BuildOptions, build
from pectin.build.configuration.outputs import BUILT_IN, KINDS
from pectin.values.output import OutputFile, read_body

ALL = "[outputs]\n" + "".join(f"{kind} = {list(names)}\n" for kind, names in KINDS.items())

SITE = {
    "pectin.toml": f'{CONFIG}description = "About jam"\ntaxonomies = ["tags"]\n{ALL}',
    "content/_index.md": "---\ntitle: Home\n---\nHello.\n",
    "content/blog/_index.md": "---\ntitle: Blog\n---\n",
    "content/blog/plum.md": "---\ntitle: Plum [jam]\ndescription: Of plums.\ndate: 2026-01-02\n"
    "updated: 2026-03-01\ntags: [stone]\nserves: 4\n---\nPlums & *sugar*. [Pear](pear.md)\n",
    "content/blog/pear.md": "---\ndate: 2026-01-01\nstart: 2026-05-01\n---\n- one\n- two\n",
}


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    """What SITE becomes."""
    return build_texts(SITE, THEME)


def test_every_kind_of_page_has_every_format_that_it_can_have(texts: Mapping[str, str]) -> None:
    for folder, kind in {
        "/": "home",
        "/blog/": "section",
        "/blog/pear/": "page",
        "/tags/": "taxonomy",
        "/tags/stone/": "term",
    }.items():
        for name in KINDS[kind]:
            assert texts[folder + BUILT_IN[name].file_name].strip(), (folder, name)


def test_the_json_of_a_page_has_its_front_matter_and_its_content(
    texts: Mapping[str, str],
) -> None:
    assert json.loads(texts["/blog/plum/index.json"]) == {
        "title": "Plum [jam]",
        "url": "https://example.org/blog/plum/",
        "language": "en",
        "description": "Of plums.",
        "date": "2026-01-02",
        "updated": "2026-03-01",
        "lastmod": "2026-03-01",
        "terms": {"tags": [{"name": "stone", "slug": "stone", "url": "/tags/stone/", "count": 1}]},
        "params": {"serves": 4},
        "summary": '<p>Plums &amp; <em>sugar</em>. <a href="/blog/pear/">Pear</a></p>',
        "content": '<p>Plums &amp; <em>sugar</em>. <a href="/blog/pear/">Pear</a></p>\n',
        "plain": "Plums & sugar. Pear\n",
    }


def test_the_json_of_every_page_can_be_read(texts: Mapping[str, str]) -> None:
    read = {path: json.loads(text) for path, text in texts.items() if path.endswith(".json")}
    assert [one["title"] for one in read["/blog/index.json"]["pages"]] == ["Plum [jam]", "Pear"]
    assert read["/tags/index.json"]["terms"][0]["name"] == "stone"
    assert read["/index.json"]["sections"] == [
        {"title": "Blog", "url": "https://example.org/blog/"}
    ]


def test_text_has_no_marks_and_escapes_nothing(texts: Mapping[str, str]) -> None:
    assert texts["/blog/plum/index.txt"] == (
        "Plum [jam]\n2026-01-02\nhttps://example.org/blog/plum/\n\nPlums & sugar. Pear\n"
    )


def test_markdown_is_named_as_programs_look_for_it(texts: Mapping[str, str]) -> None:
    assert texts["/blog/plum/index.html.md"] == (
        "# Plum \\[jam\\]\n\n> Of plums.\n\nPlums & *sugar*. [Pear](https://example.org/blog/pear/)\n"
    )


def test_llms_txt_has_a_title_a_summary_and_a_list_of_links_for_each_section(
    texts: Mapping[str, str],
) -> None:
    assert texts["/llms.txt"] == (
        "# Jam\n\n> About jam\n\n## Blog\n\n"
        "- [Plum \\[jam\\]](https://example.org/blog/plum/index.html.md): Of plums.\n"
        "- [Pear](https://example.org/blog/pear/index.html.md)\n"
    )


def test_llms_full_txt_has_every_page(texts: Mapping[str, str]) -> None:
    assert texts["/llms-full.txt"] == (
        "# Jam\n\n> About jam\n\nHello.\n\n---\n\n# Plum \\[jam\\]\n\n"
        "Source: https://example.org/blog/plum/\n\n"
        "Plums & *sugar*. [Pear](https://example.org/blog/pear/)\n\n---\n\n# Pear\n\n"
        "Source: https://example.org/blog/pear/\n\n- one\n- two\n"
    )


def test_only_pages_with_a_start_have_a_calendar(texts: Mapping[str, str]) -> None:
    calendars = {path for path in texts if path.endswith(".ics")}
    lists = {"/index.ics", "/blog/index.ics", "/tags/stone/index.ics"}
    assert calendars == {*lists, "/blog/pear/index.ics"}


def test_the_theme_links_to_the_other_forms_of_a_page(texts: Mapping[str, str]) -> None:
    html = texts["/blog/plum/index.html"]
    assert '<link rel="alternate" type="application/json" href="/blog/plum/index.json">' in html
    assert "llms" not in html


def test_each_format_is_sent_with_its_media_type() -> None:
    types: dict[str, str] = {}

    def emit(file: OutputFile) -> None:
        types[file.path] = file.media_type

    build(MemorySource(SITE), today=TODAY, emit=emit, theme=THEME)
    assert types["/blog/plum/index.json"] == "application/json"
    assert types["/blog/pear/index.ics"] == "text/calendar; charset=utf-8"
    assert types["/blog/plum/index.html.md"] == "text/markdown; charset=utf-8"
    assert types["/blog/atom.xml"] == "application/atom+xml; charset=utf-8"


def test_copies_of_the_process_make_what_one_would() -> None:
    site = {**SITE, **{f"content/more/{n}.md": f"Text {n}.\n" for n in range(60)}}
    emitted: dict[str, bytes] = {}

    def emit(file: OutputFile) -> None:
        emitted[file.path] = read_body(file.body)

    build(MemorySource(site), today=TODAY, emit=emit, theme=THEME, workers=ForkedWorkers(3))
    assert {path: body.decode() for path, body in emitted.items()} == build_texts(site, THEME)


def test_a_link_to_another_form_of_a_page_is_good(build_site: BuildSite) -> None:
    built = build_site(
        {
            "content/a.md": "[JSON](/b/index.json) [none](/b/index.txt)\n",
            "content/b.md": "---\noutputs: [html, json]\n---\n",
            "templates/page.json": "{}",
        }
    )
    assert [problem.message for problem in built.build.problems] == ["`/b/index.txt` leads nowhere"]


def test_a_page_that_shows_a_link_in_text_has_no_broken_link(build_site: BuildSite) -> None:
    built = build_site(
        {
            "content/b.md": "---\noutputs: text\n---\n",
            "templates/page.txt": '<a href="/nowhere/">x</a>',
        }
    )
    assert built.codes == []


def test_an_alias_leads_to_the_form_that_a_page_without_html_has(build_site: BuildSite) -> None:
    built = build_site(
        {
            "content/b.md": "---\naliases: [/old.json]\noutputs: json\n---\n",
            "templates/page.json": "{}",
        }
    )
    (redirect,) = built.build.rules.redirects
    assert (redirect.source, redirect.target) == ("/old.json", "/b/index.json")


def test_forms_are_beside_the_pages_of_each_language(build_site: BuildSite) -> None:
    built = build_site(
        {
            "content/a.md": "A.\n",
            "content/a.de.md": "---\ntitle: Ein\n---\n",
            "templates/page.json": "{{ page.title|json }}",
        },
        config='[languages.de]\ntitle = "Marmelade"\n[outputs]\npage = ["html", "json"]\n',
    )
    assert built.codes == []
    assert built.text("/de/a/index.json") == '"Ein"'
    assert built.text("/a/index.json") == '"A"'


def test_each_form_of_a_page_is_listed_by_its_own_url_in_development(
    build_site: BuildSite,
) -> None:
    built = build_site(
        {"content/ä.md": "---\noutputs: [html, json]\n---\n", "templates/page.json": "{}"},
        options=BuildOptions(development=True),
    )
    listed = [note.url for note in built.build.notes if note.source == "content/ä.md"]
    assert sorted(listed) == ["/%C3%A4/", "/%C3%A4/index.json"]
