"""Deploys by the beginning of their id."""

from __future__ import annotations

import pytest

from pectin.deploy.errors import DeployNotFound
from pectin.deploy.lookup import find_deploy, find_deploys
from pectin.deploy.model import Changes, Deploy, Provenance
from pectin.values.digest import Digest
from pectin.values.site import SiteName


def make_deploy(beginning: str) -> Deploy:
    snapshot = Digest(bytes.fromhex(beginning.ljust(64, "0")))
    return Deploy(SiteName("plum"), snapshot, 1, "", "", Changes(0, 0, 0), 0, 0, Provenance())


FIRST, SECOND = make_deploy("abc123"), make_deploy("abd")


def test_a_beginning_in_either_case_is_enough() -> None:
    assert find_deploy([FIRST, SECOND], "ABC") == FIRST
    assert find_deploy([FIRST, SECOND], "abd") == SECOND
    assert find_deploy([FIRST, SECOND], SECOND.snapshot.hex()) == SECOND


@pytest.mark.parametrize("prefix", ["abe", "abc1234", "0" * 65])
def test_no_deploy_is_told(prefix: str) -> None:
    with pytest.raises(DeployNotFound, match=f"begins with '{prefix}'"):
        find_deploy([FIRST, SECOND], prefix)


@pytest.mark.parametrize("prefix", ["", "ab"])
def test_several_are_told_with_their_ids(prefix: str) -> None:
    with pytest.raises(DeployNotFound, match=f"2 deploys .*: {FIRST.id}, {SECOND.id}$"):
        find_deploy([FIRST, SECOND], prefix)


def test_an_empty_beginning_means_none_even_where_there_is_but_one() -> None:
    with pytest.raises(DeployNotFound):
        find_deploy([FIRST], "")


def test_of_several_asked_for_all_that_are_not_there_are_told() -> None:
    assert find_deploys([FIRST, SECOND], ["abd", "abc"]) == {"abd": SECOND, "abc": FIRST}
    with pytest.raises(DeployNotFound, match=r"begins with 'abe'; .* begins with 'abf'$"):
        find_deploys([FIRST, SECOND], ["abe", "abd", "abf"])
