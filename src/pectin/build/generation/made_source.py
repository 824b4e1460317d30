"""A source tree with the documents that data make, as if the author had written them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import structs

from pectin.build.content.document import Head
from pectin.build.generation.blueprint import ITEM
from pectin.build.generation.generator import Generator, Made, describe, explain_failure
from pectin.build.source import SourceTree
from pectin.values.digest import Digest, compute_digest
from pectin.values.output import Stream
from pectin.values.place import Place
from pectin.values.problem import Problem


class MadeSource:
    """The files of `source`, and those that are `made`. A SourceTree.

    What is made is made when it is read, and not kept.
    """

    def __init__(self, source: SourceTree, made: Mapping[str, Made], generator: Generator) -> None:
        self._source = source
        self._made = made
        self._generator = generator
        self._digests: dict[str, Digest] = {}
        self._failures: dict[str, list[Problem]] = {}

    def paths(self) -> Sequence[str]:
        """Every file's path, sorted by code point."""
        return sorted((*self._source.paths(), *self._made))

    def list_made(self) -> Sequence[str]:
        """The paths of what is made, sorted."""
        return sorted(self._made)

    def read(self, path: str) -> bytes:
        """The bytes of the file. Raises SourceUnreadable."""
        made = self._made.get(path)
        if made is None:
            return self._source.read(path)
        text, failures = made.blueprint.write(self._generator.variables_of(made.item))
        self._failures[path] = [explain_failure(made, bad) for bad in failures]
        body = text.encode(errors="replace")
        self._digests[path] = compute_digest(body)
        return body

    def digest(self, path: str) -> Digest:
        """The SHA-256 digest of the file's bytes. Raises SourceUnreadable."""
        if path not in self._made:
            return self._source.digest(path)
        if path not in self._digests:
            self.read(path)
        return self._digests[path]

    def recall_digest(self, path: str) -> Digest | None:
        """As `digest`, but None where the file would have to be read first."""
        if path in self._made:
            return self._digests.get(path)
        return self._source.recall_digest(path)

    def learn(self, digests: Mapping[str, Digest]) -> None:
        """Take digests that a copy of this process has computed."""
        self._digests.update({path: at for path, at in digests.items() if path in self._made})
        self._source.learn({path: at for path, at in digests.items() if path not in self._made})

    def stream(self, path: str) -> bytes | Stream:
        """As `read`, or a Stream where the file is too large to hold."""
        return self.read(path) if path in self._made else self._source.stream(path)

    def finish(self, head: Head) -> tuple[Head, Sequence[Problem]]:
        """The `head` of a document that is made, with its item, and why it could not be made."""
        item = self._made[head.path].item.value
        params = {key: value for key, value in head.front_matter.params.items() if key != ITEM}
        front_matter = structs.replace(head.front_matter, params=params, item=item)
        failures = self._failures.get(head.path, ())
        return structs.replace(head, front_matter=front_matter), failures

    def explain(self, problem: Problem) -> Problem:
        """`problem` where the author can mend it: no file that is made is there to open."""
        place = problem.place
        made = self._made.get(place.file) if place else None
        if made is None or place is None:
            return problem
        note = f"in {self.name(place.file)}"
        return replace(problem, place=self._find_place(made, place), notes=(*problem.notes, note))

    def name(self, path: str) -> str:
        """What messages call the file `path`: with its item, where it is made of one."""
        made = self._made.get(path)
        return f"{path}, made of {describe(made)}" if made else path

    def _find_place(self, made: Made, place: Place) -> Place:
        blueprint = made.blueprint
        if place.line is None:
            return Place(blueprint.path)
        key = blueprint.find_key(place.line)
        if key == ITEM:
            written = (place.text or "")[(place.column or 1) - 1 :].partition('"')[0]
            found = made.origin.place_value(made.item, written)
            return found or blueprint.place_key(ITEM)
        if key is not None:
            return blueprint.place_key(key)
        variables = self._generator.variables_of(made.item)
        return blueprint.place_body(blueprint.find_line(place.line, variables))
