import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import (
    Config,
    ExternalChecks,
    Feeds,
    MarkdownOptions,
    MenuItem,
    Taxonomy,
)
from pectin.build.configuration.parser import parse_config
from pectin.build.configuration.written_rules import WrittenRedirect, WrittenRules
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity
from pectin.values.rules import HeaderRule, Redirect
from pectin.values.site import SiteName

HEAD = 'name = "jam"\ntitle = "Jam"\nurl = "https://jam.example"\n'
FIRST = HEAD.count("\n") + 1


def read(source: str) -> Config:
    config, problems = parse_config(source)
    assert problems == ()
    assert config is not None
    return config


def complain(source: str) -> Problem:
    _, (problem,) = parse_config(source)
    return problem


def test_three_keys_are_enough() -> None:
    assert read(HEAD) == Config(
        SiteName("jam"), "Jam", "https://jam.example", taxonomies=(Taxonomy("tags", "Tags"),)
    )


def test_every_setting_is_read() -> None:
    config = read(
        HEAD
        + """
description = "About jam"
language = "en-GB"
author = "Anna"
domains = ["jam.example", "WWW.jam.example."]
paginate_by = 9

[taxonomies.tags]
title = "Subjects"
paginate_by = 5
feed = false

[permalinks]
blog = "/:year/:slug/"
"" = "/:slug/"

[[menus.main]]
name = "B"
url = "/b/"
weight = 2

[[menus.main]]
name = "A"
url = "/a/"
weight = 1

[params]
anything = { goes = [1, 2] }

[feeds]
formats = ["atom"]
limit = 5
full_content = false

[markdown]
highlight = false
heading_anchors = true

[[redirects]]
from = "/old/*"
to = "/new/:splat"
status = 302

[[headers]]
for = "/fonts/*"
values = { Access-Control-Allow-Origin = "*" }

[check]
broken-link = "warning"
duplicate-id = "off"

[deploys]
keep = 3
"""
    )
    assert config == Config(
        name=SiteName("jam"),
        title="Jam",
        url="https://jam.example",
        description="About jam",
        language="en-GB",
        author="Anna",
        domains=("jam.example", "www.jam.example"),
        paginate_by=9,
        taxonomies=(Taxonomy("tags", "Subjects", 5, feed=False),),
        permalinks={"blog": "/:year/:slug/", "": "/:slug/"},
        menus={"main": (MenuItem("A", "/a/", 1), MenuItem("B", "/b/", 2))},
        params={"anything": {"goes": [1, 2]}},
        feeds=Feeds(("atom",), 5, full_content=False),
        markdown=MarkdownOptions(highlight=False, heading_anchors=True),
        rules=WrittenRules(
            (
                WrittenRedirect(
                    Redirect("/old/*", "/new/:splat", 302),
                    Place("pectin.toml", 43, 8, 'from = "/old/*"'),
                    Place("pectin.toml", 44, 6, 'to = "/new/:splat"'),
                ),
            ),
            (HeaderRule("/fonts/*", (("Access-Control-Allow-Origin", "*"),)),),
        ),
        severities={"broken-link": Severity.WARNING, "duplicate-id": None},
        keep_deploys=3,
    )


@pytest.mark.parametrize(
    "written",
    [
        'taxonomies = ["tags", "authors"]',
        '[[taxonomies]]\nname = "tags"\n[[taxonomies]]\nname = "authors"',
        "[taxonomies.tags]\n[taxonomies.authors]",
    ],
)
def test_taxonomies_are_names_or_tables(written: str) -> None:
    assert read(HEAD + written).taxonomies == (
        Taxonomy("tags", "Tags"),
        Taxonomy("authors", "Authors"),
    )


def test_a_site_may_have_no_taxonomy() -> None:
    assert read(HEAD + "taxonomies = []").taxonomies == ()


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://jam.example/", "https://jam.example"),
        ("HTTPS://Jam.Example", "https://jam.example"),
        ("http://localhost:8787", "http://localhost:8787"),
        ("https://xn--mrmelade-90a.example", "https://xn--mrmelade-90a.example"),
    ],
)
def test_the_url_is_an_origin(url: str, origin: str) -> None:
    assert read(HEAD.replace("https://jam.example", url)).url == origin


