"""The deploy that somebody means by the beginning of its id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pectin.deploy.errors import DeployNotFound
from pectin.deploy.model import DEPLOY_ID_LENGTH, Deploy

_SHOWN = 5
_DIGITS = frozenset("0123456789abcdef")
_MORE_DIGITS = 4


def find_deploys(deploys: Sequence[Deploy], prefixes: Iterable[str]) -> dict[str, Deploy]:
    """The one of a site's `deploys` that each of `prefixes` means.

    Raises DeployNotFound as `find_deploy`, and tells of all prefixes that mean none.
    """
    found: dict[str, Deploy] = {}
    lost: list[DeployNotFound] = []
    for prefix in dict.fromkeys(prefixes):
        try:
            found[prefix] = find_deploy(deploys, prefix)
        except DeployNotFound as error:
            lost.append(error)
    if lost:
        raise DeployNotFound("; ".join(error.message for error in lost), hint=lost[0].hint)
    return found


def find_deploy(deploys: Sequence[Deploy], prefix: str) -> Deploy:
    """The one of a site's `deploys` whose id begins with `prefix`, in either case.

    Raises DeployNotFound when there is none, or several, which it names.
    """
    found = [deploy for deploy in deploys if deploy.snapshot.hex().startswith(prefix.lower())]
    if len(found) == 1 and prefix:
        return found[0]
    if not set(prefix.lower()) <= _DIGITS:
        raise DeployNotFound(
            f"{prefix!r} is no beginning of an id, which is hexadecimal: digits, and letters from a to f",
            hint="`pectin deploys` lists the ids that there are",
        )
    if not found:
        raise DeployNotFound(
            f"no retained deploy has an id that begins with {prefix!r}",
            hint="`pectin deploys` lists those that there are",
        )
    digits = max(DEPLOY_ID_LENGTH, len(prefix) + _MORE_DIGITS)
    candidates = ", ".join(deploy.snapshot.hex()[:digits] for deploy in found[:_SHOWN])
    raise DeployNotFound(
        f"{len(found)} deploys have an id that begins with {prefix!r}: {candidates}",
        hint="give more digits",
    )
