"""Which pages are indexed, and when they are indexed again."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.build.conftest import CONFIG, THEME, TODAY
from tests.build.test_incremental import Disk

from pectin.adapters.forked_workers import ForkedWorkers
from pectin.adapters.memory_cache import MemoryCache
from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import Build, BuildOptions, build
from pectin.build.configuration.model import SearchOptions
from pectin.build.search.ports import SearchFailed
from pectin.build.search.reduction import reduce_page
from pectin.build.traces.cache import Cache
from pectin.build.workers import OneWorker, Workers

SEARCH = '[search]\nenabled = true\nexclude_selectors = "nav"\n'
SITE = {
    "pectin.toml": CONFIG + 'taxonomies = ["tags"]\npaginate_by = 1\n' + SEARCH,
    "content/b.md": "---\ntags: [x]\n---\nB\n",
    "content/a.md": "---\noutputs: [html, json]\n---\nA\n",
    "templates/page.json": "{}",
}


class PlainIndexer:
    """A SearchIndexer whose index is a list of pages."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.runs = 0

    def index(
        self, pages: Iterable[tuple[str, str]], options: SearchOptions
    ) -> list[tuple[str, bytes]]:
        self.runs += 1
        listed = "\n".join(f"{path}: {html}" for path, html in pages)
        if "!" in listed:
            raise SearchFailed("there is a mark")
        return [
            ("pagefind.js", f"{self.version} {options.exclude_selectors}".encode()),
            ("fragment/en_1.pf_fragment", listed.encode()),
        ]


def run(
    site: dict[str, str],
    indexer: PlainIndexer | None,
    disk: Disk | None = None,
    cache: Cache | None = None,
    options: BuildOptions | None = None,
    workers: Workers | None = None,
) -> tuple[Build, dict[str, bytes]]:
    made: dict[str, bytes] = {}
    disk = disk or Disk()
    built = build(
        MemorySource(site),
        today=TODAY,
        emit=lambda file: made.update({file.path: disk.keep(file)}),
        theme=THEME,
        cache=cache,
        options=options,
        workers=workers,
        indexer=indexer,
    )
    return built, made


def test_pages_of_their_own_are_indexed_in_the_order_of_their_paths() -> None:
    built, made = run(SITE, PlainIndexer())
    assert built.problems == ()
    listed = made["/pagefind/fragment/en_1.pf_fragment"].decode()
    assert [line.partition(":")[0] for line in listed.splitlines() if line.startswith("/")] == [
        "/a/index.html",
        "/b/index.html",
        "/index.html",
    ]
    assert made["/pagefind/pagefind.js"] == b"1 ('nav',)"


def test_a_site_without_search_has_no_index() -> None:
    indexer = PlainIndexer()
    assert not [
        path for path in run({**SITE, "pectin.toml": CONFIG}, indexer)[1] if "pagefind" in path
    ]
    assert indexer.runs == 0


def test_workers_make_the_index_that_one_would() -> None:
    site = {**SITE, **{f"content/{n}.md": f"Text {n}.\n" for n in range(60)}}
    one = run(site, PlainIndexer(), workers=OneWorker())[1]
    assert run(site, PlainIndexer(), workers=ForkedWorkers(3))[1] == one


def test_pages_that_did_not_change_are_not_indexed_again() -> None:
    disk, indexer = Disk(), PlainIndexer()
    cache = MemoryCache(disk.find)
    first = run(SITE, indexer, disk, cache)
    second = run(SITE, indexer, disk, cache)
    assert second[1] == first[1]
    assert second[0].files == first[0].files
    assert indexer.runs == 1


@pytest.mark.parametrize(
    "edit",
    [
        {"content/a.md": "Another.\n"},
        {"content/c.md": "New.\n"},
        {"pectin.toml": SITE["pectin.toml"].replace('"nav"', '"aside"')},
        {"templates/page.html": "<p>{{ page.title }}</p>"},
    ],
)
def test_whatever_changes_a_page_makes_the_index_of_a_clean_build(edit: dict[str, str]) -> None:
    disk, indexer = Disk(), PlainIndexer()
    cache = MemoryCache(disk.find)
    run(SITE, indexer, disk, cache)
    assert run({**SITE, **edit}, indexer, disk, cache)[1] == run({**SITE, **edit}, indexer)[1]
    assert indexer.runs == 3


