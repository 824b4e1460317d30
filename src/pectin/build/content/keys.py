"""The keys of front matter, wherever they are written: on a page, or as defaults for others."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from pectin.build.configuration.scalars import WrongValue, describe, parse_string
from pectin.build.content.document import Defaults, FrontMatter, MenuPlace, Origin, Target
from pectin.build.content.fields import FIELDS, MENU_PLACE, find_meant_key, parse_path, parse_term
from pectin.build.positions import Step, find_key, find_value
from pectin.build.suggestions import suggest
from pectin.values.place import place_at
from pectin.values.problem import Problem, Severity

KINDS = ("home", "section", "page")
"""The kinds of pages that have front matter."""

PAGES_FROM = "pages_from"

_TABLES = frozenset({"aliases", "cascade", "menus"})
"""The keys that have several values."""

_ITS_OWN = ("title", "date", "updated", "slug", "url", "aliases", "menus", "paginate", PAGES_FROM)
"""What tells a page from the others of its folder, and so cannot be a default."""

_TARGET = ("kind", "path")


class KeyReader:
    """Takes the keys of front matter out of parsed values of the file `path`, whose text is `source`.

    The values are those at `steps`, below the offset `start`. `taxonomies` are the names under which
    terms may stand. `problems` is what was wrong so far.
    """

    def __init__(
        self,
        path: str,
        source: str,
        start: int,
        taxonomies: Collection[str],
        steps: tuple[Step, ...] = (),
    ) -> None:
        self._path = path
        self._source = source
        self._start = start
        self._taxonomies = taxonomies
        self._within = steps
        self.problems: list[Problem] = []

    def read(self, values: Any) -> FrontMatter:
        """The front matter that the parsed `values` make."""
        if not isinstance(values, dict):
            self._check_absence(values)
            return FrontMatter()
        if PAGES_FROM in values:
            return self._read_blueprint(values)
        fields: dict[str, Any] = {}
        terms: dict[str, tuple[str, ...]] = {}
        params: dict[str, Any] = {}
        for key, value in values.items():
            if key in FIELDS:
                self._read_field(fields, key, value)
            elif key in _TABLES:
                fields[key] = tuple(self._read_table(key, value))
            elif key in self._taxonomies:
                self._read_terms(terms, (key,), value)
            elif key == "taxonomies":
                self._read_taxonomies(terms, value)
            elif key == "params" and isinstance(value, dict):
                params.update((str(name), param) for name, param in value.items())
            else:
                self._check_name(str(key))
                params.setdefault(str(key), value)
        return FrontMatter(taxonomies=terms, params=params, **fields)

    def _check_absence(self, values: Any) -> None:
        if values is not None:
            message = f"front matter is {describe(values)}, not keys with values"
            self._report("front-matter-syntax", message, "write `title: Plum jam`", ())

    def _read_blueprint(self, values: Mapping[Any, Any]) -> FrontMatter:
        """The front matter of a document that stands for others, whose patterns are not read yet."""
        expression = "[]"
        try:
            expression = parse_string(values[PAGES_FROM])
        except WrongValue as wrong:
            message = f"`{PAGES_FROM}` {wrong}"
            hint = "name a list or a mapping, as in `data.products`"
            self._report("front-matter-value", message, hint, (PAGES_FROM,))
        patterns = {str(key): value for key, value in values.items() if key != PAGES_FROM}
        return FrontMatter(params=patterns, pages_from=expression)

    def read_defaults(self, values: Mapping[str, Any], folder: str) -> Defaults:
        """The defaults for documents in `folder` that the table `values` makes."""
        own = [key for key in values if key in _ITS_OWN or key == "cascade"]
        for key in own:
            hint = "write it in the front matter of the page itself"
            if key == "cascade":
                hint = "write its keys here, or it in the `_index.md` of a folder further down"
            self._report("front-matter-value", f"`{key}` cannot be a default", hint, (key,))
        target = self._read_target(values.get("target"))
        rest = {key: value for key, value in values.items() if key not in {*own, "target"}}
        return Defaults(folder, target, self.read(rest), Origin(self._path, self._within))

    def read_many(self, value: Any, folder: str) -> Iterator[Defaults]:
        """Each of the defaults in `value`, which is one table, or a list of them."""
        outer = self._within
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            self._within = (*outer, index) if isinstance(value, list) else outer
            if isinstance(item, dict):
                yield self.read_defaults(item, folder)
            elif item is not None:
                name = f"`{outer[-1]}`" if outer else "this"
                message = f"{name} must be keys with values, not {describe(item)}"
                self._report("front-matter-value", message, "write `template: post.html`", ())
        self._within = outer

    def _read_table(self, key: str, value: Any) -> Iterable[Any]:
        if key == "aliases":
            return self._read_items(value, parse_path, ("aliases",), "")
        return self._read_cascade(value) if key == "cascade" else self._read_menus(value)

    def _read_menus(self, value: Any) -> Iterator[MenuPlace]:
        """The entries in `value`: the name of a menu, a list of names, or a table by name."""
        if not isinstance(value, dict):
            yield from map(MenuPlace, self._read_items(value, parse_string, ("menus",), ""))
            return
        for menu, written in value.items():
            entry = {} if written is None else written
            if isinstance(entry, dict):
                yield self._read_menu_place(str(menu), entry)
            else:
                message = f"`{menu}` must be a table of keys, not {describe(entry)}"
                hint = f"write `menus: {{{menu}: {{weight: 10}}}}`"
                self._report("front-matter-value", message, hint, ("menus", str(menu)))

    def _read_menu_place(self, menu: str, entry: Mapping[str, Any]) -> MenuPlace:
        fields: dict[str, Any] = {}
        for key, value in entry.items():
            if key in MENU_PLACE:
                self._read_field(fields, key, value, ("menus", menu), MENU_PLACE)
            elif key == "params" and isinstance(value, dict):
                fields[key] = value
            else:
                message = f"an entry of a menu has no `{key}`"
                known = (*MENU_PLACE, "params")
                hint = suggest(str(key), known) or "keys of your own go under `params`"
                self._report("front-matter-value", message, hint, ("menus", menu, str(key)))
        return MenuPlace(menu, **fields)

    def _read_cascade(self, value: Any) -> tuple[Defaults, ...]:
        folder, _, name = self._path.rpartition("/")
        if not name.startswith("_index."):
            message = "`cascade` does nothing here: a page has none below it"
            hint = "move it to the `_index.md` of a folder"
            self._report("front-matter-value", message, hint, ("cascade",))
            return ()
        outer, self._within = self._within, (*self._within, "cascade")
        found = tuple(self.read_many(value, f"{folder}/"))
        self._within = outer
        return found

    def _read_target(self, value: Any) -> Target:
        if value is None:
            return Target()
        if not isinstance(value, dict):
            message = f"`target` must have a kind or a path, not {describe(value)}"
            self._report("front-matter-value", message, "write `target: {kind: page}`", ("target",))
            return Target()
        for key in filter(lambda key: key not in _TARGET, value):
            message = f"`target` has no `{key}`"
            hint = suggest(str(key), _TARGET) or "write `kind`, `path` or both"
            self._report("front-matter-value", message, hint, ("target", str(key)))
        return Target(
            self._read_choices(value, "kind", _parse_kind),
            self._read_choices(value, "path", _parse_pattern),
        )

    def _read_choices(
        self, target: Mapping[str, Any], key: str, parse: Callable[[Any], str]
    ) -> tuple[str, ...] | None:
        if target.get(key) is None:
            return None
        return tuple(self._read_items(target[key], parse, ("target", key), ""))

    def _read_field(
        self,
        fields: dict[str, Any],
        key: str,
        value: Any,
        steps: tuple[str, ...] = (),
        parsers: Mapping[str, Callable[[Any], Any]] = FIELDS,
    ) -> None:
        if value is None:
            return
        try:
            fields[key] = parsers[key](value)
        except WrongValue as wrong:
            self._report("front-matter-value", f"`{key}` {wrong}", wrong.hint, (*steps, key))

    def _read_items(
        self, value: Any, parse: Callable[[Any], Any], steps: tuple[str, ...], what: str
    ) -> Iterator[Any]:
        """The items of a list, or the one that stands for a list; `what` begins a complaint."""
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            try:
                yield parse(item)
            except WrongValue as wrong:
                message = f"`{steps[-1]}` {what}{wrong}"
                written = item if isinstance(item, str) else json.dumps(item, default=str)
                self._report("front-matter-value", message, wrong.hint, steps, item=written)

    def _read_terms(
        self, terms: dict[str, tuple[str, ...]], steps: tuple[str, ...], value: Any
    ) -> None:
        found = self._read_items(value, parse_term, steps, "has a term that ")
        if value is not None:
            terms[steps[-1]] = tuple(dict.fromkeys(filter(None, found)))

    def _read_taxonomies(self, terms: dict[str, tuple[str, ...]], value: Any) -> None:
        if not isinstance(value, dict):
            message = f"`taxonomies` must be a table of keys, not {describe(value)}"
            hint = "write `taxonomies: {tags: [plum, jam]}`"
            self._report("front-matter-value", message, hint, ("taxonomies",))
            return
        for name, listed in value.items():
            steps = ("taxonomies", str(name))
            if name in self._taxonomies:
                self._read_terms(terms, steps, listed)
            else:
                self._report(
                    "unknown-taxonomy",
                    f"`{name}` is not a taxonomy of this site",
                    f'add it in pectin.toml: `taxonomies = ["{name}"]`',
                    steps,
                    Severity.WARNING,
                )

    def _check_name(self, key: str) -> None:
        if meant := find_meant_key(key):
            self._report(
                "front-matter-key",
                f"`{key}` is not a key that Pectin knows",
                f"did you mean `{meant}`? A key of your own by this name goes under `params`",
                (key,),
                Severity.WARNING,
            )

    def _report(
        self,
        code: str,
        message: str,
        hint: str,
        steps: tuple[Step, ...],
        severity: Severity = Severity.ERROR,
        item: str = "",
    ) -> None:
        find = find_key if severity is Severity.WARNING else partial(find_value, item=item)
        offset = find(self._source, (*self._within, *steps), self._start)
        place = place_at(self._path, self._source, offset)
        self.problems.append(Problem(code, message, hint, place, severity))


def _parse_kind(value: Any) -> str:
    if value in KINDS:
        return str(value)
    raise WrongValue(f"cannot be {value!r}", "write `home`, `section` or `page`")


def _parse_pattern(value: Any) -> str:
    pattern = parse_string(value)
    if not pattern.strip("/") or "\\" in pattern or ".." in pattern.split("/"):
        hint = "write a path below the folder, as in `2024-*.md`, `notes/` or `**/index.md`"
        raise WrongValue(f"cannot be {pattern!r}", hint)
    return pattern
