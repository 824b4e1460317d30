"""What the specification requires of a log: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import json
from urllib.parse import unquote, urlsplit

from pectin.cli.sarif import make_sarif
from pectin.values.place import Place
from pectin.values.problem import Problem, Severity

PROBLEMS = [
    Problem(
        "broken-link", "`x` leads nowhere", "mend it", Place("content/a b/é.md", 3, 5, "[x](y)")
    ),
    Problem(
        "missing-h1", "no h1", "", Place("templates/page.html", 1), Severity.WARNING, ("by 3",)
    ),
    Problem("broken-link", "`y` leads nowhere", place=Place("pectin.toml")),
    Problem("duplicate-data", "two"),
]


def test_a_log_has_the_members_that_it_must_have() -> None:
    log = make_sarif(PROBLEMS)
    assert log == json.loads(json.dumps(log))
    assert log["version"] == "2.1.0"
    assert urlsplit(log["$schema"]).path.endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "Pectin"
    assert run["columnKind"] == "unicodeCodePoints"


def test_every_code_is_one_rule() -> None:
    (run,) = make_sarif(PROBLEMS)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["broken-link", "duplicate-data", "missing-h1"]
    assert rules[2]["name"] == "MissingH1"
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_results_have_a_level_a_message_and_their_place() -> None:
    (run,) = make_sarif(PROBLEMS)["runs"]
    first, second, third, fourth = run["results"]
    assert [it["level"] for it in run["results"]] == ["error", "warning", "error", "error"]
    assert first["message"]["text"] == "`x` leads nowhere\nmend it"
    assert second["message"]["text"] == "no h1\nby 3"
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 5, "snippet": {"text": "[x](y)"}}
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert "region" not in third["locations"][0]["physicalLocation"]
    assert "locations" not in fourth


def test_uris_are_relative_to_a_base_that_the_run_names() -> None:
    (run,) = make_sarif(PROBLEMS)["runs"]
    for result, problem in zip(run["results"][:3], PROBLEMS, strict=False):
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        parts = urlsplit(artifact["uri"])
        assert (parts.scheme, parts.netloc) == ("", "")
        assert artifact["uri"].isascii()
        assert problem.place is not None
        assert unquote(parts.path) == problem.place.file
        assert artifact["uriBaseId"] in run["originalUriBaseIds"]


def test_a_log_without_problems_says_that_it_looked() -> None:
    (run,) = make_sarif([])["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
