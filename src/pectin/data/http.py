"""JSON over HTTP: paged, revalidated, retried, bounded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from pectin.data.context import LoaderContext
from pectin.data.declaration import LoaderError
from pectin.data.paths import find_at
from pectin.data.transport import Answer, Request, send

_LINK = re.compile(r"<([^>]*)>([^<]*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


class Paging(Protocol):
    """How the pages of a long answer follow each other."""

    def begin(self, url: str) -> str:
        """The URL of the first page."""

    def follow(self, url: str, answer: Answer, value: Any, count: int) -> str | None:
        """The URL of the page after that at `url`, which had `count` items; None after the last."""


@dataclass(frozen=True, slots=True)
class ByLink:
    """By the field Link with `rel="next"` (RFC 8288)."""

    def begin(self, url: str) -> str:
        """The URL of the first page."""
        return url

    def follow(self, url: str, answer: Answer, value: Any, count: int) -> str | None:  # noqa: ARG002 - as the protocol has it
        """The URL that the field gives."""
        for target, parameters in _LINK.findall(answer.link):
            relations = (quoted or plain for quoted, plain in _REL.findall(parameters))
            if any("next" in relation.lower().split() for relation in relations):
                return str(urljoin(url, target))
        return None


@dataclass(frozen=True, slots=True)
class ByCursor:
    """By a cursor in the answer, at the path `at` (`meta.next`), which goes into `parameter`."""

    at: str
    parameter: str = "cursor"

    def begin(self, url: str) -> str:
        """The URL of the first page, which needs no cursor."""
        return url

    def follow(self, url: str, answer: Answer, value: Any, count: int) -> str | None:  # noqa: ARG002 - as the protocol has it
        """The URL with the cursor; None where there is none."""
        cursor = find_at(value, self.at, None)
        return set_parameter(url, self.parameter, str(cursor)) if cursor else None


@dataclass(frozen=True, slots=True)
class ByPage:
    """By number, in `parameter`, from `first`, until a page has nothing, or less than `size`."""

    parameter: str = "page"
    first: int = 1
    size: int | None = None

    def begin(self, url: str) -> str:
        """The URL of the first page."""
        return set_parameter(url, self.parameter, str(self.first))

    def follow(self, url: str, answer: Answer, value: Any, count: int) -> str | None:  # noqa: ARG002 - as the protocol has it
        """The URL with the next number."""
        if count == 0 or (self.size is not None and count < self.size):
            return None
        number = int(dict(parse_qsl(urlsplit(url).query))[self.parameter])
        return set_parameter(url, self.parameter, str(number + 1))


def fetch_json(  # noqa: PLR0913 - each is an option of its own
    context: LoaderContext,
    url: str,
    *,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    items: str | None = None,
    paging: Paging | None = None,
    timeout: float = 30.0,
    retries: int = 3,
    most_bytes: int = 16 << 20,
    most_pages: int = 1000,
) -> Any:
    """The JSON at `url`; with `items`, what is at that path (`data.products`) in it.

    With `paging` the lists of all pages as one: `items` says where each page has its own, if it
    is not the whole. `timeout` is in seconds, for connecting and for each wait. What a server
    answered with a validator is asked for again with it. After 429 and 5xx, and broken
    connections, it is tried `retries` times more, as late as the server says. Raises LoaderError.
    """
    asked = {"Accept": "application/json", **(headers or {})}
    for name, value in (params or {}).items():
        url = set_parameter(url, name, value)
    options = Request(url, asked, timeout=timeout, retries=retries, most_bytes=most_bytes)
    if paging is None:
        value = _parse(context, url, send(context, options))
        return value if items is None else find_at(value, items)
    found: list[Any] = []
    for listed in _list_pages(context, options, paging, items, most_pages):
        found += listed
    return found


def _list_pages(
    context: LoaderContext, options: Request, paging: Paging, items: str | None, most: int
) -> Iterator[Sequence[Any]]:
    url: str | None = paging.begin(options.url)
    seen: set[str] = set()
    while url is not None:
        if url in seen or len(seen) == most:
            why = "leads to itself" if url in seen else f"has more than {most} pages"
            raise LoaderError(f"{context.redact(options.url)} {why}")
        seen.add(url)
        if _origin(url) != _origin(options.url):
            # What is sent along, a token perhaps, is for the first host alone.
            raise LoaderError(
                f"{context.redact(options.url)} leads on to another host, {_origin(url)}"
            )
        answer = send(context, options.to(url))
        value = _parse(context, url, answer)
        listed = value if items is None else find_at(value, items)
        if not isinstance(listed, list):
            where = f"`{items}` of {context.redact(url)}" if items else context.redact(url)
            raise LoaderError(f"{where} is no list: say with `items` where the list is")
        yield listed
        url = paging.follow(url, answer, value, len(listed))


def _parse(context: LoaderContext, url: str, answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError as error:
        raise LoaderError(f"{context.redact(url)} answered what is not JSON: {error}") from None


def set_parameter(url: str, name: str, value: str) -> str:
    """`url` with the parameter `name` in its query, instead of another by that name."""
    parts = urlsplit(url)
    others = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return urlunsplit(parts._replace(query=urlencode([*others, (name, value)])))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
