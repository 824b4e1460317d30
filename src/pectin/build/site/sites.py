"""A site in all its languages."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from pectin.build.configuration.model import Config
from pectin.build.content.document import Head
from pectin.build.site.layout import Layout
from pectin.build.site.model import Page, Resource, Site
from pectin.build.site.strings import Strings


class Sites(Struct, frozen=True):
    """A site, `by_language`: the default one first. Most have one.

    `by_source` has every page by its source file, `hidden` the sources that were left out with the
    reason, `resources` the files that are published beside pages by source. `heads` are the
    heads of all documents by path, with what they inherit, `strings` the texts of templates. Where there are several
    languages, `located` has the pages of each by location, `attachments` the sources of other files,
    and `translations`, for each page that has some, all of them with itself, in the order of the
    languages.
    """

    by_language: Mapping[str, Site]
    by_source: Mapping[str, Page]
    hidden: Mapping[str, str]
    resources: Mapping[str, Resource]
    heads: Mapping[str, Head]
    strings: Strings = field(default_factory=lambda: Strings({}, ""))
    layout: Layout = field(default_factory=Layout)
    located: Mapping[str, Mapping[str, Page]] = field(default_factory=dict)
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    translations: Mapping[Page, tuple[Page, ...]] = field(default_factory=dict)

    @property
    def default(self) -> Site:
        """The site in the default language."""
        return next(iter(self.by_language.values()))

    @property
    def config(self) -> Config:
        """The configuration of the whole, as the default language has it."""
        return self.default.config

    def find_page(self, source: str, language: str) -> Page | None:
        """The page that `source` means on a page in `language`, or None.

        That is its translation into the language that `source` names, else into that of the page;
        where there is none, the page in the default language.
        """
        exact = self.by_source.get(source)
        if not self.located:
            return exact
        named = self.layout.locate(source)
        if exact and named.language:
            return exact
        wanted = named.language or language
        own = self.located[wanted].get(named.path)
        if own:
            return own
        found = exact or self.located[self.config.language].get(named.path)
        return self.translate(found, wanted) if found else None

    def translate(self, page: Page, language: str) -> Page:
        """The translation of `page` into `language`, or the page itself."""
        others = self.translations.get(page, ())
        return next((other for other in others if other.language == language), page)

    def find_resource(self, source: str, language: str) -> Resource | None:
        """The published file that `source` means on a page in `language`, or None.

        One that is named for another language is meant only where `source` names that too.
        """
        exact = self.resources.get(source)
        if not self.located:
            return exact
        named = self.layout.locate(source)
        if exact and named.language:
            return exact
        for code in (language, self.config.language):
            found = self.resources.get(self.attachments[code].get(named.path, ""))
            if found:
                return found
        return exact
