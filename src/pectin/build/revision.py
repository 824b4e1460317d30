"""A build that differs from the one before in the bodies of some documents, and in nothing else.

All questions but those about bodies have the answers that they had, so only the files that show
something of these bodies can have become others. Whatever is not plainly so is no revision: then
the site is built as ever, and that is always right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pectin.build.output.links import list_ids
from pectin.build.pages import Made
from pectin.build.reach import Notable, Reach, is_file
from pectin.values.output import read_body


def is_revision(
    reach: Reach,
    touched: Collection[str],
    pages: Iterable[Made],
    bodies: Mapping[str, Notable],
) -> bool:
    """Whether `pages` are all that can have changed, since only what is `touched` was looked at.

    They are not when something is wrong with them now, or was; when something asks what it did not
    ask before; when an anchor is gone that others lead to; and when a page leads to a new one.
    `bodies` has what the bodies asked now.
    """
    if not reach.flawed.isdisjoint(touched):
        return False
    asked = {source: bodies.get(source, ()) for source in touched if not is_file(source)}
    asked |= {made.path: made.notable for made in pages}
    return all(
        reach.asked_by(maker) == frozenset(notable) for maker, notable in asked.items()
    ) and all(_is_sound(made, reach) for made in pages)


def _is_sound(made: Made, reach: Reach) -> bool:
    broken, anchored = made.links
    if made.file is None or made.is_flawed or broken or made.path in reach.flawed:
        return False
    if any(link.fragment not in reach.anchors.get(link.target, ()) for link in anchored):
        return False
    wanted = reach.anchors.get(made.path)
    return not wanted or list_ids(read_body(made.file.body).decode()).issuperset(wanted)
