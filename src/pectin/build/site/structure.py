"""All of a site in which no body has a say."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

from pectin.build.configuration.written_rules import WrittenRules
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.claims import Claims
from pectin.build.site.files import Files
from pectin.build.site.index import SiteIndex
from pectin.build.site.plan import HasTemplate, Rendered, plan_output
from pectin.build.site.redirects import check_redirects, compile_sources, make_rules
from pectin.build.site.sites import Sites
from pectin.values.rules import Rules


class Structure(Struct, frozen=True):
    """What a site has, and what is published where.

    `planned` are the pages to render by the path of their file, in order. `redirected` matches the
    decoded paths that a redirect answers. `indices` are by language. `targets` is the fingerprint of all that a
    path can lead to, but for what is named by its content.
    """

    files: Files
    sites: Sites
    claims: Claims
    planned: Mapping[str, Rendered]
    rules: Rules
    redirected: re.Pattern[str] | None
    indices: Mapping[str, SiteIndex]
    targets: bytes

    def find_files(self, touched: Collection[str]) -> list[str]:
        """The paths of the pages to render that are `touched`, by their paths or their sources, in order."""
        return [
            path
            for path, rendered in self.planned.items()
            if path in touched or rendered.page.source in touched
        ]


def make_structure(
    files: Files,
    sites: Sites,
    documents: Documents,
    problems: Problems,
    has_template: HasTemplate,
    written: WrittenRules,
) -> Structure:
    """The structure of `sites`; paths that two would publish are problems."""
    claims = Claims(problems)
    planned = plan_output(sites, files, documents, claims, has_template)
    rules = make_rules(written, sites, documents, claims, problems)
    redirected = compile_sources(rules.redirects)
    check_redirects(written.redirects, claims, redirected, problems)
    indices = {code: SiteIndex(site, sites.layout) for code, site in sites.by_language.items()}
    targets = claims.print(redirected)
    return Structure(files, sites, claims, planned, rules, redirected, indices, targets)
