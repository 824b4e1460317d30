"""Every internal link of every page leads somewhere, or is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from html import unescape
from urllib.parse import urljoin

from pectin.build.claims import Claims
from pectin.build.problems import Problems
from pectin.build.site import Page
from pectin.build.templates import Templates
from pectin.build.urls import decode_path
from pectin.values.place import Place, place_at

_REFERENCE = re.compile(
    r"""\s(?:href|src|poster)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_SRCSET = re.compile(r"""\ssrcset=["']([^"']*)["']""", re.IGNORECASE)
_ID = re.compile(r"""\s(?:id|name)=["']?([^"'\s>]+)""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


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
        self._anchors: dict[str, dict[str, list[tuple[str, Page]]]] = {}
        self._broken: list[tuple[str, str, str, Page]] = []

    def check(self, page: Page, html: str) -> None:
        """Check all links in `html`, which `page` became."""
        urls = {a or b or c for a, b, c in _REFERENCE.findall(html)}
        if "srcset=" in html:
            for candidates in _SRCSET.findall(html):
                urls.update(part.split()[0] for part in candidates.split(",") if part.strip())
        for url in urls - self._good:
            self._check_one(page, url, html)

    def finish(
        self,
        pages: Collection[str],
        render: Callable[[str], str | None],
        hidden: Mapping[str, str],
    ) -> None:
        """Report what is broken. `render` makes the page at a path again; `pages` are all paths that it can."""
        for path, fragments in sorted(self._anchors.items()):
            html = render(path) if path in pages else None
            if html is None:
                continue
            ids = {unescape(name) for name in _ID.findall(html)}
            for fragment, links in fragments.items():
                if fragment not in ids:
                    self._broken += [("missing-anchor", url, fragment, page) for url, page in links]
        self._report_all(hidden)

    def _check_one(self, page: Page, written: str, html: str) -> None:
        url = unescape(written) if "&" in written else written
        if url.startswith(self._origin):
            url = url[len(self._origin) :] or "/"
        if not url or _ELSEWHERE.match(url):
            self._good.add(written)
            return
        if url[0] == "#":
            self._check_own_anchor(page, written, decode_path(url[1:]), html)
            return
        rest, _, fragment = url.partition("#")
        target = rest.partition("?")[0]
        if not target.startswith("/"):
            target = urljoin(page.url, target)
        found = self._find(decode_path(target))
        if found is None:
            self._broken.append(("broken-link", written, "", page))
        elif fragment and found:
            anchors = self._anchors.setdefault(found, {})
            anchors.setdefault(decode_path(fragment), []).append((written, page))
        elif url[0] == "/":
            self._good.add(written)

    def _check_own_anchor(self, page: Page, written: str, name: str, html: str) -> None:
        if name in {"", "top"} or f'id="{name}"' in html:
            return
        if name not in {unescape(found) for found in _ID.findall(html)}:
            self._broken.append(("missing-anchor", written, name, page))

    def _find(self, path: str) -> str | None:
        """The file that answers `path`; "" where a redirect does; None where nothing does."""
        folder = path if path.endswith("/") else f"{path}/"
        for candidate in (path, f"{folder}index.html"):
            if candidate in self._claims:
                return candidate
        return "" if self._redirected and self._redirected.fullmatch(path) else None

    def _report_all(self, hidden: Mapping[str, str]) -> None:
        placed: set[str] = set()
        unplaced = []
        for code, url, fragment, page in self._broken:
            place = _find_in_body(page, url)
            if place is None:
                unplaced.append((code, url, fragment, page))
            else:
                placed.add(url)
                self._report(code, url, fragment, place, hidden)
        for code, url, fragment, page in unplaced:
            place = self._find_in_templates(url)
            if place or url not in placed:
                self._report(
                    code, url, fragment, place or Place(page.source or page.url), hidden, page
                )

    def _report(
        self,
        code: str,
        url: str,
        fragment: str,
        place: Place,
        hidden: Mapping[str, str],
        page: Page | None = None,
    ) -> None:
        if code == "missing-anchor":
            message = f"`{url}` leads to a page that has no anchor `{fragment}`"
            hint = "headings get theirs from their text; `<a id=...>` makes another"
        else:
            message = f"`{url}` leads nowhere"
            hint = _explain_hidden(url, hidden)
        self._problems.report(
            code, message, hint, place, page=(page.source or page.url) if page else ""
        )

    def _find_in_templates(self, url: str) -> Place | None:
        for name in self._templates.names:
            text = self._templates.load(name) or ""
            offset = text.find(f'"{url}"')
            if offset >= 0:
                return place_at(self._templates.path_of(name), text, offset + 1)
        return None


def _find_in_body(page: Page, url: str) -> Place | None:
    if page.document is None:
        return None
    for written in (url, unescape(url), decode_path(unescape(url))):
        offset = page.document.source.find(written, page.document.body_start)
        if offset >= 0:
            return place_at(page.document.path, page.document.source, offset)
    return None


def _explain_hidden(url: str, hidden: Mapping[str, str]) -> str:
    name = url.partition("#")[0].rpartition("/")[2]
    for path, reason in sorted(hidden.items()):
        if name.endswith(".md") and path.endswith(f"/{name}"):
            return f"{path} is left out: it is {reason}"
    return "mend the link, or add a redirect for it to pectin.toml"
