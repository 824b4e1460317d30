"""What the site in one language is assembled with, beside the documents in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct, field

from pectin.build.content.document import FrontMatter, Head
from pectin.build.site.files import is_bundle_index
from pectin.build.site.layout import CONTENT
from pectin.build.site.model import Page, Resource
from pectin.build.site.sections import is_section_index, section_of


class Edition(Struct, frozen=True):
    """The site in one language, and what it has from the others.

    `locations` are those of the documents in all languages, `attachments` the sources of the other
    files by location, as this language has them. `defaults` are the pages of the default language by
    location, `sections` what it says of sections; `has_fallback` says that those pages are shown here
    where there is no translation. `resources` are the files that are published beside pages so far, by source.
    """

    locations: Collection[str]
    attachments: Mapping[str, str]
    resources: dict[str, Resource] = field(default_factory=dict)
    is_alone: bool = True
    is_default: bool = True
    has_fallback: bool = False
    defaults: Mapping[str, Page] = field(default_factory=dict)
    sections: Mapping[str, FrontMatter] = field(default_factory=dict)

    def add_originals(
        self, shown: Mapping[str, Head], hidden: Collection[str]
    ) -> Mapping[str, Head]:
        """`shown`, and what is not translated; nothing below a section that is `hidden` here."""
        if not self.has_fallback:
            return shown
        keys = set(map(find_key, shown.values()))
        closed = tuple(path.rpartition("/")[0] + "/" for path in hidden if is_section_index(path))
        added = {
            location: page.head
            for location, page in self.defaults.items()
            if page.head and page.key not in keys and not location.startswith(closed)
        }
        return added | dict(shown)

    def original_of(self, head: Head) -> Page | None:
        """The page of the default language that `head` makes, if it does not make one of its own."""
        page = self.defaults.get(head.location)
        return page if page and page.source == head.path else None

    def find_page(self, pages: Iterable[Page], source: str) -> Page | None:
        """The page that `source` means among `pages`, else in the default language; or None."""
        own = list(pages)
        found = next((page for page in own if source in {page.source, page.location}), None)
        other = self.defaults.get(source)
        if found or other is None:
            return found
        return next((page for page in own if page.key == other.key), other)

    def key_of(self, head: Head) -> str:
        """What is equal for pages that say the same in other languages; "" where there are none."""
        return "" if self.is_alone else find_key(head)

    def shape_of(self, section: str) -> FrontMatter:
        """How the default language says that `section` is shown."""
        said = self.sections.get(section, FrontMatter())
        return FrontMatter(
            weight=said.weight,
            template=said.template,
            sort_by=said.sort_by,
            paginate_by=said.paginate_by,
            page_template=said.page_template,
            feed=said.feed,
            transparent=said.transparent,
            outputs=said.outputs,
        )


def find_key(head: Head) -> str:
    """What is equal for the documents of one page, or of one section, in all languages."""
    location = head.location
    key = head.front_matter.translation_key
    if is_section_index(location):
        return section_key(key or section_of(location))
    end = "/" if is_bundle_index(location) else "."
    return f"page {key or location.removeprefix(CONTENT).rpartition(end)[0]}"


def section_key(section: str) -> str:
    """What is equal for `section` in all languages."""
    return f"section {section}"
