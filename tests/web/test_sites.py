from __future__ import annotations

import tracemalloc

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.web.sites import Sites


@pytest.mark.parametrize(
    "field",
    ["{:032x}" + "_" * 16_000, "{:032x}.localhost", "{:032x}" + ".a" * 100, "x.localhost:{:05}"],
    ids=["no name", "site", "domain", "port"],
)
def test_invented_hosts_take_little_memory(field: str) -> None:
    """Attack row 22."""
    sites = Sites(MemoryStore(), lambda: 0, ("localhost",))
    tracemalloc.start()
    try:
        for number in range(6000):
            assert sites.find(field.format(number).encode()) is None
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size < 4 << 20
