"""Whole small sites, and what they must become: tests/golden/*.site.

A site is one text. `-- path --` begins a source file, `== path ==` an expected output,
`== files ==` the paths of all output, `== redirects ==` the rules. Every problem that is told must
stand there as `!! ...`, with its line, hint and notes below it; none means none. The pages of a site
whose name begins with `inspected` are looked through.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.build.conftest import BuildSite, Built

from pectin.build.builder import BuildOptions
from pectin.values.problem import Problem
from pectin.values.rules import HeaderRule, Redirect

GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("*.site"))
MARK = re.compile(r"^(?:-- (?P<source>\S.*) --|== (?P<output>\S.*) ==)$")


def parse_site(text: str) -> tuple[dict[str, str], dict[str, str], str]:
    sources: dict[str, str] = {}
    outputs: dict[str, str] = {}
    problems: list[str] = []
    current, name = sources, ""
    for line in text.splitlines():
        mark = MARK.match(line)
        if mark:
            current, name = (
                (sources, mark["source"]) if mark["source"] else (outputs, mark["output"])
            )
            current[name] = ""
        elif line.startswith("!!"):
            problems.append(line)
        elif name:
            current[name] += f"{line}\n"
    return sources, outputs, "\n".join(problems)


def render_problem(problem: Problem) -> str:
    lines = [f"!! {problem.severity}[{problem.code}] {problem.place}: {problem.message}"]
    if problem.place and problem.place.text is not None:
        lines.append(f"!!   | {problem.place.text}")
    if problem.hint:
        lines.append(f"!!   = {problem.hint}")
    lines += [f"!!   > {note}" for note in problem.notes]
    return "\n".join(lines)


def render_redirect(rule: Redirect) -> str:
    asked = rule.conditions
    words = [
        f"{rule.origin}{rule.source}",
        *("=".join(pair) for pair in rule.query),
        rule.target,
        f"{rule.status}{'!' if rule.force else ''}",
        *("country " + one for one in asked.countries),
        *("language " + one for one in asked.languages),
        *("cookie " + one for one in asked.cookies),
    ]
    return " ".join(words)


def render_headers(rule: HeaderRule) -> str:
    known = [f"({one})" for one in rule.credentials]
    return "; ".join([rule.pattern, *map(": ".join, rule.headers), *known])


def render_output(built: Built, name: str) -> str:
    if name == "files":
        return "\n".join(sorted(built.files))
    if name == "redirects":
        return "\n".join(map(render_redirect, built.build.rules.redirects))
    if name == "headers":
        return "\n".join(map(render_headers, built.build.rules.headers))
    return built.text(name).strip("\n")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_site_becomes_what_it_must(path: Path, build_site: BuildSite) -> None:
    sources, outputs, problems = parse_site(path.read_text())
    options = BuildOptions(inspect=path.stem.startswith("inspected"))
    files = {name: text.rstrip("\n") + "\n" for name, text in sources.items()}
    built = build_site(files, options=options)
    told = "\n".join(render_problem(problem) for problem in built.build.problems)
    assert told == problems
    for name, expected in outputs.items():
        assert render_output(built, name) == expected.strip("\n"), name
