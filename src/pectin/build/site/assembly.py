"""Documents put in their places: from single files to a Site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from msgspec.structs import replace

from pectin.build.configuration.model import Config, Language, SectionNames
from pectin.build.content.document import FrontMatter, Head
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.cascade import Inheritance, merge_front_matter
from pectin.build.site.editions import Edition, section_key
from pectin.build.site.files import is_bundle_index
from pectin.build.site.layout import CONTENT
from pectin.build.site.menus import build_menus
from pectin.build.site.model import Kind, Page, Resource, Site
from pectin.build.site.ordering import order_pages
from pectin.build.site.outputs import Outputs
from pectin.build.site.permalinks import (
    BadPermalink,
    fill_pattern,
    find_pattern,
    render_slug,
    render_url,
)
from pectin.build.site.sections import (
    find_index,
    find_index_location,
    find_sections,
    is_section_index,
    link_sections,
    make_title,
    name_of,
    section_of,
)
from pectin.build.site.taxonomies import group_pages
from pectin.build.site.visibility import BuildOptions, find_hidden
from pectin.build.slugs import slugify
from pectin.build.suggestions import suggest
from pectin.build.urls import decode_path, encode_path, file_for, folder_url
from pectin.values.place import Place
from pectin.values.problem import Severity

ITEMS_PER_SLICE = 20
"""How many items of its list a page shows, where nothing else is said."""

_MENDING = {
    "bad-slug": ("slug", "write one part of a path, such as `plum-jam`"),
    "bad-url": ("url", "write a path below `/`, such as `/blog/plum-jam/`"),
    "bad-permalink": ("date", "change the front matter, or `[permalinks]` in pectin.toml"),
}
"""By code: the key of the front matter, and what to do."""


def assemble_site(
    inheritance: Inheritance,
    documents: Documents,
    config: Config,
    problems: Problems,
    *,
    today: date,
    options: BuildOptions,
    edition: Edition,
    commits: Mapping[str, datetime],
) -> Site:
    """The site that the documents of `inheritance` make, without those that are not to be seen.

    `config` is of the language that they are all in; `edition` is what that has beside them, `commits`
    when sources were committed last.
    """
    heads = inheritance.heads
    _check_permalinks(config, find_sections(edition.locations), problems)
    hidden = find_hidden(heads, today, options)
    shown = {path: head for path, head in heads.items() if path not in hidden}
    shown = dict(sorted(edition.add_originals(shown, hidden).items()))
    attachments = _group_attachments(edition.attachments, edition.locations)
    outputs = Outputs(config, documents, problems)
    placing = _Placing(
        documents, config, problems, attachments, inheritance, edition, outputs, commits
    )
    tops: dict[str, Page] = {}
    for path in find_sections(shown):
        tops[path] = placing.place_section(path, find_index(path, shown), tops)
    pages = [
        placing.place_page(head, tops) for path, head in shown.items() if not is_section_index(path)
    ]
    sections = link_sections(tops, pages)
    newest = order_pages(pages, "date")
    by_source = {page.source: page for page in (*tops.values(), *pages) if page.source}
    named = partial(edition.find_page, (*tops.values(), *pages))
    find_page = by_source.get if edition.is_alone else named
    told = {heads[path].path: reason for path, reason in hidden.items()}
    return Site(
        config,
        newest,
        sections,
        group_pages(newest, config, documents, problems, outputs),
        _make_not_found(config.spoken, edition),
        by_source,
        told,
        build_menus(config, by_source, find_page, told, documents, problems),
    )


class _Placing:
    """Gives each document its URL."""

    def __init__(
        self,
        documents: Documents,
        config: Config,
        problems: Problems,
        attachments: Mapping[str, list[str]],
        inheritance: Inheritance,
        edition: Edition,
        outputs: Outputs,
        commits: Mapping[str, datetime],
    ) -> None:
        self._commits = commits
        self._documents = documents
        self._outputs = outputs
        self._config = config
        self._problems = problems
        self._attachments = attachments
        self._inheritance = inheritance
        self._edition = edition
        self._language = config.spoken

    def place_section(self, path: str, head: Head | None, tops: Mapping[str, Page]) -> Page:
        front_matter = head.front_matter if head else self._default_front_matter(path)
        names = self._language.sections.get(path, SectionNames())
        folder = path.rpartition("/")[2]
        parent = tops[path.rpartition("/")[0]] if path else None
        slug = self._slug(front_matter, names.slug or folder, head)
        url = self._language.home_url
        if parent:
            url = f"{folder_url(parent.url)}{encode_path(slug)}/"
            url = self._written_url(front_matter, head) or url
        title = front_matter.title or names.title
        title = title or (make_title(folder) if parent else self._config.title)
        kind = Kind.SECTION if parent else Kind.HOME
        url, outputs = self._outputs.of(kind, url, front_matter, head)
        page = Page(
            kind,
            title,
            url,
            file_for(url),
            slug,
            head.path if head else "",
            path.rpartition("/")[0] if parent else None,
            path,
            head,
            front_matter,
            paginate_by=front_matter.paginate_by or self._config.paginate_by,
            feed=_has_feed(front_matter, parent),
            language=self._language.code,
            key=self._edition.key_of(head) if head else section_key(path),
            original=self._edition.original_of(head) if head else None,
            outputs=outputs,
            committed=self._commits.get(head.path) if head else None,
        )
        below = f"{CONTENT}{path}/" if path else CONTENT
        return self._attach(page, head.location if head else below, below)

    def _default_front_matter(self, section: str) -> FrontMatter:
        """What is said of a section that no document describes in this language."""
        inherited = self._inheritance.of_section(section)
        return merge_front_matter(inherited, self._edition.shape_of(section))

    def place_page(self, head: Head, tops: Mapping[str, Page]) -> Page:
        self._check_name(head)
        front_matter = head.front_matter
        section = section_of(head.location)
        name = name_of(head.location)
        slug = self._slug(front_matter, name, head)
        title = front_matter.title or make_title(name)
        url = self._written_url(front_matter, head) or self._pattern_url(
            head, section, tops[section].url, slug, title, name
        )
        url, outputs = self._outputs.of(Kind.PAGE, url, front_matter, head)
        page = Page(
            Kind.PAGE,
            title,
            url,
            file_for(url),
            slug,
            head.path,
            section,
            section,
            head,
            front_matter,
            paginate_by=self._slice_size(front_matter),
            language=self._language.code,
            key=self._edition.key_of(head),
            original=self._edition.original_of(head),
            outputs=outputs,
            committed=self._commits.get(head.path),
        )
        return self._attach(page, head.location, head.location.rpartition("/")[0] + "/")

    def _slice_size(self, front_matter: FrontMatter) -> int | None:
        """How many items of its list a page shows; None where it has no list."""
        if front_matter.paginate is None:
            return None
        return front_matter.paginate_by or self._config.paginate_by or ITEMS_PER_SLICE

    def _slug(self, front_matter: FrontMatter, name: str, head: Head | None) -> str:
        if front_matter.slug is not None and head:
            try:
                return render_slug(front_matter.slug)
            except BadPermalink as fault:
                self._report("bad-slug", f"the slug {front_matter.slug!r} {fault}", head)
        return slugify(name) or name

    def _written_url(self, front_matter: FrontMatter, head: Head | None) -> str | None:
        if front_matter.url is None or head is None:
            return None
        try:
            url = render_url(front_matter.url)
        except BadPermalink as fault:
            self._report("bad-url", f"the URL {front_matter.url!r} {fault}", head)
            return None
        # The page that is shown here for want of a translation has this URL itself.
        return self._below_home(url) if self._edition.original_of(head) else url

    def _below_home(self, url: str) -> str:
        return f"{self._language.home_url.rstrip('/')}{url}"

    def _pattern_url(
        self, head: Head, section: str, section_url: str, slug: str, title: str, name: str
    ) -> str:
        default = f"{folder_url(section_url)}{encode_path(slug)}/"
        pattern = find_pattern(section, self._config.permalinks)
        if pattern is None:
            return default
        try:
            url = fill_pattern(
                pattern,
                slug=slug,
                title=title,
                filename=name,
                section=self._path_of(section_url),
                written=head.front_matter.date,
            )
        except BadPermalink as fault:
            self._report("bad-permalink", f"the permalink {pattern!r} {fault}", head)
            return default
        return self._below_home(url)

    def _path_of(self, section_url: str) -> str:
        """The path of a section's URL, below the home page of the language."""
        below = folder_url(section_url).removeprefix(self._language.home_url)
        return decode_path(below.strip("/"))

    def _attach(self, page: Page, owner: str, folder: str) -> Page:
        """`page` with the files of `owner`, which are named as they are below `folder`."""
        locations = self._attachments.get(owner, ())
        if not locations:
            return page
        resources = []
        for location in locations:
            source = self._edition.attachments[location]
            name = location.removeprefix(folder)
            made = Resource(name, source, f"{page.path.rpartition('/')[0]}/{name}")
            resources.append(self._edition.resources.setdefault(source, made))
        return replace(page, resources=tuple(resources))

    def _check_name(self, head: Head) -> None:
        if head.location in {"content/index.md", "content/index.html"}:
            self._problems.report(
                "home-is-index",
                f"{head.path} is a page bundle of the whole site, not the home page",
                "rename it to `_index.md`",
                Place(head.path),
            )

    def _report(self, code: str, message: str, head: Head) -> None:
        key, hint = _MENDING[code]
        self._problems.report(code, message, hint, self._documents.place_key(head, key))


