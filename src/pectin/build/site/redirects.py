"""The redirects of a site: those that are written as such, and one for each alias."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pectin.build.configuration.rules import find_chains, find_loops
from pectin.build.configuration.written_rules import WrittenRedirect, WrittenRules
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.claims import Claims
from pectin.build.site.model import Page
from pectin.build.site.sites import Sites
from pectin.build.site.unreachable import find_unreachable
from pectin.build.urls import decode_path, file_for, find_fault, strip_query
from pectin.values.patterns import compile_pattern
from pectin.values.place import Place
from pectin.values.problem import Severity
from pectin.values.rules import Redirect, Rules

_PLACEHOLDER = re.compile(r":[A-Za-z_]\w*|\*")


def make_rules(
    written: WrittenRules, sites: Sites, documents: Documents, claims: Claims, problems: Problems
) -> Rules:
    """The rules of the site: those that are `written`, then those of aliases.

    An alias that cannot be one is a problem and is left out.
    """
    aliases = [
        Redirect(decode_path(alias), page.url)
        for page in sorted(sites.by_source.values(), key=lambda page: page.source)
        for alias in page.front_matter.aliases
        if _check_alias(alias, page, documents, claims, problems)
    ]
    redirects = (rule.redirect for rule in written.redirects)
    return Rules((*redirects, *aliases, *_find_way_home(sites, claims)), written.headers)


def _find_way_home(sites: Sites, claims: Claims) -> Iterator[Redirect]:
    """A redirect from `/` to the home page, where that is below it and nothing else is there."""
    home = sites.default.home.page.url
    if home != "/" and claims.find_file("/") is None:
        yield Redirect("/", home, 302)


def check_redirects(
    written: Sequence[WrittenRedirect],
    claims: Claims,
    redirected: re.Pattern[str] | None,
    problems: Problems,
) -> None:
    """Report the redirects that never work, and those that lead nowhere.

    `redirected` matches the decoded paths that a redirect answers.
    """
    check_circles(written, problems)
    for rule in find_unreachable(written):
        problems.report(
            "unreachable-rule",
            f"a rule before this one answers all that `{rule.redirect.source}` is for",
            "take this one away, or put it first",
            rule.place,
            severity=Severity.WARNING,
        )
    for rule in written:
        _check_source(rule, claims, problems)
        _check_target(rule, claims, redirected, problems)


def check_circles(written: Sequence[WrittenRedirect], problems: Problems) -> None:
    """Report the redirects that lead in a circle, and without any those that lead to another."""
    redirects = [rule.redirect for rule in written]
    loops = tuple(find_loops(redirects))
    for index, way in loops:
        problems.report(
            "redirect-loop",
            f"this redirect comes back to itself: {' to '.join(way)}",
            "take one of its rules away",
            written[index].place,
        )
    for index, target in () if loops else find_chains(redirects):
        problems.report(
            "redirect-chain",
            f"this redirect leads to `{target}`, which is redirected again",
            "let it lead where the other does: each redirect costs a reader a round trip",
            written[index].target_place,
            severity=Severity.WARNING,
        )


def _check_source(rule: WrittenRedirect, claims: Claims, problems: Problems) -> None:
    redirect = rule.redirect
    is_exact = compile_pattern(redirect.source).is_exact
    if redirect.force or redirect.origin or not is_exact:
        return
    if claims.find_file(decode_path(redirect.source)):
        problems.report(
            "shadowed-redirect",
            f"`{redirect.source}` is a page or a file, which is served instead of this redirect",
            "take the redirect away, or what is there, or let the rule go first: `force = true`, or `!` behind the status",
            rule.place,
            severity=Severity.WARNING,
        )


def _check_target(
    rule: WrittenRedirect,
    claims: Claims,
    redirected: re.Pattern[str] | None,
    problems: Problems,
) -> None:
    target = decode_path(strip_query(rule.redirect.target))
    if not target.startswith("/") or _PLACEHOLDER.search(target):
        return
    is_page = claims.find_file(target) is not None or claims.owner_of(target) is not None
    if not is_page and not (redirected and redirected.fullmatch(target)):
        problems.report(
            "broken-redirect",
            f"this redirect leads to `{rule.redirect.target}`, and there is nothing",
            "let it lead to a page or a file of the site",
            rule.target_place,
        )


def compile_sources(redirects: Sequence[Redirect]) -> re.Pattern[str] | None:
    """A pattern that the decoded paths which `redirects` answer match; None without any."""
    answering = [rule for rule in redirects if not rule.is_error]
    if not answering:
        return None
    return re.compile("|".join(compile_pattern(decode_path(it.source)).text for it in answering))


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
