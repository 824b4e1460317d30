"""Every internal link of every page leads somewhere, or is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from itertools import chain

from msgspec import Struct

from pectin.build.configuration.model import MenuItem
from pectin.build.content.references import glance_references, list_anchors, list_references
from pectin.build.content.text import unescape
from pectin.build.site.claims import Claims
from pectin.build.site.model import Page
from pectin.build.urls import decode_path, is_below, join_url, leads_elsewhere

CONFIGURED = ""
"""Stands for the path of a page where a link is in `pectin.toml`."""

_PLAIN_PATH = re.compile(r"/[/A-Za-z0-9._~-]*")
_TEXT_DIRECTIVE = ":~:"
_TOP = "top"
_FEW = 16


class Broken(Struct, frozen=True):
    """A link that leads nowhere. `url` is as the HTML of the page at `path` has it.

    `target` is the decoded path that it leads to. `path` may be CONFIGURED.
    """

    code: str
    url: str
    target: str
    fragment: str
    path: str


class Anchored(Struct, frozen=True):
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
        redirected: re.Pattern[str] | None,
        origin: str,
    ) -> None:
        self._claims = claims
        self._redirected = redirected
        self._origin = origin
        self._good: set[str] = set()
        self._found: Findings = ([], [])
        self._broken: list[Broken] = []
        self._anchors: dict[str, dict[str, list[Anchored]]] = {}

    def check(self, path: str, page: Page, html: str) -> None:
        """Check all links in `html`, which `page` became at `path`."""
        glanced = glance_references(html)
        if glanced is not None and all(map(self._is_plainly_good, glanced - self._good)):
            return
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

    def _is_plainly_good(self, written: str) -> bool:
        """Whether the link `written` is a path to a file, told without taking it apart."""
        path = written.removeprefix(self._origin)
        if not _PLAIN_PATH.fullmatch(path):
            return False
        is_good = (f"{path}index.html" if path[-1] == "/" else path) in self._claims
        if is_good:
            self._good.add(written)
        return is_good

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

    @property
    def anchors(self) -> Mapping[str, Collection[str]]:
        """The fragments that links of other pages lead to, by the file that they are to be in."""
        return {path: fragments.keys() for path, fragments in self._anchors.items()}

    def check_menus(self, menus: Mapping[str, Sequence[MenuItem]], home: Page) -> None:
        """Check the entries of `menus` where they stand, whether or not a page shows them."""
        for item in filter(lambda item: not item.page, chain.from_iterable(menus.values())):
            self._check_one(CONFIGURED, home, escape(item.url), {})
        self.merge(self.drain())

    def list_broken(
        self, pages: Collection[str], render: Callable[[str], str | None]
    ) -> list[Broken]:
        """What is broken of all that was merged, now that every file is known.

        `render` makes the page at a path again, which `pages` are all that can be.
        """
        broken = [
            link
            for link in self._broken
            if link.code != "broken-link" or self._find(link.target) is None
        ]
        for path, fragments in sorted(self._anchors.items()):
            is_known = path in pages and not self._claims.is_contested(path)
            html = render(path) if is_known else None
            if html is None:
                continue
            ids = list_ids(html)
            broken += [
                Broken("missing-anchor", link.url, path, fragment, link.path)
                for fragment, links in fragments.items()
                if fragment not in ids
                for link in links
            ]
        return sorted(dict.fromkeys(broken), key=lambda link: link.path)

    def find_page(self, path: str) -> str | None:
        """The file that answers the decoded `path`, or None where a redirect does, or nothing."""
        return self._find(path) or None

    def _check_one(self, path: str, page: Page, written: str, fragments: dict[str, str]) -> None:
        """Check the link `written`; one within the page itself goes into `fragments`."""
        url = unescape(written) if "&" in written else written
        if is_below(url, self._origin):
            rest = url[len(self._origin) :]
            url = rest if rest.startswith("/") else f"/{rest}"
        if not url:
            self._found[0].append(Broken("empty-link", written, "", "", path))
            return
        if leads_elsewhere(url):
            self._good.add(written)
            return
        if url[0] == "#":
            if (name := _name_of(url[1:])) not in {"", _TOP}:
                fragments[written] = name
            return
        rest, _, fragment = url.partition("#")
        target = rest.partition("?")[0]
        if not target.startswith("/"):
            target = join_url(page.url, target)
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


def list_ids(html: str) -> set[str]:
    """All that a fragment can lead to in `html`."""
    return {_TOP, *map(unescape, list_anchors(html))}


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
