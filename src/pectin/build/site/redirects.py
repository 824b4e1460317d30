"""The redirects of a site: those of `pectin.toml`, and one for each alias."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pectin.build.configuration.model import Config
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.claims import Claims
from pectin.build.site.model import Page
from pectin.build.site.sites import Sites
from pectin.build.urls import decode_path, file_for, find_fault, strip_query
from pectin.values.place import Place
from pectin.values.problem import Severity
from pectin.values.rules import Redirect, Rules

_PARTS = re.compile(r"(:[A-Za-z_]\w*|/\*$)")
_PLACEHOLDER = re.compile(r":[A-Za-z_]\w*|\*")


def make_rules(sites: Sites, documents: Documents, claims: Claims, problems: Problems) -> Rules:
    """The rules of the site; an alias that cannot be one is a problem and is left out."""
    aliases = [
        Redirect(decode_path(alias), page.url)
        for page in sorted(sites.by_source.values(), key=lambda page: page.source)
        for alias in page.front_matter.aliases
        if _check_alias(alias, page, documents, claims, problems)
    ]
    rules = sites.config.rules
    return Rules((*rules.redirects, *aliases, *_find_way_home(sites, claims)), rules.headers)


def _find_way_home(sites: Sites, claims: Claims) -> Iterator[Redirect]:
    """A redirect from `/` to the home page, where that is below it and nothing else is there."""
    home = sites.default.home.page.url
    if home != "/" and claims.find_file("/") is None:
        yield Redirect("/", home, 302)


def check_redirects(
    config: Config, claims: Claims, redirected: re.Pattern[str] | None, problems: Problems
) -> None:
    """Report the redirects of `config` that never work, and those that lead nowhere.

    `redirected` matches the decoded paths that a redirect answers.
    """
    for index, rule in enumerate(config.rules.redirects):
        if not _PLACEHOLDER.search(rule.source) and claims.find_file(decode_path(rule.source)):
            problems.report(
                "shadowed-redirect",
                f"`{rule.source}` is a page or a file, which is served instead of this redirect",
                "take the redirect away, or what is there",
                config.place("redirects", index, "from"),
                severity=Severity.WARNING,
            )
        target = decode_path(strip_query(rule.target))
        if not target.startswith("/") or _PLACEHOLDER.search(target):
            continue
        if not claims.find_file(target) and not (redirected and redirected.fullmatch(target)):
            problems.report(
                "broken-redirect",
                f"this redirect leads to `{rule.target}`, and there is nothing",
                "let it lead to a page or a file of the site",
                config.place("redirects", index, "to"),
            )


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


def _check_alias(
    alias: str, page: Page, documents: Documents, claims: Claims, problems: Problems
) -> bool:
    def find_place() -> Place | None:
        return documents.place_key(page.head, "aliases", alias) if page.head else None

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
            find_place(),
        )
    return fault is None and claims.claim(
        file_for(decode_path(alias)), f"an alias of {page.source}", find_place, is_file=False
    )
