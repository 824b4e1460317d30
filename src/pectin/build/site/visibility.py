"""Which documents a build shows: not drafts, not yet, no longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from pectin.build.content.document import FrontMatter, Head
from pectin.build.dates import day_of


class BuildOptions(Struct, frozen=True):
    """What a build includes beside what is published, and for which origin.

    `site_url` replaces the configured origin, as the development server needs it. `development`
    makes what helps whoever works on the site, such as source maps. `explain` is the page of
    which the build tells why it was rendered, or was not. With `inspect` all pages are looked through
    when they are rendered, and what is wrong with their HTML is told too; with `list_outside` the build
    tells what they lead to at other hosts.
    """

    drafts: bool = False
    future: bool = False
    expired: bool = False
    site_url: str | None = None
    development: bool = False
    explain: str | None = None
    inspect: bool = False
    list_outside: bool = False


def find_hidden(heads: Mapping[str, Head], today: date, options: BuildOptions) -> dict[str, str]:
    """The documents that are left out, by path, each with the reason.

    A section that is left out takes everything below it along.
    """
    hidden = {}
    folders = []
    for path, head in heads.items():
        reason = _find_reason(head.front_matter, today, options)
        if reason is None:
            continue
        hidden[path] = reason
        folder, _, name = path.rpartition("/")
        if name.startswith("_index."):
            folders.append((folder + "/", reason))
    for folder, reason in folders:
        for path in heads:
            if path.startswith(folder):
                hidden.setdefault(path, f"in a section that is {reason}")
    return hidden


def find_next_change(heads: Iterable[Head], today: date) -> date | None:
    """The first day after `today` on which other documents are left out; None when there is none."""
    days = (
        day_of(moment)
        for head in heads
        for moment in (head.front_matter.date, head.front_matter.expires)
        if moment
    )
    return min((day for day in days if day > today), default=None)


def explain_hidden(path: str, hidden: Mapping[str, str]) -> str:
    """A hint about the document `path`, which is one of `hidden`."""
    return f"{path} is left out: it is {hidden[path]}"


def _find_reason(front_matter: FrontMatter, today: date, options: BuildOptions) -> str | None:
    if front_matter.draft and not options.drafts:
        return "a draft"
    written, expires = front_matter.date, front_matter.expires
    if written and day_of(written) > today and not options.future:
        return "dated in the future"
    if expires and day_of(expires) <= today and not options.expired:
        return "expired"
    return None
