"""What was seen of the switches, and what may be concluded from it. Pure: times are values.

All times are seconds of CLOCK_MONOTONIC, which every process of the machine shares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Switch:
    """A move of the ref to `version`, which happened at some instant from `begun` to `done`."""

    version: str
    begun: float
    done: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that was asked for at `asked` and whole at `got`. `version` is what it says.

    `assets` are the versions that its assets say, None where one could not be had.
    """

    asked: float
    got: float
    version: str | None
    assets: tuple[str | None, ...]

    @property
    def mixed(self) -> bool:
        """Whether the page and its assets are not all of one version."""
        return any(asset != self.version for asset in self.assets)


@dataclass(slots=True)
class Seen:
    """What one client saw. `errors` are requests that got no answer or another status than 200."""

    answers: list[Answer] = field(default_factory=list)
    requests: int = 0
    errors: list[str] = field(default_factory=list)


def is_possible(answer: Answer, switches: Sequence[Switch]) -> bool:
    """Whether `answer` has a version that was live at some instant between asking and getting.

    `switches` are in order; the first is what was live before any answer was asked for.
    """
    settled = bisect_right(switches, answer.asked, key=lambda switch: switch.done)
    begun = bisect_right(switches, answer.got, key=lambda switch: switch.begun)
    live = {switch.version for switch in switches[max(settled - 1, 0) : max(begun, settled)]}
    return answer.version in live


def compute_delays(answers: Sequence[Answer], switches: Sequence[Switch]) -> list[float]:
    """Seconds from each switch's commit to the first whole answer of the new version.

    An answer that was there before the committing call returned counts as 0. A switch that
    nobody saw before the next one is left out. The first of `switches` is not counted.
    """
    ordered = sorted(answers, key=lambda answer: answer.got)
    ends = [answer.got for answer in ordered]
    delays = []
    for at, switch in enumerate(switches[1:], start=1):
        until = switches[at + 1].begun if at + 1 < len(switches) else float("inf")
        for answer in ordered[bisect_right(ends, switch.begun) :]:
            if answer.got >= until:
                break
            if answer.version == switch.version and answer.got >= switch.begun:
                delays.append(max(0.0, answer.got - switch.done))
                break
    return delays