def test_a_page_that_says_the_same_under_another_stylesheet_is_not_indexed_again() -> None:
    disk, indexer = Disk(), PlainIndexer()
    cache = MemoryCache(disk.find)
    site = {
        **SITE,
        "templates/page.html": '<link rel="stylesheet" href="{{ asset("a.css") }}">{{ page.content }}',
        "assets/a.css": "a {}\n",
    }
    first = run(site, indexer, disk, cache)[1]
    restyled = {**site, "assets/a.css": "b {}\n"}
    second = run(restyled, indexer, disk, cache)[1]
    assert first["/a/index.html"] != second["/a/index.html"]
    assert indexer.runs == 1
    assert second == run(restyled, PlainIndexer())[1]


@pytest.mark.parametrize(
    ("page", "reduced"),
    [
        ("<p>a<!-- b -->c", "<p>ac"),
        ("<!-->a<!--->b<!-- c", "ab"),
        ('a<script src="x>y">if (1 < 2) "</p>"</script>b', "ab"),
        ("<script>'<!--<script></script>'</script>", "<script>'<!--<script></script>'</script>"),
        ("<style>a > b {}</style\n>x<STYLE>y", " x<STYLE>y"),
        ('<link rel="icon" href="x.png"><title>T</title>', " <title>T</title>"),
        (
            '<meta name="a" content="<link>"><meta data-pagefind-meta="b[content]">',
            ' <meta data-pagefind-meta="b[content]">',
        ),
        ('<p title="<!-- --><style>">a</p>', '<p title="<!-- --><style>">a</p>'),
        ("<linked>1 < 2</linked> <metal>", "<linked>1 < 2</linked> <metal>"),
    ],
)
def test_what_no_index_has_is_taken_away(page: str, reduced: str) -> None:
    assert reduce_page(page) == reduced


@pytest.mark.parametrize(
    "part",
    ["<!--", "<script>", "<style>", '<a b="', "<link ", "<meta", "<script>a<!--", "</style>"],
)
def test_a_page_that_never_ends_is_reduced_in_one_pass(part: str) -> None:
    page = part * 20_000
    assert reduce_page(page) in {page, ""}


def test_what_is_lost_of_an_index_is_made_again() -> None:
    disk, indexer = Disk(), PlainIndexer()
    cache = MemoryCache(disk.find)
    first = run(SITE, indexer, disk, cache)[1]
    lost = MemoryCache(lambda _digest, _size: None)
    lost.store({b"search": b"not a list", b"search-reduced": b"not digests"})
    assert run(SITE, indexer, Disk(), lost, BuildOptions(development=True))[1] == first
    assert indexer.runs == 2


def test_another_indexer_indexes_again() -> None:
    disk = Disk()
    cache = MemoryCache(disk.find)
    run(SITE, PlainIndexer(), disk, cache)
    assert run(SITE, PlainIndexer("2"), disk, cache)[1] == run(SITE, PlainIndexer("2"))[1]


def test_in_development_the_index_is_that_of_the_first_build() -> None:
    disk, indexer = Disk(), PlainIndexer()
    cache = MemoryCache(disk.find)
    options = BuildOptions(development=True)
    first = run(SITE, indexer, disk, cache, options)[1]
    second = run({**SITE, "content/a.md": "More.\n"}, indexer, disk, cache, options)[1]
    name = "/pagefind/fragment/en_1.pf_fragment"
    assert second[name] == first[name]
    assert indexer.runs == 1


def test_nothing_is_indexed_where_pages_are_only_looked_through() -> None:
    indexer = PlainIndexer()
    run(SITE, indexer, options=BuildOptions(inspect=True))
    assert indexer.runs == 0


def test_a_page_that_fails_leaves_no_index() -> None:
    indexer = PlainIndexer()
    built, _ = run({**SITE, "templates/page.html": "{{ oops }}"}, indexer)
    assert {problem.code for problem in built.problems} == {"undefined"}
    assert indexer.runs == 0


def test_pages_that_cannot_be_indexed_are_told() -> None:
    built, _ = run({**SITE, "content/a.md": "!\n"}, PlainIndexer())
    (problem,) = built.problems
    assert (problem.code, problem.message) == (
        "search-failed",
        "the pages cannot be indexed: there is a mark",
    )


def test_a_site_that_wants_an_index_is_told_what_to_install() -> None:
    (problem,) = run(SITE, None)[0].problems
    assert problem.code == "missing-extra"
    assert problem.hint == "install it: pip install 'pectin[search]'"
    assert problem.place is not None
    assert problem.place.text == "enabled = true"


def test_a_file_in_the_place_of_the_index_is_told() -> None:
    built, _ = run({**SITE, "static/pagefind/pagefind.js": ""}, PlainIndexer())
    assert "duplicate-url" in {problem.code for problem in built.problems}
