"""What the process of a loader is told, and what it says when it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Order:
    """Which loader to run. `path` is relative to `root`, the site's folder; others are absolute.

    `file` is what is at `path`. The data go to `result`, or a Failure to `failure`. `previous` has
    the data of the last good run and `responses` is the folder of HTTP responses; "" for none.
    """

    root: str
    path: str
    file: str
    result: str
    failure: str
    secrets: tuple[str, ...] = ()
    previous: str = ""
    responses: str = ""

    def as_record(self) -> dict[str, Any]:
        """The order as JSON has it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there are no data; `code` is a problem's. `line` and `text` are None where unknown."""

    code: str
    message: str
    file: str
    line: int | None = None
    text: str | None = None
    notes: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The failure as JSON has it."""
        return asdict(self)


def parse_failure(record: Mapping[str, Any]) -> Failure:
    """The failure that `record` is of."""
    return Failure(**{**record, "notes": tuple(record["notes"])})
