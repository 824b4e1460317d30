"""Documents of several languages: a site for each, and which pages say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from pectin.build.configuration.model import Config
from pectin.build.content.document import Defaults, Head
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.assembly import assemble_site
from pectin.build.site.cascade import Inheritance
from pectin.build.site.editions import Edition
from pectin.build.site.files import Files
from pectin.build.site.layout import Layout, make_layout
from pectin.build.site.model import Page, Resource, Site
from pectin.build.site.plan import list_pages
from pectin.build.site.sites import Sites
from pectin.build.site.visibility import BuildOptions
from pectin.values.place import Place
from pectin.values.problem import Severity


class Matter(Struct, frozen=True):
    """What sites are assembled from. `heads` are by path; `defaults` are for them, the weakest first.

    `commits` has when sources were committed last, by path.
    """

    heads: Mapping[str, Head]
    defaults: Sequence[Defaults]
    files: Files
    documents: Documents
    config: Config
    today: date
    options: BuildOptions
    commits: Mapping[str, datetime] = field(default_factory=dict)


def assemble_sites(matter: Matter, problems: Problems) -> Sites:
    """The site that `matter` makes, in each of the languages of its configuration."""
    if matter.config.languages:
        return _assemble_many(matter, problems)
    edition = Edition(matter.heads, {path: path for path in matter.files.attachments})
    inheritance = Inheritance(matter.heads, matter.defaults)
    site = _assemble(matter, matter.config, inheritance, edition, problems)
    by_language = {matter.config.language: site}
    return Sites(by_language, site.by_source, site.hidden, edition.resources, inheritance.heads)


def _assemble_many(matter: Matter, problems: Problems) -> Sites:
    config = matter.config
    layout = make_layout(config)
    heads = _sort_heads(matter.heads.values(), layout, config, problems)
    locations = {location for some in heads.values() for location in some}
    resources: dict[str, Resource] = {}
    inherited: dict[str, Head] = {}
    sites: dict[str, Site] = {}
    editions: dict[str, Edition] = {}
    for code, own in heads.items():
        editions[code] = Edition(
            locations,
            _sort_attachments(matter.files.attachments, layout, code),
            resources,
            is_alone=False,
            **_inherit(sites.get(config.language), config.edition(code)),
        )
        defaults = _sort_defaults(matter.defaults, layout, code)
        inheritance = Inheritance(own, defaults, heads[config.language])
        inherited.update({head.path: head for head in inheritance.heads.values()})
        sites[code] = _assemble(matter, config.edition(code), inheritance, editions[code], problems)
    return Sites(
        sites,
        {page.source: page for page in _list_originals(sites.values())},
        {source: reason for site in sites.values() for source, reason in site.hidden.items()},
        resources,
        inherited,
        layout=layout,
        located={code: _locate(site) for code, site in sites.items()},
        attachments={code: edition.attachments for code, edition in editions.items()},
        translations=_link_translations(sites, config, matter.documents, problems),
    )


def _assemble(
    matter: Matter, config: Config, inheritance: Inheritance, edition: Edition, problems: Problems
) -> Site:
    return assemble_site(
        inheritance,
        matter.documents,
        config,
        problems,
        today=matter.today,
        options=matter.options,
        edition=edition,
        commits=matter.commits,
    )


def _list_originals(sites: Iterable[Site]) -> Iterator[Page]:
    """The pages that are made of a source file of their own."""
    for site in sites:
        yield from (page for page in site.by_source.values() if not page.original)


def _sort_heads(
    heads: Iterable[Head], layout: Layout, config: Config, problems: Problems
) -> dict[str, dict[str, Head]]:
    """`heads` by language, the default first, and location; of two at one the first is taken."""
    codes = [config.language, *(one.code for one in config.languages)]
    found: dict[str, dict[str, Head]] = {code: {} for code in codes}
    for head in heads:
        language = layout.locate(head.path).language or config.language
        other = found[language].setdefault(head.location, head)
        if other is not head:
            problems.report(
                "duplicate-translation",
                f"{head.path} and {other.path} are the same page in the language `{language}`",
                "keep one of them, or rename one",
                Place(head.path),
            )
    return found


def _sort_defaults(defaults: Iterable[Defaults], layout: Layout, code: str) -> Iterator[Defaults]:
    """Those of `defaults` that concern the language `code`, by location, its own last."""
    shared: list[Defaults] = []
    own: list[Defaults] = []
    for one in defaults:
        named = layout.locate(one.folder)
        if named.language in {None, code}:
            listed = own if named.language else shared
            listed.append(replace(one, folder=named.path))
    yield from (*shared, *own)


def _sort_attachments(paths: Iterable[str], layout: Layout, code: str) -> dict[str, str]:
    """The other files of `content/` by location, as the language `code` has them."""
    shared: dict[str, str] = {}
    own: dict[str, str] = {}
    for path in paths:
        named = layout.locate(path)
        if named.language == code:
            own.setdefault(named.path, path)
        elif named.language is None:
            shared[named.path] = path
    return dict(sorted((shared | own).items()))


def _inherit(default: Site | None, config: Config) -> dict[str, Any]:
    """What an edition has of the site in the default language, which is None for that itself."""
    if default is None:
        return {}
    return {
        "is_default": False,
        "has_fallback": config.spoken.has_fallback,
        "defaults": _locate(default),
        "sections": {path: section.page.front_matter for path, section in default.sections.items()},
    }


def _locate(site: Site) -> dict[str, Page]:
    """The pages of `site` by the location of their source."""
    return {page.head.location: page for page in site.by_source.values() if page.head}


def _link_translations(
    sites: Mapping[str, Site], config: Config, documents: Documents, problems: Problems
) -> dict[Page, tuple[Page, ...]]:
    """For each page with translations: all of them, with itself, in the order of the languages."""
    groups: dict[str, list[Page]] = {}
    for language in config.languages:
        own: dict[str, Page] = {}
        for page in list_pages(sites[language.code]):
            if page.stands_in_for:
                continue
            other = own.setdefault(page.key, page)
            if other is page:
                groups.setdefault(page.key, []).append(page)
            else:
                _report_key(page, other, documents, problems)
    return {page: tuple(group) for group in groups.values() if len(group) > 1 for page in group}


def _report_key(page: Page, other: Page, documents: Documents, problems: Problems) -> None:
    place = documents.place_key(page.head, "translation_key") if page.head else None
    problems.report(
        "duplicate-translation",
        f"{page.source} and {other.source} are both the translation into `{page.language}` "
        "of the same page",
        "give one of them another `translation_key`",
        place,
        severity=Severity.WARNING,
    )
