from __future__ import annotations

import pytest

from pectin.build.inspection.external import (
    MOST_REDIRECTS,
    Answer,
    Verdict,
    choose_urls,
    describe_verdict,
    judge_url,
)
from pectin.build.inspection.inspector import OutsideLink
from pectin.values.place import Place
from pectin.values.problem import Severity

URL = "https://a.example/plum"


class Servers:
    """A LinkClient of answers by URL; those by method and URL come first."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def ask(self, method: str, url: str) -> Answer:
        self.asked.append(f"{method} {url}")
        return self.answers.get(f"{method} {url}") or self.answers.get(url) or Answer(404)


def judge(**answers: Answer) -> Verdict:
    return judge_url(URL, Servers(**answers))


def test_a_page_that_answers_is_asked_for_its_head_alone() -> None:
    servers = Servers(**{URL: Answer(200)})
    assert judge_url(f"{URL}#stone", servers) == Verdict()
    assert servers.asked == [f"HEAD {URL}"]


@pytest.mark.parametrize("head", [Answer(405), Answer(404), Answer(501), Answer(fault="cut off")])
def test_a_server_that_knows_no_head_is_asked_for_the_page(head: Answer) -> None:
    assert judge(**{f"HEAD {URL}": head, f"GET {URL}": Answer(200)}) == Verdict()


@pytest.mark.parametrize(
    ("answer", "fault", "is_certain"),
    [
        (Answer(404), "answers 404 Not Found", True),
        (Answer(410), "answers 410 Gone", True),
        (Answer(500), "answers 500 Internal Server Error", True),
        (Answer(999), "answers 999", True),
        (Answer(403), "answers 403 Forbidden", False),
        (Answer(429), "answers 429 Too Many Requests", False),
        (Answer(503), "answers 503 Service Unavailable", False),
        (Answer(fault="is lost"), "is lost", True),
        (Answer(fault="is private", is_refused=True), "is private", False),
    ],
)
def test_an_answer_that_is_no_page_is_a_fault(answer: Answer, fault: str, is_certain: bool) -> None:  # noqa: FBT001
    assert judge(**{URL: answer}) == Verdict(fault, is_certain=is_certain)


def test_what_is_not_to_be_asked_is_asked_once() -> None:
    servers = Servers(**{URL: Answer(fault="is private", is_refused=True)})
    judge_url(URL, servers)
    assert servers.asked == [f"HEAD {URL}"]


def test_permanent_redirects_are_followed_to_where_the_page_is() -> None:
    verdict = judge(
        **{
            URL: Answer(301, "/pear"),
            "https://a.example/pear": Answer(308, "https://b.example/#x"),
            "https://b.example/": Answer(200),
        }
    )
    assert verdict == Verdict(target="https://b.example/")


def test_a_redirect_for_now_moves_nothing() -> None:
    last = {"https://b.example/": Answer(200)}
    assert judge(**{URL: Answer(302, "https://b.example/")}, **last) == Verdict()
    halfway = {URL: Answer(301, "/x"), "https://a.example/x": Answer(307, "https://b.example/")}
    assert judge(**halfway, **last) == Verdict(target="https://a.example/x")


def test_a_redirect_that_leads_nowhere_is_a_fault() -> None:
    assert judge(**{URL: Answer(301, "/gone")}).fault == "answers 404 Not Found"
    assert judge(**{URL: Answer(301, "javascript:alert(1)")}).fault.startswith("leads on to")
    assert judge(**{URL: Answer(301, "https://[")}).fault
    loop = judge(**{URL: Answer(302, URL)})
    assert loop == Verdict(f"is redirected more than {MOST_REDIRECTS} times")


def test_verdicts_are_told_at_the_link() -> None:
    link = OutsideLink(URL, Place("content/a.md", 2, 3))
    dead = describe_verdict(link, Verdict("answers 404 Not Found"))
    assert dead is not None
    assert (dead.code, dead.place, dead.severity) == ("dead-link", link.place, Severity.WARNING)
    assert dead.message == f"`{URL}` answers 404 Not Found"
    moved = describe_verdict(link, Verdict(target="https://b.example/"))
    assert moved is not None
    assert (moved.code, moved.hint) == ("moved-link", "write `https://b.example/`")
    unclear = describe_verdict(link, Verdict("answers 403 Forbidden", is_certain=False))
    assert unclear is not None
    assert unclear.code == "unclear-link"
    assert describe_verdict(link, Verdict()) is None
    assert describe_verdict(link, Verdict(target=f"{URL}/")) is None


def test_only_links_of_the_web_that_are_not_skipped_are_followed() -> None:
    links = [OutsideLink(url, None) for url in ("HTTPS://a.example/", "ftp://b.example/", URL)]
    assert list(choose_urls(links, URL.__eq__)) == links[:1]
