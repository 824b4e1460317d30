"""The URLs of pages: by folder, by pattern, or as the front matter says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote

from pectin.build.dates import day_of
from pectin.build.slugs import slugify
from pectin.build.urls import encode_path, find_fault

_PLACEHOLDER = re.compile(r":([a-z]+)")


class BadPermalink(ValueError):
    """A URL cannot be made; the message says why, in a sentence without a subject."""


def find_pattern(section: str, patterns: Mapping[str, str]) -> str | None:
    """The pattern for pages of the section at path `section`: its own, else an ancestor's."""
    while section not in patterns and section:
        section = section.rpartition("/")[0]
    return patterns.get(section)


def render_url(url: str) -> str:
    """The canonical, encoded form of a URL path that an author wrote.

    A path that does not end in `.html` or `/` gets a slash. Raises BadPermalink.
    """
    fault = find_fault(url)
    if fault:
        raise BadPermalink(fault)
    return encode_path(unquote(url if url.endswith(("/", ".html")) else url + "/"))


def render_slug(slug: str) -> str:
    """`slug`, when it can be one part of a path. Raises BadPermalink."""
    fault = find_fault(f"/{slug}") or ("contains `/`" if "/" in slug else None)
    if fault or not slug:
        raise BadPermalink(fault or "is empty")
    return slug


def fill_pattern(
    pattern: str, *, slug: str, title: str, filename: str, section: str, written: date | None
) -> str:
    """`pattern` with its placeholders replaced. `section` is a URL path below `/`.

    Raises BadPermalink for a placeholder that the page cannot fill.
    """

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name in {"year", "month", "day"}:
            return _fill_date(name, written)
        return {
            "slug": slug,
            "title": slugify(title),
            "filename": filename,
            "section": section.rpartition("/")[2],
            "sections": section,
        }[name]

    return render_url(re.sub("/{2,}", "/", _PLACEHOLDER.sub(fill, pattern)))


def _fill_date(name: str, written: date | None) -> str:
    if written is None:
        raise BadPermalink(f"has `:{name}`, but the page has no date")
    day = day_of(written)
    return {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}[name]
