"""The functions of templates."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NoReturn

from markupsafe import Markup

from pectin.build.content.highlight import render_highlight_css
from pectin.build.faults import TemplateFault
from pectin.build.slugs import slugify
from pectin.build.templates.calendars import render_calendar
from pectin.build.templates.covers import Covers, CoverView
from pectin.build.templates.events import Events
from pectin.build.templates.listings import PageList
from pectin.build.templates.phrases import Phrases
from pectin.build.templates.pictures import Pictures
from pectin.build.templates.pieces import AssetView, ResourceView, mark
from pectin.build.templates.queries import Queries
from pectin.build.templates.views import PageView, TermView, Views


class Functions:
    """What templates call; each name is in docs/templates.md."""

    def __init__(
        self,
        queries: Queries,
        views: Views,
        pictures: Pictures,
        events: Events,
        covers: Covers,
    ) -> None:
        self._queries = queries
        self._views = views
        self._phrases = Phrases(queries)
        self._pictures = pictures
        self._events = events
        self._covers = covers

    def get_page(self, path: str) -> PageView:
        """The page of the source file `path` below `content/`."""
        source = f"content/{path.removeprefix('/').removeprefix('content/')}"
        page = self._queries.page_at(source)
        if page is None:
            raise TemplateFault(
                "missing-page",
                f"there is no page `{path}`",
                self._queries.why_hidden(source)
                or "write the path of a published file below `content/`",
            )
        return self._views.of(page)

    def get_section(self, path: str) -> PageView:
        """The section at `path` below `content/`."""
        name = path.removeprefix("content/").strip("/").removesuffix("_index.md").strip("/")
        section = self._queries.section_at(name)
        if section is None:
            raise TemplateFault(
                "missing-section",
                f"there is no section `{path}`",
                self._queries.why_hidden(f"content/{name}/_index.md")
                or "write the path of a folder below `content/`",
            )
        return self._views.of(section.page)

    def get_pages(self, pattern: str) -> PageList:
        """The pages whose source files below `content/` are as `pattern` says, the newest first."""
        return self._views.listings.of("glob", pattern.removeprefix("/").removeprefix("content/"))

    def get_term(self, taxonomy: str, name: str) -> TermView:
        """The term `name`, or with the slug `name`, of `taxonomy`."""
        term = self._views.term(taxonomy, slugify(name))
        if term is None:
            raise TemplateFault(
                "missing-term",
                f"no page has the term {name!r} of `{taxonomy}`",
                "ask with `page.terms` or `site.taxonomies` where it may be missing",
            )
        return term

    def asset(self, name: str) -> AssetView:
        """The fingerprinted file of `assets/`."""
        asset = self._queries.asset(name)
        return AssetView(mark(asset.url), Markup(asset.integrity))  # noqa: S704 - base64

    def stylesheet(self, name: str) -> Markup:
        """The link element for a stylesheet of `assets/`."""
        asset = self._queries.asset(name)
        return Markup('<link rel="stylesheet" href="{}" integrity="{}">').format(
            asset.url, asset.integrity
        )

    def script(self, name: str) -> Markup:
        """The script element, a module, for a script of `assets/`."""
        asset = self._queries.asset(name)
        return Markup('<script type="module" src="{}" integrity="{}"></script>').format(
            asset.url, asset.integrity
        )

    def image(self, src: str | ResourceView, **options: Any) -> Markup:
        """The picture element of an image beside the page, or else in `assets/`."""
        return self._pictures.image(src, options)

    def image_url(self, src: str | ResourceView, **options: Any) -> Markup:
        """The URL of one encoding of an image."""
        return self._pictures.image_url(src, options)

    def absolute_url(self, url: str) -> Markup:
        """`url` with the configured origin, where it is a path."""
        whole = f"{self._queries.origin()}{url}" if url.startswith("/") else str(url)
        return Markup(whole) if isinstance(url, Markup) else mark(whole)  # noqa: S704 - as it came

    def calendar(self, pages: Collection[Any], name: str = "") -> Markup:
        """The calendar of those of `pages` that tell of an event, called `name` or as the site is."""
        title = name or str(self._queries.setting("title"))
        return Markup(render_calendar(title, list(self._events.read_all(pages))))  # noqa: S704 - no HTML

    def cover(self, page: PageView) -> CoverView | None:
        """The image that stands for `page` where others link to it, or None."""
        return self._covers.of(page)

    def t(self, key: str, **values: Any) -> str:
        """The text `key` of `i18n/` with `values` for its placeholders."""
        return self._phrases.fill(key, values)

    def raise_(self, message: str) -> NoReturn:
        """Nothing: this page has an error."""
        raise TemplateFault("raised", str(message))

    def debug(self) -> NoReturn:
        """Nothing: what Jinja's own shows depends on what was rendered before."""
        raise TemplateFault(
            "no-debug",
            "`debug()` would show another thing in each build",
            "print a value with `|pprint`, or as JSON with `|json`",
        )

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """The functions, as templates name them."""
        return {
            "get_page": self.get_page,
            "get_pages": self.get_pages,
            "get_section": self.get_section,
            "get_term": self.get_term,
            "asset": self.asset,
            "stylesheet": self.stylesheet,
            "script": self.script,
            "absolute_url": self.absolute_url,
            "image": self.image,
            "image_url": self.image_url,
            "calendar": self.calendar,
            "cover": self.cover,
            "highlight_css": highlight_css,
            "t": self.t,
            "debug": self.debug,
            "raise": self.raise_,
        }


def highlight_css() -> Markup:
    """The stylesheet of code, light and dark."""
    return Markup(render_highlight_css())  # noqa: S704 - Pectin's own
