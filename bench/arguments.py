"""The arguments that every benchmark takes."""

from __future__ import annotations

import argparse
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arguments:
    """`quick`: small and once, to see that it works. `as_json`: for a program to read.

    `large`: more than there is time for otherwise, where a benchmark has that.
    """

    quick: bool
    as_json: bool
    large: bool


def parse_arguments(description: str | None, *, large: str = "") -> Arguments:
    """The arguments of this process; `large` says what that means, if anything.

    Ends the process with a message when they are wrong.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="small and once: does it work?")
    parser.add_argument("--json", action="store_true", help="print JSON")
    if large:
        parser.add_argument("--large", action="store_true", help=large)
    parsed = parser.parse_args()
    return Arguments(quick=parsed.quick, as_json=parsed.json, large=large != "" and parsed.large)
