from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from datetime import date
from signal import SIGKILL
from threading import Event, Thread

import pytest

from pectin.adapters.forked_workers import ForkedWorkers
from pectin.adapters.memory_source import MemorySource
from pectin.build.builder import Build, build
from pectin.build.pages import BATCH
from pectin.build.workers import OneWorker, Workers
from pectin.values.output import OutputFile


def ask_process(share: Sequence[int]) -> tuple[int, list[int]]:
    return os.getpid(), [2 * number for number in share]


class Meeting:
    """Work that is done once all of `expected` copies do some too."""

    def __init__(self, expected: int) -> None:
        self._here = os.getpid()
        self._expected = expected
        self._arrivals, self._arrive = os.pipe()
        self._has_met = False

    def __call__(self, share: Sequence[int]) -> tuple[int, list[int]]:
        if os.getpid() != self._here:
            os.write(self._arrive, b"x")
        elif not self._has_met and share[0] > 0:
            while self._expected:
                self._expected -= len(os.read(self._arrivals, 1))
            self._has_met = True
        return ask_process(share)


def test_results_come_in_the_order_of_the_shares_from_several_processes() -> None:
    shares = [range(start, start + 3) for start in range(40)]
    done = list(ForkedWorkers(2).map(Meeting(1), shares))
    assert [numbers for _, numbers in done] == [[2 * n for n in share] for share in shares]
    assert len({process for process, _ in done}) == 2  # this one and a copy
    assert done[0][0] == os.getpid()


def test_results_larger_than_a_pipe_arrive_whole() -> None:
    done = list(ForkedWorkers(2).map(lambda size: b"x" * size, [3 << 20] * 6))
    assert [len(body) for body in done] == [3 << 20] * 6


@pytest.mark.parametrize("shares", [[], [[1]], [[1], [2]]])
def test_few_shares_are_done_here(shares: list[list[int]]) -> None:
    assert {process for process, _ in ForkedWorkers(2).map(ask_process, shares)} <= {os.getpid()}


def test_nothing_is_forked_beside_another_thread() -> None:
    ended = Event()
    thread = Thread(target=ended.wait)
    thread.start()
    try:
        done = list(ForkedWorkers(2).map(ask_process, [[n] for n in range(9)]))
    finally:
        ended.set()
        thread.join()
    assert {process for process, _ in done} == {os.getpid()}


def test_an_error_in_a_worker_is_raised_here_as_itself() -> None:
    def fail(share: int) -> int:
        if share == 5:
            raise LookupError(share)
        return share

    results: list[int] = []
    with pytest.raises(LookupError, match="5"):
        results.extend(ForkedWorkers(2).map(fail, range(9)))
    assert results == [0, 1, 2, 3, 4][: len(results)]


def test_the_shares_of_a_killed_worker_are_done_here() -> None:
    here = os.getpid()

    def die(share: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), SIGKILL)
        return share

    assert list(ForkedWorkers(3).map(die, range(12))) == list(range(12))


def test_workers_that_are_not_needed_any_more_end(monkeypatch: pytest.MonkeyPatch) -> None:
    forked: list[int] = []
    fork = os.fork

    def note_fork() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", note_fork)
    results = ForkedWorkers(2).map(ask_process, [[n] for n in range(99)])
    next(results)
    next(results)
    del results
    (process,) = forked
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("allowed", [0, 1])
def test_what_no_process_can_be_had_for_is_done_here(
    allowed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked: list[int] = []
    fork = os.fork

    def fork_some() -> int:
        if len(forked) == allowed:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", fork_some)
    done = list(ForkedWorkers(2).map(Meeting(allowed), [[number] for number in range(9)]))
    assert [numbers for _, numbers in done] == [[2 * number] for number in range(9)]
    assert {process for process, _ in done} == {os.getpid(), *forked}
    for process in forked:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def make_site() -> dict[str, str]:
    site = {
        "pectin.toml": 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n'
        'taxonomies = ["tags"]\npaginate_by = 5\n[feeds]\nfull_content = true\n',
        "content/blog/_index.md": "---\nfeed: true\n---\n",
        "assets/a.css": "a { background: url(b.svg) }",
        "assets/b.svg": "<svg/>",
        "assets/late.svg": "<svg />",
        "data/x.yaml": "a: [\n",
        "templates/page.html": "{{ stylesheet('a.css') }}{{ page.content }}{{ page.previous.url }}"
        "{% if page.weight == 7 %}{{ asset('late.svg').url }}{{ site.data.x }}{% endif %}"
        "{% if page.weight == 9 %}{{ asset('none.svg') }}{% endif %}",
        "templates/section.html": "{% for p in page.pages %}{{ p.summary }}{{ p.word_count }}{% endfor %}",
        "templates/term.html": "{{ page.title }}{% for p in page.pages %}{{ p.toc|length }}{% endfor %}",
        "templates/taxonomy.html": "",
    }
    for number in range(5 * BATCH):
        site[f"content/blog/p{number:03}.md"] = (
            f"---\ndate: 2026-01-01\ntags: [t{number % 7}]\nweight: {number % 40}\n---\n"
            f"Text {number}.\n\n## Heading {number}\n\n[other](p{(number * 7) % 200:03}.md#nowhere)"
            f" [lost](/lost-{number}/) `code`[^{number}]\n"
        )
    return site


def build_with(workers: Workers) -> tuple[Build, list[OutputFile]]:
    files: list[OutputFile] = []
    source = MemorySource(make_site())
    theme = {"404.html": "Not found\n"}
    done = build(source, today=date(2026, 8, 1), emit=files.append, theme=theme, workers=workers)
    return done, files


def test_a_build_is_the_same_whoever_renders_it() -> None:
    alone = build_with(OneWorker())
    assert {problem.code for problem in alone[0].problems} > {
        "broken-link",
        "missing-anchor",
        "missing-asset",
        "data-syntax",
    }
    assert build_with(ForkedWorkers(2)) == alone
    assert build_with(ForkedWorkers(3)) == alone
