"""Search indices by Pagefind, which are the same in each run."""

from __future__ import annotations

import gzip

import msgspec
import pytest

from pectin.adapters.pagefind import Pagefind
from pectin.adapters.pagefind_files import UnknownFiles, settle_order
from pectin.build.configuration.model import SearchOptions
from pectin.build.search.reduction import reduce_page

PAGES = [
    (
        f"/p/{n}/index.html",
        "".join(
            (
                f'<html lang="{("de", "en", "fr")[n % 3]}"><title>Page {n}</title><body>',
                f'<p data-pagefind-filter="kind">k{n % 7}</p>',
                f'<p data-pagefind-filter="who">w{n % 5}</p>',
                f'<p data-pagefind-sort="rank">{n}</p><p data-pagefind-meta="author">a{n}</p>',
                f"<p>words {n} and pears</p></body></html>",
            )
        ),
    )
    for n in range(40)
]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The index of PAGES."""
    return dict(Pagefind().index(PAGES, SearchOptions()))


def test_the_same_pages_make_the_same_index_in_each_run(files: dict[str, bytes]) -> None:
    for _ in range(3):
        assert dict(Pagefind().index(PAGES, SearchOptions())) == files


def test_every_file_that_is_named_by_another_is_there(files: dict[str, bytes]) -> None:
    entry = msgspec.json.decode(files["pagefind-entry.json"])
    assert list(entry["languages"]) == ["de", "en", "fr"]
    for language in entry["languages"].values():
        meta = files[f"pagefind.{language['hash']}.pf_meta"]
        named = [
            path
            for path in files
            if path.startswith("filter/")
            and path.removeprefix("filter/").removesuffix(".pf_filter").encode() in meta
        ]
        assert len(named) == 2


def test_the_fragments_have_the_urls_of_the_pages(files: dict[str, bytes]) -> None:
    urls = {
        msgspec.json.decode(gzip.decompress(body).removeprefix(b"pagefind_dcd"))["url"]
        for path, body in files.items()
        if path.startswith("fragment/")
    }
    assert urls == {f"/p/{n}/" for n in range(40)}


def test_what_is_taken_from_a_page_is_in_no_index(files: dict[str, bytes]) -> None:
    head = '<meta charset="utf-8"><link rel="stylesheet" href="/{0}.css"><script>"{0}"</script>'
    middle = "words<!-- {0} --><script>{0}</script><style>.a{0} > b {{}}</style>"
    dressed = [
        (
            path,
            html.replace("<title>", head.format(n) + "<title>", 1).replace(
                "<p>words", f"<p>{middle.format(n)}", 1
            ),
        )
        for n, (path, html) in enumerate(PAGES)
    ]
    whole = dict(Pagefind().index(dressed, SearchOptions()))
    reduced = [(path, reduce_page(html)) for path, html in dressed]
    assert dict(Pagefind().index(reduced, SearchOptions())) == whole
    assert whole == files


def test_options_choose_what_is_searched() -> None:
    options = SearchOptions(exclude_selectors=("p",), language="en")
    made = dict(Pagefind().index(PAGES, options))
    assert list(msgspec.json.decode(made["pagefind-entry.json"])["languages"]) == ["en"]
    assert not any(b"pears" in gzip.decompress(made[p]) for p in made if p.startswith("fragment/"))


def test_no_page_is_an_index_too() -> None:
    assert "pagefind.js" in dict(Pagefind().index([], SearchOptions()))


@pytest.mark.parametrize(
    "body", [b"", b"pagefind_dcd\x80", b"pagefind_dcd\xa0", b"pagefind_dcd\x82", b"\x1f\x8b"]
)
def test_files_of_another_make_are_refused(body: bytes) -> None:
    with pytest.raises(UnknownFiles):
        settle_order({"pagefind.en_1234567.pf_meta": body, "pagefind-entry.json": b"{}"})
