from __future__ import annotations

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.build.conftest import CONFIG, THEME, TODAY, BuildSite

from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import Build, BuildOptions, build
from pectin.build.pages import BATCH
from pectin.values.output import OutputFile
from pectin.values.problem import Severity

SITE = {
    "pectin.toml": CONFIG + 'taxonomies = ["tags", "authors"]\n',
    "content/_index.md": "[plum](blog/plum.md#sugar) [x](nowhere)\n",
    "content/blog/plum.md": "---\ndate: 2026-01-01\ntags: [b, a]\n---\n## Sugar\n",
    "content/blog/pear.md": "---\ndate: 2026-01-01\ntags: [B, c]\nauthors: [Zoe, anna]\n---\n",
    "content/blog/fig.md": "---\nurl: /blog/pear/\n---\n",
    "content/blog/img/index.md": "![i](i.svg)\n",
    "content/blog/img/i.svg": "<svg/>",
    "assets/a.css": "a { background: url(b.svg) }",
    "assets/b.svg": "<svg/>",
    "data/x.yaml": "a: 1\n",
    "data/y/z.json": "[1]\n",
    "static/LOGO.svg": "<svg/>",
    "static/logo.svg": "<svg />",
    "templates/page.html": "{{ stylesheet('a.css') }}{{ page.content }}{{ site.data.x.a }}",
    "templates/section.html": "{% for n in site.data %}{{ n }}{% endfor %}{{ page.content }}{{ nope }}",
}


class Shuffled(MemorySource):
    """A source whose paths come in the order of its files."""

    def paths(self) -> list[str]:
        return list(self._files)


def build_shuffled(order: list[str]) -> tuple[Build, list[OutputFile]]:
    files: list[OutputFile] = []
    source = Shuffled({path: SITE[path] for path in order})
    done = build(source, today=TODAY, emit=files.append, theme=THEME)
    return done, files


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(sorted(SITE)))
def test_the_order_of_the_source_changes_nothing(order: list[str]) -> None:
    assert build_shuffled(order) == build_shuffled(sorted(SITE))


def test_a_site_without_configuration_is_one_problem() -> None:
    done = build(MemorySource({}), today=TODAY, emit=lambda _: None, theme=THEME)
    assert [problem.code for problem in done.problems] == ["missing-config"]
    assert done.config is None


def test_an_empty_site_has_a_home_page(build_site: BuildSite) -> None:
    built = build_site({})
    assert "/index.html" in built.files
    assert built.codes == []


def test_pages_are_html_and_fingerprinted_files_never_change(build_site: BuildSite) -> None:
    built = build_site(
        {"assets/a.css": "a {}", "templates/section.html": "{{ asset('a.css').url }}"}
    )
    path = built.text("/index.html")
    assert built.files[path].immutable
    assert built.files[path].media_type == "text/css; charset=utf-8"
    assert not built.files["/index.html"].immutable
    assert built.files["/index.html"].media_type == "text/html; charset=utf-8"


def test_options_show_drafts_what_is_to_come_and_what_has_gone(build_site: BuildSite) -> None:
    site = {
        "content/draft.md": "---\ndraft: true\n---\n",
        "content/future.md": "---\ndate: 2027-01-01\n---\n",
        "content/expired.md": "---\nexpires: 2020-01-01\n---\n",
    }
    everything = BuildOptions(drafts=True, future=True, expired=True)
    names = [path.removesuffix(".md").removeprefix("content") for path in site]
    assert not any(f"{name}/index.html" in build_site(site).files for name in names)
    shown = build_site(site, options=everything).files
    assert all(f"{name}/index.html" in shown for name in names)


def test_today_decides_what_is_in_the_future(build_site: BuildSite) -> None:
    site = {"content/a.md": "---\ndate: 2026-08-02\n---\n"}
    assert "/a/index.html" not in build_site(site, today=date(2026, 8, 1)).files
    assert "/a/index.html" in build_site(site, today=date(2026, 8, 2)).files


