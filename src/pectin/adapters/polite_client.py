"""Politeness towards servers: one request to a host at a time, with a pause, and later where it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Lock

from pectin.build.inspection.external import Answer, LinkClient, Verdict, host_of, judge_url

MOST_AT_ONCE = 8
LONGEST_WAIT = 30.0
"""Seconds that a server may ask to be left alone and be asked again; else nobody knows."""

_WAITING = frozenset({429, 503})


class PoliteClient:
    """A LinkClient that asks each host through `client` once in `pause` seconds at most.

    `clock` tells seconds that only go forward, and `sleep` waits some.
    """

    def __init__(
        self,
        client: LinkClient,
        *,
        pause: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._client = client
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._hosts: dict[str, Lock] = {}
        self._due: dict[str, float] = {}

    def ask(self, method: str, url: str) -> Answer:
        """What the server of `url` answers; once more where it asks to come again soon."""
        host = host_of(url)
        with self._lock:
            lock = self._hosts.setdefault(host, Lock())
        with lock:
            answer = self._ask(method, url, host)
            if answer.status in _WAITING and 0 < answer.retry_after <= LONGEST_WAIT:
                self._due[host] = self._clock() + answer.retry_after
                answer = self._ask(method, url, host)
        return answer

    def _ask(self, method: str, url: str, host: str) -> Answer:
        wait = self._due.get(host, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        answer = self._client.ask(method, url)
        self._due[host] = self._clock() + self._pause
        return answer


def judge_urls(urls: Sequence[str], client: LinkClient) -> Iterator[tuple[str, Verdict]]:
    """What becomes of who follows each of `urls`, as the answers come; several hosts at once."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(host_of(url), []).append(url)

    def judge(url: str) -> tuple[str, Verdict]:
        return url, judge_url(url, client)

    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        # Hosts by turns, so that nobody waits for one host while others could be asked.
        longest = max(map(len, by_host.values()), default=0)
        turns = [
            own[turn] for turn in range(longest) for own in by_host.values() if turn < len(own)
        ]
        for done in as_completed([pool.submit(judge, url) for url in turns]):
            yield done.result()
