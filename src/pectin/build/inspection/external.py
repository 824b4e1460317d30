"""Whether URLs of other hosts answer: what to ask, and what the answers mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from pectin.build.inspection.inspector import OutsideLink
from pectin.values.problem import Problem, Severity

MOST_REDIRECTS = 8
_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_GONE = frozenset({404, 410})
_UNAVAILABLE = 503
_REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    410: "Gone",
    429: "Too Many Requests",
    451: "Unavailable For Legal Reasons",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_WEB = re.compile(r"https?://", re.IGNORECASE)
_FIRST_ERROR = 400
_FIRST_FAULT = 500


class Answer(Struct, frozen=True):
    """What a server answered: a status, and the `Location` and `Retry-After` that came with it.

    The status is 0 where none came; `fault` then says why, and `is_refused` that Pectin did not ask.
    """

    status: int = 0
    location: str = ""
    retry_after: float = 0
    fault: str = ""
    is_refused: bool = False


class LinkClient(Protocol):
    """Asks servers."""

    def ask(self, method: str, url: str) -> Answer:
        """What the server of `url`, which is http or https, answers. Nothing is raised."""


class Verdict(Struct, frozen=True, array_like=True):
    """What became of one URL. `target` is where permanent redirects lead, or "".

    `fault` is "" where all is well. `is_certain` says that it is the link that is at fault, and not
    that nobody can tell.
    """

    fault: str = ""
    target: str = ""
    is_certain: bool = True


def judge_url(url: str, client: LinkClient) -> Verdict:
    """What becomes of who follows `url`, asked politely: with HEAD, and with GET where that fails."""
    at = _without_fragment(url)
    target, is_permanent = "", True
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(at, client)
        if answer.status not in _REDIRECTS or not answer.location:
            return _judge(answer, target)
        following = _join(at, answer.location)
        if not _WEB.match(following):
            return Verdict(f"leads on to {answer.location[:80]!r}, which is no web page")
        is_permanent = is_permanent and answer.status in _PERMANENT
        at = following
        target = at if is_permanent else target
    return Verdict(f"is redirected more than {MOST_REDIRECTS} times")


def describe_verdict(link: OutsideLink, verdict: Verdict) -> Problem | None:
    """The problem that `verdict` is for whoever wrote `link`, or None."""
    if verdict.fault:
        code = "dead-link" if verdict.is_certain else "unclear-link"
        hint = "mend the link, or leave it out with `skip` in `[check.external]`"
        message = f"`{link.url}` {verdict.fault}"
    elif verdict.target and _differs(link.url, verdict.target):
        code, hint = "moved-link", f"write `{verdict.target}`"
        message = f"`{link.url}` has moved for good"
    else:
        return None
    return Problem(code, message, hint, link.place, Severity.WARNING)


def choose_urls(
    links: Iterable[OutsideLink], is_skipped: Callable[[str], bool]
) -> Iterator[OutsideLink]:
    """The `links` that are to be asked for: of the web, and not skipped."""
    for link in links:
        if _WEB.match(link.url) and not is_skipped(link.url):
            yield link


def host_of(url: str) -> str:
    """The host of `url`, with its port, in lower case; "" where it has none, or is no URL."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _ask(url: str, client: LinkClient) -> Answer:
    answer = client.ask("HEAD", url)
    # Many servers know no HEAD, or answer it as no reader would be answered.
    if answer.status >= _FIRST_ERROR or (not answer.status and not answer.is_refused):
        answer = client.ask("GET", url)
    return answer


def _judge(answer: Answer, target: str) -> Verdict:
    if not answer.status:
        return Verdict(answer.fault, is_certain=not answer.is_refused)
    if answer.status < _FIRST_ERROR:
        return Verdict(target=target)
    fails = answer.status >= _FIRST_FAULT and answer.status != _UNAVAILABLE
    reason = f"{answer.status} {_REASONS.get(answer.status, '')}".rstrip()
    return Verdict(f"answers {reason}", is_certain=fails or answer.status in _GONE)


def _join(base: str, location: str) -> str:
    try:
        return _without_fragment(urljoin(base, location))
    except ValueError:
        return ""


def _differs(url: str, target: str) -> bool:
    """Whether `target` is another page than `url`, and not only spelt otherwise."""
    return _without_fragment(url).rstrip("/") != target.rstrip("/")


def _without_fragment(url: str) -> str:
    return url.partition("#")[0]
