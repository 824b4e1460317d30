"""Every internal link of every page leads somewhere, or is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from pectin.build.problems import Problems
from pectin.build.site.claims import Claims
from pectin.build.site.model import Page
from pectin.build.templates.library import Templates
from pectin.build.urls import decode_path
from pectin.values.place import Place, place_at

_ATTRIBUTES = ("href", "src", "poster", "srcset")
_LOOKALIKES = ("-href", "-src", "-poster")
_UNQUOTED = re.compile(r"[\s>]")
_ID = re.compile(r"""\s(?:id|name)=["']?([^"'\s>]+)""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere. `url` is as the HTML of the page at `path` has it.

    `target` is the decoded path that it leads to.
    """

    code: str
    url: str
    target: str
    fragment: str
    path: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """A link of the page at `path` to a `fragment` of the file `target`."""

    target: str
    fragment: str
    url: str
    path: str


Findings = tuple[list[Broken], list[Anchored]]
"""What checking some pages found."""


class Links:
    """Checks the links of pages as they are rendered.

    `redirected` matches the decoded paths that a redirect answers. What a fragment leads to is
    looked up at the end, and only on pages that some link with a fragment leads to.
    """

    def __init__(
        self,
        claims: Claims,
        templates: Templates,
        problems: Problems,
        redirected: re.Pattern[str] | None,
        origin: str,
    ) -> None:
        self._claims = claims
        self._templates = templates
        self._problems = problems
        self._redirected = redirected
        self._origin = origin
        self._good: set[str] = set()
        self._found: Findings = ([], [])
        self._broken: list[Broken] = []
        self._anchors: dict[str, dict[str, list[Anchored]]] = {}

    def check(self, path: str, page: Page, html: str) -> None:
        """Check all links in `html`, which `page` became at `path`."""
        for url in list_references(html) - self._good:
            self._check_one(path, page, url, html)

    def drain(self) -> Findings:
        """What was found since this was asked last."""
        found, self._found = self._found, ([], [])
        return found

    def merge(self, findings: Findings) -> None:
        """Take in what another drained."""
        broken, anchored = findings
        self._broken += broken
        for link in anchored:
            self._anchors.setdefault(link.target, {}).setdefault(link.fragment, []).append(link)

    def finish(
        self,
        pages: Mapping[str, Page],
        render: Callable[[str], str | None],
        locate: Callable[[Page, str], Sequence[Place]],
        hidden: Mapping[str, str],
    ) -> None:
        """Report what is broken of all that was merged, now that every file is known.

        `render` makes the page at a path again, which `pages` are all that can be; `locate`
        finds where the source of a page has a link.
        """
        self._broken = [
            link for link in self._broken if link.fragment or self._find(link.target) is None
        ]
        for path, fragments in sorted(self._anchors.items()):
            html = render(path) if path in pages else None
            if html is None:
                continue
            ids = {unescape(name) for name in _ID.findall(html)}
            for fragment, links in fragments.items():
                if fragment not in ids:
                    self._broken += [
                        Broken("missing-anchor", link.url, path, fragment, link.path)
                        for link in links
                    ]
        self._report_all(pages, locate, hidden)

    def _check_one(self, path: str, page: Page, written: str, html: str) -> None:
        url = unescape(written) if "&" in written else written
        if url.startswith(self._origin):
            url = url[len(self._origin) :] or "/"
        if not url or _ELSEWHERE.match(url):
            self._good.add(written)
            return
        if url[0] == "#":
            self._check_own_anchor(path, written, decode_path(url[1:]), html)
            return
        rest, _, fragment = url.partition("#")
        target = rest.partition("?")[0]
        if not target.startswith("/"):
            target = urljoin(page.url, target)
        found = self._find(decode_path(target))
        if found is None:
            self._found[0].append(Broken("broken-link", written, decode_path(target), "", path))
        elif fragment and found:
            self._found[1].append(Anchored(found, decode_path(fragment), written, path))
        elif url[0] == "/":
            self._good.add(written)

    def _check_own_anchor(self, path: str, written: str, name: str, html: str) -> None:
        if name in {"", "top"} or f'id="{name}"' in html:
            return
        if name not in {unescape(found) for found in _ID.findall(html)}:
            self._found[0].append(Broken("missing-anchor", written, "", name, path))

    def _find(self, path: str) -> str | None:
        """The file that answers `path`; "" where a redirect does; None where nothing does."""
        folder = path if path.endswith("/") else f"{path}/"
        for candidate in (path, f"{folder}index.html"):
            if candidate in self._claims:
                return candidate
        return "" if self._redirected and self._redirected.fullmatch(path) else None

    def _report_all(
        self,
        pages: Mapping[str, Page],
        locate: Callable[[Page, str], Sequence[Place]],
        hidden: Mapping[str, str],
    ) -> None:
        placed: set[str] = set()
        unplaced = []
        for broken in dict.fromkeys(self._broken):
            places = locate(pages[broken.path], unescape(broken.url))
            if places:
                placed.add(broken.url)
                for place in places:
                    self._report(broken, place, hidden)
            else:
                unplaced.append(broken)
        for broken in unplaced:
            found = self._find_in_templates(broken.url)
            if found is not None or broken.url not in placed:
                page = pages[broken.path]
                name = page.source or page.url
                self._report(broken, found or Place(name), hidden, name)

    def _report(
        self, broken: Broken, place: Place, hidden: Mapping[str, str], page: str = ""
    ) -> None:
        if broken.code == "missing-anchor":
            message = f"`{broken.url}` leads to a page that has no anchor `{broken.fragment}`"
            hint = "headings get theirs from their text; `<a id=...>` makes another"
        else:
            message = f"`{broken.url}` leads nowhere"
            hint = _explain_hidden(broken.url, hidden)
        self._problems.report(broken.code, message, hint, place, page=page)

    def _find_in_templates(self, url: str) -> Place | None:
        written = re.compile(rf"""(?<=["'=\s]){re.escape(url)}(?=["'\s>,])""")
        for name in self._templates.names:
            text = self._templates.load(name) or ""
            found = written.search(text)
            if found:
                return place_at(self._templates.path_of(name), text, found.start())
        return None


def list_references(html: str) -> set[str]:
    """The URLs that attributes of `html` refer to, as they are written.

    Cutting at each "=" takes a third of the time that a pattern takes.
    """
    pieces = html.split("=")
    urls: set[str] = set()
    for index, piece in enumerate(pieces, start=1):
        if piece.endswith(_ATTRIBUTES):
            value = _read_value(pieces, index)
            if piece.endswith("srcset"):
                urls.update(part.split()[0] for part in value.split(",") if part.strip())
            elif not piece.endswith(_LOOKALIKES):
                urls.add(value)
    return urls


def _read_value(pieces: Sequence[str], index: int) -> str:
    """The value of the attribute that ends before the piece at `index`, quoted or not."""
    value = pieces[index] if index < len(pieces) else ""
    quote = value[:1]
    if quote not in {'"', "'"}:
        return _UNQUOTED.split(value, maxsplit=1)[0]
    end = value.find(quote, 1)
    while end < 0 and index + 1 < len(pieces):
        index += 1
        value += f"={pieces[index]}"
        end = value.find(quote, 1)
    return value[1:end]


def _explain_hidden(url: str, hidden: Mapping[str, str]) -> str:
    name = url.partition("#")[0].rpartition("/")[2]
    for path, reason in sorted(hidden.items()):
        if name.endswith(".md") and path.endswith(f"/{name}"):
            return f"{path} is left out: it is {reason}"
    return "mend the link, or add a redirect for it to pectin.toml"
