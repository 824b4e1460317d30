"""Deploys as rows and as records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pectin.app.dev import Rebuilt
from pectin.cli.records import (
    describe_deploy,
    describe_rebuild,
    list_cells,
    list_changes,
    render_size,
    render_table,
)
from pectin.deploy.manifest import Diff
from pectin.deploy.model import Changes, Deploy, Provenance
from pectin.values.digest import compute_digest
from pectin.values.site import SiteName

DEPLOY = Deploy(
    site=SiteName("plum"),
    snapshot=compute_digest(b"plum"),
    created_at=1_790_000_000,
    message="More jam",
    author="Åsa",
    changes=Changes(1, 2, 3),
    files=1234,
    size=61_296,
    provenance=Provenance(),
)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (61_296, "61.3 kB"),
        (999_999, "1,000.0 kB"),
        (1_000_000, "1.0 MB"),
        (7_300_000_000, "7.3 GB"),
        (2 * 10**15, "2,000.0 TB"),
    ],
)
def test_a_size_has_a_unit(size: int, shown: str) -> None:
    assert render_size(size) == shown


def test_a_row_says_what_the_deploy_was() -> None:
    assert list_cells(DEPLOY, live=True) == (
        "*",
        DEPLOY.id,
        "2026-09-21 14:13",
        "+1 ~2 -3",
        "1,234",
        "61.3 kB",
        "Åsa",
        "More jam",
    )


def test_a_record_has_times_in_utc_and_whole_ids() -> None:
    record = describe_deploy(DEPLOY, live=False)
    assert record["created_at"] == "2026-09-21T14:13:20Z"
    assert record["snapshot"] == compute_digest(b"plum").hex()
    assert (record["live"], record["source"], record["commit"]) == (False, None, None)


def test_columns_are_aligned_also_with_wide_characters() -> None:
    assert render_table([("a", "b"), ("日本", "c"), ("", "")]) == ["a     b", "日本  c", ""]
    assert render_table([]) == []


def test_no_cell_and_no_path_can_command_the_terminal() -> None:
    evil = "a\x1b[31mb\x1b]0;c\x07\nd\u202ee"
    (line,) = render_table([["x", evil]])
    (change,) = list_changes(Diff((evil,), (), ()))
    assert line == "x  a\u241b[31mb\u241b]0;c\u2407\u240ad\ufffde"
    assert change == f"+ {line[3:]}"


def test_changes_are_signed() -> None:
    assert list_changes(Diff(("/a",), ("/b",), ("/c",))) == ["+ /a", "~ /b", "- /c"]


FIRST = Rebuilt(frozenset(), (), succeeded=True, url="/", pages=2, milliseconds=1234.0)


@pytest.mark.parametrize(
    ("rebuilt", "line"),
    [
        (FIRST, "First build: 2 pages, 1,234 ms"),
        (
            replace(FIRST, succeeded=False, url=""),
            "First build: there is nothing to show yet, 1,234 ms",
        ),
        (
            replace(FIRST, succeeded=False, changed=frozenset("ba")),
            "a, b: the last good site stays, 1,234 ms",
        ),
    ],
)
def test_a_rebuild_is_one_line(rebuilt: Rebuilt, line: str) -> None:
    assert describe_rebuild(rebuilt) == line
