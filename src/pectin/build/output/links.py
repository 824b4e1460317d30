"""Every internal link of every page leads somewhere, or is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from pectin.build.content.references import list_anchors, list_references
from pectin.build.content.text import unescape
from pectin.build.problems import Problems
from pectin.build.site.claims import Claims
from pectin.build.site.model import Page
from pectin.build.templates.library import Templates
from pectin.build.urls import decode_path
from pectin.values.place import Place, place_at
from pectin.values.problem import Severity

_EMPTY = re.compile(r"""\b(?:href|src)\s*=\s*(?:""|'')""", re.IGNORECASE)
_AFTER_ORIGIN = ("", "/", "?", "#")
_TEXT_DIRECTIVE = ":~:"
_TOP = "top"
_FEW = 16
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


@dataclass(frozen=True, slots=True)
class Missing:
    """Source files that have no URL of their own: those `hidden`, with the reason, and `assets`."""

    hidden: Mapping[str, str]
    assets: Collection[str]


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
        fragments = self.check_body(path, page, html)
        if fragments:
            self._check_own_anchors(path, fragments, html)

    def check_body(self, path: str, page: Page, html: str) -> dict[str, str]:
        """Check the links in `html`, which is only the body of `page`, but those within the page.

        They come back, each with the anchor that it leads to.
        """
        fragments: dict[str, str] = {}
        for url in list_references(html) - self._good:
            self._check_one(path, page, url, fragments)
        return fragments

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
        missing: Missing,
    ) -> None:
        """Report what is broken of all that was merged, now that every file is known.

        `render` makes the page at a path again, which `pages` are all that can be; `locate`
        finds where the source of a page has a link.
        """
        self._broken = [
            link
            for link in self._broken
            if link.code != "broken-link" or self._find(link.target) is None
        ]
        for path, fragments in sorted(self._anchors.items()):
            html = render(path) if path in pages else None
            if html is None:
                continue
            ids = set(map(unescape, list_anchors(html)))
            for fragment, links in fragments.items():
                if fragment not in ids and fragment != _TOP:
                    self._broken += [
                        Broken("missing-anchor", link.url, path, fragment, link.path)
                        for link in links
                    ]
        self._report_all(pages, locate, missing)

    def _check_one(self, path: str, page: Page, written: str, fragments: dict[str, str]) -> None:
        """Check the link `written`; one within the page itself goes into `fragments`."""
        url = unescape(written) if "&" in written else written
        if url.startswith(self._origin) and url[len(self._origin) :][:1] in _AFTER_ORIGIN:
            rest = url[len(self._origin) :]
            url = rest if rest.startswith("/") else f"/{rest}"
        if not url:
            self._found[0].append(Broken("empty-link", written, "", "", path))
            return
        if _ELSEWHERE.match(url):
            self._good.add(written)
            return
        if url[0] == "#":
            if (name := _name_of(url[1:])) not in {"", _TOP}:
                fragments[written] = name
            return
        rest, _, fragment = url.partition("#")
        target = rest.partition("?")[0]
        if not target.startswith("/"):
            target = urljoin(page.url, target)
        found = self._find(decode_path(target))
        if found is None:
            self._found[0].append(Broken("broken-link", written, decode_path(target), "", path))
        elif found and (name := _name_of(fragment)):
            self._found[1].append(Anchored(found, name, written, path))
        elif url[0] == "/":
            self._good.add(written)

    def _check_own_anchors(self, path: str, fragments: Mapping[str, str], html: str) -> None:
        is_short = len(fragments) <= _FEW
        if is_short and all(_has_plain_id(name, html) for name in fragments.values()):
            return
        anchors = set(map(unescape, list_anchors(html)))
        self._found[0].extend(
            Broken("missing-anchor", written, "", name, path)
            for written, name in fragments.items()
            if name not in anchors
        )

    def _find(self, path: str) -> str | None:
        """The file that answers `path`; "" where a redirect does; None where nothing does."""
        found = self._claims.find_file(path)
        if found is not None:
            return found
        return "" if self._redirected and self._redirected.fullmatch(path) else None

    def _report_all(
        self,
        pages: Mapping[str, Page],
        locate: Callable[[Page, str], Sequence[Place]],
        missing: Missing,
    ) -> None:
        placed: set[str] = set()
        unplaced = []
        # Page by page, because `locate` keeps what it learnt of the last.
        for broken in sorted(dict.fromkeys(self._broken), key=lambda broken: broken.path):
            places = locate(pages[broken.path], unescape(broken.url))
            if places:
                placed.add(broken.url)
                for place in places:
                    self._report(broken, place, missing)
            else:
                unplaced.append(broken)
        for broken in unplaced:
            found = self._find_in_templates(broken.url)
            if found is not None or broken.url not in placed:
                page = pages[broken.path]
                name = page.source or page.url
                self._report(broken, found or Place(name), missing, name)

    def _report(self, broken: Broken, place: Place, missing: Missing, page: str = "") -> None:
        message, hint = _describe(broken, missing)
        severity = Severity.WARNING if broken.code == "empty-link" else Severity.ERROR
        self._problems.report(broken.code, message, hint, place, severity=severity, page=page)

    def _find_in_templates(self, url: str) -> Place | None:
        written = (
            _EMPTY if not url else re.compile(rf"""(?<=["'=\s]){re.escape(url)}(?=["'\s>,])""")
        )
        for name in self._templates.names:
            text = self._templates.load(name) or ""
            found = written.search(text)
            if found:
                return place_at(self._templates.path_of(name), text, found.start())
        return None


def _name_of(fragment: str) -> str:
    """The name that `fragment` leads to; what a browser looks up in the text is no name."""
    return decode_path(fragment.partition(_TEXT_DIRECTIVE)[0])


def _has_plain_id(name: str, html: str) -> bool:
    """Whether some tag has this id, told by a glance. A page with comments needs a look."""
    found = html.find(f' id="{name}"')
    if found < 0 or "<!--" in html:
        return False
    is_in_tag = html.rfind("<", 0, found) > html.rfind(">", 0, found)
    return is_in_tag and html.rfind("<script", 0, found) <= html.rfind("</script", 0, found)


def _describe(broken: Broken, missing: Missing) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if broken.code == "empty-link":
        return "a link or an image has no URL", "write where it leads, or take it away"
    if broken.code == "missing-anchor":
        return (
            f"`{broken.url}` leads to a page that has no anchor `{broken.fragment}`",
            "headings get theirs from their text; `<a id=...>` makes another",
        )
    return f"`{broken.url}` leads nowhere", _explain_missing(broken, missing)


def _explain_missing(broken: Broken, missing: Missing) -> str:
    name = broken.url.partition("#")[0].rpartition("/")[2]
    for path, reason in sorted(missing.hidden.items()):
        if name.endswith(".md") and path.endswith(f"/{name}"):
            return f"{path} is left out: it is {reason}"
    asset = broken.target.removeprefix("/assets").removeprefix("/")
    if f"assets/{asset}" in missing.assets:
        return (
            f'assets/{asset} gets its URL when a template asks for it: `asset("{asset}")`; '
            "a file in static/ keeps its own"
        )
    return "mend the link, or add a redirect for it to pectin.toml"
