"""Links to other hosts: followed, unless it is known from lately where they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from time import monotonic, sleep

import msgspec

from pectin import __version__
from pectin.adapters.link_client import HttpLinkClient
from pectin.adapters.lmdb_cache import LmdbCache
from pectin.adapters.polite_client import PoliteClient, judge_urls
from pectin.app.caching import CACHE
from pectin.app.settings import Settings
from pectin.build.configuration.model import Config
from pectin.build.inspection.external import (
    LinkClient,
    Verdict,
    choose_urls,
    describe_verdict,
)
from pectin.build.inspection.inspector import OutsideLink
from pectin.build.progress import Progress
from pectin.build.traces.cache import Cache
from pectin.values.problem import Problem

_NAMESPACE = b"links to other hosts, 1"
_DAY_SECONDS = 86_400


class Followed(msgspec.Struct, frozen=True, array_like=True):
    """What became of a URL, and when that was found, in epoch seconds."""

    verdict: Verdict
    found_at: int


def follow_links(
    links: Sequence[OutsideLink],
    config: Config,
    settings: Settings,
    report: Callable[[Progress], None],
) -> list[Problem]:
    """What is wrong with those of `links` that are to be followed. Good answers are kept for a time."""
    cache = LmdbCache(settings.store / CACHE, _NAMESPACE, lambda _digest, _size: None)
    try:
        return list(_follow(links, config, cache, settings.now, make_client(config), report))
    finally:
        cache.close()


def make_client(config: Config) -> LinkClient:
    """A client that is polite, and says whose site it asks for."""
    chosen = config.external_checks
    agent = f"Pectin/{__version__} (link check of {config.url})"
    client = HttpLinkClient(agent, timeout=chosen.timeout, allows_private=chosen.allow_private)
    return PoliteClient(client, pause=chosen.pause, clock=monotonic, sleep=sleep)


def _follow(
    links: Sequence[OutsideLink],
    config: Config,
    cache: Cache,
    now: int,
    client: LinkClient,
    report: Callable[[Progress], None],
) -> Iterator[Problem]:
    chosen = config.external_checks
    due: dict[str, OutsideLink] = {}
    verdicts: dict[str, Verdict] = {}
    for link in choose_urls(links, chosen.skips):
        known = _load(cache, link.url)
        if known and 0 <= now - known.found_at < chosen.keep_days * _DAY_SECONDS:
            verdicts[link.url] = known.verdict
        else:
            due[link.url] = link
    for done, (url, verdict) in enumerate(judge_urls([*due], client), start=1):
        report(Progress(done, len(due), "links to other hosts"))
        verdicts[url] = verdict
        if not verdict.fault:
            cache.store({_key(url): msgspec.msgpack.encode(Followed(verdict, now))})
    for link in links:
        problem = describe_verdict(link, verdicts[link.url]) if link.url in verdicts else None
        if problem is not None:
            yield problem


def _load(cache: Cache, url: str) -> Followed | None:
    try:
        return msgspec.msgpack.decode(cache.load(_key(url)) or b"", type=Followed)
    except msgspec.DecodeError:
        return None


def _key(url: str) -> bytes:
    return sha256(url.encode("utf-8", "surrogatepass")).digest()
