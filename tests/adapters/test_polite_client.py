from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from pectin.adapters.polite_client import LONGEST_WAIT, PoliteClient, judge_urls
from pectin.build.inspection.external import Answer, Verdict


class Time:
    """A clock that goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Server:
    """A LinkClient that notes when it is asked, and whether twice at once."""

    def __init__(self, time: Time, answers: Iterator[Answer] | None = None) -> None:
        self._time = time
        self._answers = answers
        self._busy = Lock()
        self.asked: list[tuple[float, str]] = []

    def ask(self, method: str, url: str) -> Answer:
        assert self._busy.acquire(blocking=False)
        self.asked.append((self._time.now, f"{method} {url}"))
        self._busy.release()
        return next(self._answers) if self._answers else Answer(200)


def make_client(server: Server, time: Time) -> PoliteClient:
    return PoliteClient(server, pause=0.5, clock=time.clock, sleep=time.sleep)


def test_a_host_is_asked_again_after_a_pause_and_another_at_once() -> None:
    time = Time()
    server = Server(time)
    client = make_client(server, time)
    for url in (
        "https://a.example/1",
        "https://a.example/2",
        "https://b.example/",
        "https://A.example/3",
    ):
        client.ask("HEAD", url)
    assert [when for when, _ in server.asked] == [0, 0.5, 0.5, 1.0]


def test_a_host_that_asks_for_patience_gets_it_once() -> None:
    time = Time()
    server = Server(
        time,
        iter([Answer(429, retry_after=20), Answer(200), Answer(503, retry_after=5), Answer(503)]),
    )
    client = make_client(server, time)
    assert client.ask("GET", "https://a.example/").status == 200
    assert client.ask("GET", "https://a.example/").status == 503
    assert [when for when, _ in server.asked] == [0, 20, 20.5, 25.5]


def test_nobody_waits_longer_than_is_sensible() -> None:
    time = Time()
    server = Server(time, iter([Answer(429, retry_after=LONGEST_WAIT + 1)]))
    assert make_client(server, time).ask("GET", "https://a.example/").status == 429
    assert time.now == 0


def test_every_url_gets_its_verdict_however_many_hosts_there_are() -> None:
    time = Time()
    urls = [f"https://{host}.example/{n}" for host in "abcdefghijkl" for n in range(3)]
    by_host = {
        url: PoliteClient(Server(time), pause=0, clock=time.clock, sleep=time.sleep) for url in urls
    }

    class Hosts:
        def ask(self, method: str, url: str) -> Answer:
            return by_host[url].ask(method, url)

    assert dict(judge_urls(urls, Hosts())) == dict.fromkeys(urls, Verdict())
