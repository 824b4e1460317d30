"""Folders as sections, and the pages that are in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from pectin.build.content.document import Head
from pectin.build.content.front_matter import split_date_prefix
from pectin.build.site.files import is_bundle_index
from pectin.build.site.layout import CONTENT
from pectin.build.site.model import BY_DATE, Page, Section
from pectin.build.site.ordering import order_pages


def section_of(path: str) -> str:
    """The path of the section that the document `path` is in, or is the `_index.md` of."""
    folder = path.removeprefix(CONTENT).rpartition("/")[0]
    return folder.rpartition("/")[0] if is_bundle_index(path) else folder


def name_of(path: str) -> str:
    """The name that a page goes by: its file's, or its bundle's; without a date before it."""
    if is_bundle_index(path) and path.count("/") > 1:
        return split_date_prefix(path.rpartition("/")[0].rpartition("/")[2])[1]
    return split_date_prefix(path.rpartition("/")[2].rpartition(".")[0])[1]


def take_date(head: Head) -> Head:
    """The head with the date that the file's name begins with, where it says no other."""
    if head.front_matter.date is not None:
        return head
    path = head.location
    path = path.rpartition("/")[0] if is_bundle_index(path) else path
    written = split_date_prefix(path.rpartition("/")[2])[0]
    if written is None:
        return head
    return replace(head, front_matter=replace(head.front_matter, date=written))


def is_section_index(path: str) -> bool:
    """Whether the document `path` describes its folder."""
    return path.rpartition("/")[2] in {"_index.md", "_index.html"}


def find_sections(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths of all sections that the documents `paths` make, parents first; "" is home."""
    sections = {""}
    for path in paths:
        section = section_of(path)
        while section not in sections:
            sections.add(section)
            section = section.rpartition("/")[0]
    return tuple(sorted(sections))


def find_index(section: str, heads: Mapping[str, Head]) -> Head | None:
    """The head of the document that describes `section`, or None."""
    location = find_index_location(section, heads)
    return heads[location] if location else None


def find_index_location(section: str, locations: Collection[str]) -> str | None:
    """The location of the document that describes `section`, or None."""
    folder = f"{CONTENT}{section}/" if section else CONTENT
    names = (f"{folder}_index.md", f"{folder}_index.html")
    return next((name for name in names if name in locations), None)


def make_title(name: str) -> str:
    """A title out of the name of a file or a folder: `plum-jam` is `Plum jam`."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def link_sections(tops: Mapping[str, Page], pages: Iterable[Page]) -> dict[str, Section]:
    """The sections by path, each with its pages and subsections in order."""
    members: dict[str, list[Page]] = {path: [] for path in tops}
    for page in pages:
        members[page.section or ""].append(page)
    children: dict[str, list[str]] = {path: [] for path in tops}
    for path in tops:
        if path:
            children[path.rpartition("/")[0]].append(path)
    sections: dict[str, Section] = {}
    for path in sorted(tops, reverse=True):
        top = tops[path]
        if top.front_matter.transparent and path:
            members[path.rpartition("/")[0]].extend(members[path])
        sections[path] = Section(
            path,
            top,
            order_pages(members[path], top.front_matter.sort_by or BY_DATE),
            _order_sections(sections[child] for child in children[path]),
        )
    return dict(sorted(sections.items()))


def _order_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    def key(section: Section) -> tuple[bool, int, str, str]:
        weight = section.page.front_matter.weight
        return (weight is None, weight or 0, section.page.title.casefold(), section.path)

    return tuple(sorted(sections, key=key))
