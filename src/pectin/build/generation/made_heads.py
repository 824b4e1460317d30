"""The heads of documents that are made of data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from pectin.build.content.document import Head
from pectin.build.content.documents import Documents
from pectin.build.content.front_matter import parse_document
from pectin.build.generation.made_source import MadeSource
from pectin.build.problems import Problems
from pectin.build.site.layout import Layout
from pectin.build.site.sections import take_date
from pectin.build.workers import Workers
from pectin.values.digest import Digest
from pectin.values.problem import Problem

_BATCH = 100
"""How many documents are made by one worker at a stretch."""


class _Heads(Struct, frozen=True):
    heads: list[Head]
    problems: list[Problem]
    digests: dict[str, Digest]


def read_made(
    made: MadeSource,
    documents: Documents,
    taxonomies: frozenset[str],
    layout: Layout,
    problems: Problems,
    workers: Workers,
) -> dict[str, Head]:
    """The heads of all that is `made`, by path; `workers` make it."""
    paths = made.list_made()
    shares = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
    heads: dict[str, Head] = {}
    for found in workers.map(partial(_read_some, made, documents, taxonomies, layout), shares):
        made.learn(found.digests)
        problems.add(found.problems)
        heads.update({head.path: head for head in found.heads})
    return heads


def _read_some(
    made: MadeSource,
    documents: Documents,
    taxonomies: frozenset[str],
    layout: Layout,
    paths: Sequence[str],
) -> _Heads:
    heads: list[Head] = []
    problems: list[Problem] = []
    for path in paths:
        text, told = documents.read(path)
        document, faults = parse_document(path, text, taxonomies)
        located = replace(document.head, location=layout.strip(path))
        head, failures = made.finish(take_date(located))
        problems += (*told, *faults, *failures)
        heads.append(head)
    return _Heads(heads, problems, {path: made.digest(path) for path in paths})