@pytest.mark.parametrize(
    "url",
    [
        "jam.example",
        "ftp://jam.example",
        "https://jam.example/blog",
        "https://jam.example?x",
        "https://user@jam.example",
        "https://jam.example:99999",
        "https://-jam.example",
        "https://jam..example",
        "https://",
        "https://[::1",
        "https://jam.example\\n.evil.example",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_origin_is_refused(url: str) -> None:
    config, (problem,) = parse_config(HEAD.replace("https://jam.example", url))
    assert config is None
    assert str(problem.place) == "pectin.toml:3:7"
    assert "https://example.org" in problem.hint


@pytest.mark.parametrize(
    ("source", "at", "line", "message", "hint"),
    [
        ("titel = 'x'", "0:1", "titel = 'x'", "`titel` is not a setting", "`title`"),
        ("xyzzy = 1", "0:1", "xyzzy = 1", "`xyzzy` is not a setting", "[params]"),
        ("[markdown]\nhihglight = true", "1:1", "hihglight = true", "in `markdown`", "`highlight`"),
        ("[markdown]\nhighlight = 'no'", "1:13", "highlight = 'no'", "true or false", "`true`"),
        ("domains = ['http://x']", "0:11", "domains = ['http://x']", "not a host name", "alone"),
        ("domains = 'x.org'", "0:11", "domains = 'x.org'", "must be a list", "["),
        ("language = 'en_GB'", "0:12", "language = 'en_GB'", "cannot be 'en_GB'", "BCP 47"),
        ("markdown = 1", "0:12", "markdown = 1", "`markdown` must be a table", ""),
        ("[feeds]\nformats = ['json']", "1:11", "formats = ['json']", "cannot be", "jsonfeed"),
        ("[feeds]\nlimit = 0", "1:9", "limit = 0", "1 or more", ""),
        ("[check]\nbroken-link = 'no'", "1:15", "broken-link = 'no'", "cannot be 'no'", "off"),
        ("[deploys]\nkeep = 0", "1:8", "keep = 0", "1 or more", "a number from 1"),
        ("[permalinks]\nblog = 'x'", "1:8", "blog = 'x'", "cannot be 'x'", ":slug"),
        ("taxonomies = 'tags'", "0:14", "taxonomies = 'tags'", "must be a list of names", "["),
        ("taxonomies = ['a', 'a']", "0:1", "taxonomies = ['a', 'a']", "declared twice", ""),
        ("taxonomies = [1]", "0:14", "taxonomies = [1]", "has the number 1", ""),
        ("[taxonomies]\ntags = 1", "1:8", "tags = 1", "must be a table", "[taxonomies.tags]"),
        ("[[taxonomies]]\ntitle = 'x'", "0:3", "[[taxonomies]]", "`name` is missing", "name ="),
        ("[[menus.a]]\nname = 'x'", "0:9", "[[menus.a]]", "`url` is missing in `menus`", "url"),
        ("[menus]\na = 1", "1:5", "a = 1", "must be tables", "[[menus.a]]"),
        ("[[redirects]]\nfrom = '/a'", "0:3", "[[redirects]]", "`to` is missing", "to ="),
        ("[[headers]]\nfor = '/*'", "0:3", "[[headers]]", "`values` is missing", ""),
        ("x = ", "0:5", "x = ", "invalid value", "quotes"),
        ("title = 'x'", "0:1", "title = 'x'", "given twice", "one of them"),
        ("[x", "0:3", "[x", "expected ']'", ""),
    ],
)
def test_a_problem_shows_its_line_and_what_to_do(
    source: str, at: str, line: str, message: str, hint: str
) -> None:
    problem = complain(HEAD + source + "\n")
    below, column = at.split(":")
    assert str(problem.place) == f"pectin.toml:{FIRST + int(below)}:{column}"
    assert problem.place is not None
    assert problem.place.text == line
    assert message in problem.message
    assert hint in problem.hint


def test_each_header_that_a_rule_may_not_set_is_told_at_its_name() -> None:
    line = 'values = { "Vary" = "Origin", "X-Ok" = "1", "Content-Length" = "3", "bad name" = "x", X-B = "\\u0001", X-C = [1] }'
    config, problems = parse_config(f"{HEAD}[[headers]]\nfor = '/*'\n{line}\n")
    assert config is not None
    assert config.rules.headers == ()
    marked = ["Vary", "Content-Length", "bad name", '"\\u0001"', "[1]"]
    told = [
        line[(problem.place.column or 0) - 1 :] for problem in problems if problem.place is not None
    ]
    assert len(problems) == len(marked)
    assert all(rest.startswith(mark) for rest, mark in zip(told, marked, strict=True))
    assert [problem.message for problem in problems][:3] == [
        "`values` sets `Vary`",
        "`values` sets `Content-Length`",
        "`values` has the name 'bad name'",
    ]


def test_the_headers_of_a_rule_are_a_table() -> None:
    config, (problem,) = parse_config(f"{HEAD}[[headers]]\nfor = '/*'\nvalues = 3\n")
    assert config is not None
    assert config.rules.headers == ()
    assert problem.message == "`values` must be a table, not the number 3"


def test_what_is_missing_is_named() -> None:
    config, problems = parse_config("description = 'x'\n")
    assert config is None
    assert [problem.message for problem in problems] == [
        "`name` is missing",
        "`title` is missing",
        "`url` is missing",
    ]


def test_a_site_name_must_be_a_label() -> None:
    problem = complain(HEAD.replace('"jam"', '"My Jam"'))
    assert "cannot be 'My Jam'" in problem.message
    assert "my-site" in problem.hint


def test_a_wrong_value_leaves_the_rest_of_the_configuration() -> None:
    config, problems = parse_config(HEAD + "paginate_by = 'x'\nauthor = 'Anna'\n")
    assert config is not None
    assert (config.author, config.paginate_by, len(problems)) == ("Anna", None, 1)


@given(st.text(), st.booleans())
def test_any_text_is_a_config_or_placed_problems(text: str, headed: bool) -> None:  # noqa: FBT001 - drawn
    config, problems = parse_config(HEAD + text if headed else text)
    assert config is not None or problems
    assert all(problem.place and problem.place.line for problem in problems)


@given(
    st.dictionaries(
        st.sampled_from(
            ["taxonomies", "permalinks", "menus", "params", "feeds", "markdown", "redirects",
             "headers", "check", "deploys", "domains", "language", "paginate_by"]
        ),
        st.sampled_from(
            ["1", "'x'", "[]", "[1]", "['x']", "{}", "{x = 1}", "{x = {}}", "[{}]", "{x = [{}]}",
             "true", "2024-05-01", "[{from = 1, to = 2}]", "[{for = 1, values = 2}]", "[[]]"]
        ),
    )
)  # fmt: skip
def test_any_shape_of_value_is_taken_or_told(values: dict[str, str]) -> None:
    lines = "".join(f"{key} = {value}\n" for key, value in values.items())
    config, problems = parse_config(HEAD + lines)
    assert config is not None
    assert all(problem.place and problem.place.line for problem in problems)


def test_how_links_to_other_hosts_are_followed_is_configured() -> None:
    config, problems = parse_config(
        HEAD
        + "[check]\nmissing-alt = 'error'\n[check.external]\nskip = ['https://a.example/*?x']\npause = 1\n"
    )
    assert problems == ()
    assert config is not None
    assert config.external_checks == ExternalChecks(skip=("https://a.example/*?x",), pause=1.0)
    assert config.external_checks.skips("https://a.example/b/c?x")
    assert not config.external_checks.skips("https://a.example/b/cxx")


@pytest.mark.parametrize(
    "line",
    [
        "skip = 'https://a.example'",
        "skip = ['a.example']",
        "timeout = 0",
        "timeout = 61",
        "pause = -1",
        "pause = true",
        "keep_days = 0",
        "allow_private = 1",
    ],
)
def test_what_cannot_be_a_way_to_follow_links_is_told_at_its_place(line: str) -> None:
    _, problems = parse_config(f"{HEAD}[check.external]\n{line}\n")
    assert [(it.code, it.place and it.place.text) for it in problems] == [("config-value", line)]


def test_a_slip_in_a_key_of_checks_is_told() -> None:
    _, problems = parse_config(f"{HEAD}[check]\nexternals = 'off'\n")
    assert [(it.code, "external" in it.hint) for it in problems] == [("config-key", True)]
