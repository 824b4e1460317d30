"""Row 9, as far as configuration goes: other hosts, second header lines, loops and chains."""

import pytest

from pectin.build.configuration.parser import parse_config
from pectin.build.configuration.written_rules import WrittenRules
from pectin.build.problems import Problems
from pectin.build.site.redirects import check_circles
from pectin.values.problem import Problem, Severity
from pectin.values.rules import Redirect

HEAD = 'name = "jam"\ntitle = "Jam"\nurl = "https://jam.example"\n'


def read(*redirects: tuple[str, str]) -> tuple[tuple[Redirect, ...], tuple[Problem, ...]]:
    tables = (
        f'[[redirects]]\nfrom = "{source}"\nto = "{target}"\n' for source, target in redirects
    )
    config, problems = parse_config(HEAD + "".join(tables))
    assert config is not None
    circles = Problems()
    check_circles(config.rules.redirects, circles)
    rules = tuple(written.redirect for written in config.rules.redirects)
    return rules, (*problems, *circles.collected({}))


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "//evil.example/:splat",
        r"/\\evil.example",
        r"\\\\evil.example",
        r"\\/evil.example",
        "/%2f/evil.example",
        "/%5cevil.example",
        r"/\tevil.example",
        r"/x\r\nSet-Cookie: a=b",
        r"/x\u0000",
        "/x%0d%0aSet-Cookie: a=b",
        "/../x",
        "/%2e%2e/x",
        "evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://",
        r"https://good.example\\@evil.example/",
        "https://good.example@evil.example/",
        "https://:splat/",
        "https://:splat.evil.example/x",
        "javascript:alert(1)",
        "data:text/html,x",
        "",
    ],
)
def test_a_target_is_this_site_or_the_host_it_says(target: str) -> None:
    """Row 9: `//host`, a backslash, CR or LF, another scheme, a placeholder as host."""
    rules, (problem,) = read(("/old/*", target))
    assert rules == ()
    assert problem.code == "config-value"
    assert problem.severity is Severity.ERROR
    assert str(problem.place) == "pectin.toml:6:6"


@pytest.mark.parametrize(
    "source",
    ["//x", "x", r"/a\r\nb", r"/a\\b", "/../a", "/a?b", "ftp://x/y", "/a//b", "/.netlify/a", ""],
)
def test_a_source_is_a_path_of_this_site(source: str) -> None:
    """Row 9: a rule for what no request can ask."""
    rules, (problem,) = read((source, "/new/"))
    assert rules == ()
    assert str(problem.place) == "pectin.toml:5:8"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("/old/*", "/new/:splat"),
        ("/:year/:slug", "/blog/:slug?y=:year#top"),
        ("/a", "https://other.example:8443/x?y"),
        ("/a", "http://[::1]/"),
        ("/", "/en/"),
        ("/plum", "/plum/"),
    ],
)
def test_an_honest_redirect_is_taken(source: str, target: str) -> None:
    rules, problems = read((source, target))
    assert rules == (Redirect(source, target),)
    assert problems == ()


@pytest.mark.parametrize(
    ("rules", "way"),
    [
        ((("/a", "/a"),), "/a to /a"),
        ((("/a", "/b"), ("/b", "/a")), "/a to /b to /a"),
        ((("/x", "/b"), ("/b", "/c/?y#z"), ("/c", "/b/")), "/b to /c to /b"),
    ],
)
def test_a_loop_is_an_error_told_once(rules: tuple[tuple[str, str], ...], way: str) -> None:
    """Row 9: redirects that come back to themselves."""
    _, (problem,) = read(*rules)
    assert problem.code == "redirect-loop"
    assert problem.severity is Severity.ERROR
    assert problem.message.endswith(way)


def test_a_chain_is_a_warning_at_the_first_of_its_redirects() -> None:
    """Row 9: a redirect to what is redirected again."""
    _, (problem,) = read(("/a", "/b"), ("/b", "/c"))
    assert (problem.code, problem.severity) == ("redirect-chain", Severity.WARNING)
    assert str(problem.place) == "pectin.toml:6:6"


def test_a_placeholder_must_come_from_the_source() -> None:
    """Row 9: what would stand in Location as it is written."""
    rules, (problem,) = read(("/a/*", "/b/:slug"))
    assert rules == ()
    assert "`:slug`, which `/a/*` does not give" in problem.message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-A", r"a\r\nSet-Cookie: b=c"),
        ("X-A", r"a\nb"),
        ("X-A", r"a\u0000b"),
        ("X-A", "é"),
        ("X A", "b"),
        ("X-A:", "b"),
        (r"X\r\nY", "b"),
        ("", "b"),
        ("Content-Length", "0"),
        ("transfer-encoding", "chunked"),
        ("Location", "//evil.example"),
        ("Set-Cookie", "a=b"),
    ],
)
def test_a_header_is_one_line_and_not_the_servers_own(name: str, value: str) -> None:
    """Row 9: CR and LF, and fields by which a response is cut or led elsewhere."""
    source = f'{HEAD}[[headers]]\nfor = "/*"\nvalues = {{ "{name}" = "{value}" }}\n'
    config, (problem,) = parse_config(source)
    assert config is not None
    assert config.rules == WrittenRules()
    assert str(problem.place).startswith("pectin.toml:6:")
