"""What the switch benchmark concludes from what its visitors saw."""

from __future__ import annotations

from bench.switch.model import Answer, Switch, compute_delays, is_possible
from bench.switch.site import VERSIONS, find_assets, find_version, render_site

SWITCHES = [Switch("old", 0.0, 1.0), Switch("new", 10.0, 12.0), Switch("old", 20.0, 21.0)]


def answer(asked: float, got: float, version: str | None) -> Answer:
    return Answer(asked, got, version, (version, version))


def test_a_page_with_an_asset_of_the_other_version_is_mixed() -> None:
    assert not answer(2, 3, "old").mixed
    assert Answer(2, 3, "old", ("old", "new")).mixed
    assert Answer(2, 3, "old", ("old", None)).mixed


def test_between_two_switches_only_one_version_is_possible() -> None:
    assert is_possible(answer(2, 3, "old"), SWITCHES)
    assert not is_possible(answer(2, 3, "new"), SWITCHES)
    assert is_possible(answer(13, 14, "new"), SWITCHES)
    assert not is_possible(answer(13, 14, "old"), SWITCHES)


def test_while_a_switch_is_under_way_both_versions_are_possible() -> None:
    for version in ("old", "new"):
        assert is_possible(answer(9, 10.5, version), SWITCHES)
        assert is_possible(answer(11, 11.5, version), SWITCHES)
        assert is_possible(answer(11, 13, version), SWITCHES)
    assert not is_possible(answer(11, 13, None), SWITCHES)


def test_a_request_after_the_commit_never_gets_the_old_version() -> None:
    assert not is_possible(answer(12, 12.1, "old"), SWITCHES)


def test_the_delay_runs_from_the_commit_to_the_first_answer_of_the_new_version() -> None:
    seen = [answer(9, 10.5, "old"), answer(12, 12.5, "new"), answer(13, 14, "new")]
    assert compute_delays(seen, SWITCHES[:2]) == [0.5]


def test_an_answer_before_the_commit_returned_counts_as_no_delay() -> None:
    assert compute_delays([answer(10, 11, "new")], SWITCHES[:2]) == [0.0]


def test_a_switch_that_nobody_saw_has_no_delay() -> None:
    assert compute_delays([answer(2, 3, "old"), answer(22, 23, "old")], SWITCHES) == [2.0]


def test_each_page_names_two_assets_of_its_own_version() -> None:
    for version in VERSIONS:
        files = {file.path: file.body for file in render_site(version)}
        page = files["/articles/0/index.html"]
        assert isinstance(page, bytes)
        assert find_version(page) == version
        assets = [files[path] for path in find_assets(page)]
        assert len(assets) == 2
        assert all(isinstance(body, bytes) and find_version(body) == version for body in assets)


def test_a_page_that_says_two_versions_has_none() -> None:
    assert find_version(b"version=apricot version=blackberry") is None
