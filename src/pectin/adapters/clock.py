"""The one place that reads the clock."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Epoch seconds."""
        return int(time.time())  # noqa: TID251  # the clock's adapter

    def now_ns(self) -> int:
        """Nanoseconds on a scale that only grows, for measuring."""
        return time.perf_counter_ns()


def compute_date(epoch_seconds: int) -> date:
    """The date in UTC of `epoch_seconds`, so that every machine has the same today."""
    return datetime.fromtimestamp(epoch_seconds, tz=UTC).date()
