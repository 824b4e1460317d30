"""The canonical form."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.deploy.codec import (
    SHARD_ENTRIES,
    count_shards,
    find_shard,
    parse_shard,
    parse_snapshot,
    render_shard,
    render_snapshot,
)
from pectin.deploy.errors import BadManifest
from pectin.values.digest import Digest, compute_digest
from pectin.values.rules import Conditions, HeaderRule, Redirect, Rules
from pectin.values.snapshot import Entry, Snapshot

texts = st.text(st.characters(codec="utf-8"))
digests = st.binary(min_size=32, max_size=32).map(Digest)
sizes = st.integers(0, 2**53)
entries = st.builds(Entry, digests, sizes, texts, st.booleans())
shards = st.dictionaries(texts, entries)
pairs = st.tuples(texts, texts)
some_texts = st.lists(texts, max_size=2).map(tuple)
plain_redirects = st.builds(Redirect, texts, texts, st.integers(200, 599))
redirects = st.builds(
    Redirect,
    texts,
    texts,
    st.integers(200, 599),
    st.booleans(),
    texts,
    st.lists(pairs, max_size=2).map(tuple),
    st.builds(Conditions, some_texts, some_texts, some_texts),
)
fields = st.lists(pairs).map(tuple)
rules = st.builds(
    Rules,
    redirects=st.lists(st.one_of(plain_redirects, redirects)).map(tuple),
    headers=st.lists(
        st.one_of(
            st.builds(HeaderRule, texts, fields), st.builds(HeaderRule, texts, fields, some_texts)
        )
    ).map(tuple),
)
snapshots = st.integers(0, 5 * SHARD_ENTRIES).flatmap(
    lambda files: st.builds(
        Snapshot,
        st.lists(digests, min_size=count_shards(files), max_size=count_shards(files)).map(tuple),
        rules,
        st.just(files),
        sizes,
    )
)

ENTRY = Entry(compute_digest(b"jam"), 3, "text/plain")
SHARD = {"/a": ENTRY, "/b": Entry(compute_digest(b"jelly"), 5, "text/css", immutable=True)}


@given(snapshots)
def test_a_root_is_read_back_as_it_was(snapshot: Snapshot) -> None:
    body = render_snapshot(snapshot)
    assert parse_snapshot(body) == snapshot
    assert render_snapshot(parse_snapshot(body)) == body


@given(shards)
def test_a_shard_is_read_back_as_it_was(shard: dict[str, Entry]) -> None:
    body = render_shard(shard)
    parsed = parse_shard(body)
    assert dict(parsed.entries()) == shard
    assert sorted(parsed.digests()) == sorted(entry.blob for entry in shard.values())
    assert render_shard(dict(parsed.entries())) == body


@given(shards, texts)
def test_looking_up_a_path_agrees_with_a_dict(shard: dict[str, Entry], path: str) -> None:
    parsed = parse_shard(render_shard(shard))
    assert parsed.find(path) == shard.get(path)
    for known, entry in shard.items():
        assert parsed.find(known) == entry


@given(st.permutations(sorted(SHARD)))
def test_the_order_of_entries_plays_no_part(order: list[str]) -> None:
    assert render_shard({path: SHARD[path] for path in order}) == render_shard(SHARD)


def test_the_canonical_form_is_the_same_for_ever() -> None:
    """A change here gives every published snapshot another id: it needs a new format's name."""
    snapshot = Snapshot(
        (compute_digest(render_shard(SHARD)),),
        Rules((Redirect("/old", "/a"),), (HeaderRule("/*", (("x-jam", "plum"),)),)),
        2,
        8,
    )
    assert (
        compute_digest(render_shard(SHARD)).hex()
        == "417260c811923a2e7253369b860f7cf1d692236a6ebd3398697f3709d92d7cad"
    )
    assert (
        compute_digest(render_snapshot(snapshot)).hex()
        == "256b47885e37ee821abcfdea27fe07f16da40314cc76477516d52a5bbe571d9e"
    )
    rule = Redirect("/old", "/a", 302, True, "https://b", (("c", ":d"),), Conditions(("de",)))
    full = replace(snapshot, rules=Rules((rule,), (HeaderRule("/*", (), ("anna:secret",)),)))
    assert (
        compute_digest(render_snapshot(full)).hex()
        == "ca84158a177af223e2a2d2054fefd5020310cacd8992a85b7b600ef235650c91"
    )


def test_rules_that_the_first_form_has_a_place_for_are_not_taken_from_the_second() -> None:
    """Equal content has one form, and so one id."""
    parts = ["pectin.snapshot.2", compute_digest(render_shard(SHARD)), 2, 8, [], []]
    with pytest.raises(BadManifest, match="not in the form"):
        parse_snapshot(msgspec.msgpack.encode(parts))


@pytest.mark.parametrize(
    ("files", "count"),
    [(0, 1), (1, 1), (1000, 1), (1001, 2), (2000, 2), (2001, 4), (4001, 8), (1_000_000, 1024)],
)
def test_the_number_of_shards_is_a_power_of_two(files: int, count: int) -> None:
    assert count_shards(files) == count


@given(texts, st.integers(0, 20))
def test_a_path_belongs_to_the_shard_of_its_hash(path: str, exponent: int) -> None:
    count = 2**exponent
    expected = int.from_bytes(compute_digest(path.encode())[:4], "big") % count
    assert find_shard(path, count) == expected


@given(st.binary())
def test_bytes_that_are_no_manifest_are_refused(body: bytes) -> None:
    with pytest.raises(BadManifest):
        parse_shard(body)
    with pytest.raises(BadManifest):
        parse_snapshot(body)


def change_shard(**changes: object) -> bytes:
    columns = msgspec.structs.asdict(parse_shard(render_shard(SHARD))) | changes
    return msgspec.msgpack.encode(list(columns.values()))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "pectin.shard.2"},
        {"paths": ("/b", "/a")},
        {"paths": ("/a", "/a")},
        {"paths": ("/a",)},
        {"blobs": b"short"},
        {"sizes": (3, -5)},
        {"sizes": (3,)},
        {"kind_of": (0, 2)},
        {"kind_of": (0, 0)},
        {"kind_of": (0, -1)},
        {"kinds": (("text/plain", False), ("text/css", True))},
        {"more": 1},
    ],
    ids=str,
)
def test_a_shard_that_is_not_canonical_is_refused(changes: dict[str, object]) -> None:
    assert parse_shard(change_shard()) == parse_shard(render_shard(SHARD))
    with pytest.raises(BadManifest):
        parse_shard(change_shard(**changes))


@pytest.mark.parametrize("shards_", [b"", b"x" * 31, b"x" * 33, b"x" * 64, b"x" * 96])
def test_a_root_with_a_wrong_number_of_shards_is_refused(shards_: bytes) -> None:
    def render(digests_: bytes) -> bytes:
        return msgspec.msgpack.encode(["pectin.snapshot.1", digests_, 2, 8, [], []])

    assert parse_snapshot(render(b"x" * 32)).files == 2
    with pytest.raises(BadManifest):
        parse_snapshot(render(shards_))
