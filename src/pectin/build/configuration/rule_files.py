"""The rules of a site: those of `pectin.toml`, and those of the files that Netlify reads."""

from __future__ import annotations

from collections.abc import Iterator

from pectin.build.configuration.model import Config
from pectin.build.configuration.reader import TableReader
from pectin.build.configuration.rule_lines import LineReader
from pectin.build.configuration.rule_tables import read_rules
from pectin.build.configuration.syntax import Block, parse_toml
from pectin.build.configuration.written_rules import WrittenRules
from pectin.build.encoding import parse_text
from pectin.build.problems import Problems
from pectin.build.source import HEADERS_FILE, NETLIFY_FILE, REDIRECTS_FILE, RULE_FILES, SourceTree

_CONTEXT = ("context", "production")


def gather_rules(source: SourceTree, config: Config, problems: Problems) -> WrittenRules:
    """All rules of the site, in the order in which they apply.

    Of redirects the first wins: those of `pectin.toml`, of `_redirects`, of `netlify.toml`. Of headers the
    last wins: those of `_headers`, of `netlify.toml`, of `pectin.toml`.
    """
    paths = frozenset(source.paths())
    lines = _read_lines(source, problems) if RULE_FILES & paths else WrittenRules()
    tables = list(_read_tables(source, problems)) if NETLIFY_FILE in paths else []
    redirects = (config.rules, lines, *tables)
    headers = (lines, *reversed(tables), config.rules)
    return WrittenRules(
        tuple(rule for rules in redirects for rule in rules.redirects),
        tuple(rule for rules in headers for rule in rules.headers),
    )


def _read_lines(source: SourceTree, problems: Problems) -> WrittenRules:
    redirects = _open_lines(source, REDIRECTS_FILE, problems)
    headers = _open_lines(source, HEADERS_FILE, problems)
    read = WrittenRules(tuple(redirects.read_redirects()), tuple(headers.read_headers()))
    problems.add((*redirects.problems, *headers.problems))
    return read


def _open_lines(source: SourceTree, path: str, problems: Problems) -> LineReader:
    if path not in source.paths():
        return LineReader(path, "")
    text, faults = parse_text(path, source.read(path))
    problems.add(faults)
    return LineReader(path, "" if faults else text.removeprefix("\ufeff"))


def _read_tables(source: SourceTree, problems: Problems) -> Iterator[WrittenRules]:
    """The rules of Netlify's configuration: what is for production alone goes before the rest."""
    text, faults = parse_text(NETLIFY_FILE, source.read(NETLIFY_FILE))
    problems.add(faults)
    text = text.removeprefix("\ufeff")
    table, wrong = parse_toml(Block(NETLIFY_FILE, text, 0, len(text), "config-syntax"))
    if faults or table is None:
        problems.add(() if faults else wrong)
        return
    reader = TableReader(NETLIFY_FILE, text)
    context = reader.take_table(reader.take_table(table, _CONTEXT[0]), _CONTEXT[1], _CONTEXT[:1])
    yield read_rules(reader, context, _CONTEXT, is_netlify=True)
    yield read_rules(reader, table, is_netlify=True)
    problems.add(reader.problems)