def _check_permalinks(config: Config, sections: Sequence[str], problems: Problems) -> None:
    for section in sorted(config.permalinks.keys() - set(sections)):
        problems.report(
            "config-key",
            f"`{section}` in `permalinks` is no section of this site",
            suggest(section, sections) or "write the path of a folder of pages in `content/`",
            config.place_key("permalinks", section),
            severity=Severity.WARNING,
        )


def _has_feed(front_matter: FrontMatter, parent: Page | None) -> bool:
    return front_matter.feed if front_matter.feed is not None else parent is None


def _make_not_found(language: Language, edition: Edition) -> Page:
    url = "/404.html" if edition.is_default else f"{language.home_url}404.html"
    return Page(Kind.NOT_FOUND, "Page not found", url, file_for(url), "404", language=language.code)


def _group_attachments(
    attachments: Iterable[str], locations: Collection[str]
) -> dict[str, list[str]]:
    """Attachments by the index of the bundle or section that they are in, else by its folder."""
    owners = {}
    for path in find_sections(locations):
        folder = f"{CONTENT}{path}/" if path else CONTENT
        owners[folder.rstrip("/")] = find_index_location(path, locations) or folder
    for path in filter(is_bundle_index, locations):
        owners[path.rpartition("/")[0]] = path
    grouped: dict[str, list[str]] = {}
    for path in attachments:
        grouped.setdefault(_find_owner(path, owners), []).append(path)
    return grouped


def _find_owner(path: str, owners: Mapping[str, str]) -> str:
    folder = path.rpartition("/")[0]
    while folder not in owners:
        folder = folder.rpartition("/")[0]
    return owners[folder]
