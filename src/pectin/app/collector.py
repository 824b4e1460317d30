"""Python's garbage collector, which a build can do without."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collector() -> Iterator[None]:
    """No search for cycles meanwhile.

    A build makes a great many objects and hardly a cycle, and keeps most of them to its end:
    each search walks all of them and finds nothing. In a forked worker it would also write to
    every page of memory that is shared until then.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
