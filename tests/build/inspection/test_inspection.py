from __future__ import annotations

import pytest

from pectin.build.inspection.inspection import Inspection, inspect_html, read_heading


def inspect(html: str, *, is_secure: bool = True) -> Inspection:
    return inspect_html(html, is_secure=is_secure)


def list_codes(html: str, *, is_secure: bool = True) -> list[str]:
    return [flaw.code for flaw in inspect(html, is_secure=is_secure).flaws]


def test_a_page_says_its_title_and_description() -> None:
    html = "<title> Plum &amp;\n jam </title><meta name=Description content='Of  plums'>"
    found = inspect(html)
    assert (found.title, found.description) == ("Plum & jam", "Of plums")
    assert inspect("<title> </title><svg><title>x</title></svg>").title is None


@pytest.mark.parametrize(
    "html", ["<!doctype html><p>x", "<!-- x -->\n<HTML lang=en>", "\n<!DOCTYPE html>"]
)
def test_a_document_is_told_from_a_part_of_one(html: str) -> None:
    assert inspect(html).is_whole
    assert not inspect(f"<p>{html}").is_whole


def test_a_page_may_ask_not_to_be_listed() -> None:
    assert not inspect('<meta name="robots" content="follow, noindex">').is_listed
    assert not inspect('<meta name="robots" content="none">').is_listed
    assert inspect(
        '<meta name="robots" content="max-snippet:20"><meta name=x content=noindex>'
    ).is_listed


def test_links_are_those_that_readers_follow() -> None:
    html = '<link href="/a"><a href=" /b ">x</a><area href="c" alt=""><a name="d">x</a><img src="/e" alt="">'
    assert inspect(html).links == {"/b", "c"}


def test_what_leads_to_other_hosts_is_gathered() -> None:
    html = (
        '<a href="https://a.example/">x</a><img src="https://b.example/" srcset="https://c.example/ 2x" alt="">'
        '<script src="https://d.example/"></script><link rel="stylesheet" href="https://e.example/">'
        '<link rel="canonical" href="https://f.example/"><form action="https://g.example/"></form>'
        '<a href="mailto:x@example.org">x</a>'
    )
    assert inspect(html).outside == {f"https://{letter}.example/" for letter in "abcde"}


@pytest.mark.parametrize(
    "html",
    [
        "<img src=x>",
        "<img>",
        "<IMG SRC='x'>",
        "<input type=image src=x>",
        "<area href='/'>",
        "<picture><img src=x></picture>",
    ],
)
def test_an_image_without_an_alternative_text_is_told(html: str) -> None:
    assert list_codes(html) == ["missing-alt"]


@pytest.mark.parametrize(
    "html",
    [
        "<img src=x alt>",
        "<img src=x alt=''>",
        "<img src=x role=presentation>",
        "<input>",
        "<input type=text>",
        "<area>",
        "<svg><image href=x /></svg>",
        "<!-- <img> --><template><img></template>",
    ],
)
def test_what_needs_no_text_is_not_told(html: str) -> None:
    assert list_codes(html) == []


@pytest.mark.parametrize(
    ("levels", "codes"),
    [
        ("123", []),
        ("12323", []),
        ("1234321", ["several-h1"]),
        ("13", ["heading-order"]),
        ("124", ["heading-order"]),
        ("21", []),
        ("212", []),
        ("3", []),
        ("11", ["several-h1"]),
        ("1326", ["heading-order", "heading-order"]),
    ],
)
def test_headings_go_down_one_level_at_a_time(levels: str, codes: list[str]) -> None:
    assert list_codes("".join(f"<h{n}>x</h{n}>" for n in levels)) == codes


def test_a_heading_is_read_with_its_level_and_text() -> None:
    assert read_heading("<p>x</p><H3 id=a>A <b>bold</b> &amp; one</H3>", 8) == (3, "A bold & one")
    assert read_heading("<p>x</p>", 0) == (0, "")


def test_an_id_names_one_element() -> None:
    html = "<p id=a>x</p><p id='b'>y</p><svg id=a><g id='b'></g></svg><p data-id=a>z</p>"
    found = inspect(html).flaws
    assert [(flaw.code, flaw.message) for flaw in found] == [
        ("duplicate-id", "the id `a` is given 2 times"),
        ("duplicate-id", "the id `b` is given 2 times"),
    ]
    assert html[found[0].start :].startswith("<svg")


@pytest.mark.parametrize(
    "html",
    [
        "<img src='http://a.example/' alt=''>",
        "<img src='/x' srcset='/y 1x, HTTP://a.example/ 2x' alt=''>",
        "<script src=http://a.example/></script>",
        "<iframe src='http://a.example/'></iframe>",
        "<link rel='preload stylesheet' href='http://a.example/'>",
        "<form action='http://a.example/'></form>",
        "<p style='background: url(http://a.example/)'>x</p>",
        "<style>@import 'http://a.example/';</style>",
    ],
)
def test_what_is_loaded_without_encryption_is_told_of_a_safe_site(html: str) -> None:
    assert list_codes(html) == ["mixed-content"]
    assert list_codes(html, is_secure=False) == []


@pytest.mark.parametrize(
    "html",
    [
        "<a href='http://a.example/'>x</a>",
        "<link rel=canonical href='http://a.example/'>",
        "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        "<img src='https://a.example/?http://b' alt='http://'>",
        "<p style='color: red' title='http://a.example/'>url(http://a)</p>",
    ],
)
def test_what_loads_nothing_may_be_unencrypted(html: str) -> None:
    assert list_codes(html) == []
