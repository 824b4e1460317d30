"""What the kinds of questions have to do with bodies, and with what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pectin.build.templates.questions import split_kind
from pectin.build.traces.model import Question

BODIES = frozenset({"content", "outline"})
"""The kinds that are about the body of one source file, which is their subject."""

SOURCES = BODIES | {"file"}
"""The kinds that are about one file, which is their subject, and of which a body may be the text."""

SETTLED = frozenset(
    {
        "all-pages",
        "ancestors",
        "data",
        "data-names",
        "feeds",
        "file-at",
        "glob",
        "home",
        "languages",
        "items",
        "hooks",
        "layout",
        "menus",
        "named",
        "neighbours",
        "origin",
        "output-layout",
        "page",
        "page-at",
        "pages",
        "query",
        "query-made",
        "raw-html",
        "related",
        "resource",
        "section",
        "section-at",
        "sections",
        "setting",
        "site-pages",
        "slice",
        "string",
        "taxonomies",
        "template",
        "term-at",
        "terms",
        "today",
        "translations",
        "url",
    }
)
"""The kinds in whose answers no body has a say, and which publish nothing."""

PUBLISHING = frozenset({"asset", "picture"})
"""The kinds in whose answers no body has a say, but which publish a file."""


def list_bodies(questions: Iterable[Question]) -> Iterator[str]:
    """The sources of the bodies that `questions` are about."""
    return (source for kind, source in questions if source and kind in BODIES)


def list_notable(questions: Iterable[Question], own: str) -> tuple[Question, ...]:
    """Those of `questions` that reach beyond what is settled, and beyond the body of `own`.

    A kind that is not known here is notable: it may be about any body, and publish anything.
    """
    return tuple(
        (kind, subject)
        for kind, subject in questions
        if kind not in SETTLED
        and split_kind(kind)[0] not in SETTLED
        and not (subject == own and kind in BODIES)
    )
