from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pectin.web.cache import Cache


def test_what_was_put_is_there_and_what_was_not_is_none() -> None:
    cache: Cache[str] = Cache(100)
    cache.put("a", "plum", 10)
    assert cache.get("a") == "plum"
    assert cache.get("b") is None


def test_what_is_asked_for_stays_and_what_is_not_goes() -> None:
    cache: Cache[int] = Cache(100)
    cache.put("hot", -1, 10)
    for number in range(100):
        cache.put(number, number, 10)
        assert cache.get("hot") == -1
    assert cache.get(0) is None
    assert len(cache) <= 10


def test_what_would_fill_the_room_alone_is_not_kept() -> None:
    cache: Cache[str] = Cache(100)
    cache.put("a", "small", 10)
    cache.put("b", "large", 50)
    assert cache.get("b") is None
    assert cache.get("a") == "small"


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(1, 40))))
def test_the_sizes_of_what_is_held_never_exceed_the_capacity(
    steps: list[tuple[bool, int, int]],
) -> None:
    cache: Cache[int] = Cache(60)
    latest: dict[int, int] = {}
    for is_put, key, size in steps:
        if is_put:
            cache.put(key, size, size)
            latest[key] = size
        else:
            assert cache.get(key) in {None, *latest.values()}
    held = [cache.get(key) for key in range(10)]
    assert sum(size for size in held if size) <= 60
