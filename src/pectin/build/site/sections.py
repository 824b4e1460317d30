"""Folders as sections, and the pages that are in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pectin.build.content.document import Document
from pectin.build.content.front_matter import split_date_prefix
from pectin.build.site.files import is_bundle_index
from pectin.build.site.model import Page, Section
from pectin.build.site.ordering import order_pages

CONTENT = "content/"


def section_of(path: str) -> str:
    """The path of the section that the document `path` is in, or is the `_index.md` of."""
    folder = path.removeprefix(CONTENT).rpartition("/")[0]
    return folder.rpartition("/")[0] if is_bundle_index(path) else folder


def name_of(path: str) -> str:
    """The name that a page goes by: its file's, or its bundle's; without a date before it."""
    if is_bundle_index(path) and path.count("/") > 1:
        return split_date_prefix(path.rpartition("/")[0].rpartition("/")[2])[1]
    return split_date_prefix(path.rpartition("/")[2].rpartition(".")[0])[1]


def take_date(document: Document) -> Document:
    """The document with the date that its name begins with, where it says no other."""
    if document.front_matter.date is not None:
        return document
    path = document.path.rpartition("/")[0] if is_bundle_index(document.path) else document.path
    written = split_date_prefix(path.rpartition("/")[2])[0]
    if written is None:
        return document
    return replace(document, front_matter=replace(document.front_matter, date=written))


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


def find_index(section: str, documents: Mapping[str, Document]) -> Document | None:
    """The document that describes `section`, or None."""
    folder = f"{CONTENT}{section}/" if section else CONTENT
    return documents.get(f"{folder}_index.md") or documents.get(f"{folder}_index.html")


def make_title(name: str) -> str:
    """A title out of the name of a file or a folder: `plum-jam` is `Plum jam`."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def link_sections(heads: Mapping[str, Page], pages: Iterable[Page]) -> dict[str, Section]:
    """The sections by path, each with its pages and subsections in order."""
    members: dict[str, list[Page]] = {path: [] for path in heads}
    for page in pages:
        members[page.section or ""].append(page)
    children: dict[str, list[str]] = {path: [] for path in heads}
    for path in heads:
        if path:
            children[path.rpartition("/")[0]].append(path)
    sections: dict[str, Section] = {}
    for path in sorted(heads, reverse=True):
        head = heads[path]
        if head.front_matter.transparent and path:
            members[path.rpartition("/")[0]].extend(members[path])
        sections[path] = Section(
            path,
            head,
            order_pages(members[path], head.front_matter.sort_by or "date"),
            _order_sections(sections[child] for child in children[path]),
        )
    return dict(sorted(sections.items()))


def _order_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    def key(section: Section) -> tuple[bool, int, str, str]:
        weight = section.page.front_matter.weight
        return (weight is None, weight or 0, section.page.title.casefold(), section.path)

    return tuple(sorted(sections, key=key))
