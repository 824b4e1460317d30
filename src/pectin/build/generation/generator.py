"""The documents that data make, beside those that the author wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from pectin.build.configuration.scalars import WrongValue
from pectin.build.content.document import Head
from pectin.build.content.documents import Documents
from pectin.build.content.fields import parse_slug
from pectin.build.generation.blueprint import ITEM, KEY, BadPattern, Blueprint
from pectin.build.generation.expressions import BadExpression, Expressions
from pectin.build.generation.items import Item, Origin, list_items
from pectin.build.problems import Problems
from pectin.build.site.files import Files, is_bundle_index
from pectin.build.site.sections import is_section_index
from pectin.build.source import SourceTree
from pectin.build.templates.data_folder import open_data
from pectin.build.templates.library import list_shortcode_names
from pectin.values.place import Place
from pectin.values.problem import Problem

_RESERVED = frozenset({"index", "_index"})
Listing = Callable[[], list[dict[str, Any]]]
"""The pages that an expression may choose from, as plain values."""


class Made(Struct, frozen=True):
    """A document that is made: of which item, by which blueprint, and where the item is from."""

    blueprint: Blueprint
    item: Item
    origin: Origin


class Generator:
    """Makes documents of data, and finds the lists that front matter names."""

    def __init__(self, source: SourceTree, files: Files, problems: Problems) -> None:
        self._source = source
        self._problems = problems
        self._data = open_data(
            files.data, source, problems, lambda _kind, _subject: None, lambda value: value
        )
        self._expressions = Expressions(list_shortcode_names(files.templates))

    def list_made(
        self,
        blueprints: Sequence[Head],
        documents: Documents,
        written: frozenset[str],
        pages_beside: Callable[[Head], list[dict[str, Any]]],
    ) -> dict[str, Made]:
        """What is made by `blueprints`, by path; `written` are the paths of all other documents.

        `pages_beside` has the pages that the expression of one may choose from.
        """
        made: dict[str, Made] = {}
        for head in blueprints:
            blueprint = Blueprint(documents.load(head), self._expressions)
            for path, one in self._list_of(blueprint, partial(pages_beside, head)):
                if self._is_free(path, one, made, written):
                    made[path] = one
        return made

    def find_list(
        self, expression: str, pages: Listing, place: Callable[[], Place]
    ) -> list[Item] | None:
        """The items of `expression`; None where it has none, which is then a problem at `place`."""
        variables: dict[str, Any] = {"data": self._data.root}
        if "pages" in expression:
            variables["pages"] = pages()
        with self._problems.capturing() as told:
            try:
                return list_items(self._expressions.evaluate(expression, variables))
            except BadExpression as bad:
                code, message, hint = bad.code, str(bad), bad.hint
            except ValueError as wrong:
                code = "front-matter-value"
                message = f"`{expression}` {wrong}"
                hint = "name a list or a mapping, as in `data.products`"
        if not told:  # data that cannot be read has been told
            self._problems.report(code, message, hint, place())
        return None

    def variables_of(self, item: Item) -> dict[str, Any]:
        """What the patterns and the body of a blueprint see."""
        return {ITEM: item.value, "key": item.key, "index": item.index, "data": self._data.root}

    def _list_of(self, blueprint: Blueprint, pages: Listing) -> list[tuple[str, Made]]:
        folder, _, name = blueprint.path.rpartition("/")
        if is_bundle_index(blueprint.location) or is_section_index(blueprint.location):
            self._problems.report(
                "front-matter-value",
                f"{name} cannot have `{KEY}`: it is a page of its own",
                f"move it to a file such as {folder}/each.md",
                blueprint.place_key(KEY),
            )
            return []
        items = self.find_list(blueprint.expression, pages, lambda: blueprint.place_key(KEY))
        if items is None or not self._is_sound(blueprint):
            return []
        origin = Origin(blueprint.expression, self._data, self._source)
        listed = []
        for item in items:
            one = Made(blueprint, item, origin)
            if made_name := self._name(one):
                listed.append((f"{folder}/{made_name}{blueprint.suffix}", one))
        return listed

    def _is_sound(self, blueprint: Blueprint) -> bool:
        if ITEM in blueprint.patterns:
            self._problems.report(
                "front-matter-value",
                f"`{ITEM}` is the item that each page is made of, and cannot be given",
                "use another name",
                blueprint.place_key(ITEM),
            )
            return False
        try:
            blueprint.check_body()
        except BadExpression as bad:
            place = blueprint.place_body(bad.line)
            self._problems.report(bad.code, str(bad), bad.hint, place)
            return False
        return True

    def _name(self, made: Made) -> str | None:
        """The name of the file that `made` stands for, without suffix; None where it has none."""
        blueprint, item = made.blueprint, made.item
        key = next((key for key in ("slug", "url") if key in blueprint.patterns), None)
        if key is None and item.key is None:
            self._problems.report(
                "front-matter-value",
                f"a page for each item of `{blueprint.expression}` needs a `slug`",
                'write what sets the items apart, as in `slug: "{{ item.id }}"`',
                blueprint.place_key(KEY),
            )
            return None
        try:
            return self._compose_name(made, key)
        except BadExpression as bad:
            self._problems.add([explain_failure(made, BadPattern(key or KEY, bad))])
        except WrongValue as wrong:
            failed = BadExpression("front-matter-value", f"`{key}` {wrong}", wrong.hint, 1)
            self._problems.add([explain_failure(made, BadPattern(key or KEY, failed))])
        return None

    def _compose_name(self, made: Made, key: str | None) -> str:
        """What `key` says that the file is called. Raises BadExpression and WrongValue."""
        written = made.item.key
        if key is not None:
            written = made.blueprint.compose(key, self.variables_of(made.item))
        if key == "url":
            written = str(written).strip("/").replace("/", "-").removesuffix(".html")
        name = parse_slug(written)
        if name in _RESERVED:
            raise WrongValue(f"cannot be {name!r}", "that is the name of a section's own page")
        return name

    def _is_free(
        self, path: str, made: Made, others: Mapping[str, Made], written: frozenset[str]
    ) -> bool:
        other = others.get(path)
        if other is None and path not in written:
            return True
        holder = describe(other) if other else path
        self._problems.report(
            "duplicate-url",
            f"{describe(made)} and {holder} both make {path}",
            "let `slug` be something that only one of them has",
            made.origin.place(made.item) or made.blueprint.place_key("slug"),
        )
        return False


def describe(made: Made) -> str:
    """What messages call the item: its name, and its place."""
    place = made.origin.place(made.item)
    where = f"{place.file}:{place.line}" if place and place.line else place and place.file
    return (
        f"{made.item.name} ({where})"
        if where
        else f"{made.item.name} of {made.blueprint.expression}"
    )


def explain_failure(made: Made, bad: BadExpression) -> Problem:
    """The problem that a document cannot be made."""
    blueprint = made.blueprint
    place = (
        blueprint.place_key(bad.key)
        if isinstance(bad, BadPattern)
        else blueprint.place_body(bad.line)
    )
    return Problem(bad.code, str(bad), bad.hint, place, notes=(f"for {describe(made)}",))
