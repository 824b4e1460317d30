"""The one way from a page's render to everything beyond the page itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from pectin.build.configuration.model import Config
from pectin.build.content.document import Content
from pectin.build.content.references import depends_on_base, resolve_references
from pectin.build.content.text import plain_text
from pectin.build.globs import compile_glob
from pectin.build.images.images import ASSETS, Images, render_request
from pectin.build.images.model import ImageRequest, Picture
from pectin.build.site.assets import Asset, Assets
from pectin.build.site.feeds import list_feeds
from pectin.build.site.index import Neighbours, SiteIndex
from pectin.build.site.model import (
    Feed,
    Grouping,
    MenuEntry,
    Page,
    Resource,
    Section,
    Site,
    Term,
)
from pectin.build.site.names import Names
from pectin.build.site.pagination import Slice
from pectin.build.site.sites import Sites
from pectin.build.site.strings import Spoken
from pectin.build.site.visibility import explain_hidden
from pectin.build.templates.bodies import Bodies, Outline
from pectin.build.templates.data_folder import Data
from pectin.build.templates.markdown_memory import MarkdownMemory
from pectin.build.templates.source_texts import SourceTexts
from pectin.build.traces.recorder import Note


class Queries:
    """Questions that renders ask, a method for each kind.

    No template, function or filter reaches the site in another way, so that what a render
    depended on is what it asked here: `note` is told each question, which Prints can ask again
    in a later build. Every answer is a value of the site or of one source file.
    """

    def __init__(  # noqa: PLR0913 - all that renders can ask, each by its name
        self,
        site: Site,
        index: SiteIndex,
        sites: Sites,
        bodies: Bodies,
        assets: Assets,
        images: Images,
        data: Data,
        texts: SourceTexts,
        *,
        origin: str,
        markdown: MarkdownMemory,
        note: Note,
        list_linking: Callable[[Page], Sequence[Page]],
    ) -> None:
        self._note = note
        self._origin = origin
        self._list_linking = list_linking
        self._site = site
        self._index = index
        self._sites = sites
        self._language = site.config.language
        self._bodies = bodies
        self._assets = assets
        self._images = images
        self._data = data
        self._texts = texts
        self._markdown = markdown
        self._page_lists: Mapping[str, Callable[[Page], Sequence[Page]]] = {
            "all-pages": self.all_pages_of,
            "backlinks": self.backlinks_of,
            "pages": self.pages_of,
            "related": self.related_to,
        }

    @property
    def configuration(self) -> Config:
        """The configuration of this language, to place what is wrong with it. Renders do not ask this."""
        return self._site.config

    def note(self, kind: str, subject: str) -> None:
        """Note a question that is answered elsewhere."""
        self._note(kind, subject)

    def content_of(self, page: Page) -> Content:
        """The body of `page`, rendered."""
        self._note("content", page.source)
        content = self._bodies.content_of(page)
        if page.original is None or not depends_on_base(content.html):
            return content
        html = resolve_references(content.html, page.original.url, keeps_fragments=True)
        return replace(content, html=html)

    def outline_of(self, page: Page) -> Outline:
        """What other pages show of `page`."""
        self._note("outline", page.source)
        return self._bodies.outline_of(page)

    def word_count_of(self, page: Page) -> int:
        """How many words the body of `page` has."""
        self._note("content", page.source)
        return self._bodies.word_count_of(page)

    def plain_of(self, page: Page) -> str:
        """The body of `page` as text."""
        self._note("content", page.source)
        return plain_text(self._bodies.content_of(page).html)

    def markdown_of(self, page: Page) -> str:
        """The body of `page` as Markdown, with absolute links."""
        return self._markdown.render(self.content_of(page).html, self.origin() + page.url)

    def url_of(self, source: str) -> str | None:
        """The URL of the page that the source file `source` means in this language, or None."""
        self._note("url", source)
        page = self._sites.find_page(source, self._language)
        return page.url if page else None

    def page_at(self, source: str) -> Page | None:
        """The page that the source file `source` means in this language, or None."""
        self._note("page-at", source)
        return self._sites.find_page(source, self._language)

    def page_from(self, source: str) -> Page | None:
        """The page that is made of the source file `source`, or None. Renders do not ask this."""
        return self._sites.by_source.get(source)

    def translations_of(self, page: Page) -> Sequence[Page]:
        """The pages that say in other languages what `page` says."""
        self._note("translations", page.path)
        all_of_them = self._sites.translations.get(page.stands_in_for or page, ())
        return [other for other in all_of_them if other.language != page.language]

    def phrase(self, key: str) -> Spoken | None:
        """The text `key` in this language, else in the default one, or None."""
        self._note("string", key)
        return self._sites.strings.find(key, self._language)

    def list_phrases(self) -> list[str]:
        """The keys of all texts, for a hint."""
        return self._sites.strings.list_keys()

    def languages(self) -> Mapping[str, Site]:
        """The site in each of its languages, in order."""
        self._note("languages", "")
        sites = self._sites.by_language
        codes = [language.code for language in self._sites.config.languages]
        return {code: sites[code] for code in codes or sites}

    def why_hidden(self, source: str) -> str:
        """A hint why the source file `source` has no page; "" where it is not left out."""
        hidden = self._sites.hidden
        return explain_hidden(source, hidden) if source in hidden else ""

    def resource_at(self, source: str) -> Resource | None:
        """The published file that `source` (`content/fruit/plum.svg`) means, or None."""
        self._note("resource", source)
        return self._sites.find_resource(source, self._language)

    def text_of(self, path: str) -> str | None:
        """The text of the file `path` of the site's folder, or None."""
        self._note("file", path)
        return self._texts.find(path)

    def section_at(self, path: str) -> Section | None:
        """The section at `path` below `content/`, or None."""
        self._note("section-at", path)
        return self._site.sections.get(path)

    def section_of(self, page: Page) -> Page | None:
        """The section that `page` is in; None for the home page."""
        self._note("section", page.path)
        return self._site.sections[page.section].page if page.section is not None else None

    def ancestors_of(self, page: Page) -> Sequence[Page]:
        """The sections that `page` is in, home first."""
        self._note("ancestors", page.path)
        found = []
        while page.section is not None:
            page = self._site.sections[page.section].page
            found.append(page)
        return found[::-1]

    def pages_of(self, page: Page) -> tuple[Page, ...]:
        """The pages that the list `page` has, in order; none for other kinds."""
        self._note("pages", page.path)
        return self._index.pages_of(page)

    def slice_of(self, page: Page, part: Slice) -> tuple[tuple[Page, ...], int]:
        """The pages of `part` of the list `page`, and how many the whole list has."""
        self._note("slice", f"{part.number} {page.path}")
        return part.pages, len(self._index.pages_of(page))

    def items_of(self, page: Page, part: Slice) -> tuple[tuple[Any, ...], int]:
        """The items of `part` of the list that `page` shows, and how many the whole list has."""
        self._note("items", f"{part.number} {page.path}")
        return part.items, len(self._site.listed[page])

    def listed_by(self, page: Page) -> tuple[Any, ...]:
        """The list that `page` shows in slices; nothing where it has none."""
        return self._site.listed.get(page, ())

    def sections_of(self, page: Page) -> Sequence[Page]:
        """The subsections of a section, in order; none for other kinds."""
        self._note("sections", page.path)
        section = self._index.section_headed_by(page)
        return [child.page for child in section.sections] if section else ()

    def all_pages_of(self, page: Page) -> Sequence[Page]:
        """The pages of a section and of all below it, the newest first."""
        self._note("all-pages", page.path)
        section = self._index.section_headed_by(page)
        if section is None:
            return self._index.pages_of(page)
        if not section.path:
            return self._site.pages
        inside = f"{section.path}/"
        return [p for p in self._site.pages if f"{p.section}/".startswith(inside)]

    def list_pages(self, kind: str, subject: str) -> Sequence[Page]:
        """The pages of the list `kind`, such as that of the page whose file is `subject`."""
        if kind == "site-pages":
            return self.all_pages()
        if kind == "glob":
            return self.pages_like(subject)
        page = self.page_with_file(subject)
        return self._page_lists[kind](page) if page else ()

    def pages_like(self, pattern: str) -> Sequence[Page]:
        """The pages whose source files below `content/` are as `pattern` says, the newest first."""
        self._note("glob", pattern)
        whole = compile_glob(f"content/{pattern}" if "/" in pattern else pattern)
        return [page for page in self._site.pages if whole.fullmatch(page.location)]

    def backlinks_of(self, page: Page) -> Sequence[Page]:
        """The pages whose bodies link to `page`, the newest first."""
        self._note("backlinks", page.path)
        return self._list_linking(page)

    def related_to(self, page: Page) -> Sequence[Page]:
        """The pages that have most in common with `page`, the nearest first."""
        self._note("related", page.path)
        return self._index.related_to(page)

    def pages_named(self, name: str) -> tuple[Page, ...]:
        """The pages that a wiki link to `name` may mean."""
        self._note("named", name)
        return self.names.find(name)

    @property
    def names(self) -> Names:
        """What wiki links may call pages, to find the one that was meant."""
        return self._index.names

    def page_with_file(self, path: str) -> Page | None:
        """The page whose file has the decoded `path` in the output, or None; the first of several."""
        return next(iter(self.pages_with_file(path)), None)

    def pages_with_file(self, path: str) -> Sequence[Page]:
        """The pages that would have the file with the decoded `path`; all but the first lose it."""
        return self._index.pages_with_file(path)

    def term_at(self, taxonomy: str, slug: str) -> Term | None:
        """The term of `taxonomy` with the slug `slug`, or None."""
        self._note("term-at", f"{taxonomy}/{slug}")
        return self._index.term_at(taxonomy, slug)

    def neighbours_of(self, page: Page) -> Neighbours:
        """The previous and the next page in the section's order.

        Where the order is by date, next is the newer; else it is the one that follows.
        """
        self._note("neighbours", page.path)
        return self._index.neighbours_of(page)

    def terms_of(self, page: Page) -> Mapping[str, Sequence[Term]]:
        """The terms of `page`, by taxonomy; every taxonomy is there."""
        self._note("terms", page.path)
        return self._index.terms_of(page)

    def setting(self, name: str) -> Any:
        """The value of the field `name` of the configuration."""
        self._note("setting", name)
        return getattr(self._site.config, name)

    def origin(self) -> str:
        """What the URLs of the site begin with, without a slash at the end."""
        self._note("origin", "")
        return self._origin

    def home(self) -> Section:
        """The home page, with the sections at the top."""
        self._note("home", "")
        return self._site.home

    def menus(self) -> Mapping[str, tuple[MenuEntry, ...]]:
        """The entries at the top of each menu, by its name."""
        self._note("menus", "")
        return self._site.menus

    def all_pages(self) -> tuple[Page, ...]:
        """Every page, the newest first."""
        self._note("site-pages", "")
        return self._site.pages

    def taxonomies(self) -> tuple[Grouping, ...]:
        """Every taxonomy with its terms."""
        self._note("taxonomies", "")
        return self._site.groupings

    def feeds_of(self, page: Page) -> Sequence[Feed]:
        """The feeds that the list `page` has."""
        self._note("feeds", page.path)
        return list_feeds(page, self._site.config)

    def data(self) -> Mapping[str, Any]:
        """The files of `data/`, each parsed when it is first asked for."""
        return self._data.root

    def asset(self, name: str) -> Asset:
        """The fingerprinted file of `assets/`. Raises TemplateFault when there is none."""
        self._note("asset", name)
        return self._assets.find(name)

    def file_at(self, source: str) -> tuple[str, str] | None:
        """The file that `source`, in `content/` or `assets/`, means, and where it would be published; or None.

        The second is a decoded path. The file is another where there is one for the language.
        """
        self._note("file-at", source)
        if source.startswith(ASSETS):
            return (source, source.removeprefix("assets")) if source in self._assets else None
        resource = self._sites.find_resource(source, self._language)
        return (resource.source, resource.path) if resource else None

    def list_files(self) -> Sequence[str]:
        """The files that `file_at` knows, to suggest the one that was meant."""
        return (*self._sites.resources, *self._assets.paths)

    def picture(self, request: ImageRequest) -> Picture:
        """What answers the request for an image. Raises TemplateFault when nothing can."""
        self._note("picture", render_request(request))
        return self._images.find(request)
