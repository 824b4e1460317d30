"""Front matter for documents that do not say otherwise, of a folder's `_defaults` file and of `pectin.toml`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pectin.build.configuration.model import Config
from pectin.build.configuration.scalars import describe
from pectin.build.configuration.syntax import Block, parse_json, parse_toml, parse_yaml
from pectin.build.content.document import Defaults
from pectin.build.content.keys import KeyReader
from pectin.build.encoding import parse_text
from pectin.build.source import CONFIG_FILE
from pectin.values.problem import Problem

_PARSERS = {"yaml": parse_yaml, "yml": parse_yaml, "toml": parse_toml, "json": parse_json}


def parse_defaults(
    path: str, source: bytes, taxonomies: Collection[str]
) -> tuple[tuple[Defaults, ...], tuple[Problem, ...]]:
    """The defaults in the bytes of the file `path`, the weakest first, and what is wrong with them.

    The file has keys, perhaps with a `target`, and perhaps a list `defaults` of more such tables.
    """
    text, problems = parse_text(path, source)
    if problems:
        return (), problems
    block = Block(path, text, 0, len(text), "front-matter-syntax")
    values, problems = _PARSERS[path.rpartition(".")[2]](block)
    if values is None:
        return (), problems
    if not isinstance(values, dict):
        message = f"the defaults are {describe(values)}, not keys with values"
        return (), (*problems, block.problem(message, 0, "write `template: post.html`"))
    folder = f"{path.rpartition('/')[0]}/"
    found, told = _read(values, folder, path, text, taxonomies)
    return found, (*problems, *told)


def read_configured_defaults(config: Config) -> tuple[tuple[Defaults, ...], tuple[Problem, ...]]:
    """The defaults in `pectin.toml`, the weakest first, and what is wrong with them."""
    taxonomies = [taxonomy.name for taxonomy in config.taxonomies]
    reader = KeyReader(CONFIG_FILE, config.text, 0, taxonomies, ("defaults",))
    found = tuple(reader.read_many(list(config.defaults), "content/"))
    return found, tuple(reader.problems)


def _read(
    values: dict[str, Any], folder: str, path: str, text: str, taxonomies: Collection[str]
) -> tuple[tuple[Defaults, ...], list[Problem]]:
    own = {key: value for key, value in values.items() if key != "defaults"}
    reader = KeyReader(path, text, 0, taxonomies)
    first = [reader.read_defaults(own, folder)] if own else []
    listed = KeyReader(path, text, 0, taxonomies, ("defaults",))
    rest = listed.read_many(values.get("defaults"), folder)
    return (*first, *rest), [*reader.problems, *listed.problems]
