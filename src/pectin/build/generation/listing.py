"""Pages as plain values, for expressions that choose pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from pectin.build.content.document import FrontMatter, Head
from pectin.build.dates import moment_of
from pectin.build.site.model import Page
from pectin.build.site.sections import is_section_index, make_title, name_of, section_of

CONTENT = "content/"
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)


def list_heads(heads: Iterable[Head]) -> list[dict[str, Any]]:
    """The pages that `heads` will be, the newest first, those without a date last."""
    pages = sorted(
        (head for head in heads if not is_section_index(head.location)), key=lambda head: head.path
    )
    pages.sort(key=lambda head: _moment(head.front_matter), reverse=True)
    return [
        _describe(
            head.path,
            head.front_matter.title or make_title(name_of(head.location)),
            section_of(head.location),
            head.front_matter,
        )
        for head in pages
    ]


def list_pages(pages: Iterable[Page]) -> list[dict[str, Any]]:
    """`pages` in their order."""
    return [_describe(p.source, p.title, p.section or "", p.front_matter) for p in pages]


def _describe(source: str, title: str, section: str, front_matter: FrontMatter) -> dict[str, Any]:
    written = front_matter.date
    return {
        "source": source.removeprefix(CONTENT),
        "title": title,
        "section": section,
        "date": written.isoformat() if written else None,
        "year": written.year if written else None,
        "weight": front_matter.weight,
        "terms": {name: list(terms) for name, terms in front_matter.taxonomies.items()},
        "params": dict(front_matter.params),
    }


def _moment(front_matter: FrontMatter) -> datetime:
    written = front_matter.date
    return moment_of(written) if written else _NO_DATE
