"""Takes checked values out of the tables of `pectin.toml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pectin.build.configuration.scalars import WrongValue, describe
from pectin.build.positions import Step, find_key, find_value
from pectin.build.suggestions import suggest
from pectin.values.place import Place, place_at
from pectin.values.problem import Problem, Severity

Steps = tuple[Step, ...]
Fields = Mapping[str, Callable[[Any], Any]]


class TableReader:
    """Reads the tables of `source`, the text of a file; `problems` is what was wrong with them so far."""

    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self.source = source
        self.problems: list[Problem] = []

    def take(
        self, table: Mapping[str, Any], fields: Fields, steps: Steps, others: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The values of `table` that `fields` accept, by key; the rest are problems.

        Keys named in `others` are read elsewhere.
        """
        taken: dict[str, Any] = {}
        for key, value in table.items():
            if key in fields:
                self._take_one(taken, key, value, fields[key], (*steps, key))
            elif key not in others:
                self._tell_unknown(key, (*fields, *others), steps)
        return taken

    def take_table(self, table: Mapping[str, Any], key: str, steps: Steps = ()) -> dict[str, Any]:
        """The table at `key`, empty where there is none."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.report_value(f"`{key}` must be a table, not {describe(value)}", (*steps, key))
        return {}

    def take_tables(self, value: Any, steps: Steps) -> Iterator[tuple[dict[str, Any], Steps]]:
        """Each table of the array of tables `value`, with the steps that lead to it."""
        name = steps[-1]
        if not isinstance(value, list):
            hint = f"begin each with `[[{'.'.join(map(str, steps))}]]`"
            self.report_value(f"`{name}` must be tables, not {describe(value)}", steps, hint)
            return
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield item, (*steps, index)
            else:
                message = f"`{name}` must be tables, and has {describe(item)}"
                self.report_value(message, steps)

    def require(self, table: Mapping[str, Any], keys: Sequence[str], steps: Steps) -> bool:
        """Whether `table` has all `keys`; those that it lacks are told."""
        missing = [key for key in keys if key not in table]
        for key in missing:
            where = "".join(f" in `{step}`" for step in steps[:1])
            self.report_value(f"`{key}` is missing{where}", steps, f'add `{key} = "..."`')
        return not missing

    def place(self, steps: Steps) -> Place:
        """Where the value is that `steps` lead to."""
        return place_at(self._path, self.source, find_value(self.source, steps))

    def report_value(self, message: str, steps: Steps, hint: str = "") -> None:
        """Tell of a wrong value at `steps`."""
        self._add("config-value", message, find_value(self.source, steps), hint, Severity.ERROR)

    def report(
        self,
        code: str,
        message: str,
        steps: Steps,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Tell of a problem with the key at `steps`."""
        self._add(code, message, find_key(self.source, steps), hint, severity)

    def _add(self, code: str, message: str, offset: int, hint: str, severity: Severity) -> None:
        place = place_at(self._path, self.source, offset)
        self.problems.append(Problem(code, message, hint, place, severity))

    def _take_one(
        self,
        taken: dict[str, Any],
        key: str,
        value: Any,
        parse: Callable[[Any], Any],
        steps: Steps,
    ) -> None:
        try:
            taken[key] = parse(value)
        except WrongValue as wrong:
            self.report_value(f"`{key}` {wrong}", steps, wrong.hint)

    def _tell_unknown(self, key: str, known: Sequence[str], steps: Steps) -> None:
        where = f" in `{steps[0]}`" if steps else ""
        message = f"`{key}` is not a setting that Pectin knows{where}"
        hint = suggest(key, known) or "settings of your own go under `[params]`"
        self.report("config-key", message, (*steps, key), hint, Severity.WARNING)
