"""The redirects of a site: those of `pectin.toml`, and one for each alias."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pectin.build.problems import Problems
from pectin.build.site.assembly import place_key
from pectin.build.site.claims import Claims
from pectin.build.site.model import Page, Site
from pectin.build.urls import decode_path, file_for, find_fault
from pectin.values.rules import Redirect, Rules

_PARTS = re.compile(r"(:[A-Za-z_]\w*|/\*$)")
_PLACEHOLDER = re.compile(r":[A-Za-z_]\w*|\*")


def make_rules(site: Site, claims: Claims, problems: Problems) -> Rules:
    """The rules of the site; an alias that cannot be one is a problem and is left out."""
    aliases = [
        Redirect(decode_path(alias), page.url)
        for page in sorted(site.by_source.values(), key=lambda page: page.source)
        for alias in page.front_matter.aliases
        if _check_alias(alias, page, claims, problems)
    ]
    rules = site.config.rules
    return Rules((*rules.redirects, *aliases), rules.headers)


def compile_sources(redirects: Sequence[Redirect]) -> re.Pattern[str] | None:
    """A pattern that the decoded paths which `redirects` answer match; None without any."""
    if not redirects:
        return None
    return re.compile("|".join(_alternatives(redirects)))


def _alternatives(redirects: Iterable[Redirect]) -> list[str]:
    """A pattern for each source; a slash at the end does not matter, as at the edge."""
    return [
        "".join(map(_translate, _PARTS.split(rule.source.rstrip("/")))) + "/?" for rule in redirects
    ]


def _translate(part: str) -> str:
    if part == "/*":
        return "(?:/.*)?"
    return "[^/]+" if _PLACEHOLDER.fullmatch(part) else re.escape(part)


def _check_alias(alias: str, page: Page, claims: Claims, problems: Problems) -> bool:
    place = place_key(page.document, "aliases") if page.document else None
    fault = find_fault(alias)
    if fault is None and _PLACEHOLDER.search(alias):
        fault = "has a placeholder, which only a redirect of `pectin.toml` may have"
    if fault is None and file_for(decode_path(alias)) == page.path:
        fault = "is the page's own URL"
    if fault:
        problems.report(
            "bad-alias",
            f"the alias {alias!r} {fault}",
            "write an old path of the page, such as `/old/plum-jam/`",
            place,
        )
    return fault is None and claims.claim(
        file_for(decode_path(alias)), f"an alias of {page.source}", lambda: place, is_file=False
    )