def test_the_origin_of_development_replaces_the_configured_one(build_site: BuildSite) -> None:
    built = build_site(
        {"templates/section.html": "{{ site.url }} {{ page.permalink }} {{ absolute_url('/a') }}"},
        options=BuildOptions(site_url="http://jam.localhost:8787"),
    )
    origin = "http://jam.localhost:8787"
    assert built.text("/index.html") == f"{origin} {origin}/ {origin}/a"


def test_severities_of_the_configuration_rule(build_site: BuildSite) -> None:
    site = {"content/_index.md": "[x](/nope/)\n"}
    quiet = build_site(site, config='[check]\nbroken-link = "off"\n')
    mild = build_site(site, config='[check]\nbroken-link = "warning"\n')
    assert quiet.codes == []
    assert [p.severity for p in mild.build.problems] == [Severity.WARNING]
    assert [p.severity for p in build_site(site).build.problems] == [Severity.ERROR]


def test_a_broken_template_of_many_pages_is_one_problem(build_site: BuildSite) -> None:
    site = {f"content/{n}.md": "" for n in range(50)}
    built = build_site({**site, "templates/page.html": "{{ page.nope }}"})
    assert [p.notes for p in built.build.problems] == [
        ("while rendering content/0.md and 49 other pages",)
    ]


def test_progress_is_reported_up_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    files = {"pectin.toml": CONFIG, **{f"content/{n}.md": "" for n in range(250)}}
    build(
        MemorySource(files),
        today=TODAY,
        emit=lambda _: None,
        theme=THEME,
        report=lambda progress: seen.append((progress.done, progress.total)),
    )
    done = [done for done, _ in seen]
    assert (done[0], done[-1]) == (0, 253)
    assert all(0 < after - before <= BATCH for before, after in pairwise(done))
    assert {total for _, total in seen} == {253}


def test_feeds_and_sitemap_are_well_formed_whatever_titles_hold(build_site: BuildSite) -> None:
    title = "'\\x00 <&> ]]> \\ud83c\\udf51 \\x1b'"
    built = build_site(
        {
            "content/a.md": f'---\ntitle: "{title[1:-1]}"\ndate: 2026-01-01\n'
            "tags: ['<b>']\n---\n<i>&nbsp;\x0b</i>\n"
        }
    )
    for path in ("/rss.xml", "/atom.xml", "/sitemap.xml", "/tags/b/rss.xml"):
        ET.fromstring(built.text(path))


def test_links_that_redirects_answer_are_good(build_site: BuildSite) -> None:
    built = build_site(
        {
            "content/_index.md": "[a](/old/plum/x) [b](/2020/plum/) [c](/was) [e](/was/) [d](/older/)\n",
            "content/plum.md": "---\naliases: [/was/]\n---\n",
        },
        config='[[redirects]]\nfrom = "/old/*"\nto = "/:splat"\n'
        '[[redirects]]\nfrom = "/:year/plum/"\nto = "/plum/"\n',
    )
    assert [p.message for p in built.build.problems] == ["`/older/` leads nowhere"]


def test_a_page_is_linked_with_or_without_its_last_slash_and_in_any_encoding(
    build_site: BuildSite,
) -> None:
    built = build_site(
        {
            "content/_index.md": "[a](/äpfel) [b](/%C3%A4pfel/) [c](äpfel/index.md) [d](?q=1)\n",
            "content/äpfel/index.md": "",
        }
    )
    assert built.codes == []
    assert "/äpfel/index.html" in built.files
    assert 'href="/%C3%A4pfel/"' in built.text("/index.html")


def test_data_that_is_not_utf_8_is_told_though_no_template_reads_it(build_site: BuildSite) -> None:
    built = build_site({"data/u.csv": b"a,b\n1,\xff\n", "data/photo.png": b"\xff"})
    assert [(str(p.place), p.severity.value) for p in built.build.problems] == [
        ("data/u.csv:2:3", "error"),
        ("data/photo.png", "warning"),
    ]


@pytest.mark.parametrize("config", [CONFIG.encode("utf-16"), CONFIG.encode() + b"\xff = 1\n"])
def test_a_configuration_that_is_not_utf_8_is_no_error_of_toml(
    config: bytes, build_site: BuildSite
) -> None:
    assert build_site({"pectin.toml": config}).codes == ["not-utf-8"]
