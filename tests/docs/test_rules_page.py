"""The rules of docs/rules.md answer as its tables say."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

import pytest
from tests.docs.blocks import DOCS
from tests.web.conftest import HTML, MOVED_AT, exchange, make_scope, publish_files

from pectin.adapters.memory_store import MemoryStore
from pectin.build.configuration.rule_lines import LineReader
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.web.application import Application, Options

EXAMPLE = re.compile(r"```(redirects|headers)\n(.*?)```\n\n((?:\|[^\n]*\n)+)", re.DOTALL)
ROW = re.compile(
    r"\| `(?P<address>[^`]+)`(?: at `(?P<host>[^`]+)`)?(?: with `(?P<sent>[^`]+)`)?"
    r" \| (?P<status>\d+)(?: `(?P<leads>[^`]+)`)?(?: with `(?P<got>[^`]+)`)? \|"
)
PAGES = (
    *("/", "/about/", "/app/", "/at/", "/beta/next/", "/de/", "/fonts/", "/private/", "/recalled/"),
    *("/de/404.html", "/404.html"),
)
HOSTS = ("old.example", "example.org")


@dataclass(frozen=True)
class Row:
    kind: str
    rules: str
    text: str

    def __str__(self) -> str:
        return self.text.strip("| ")


def list_rows() -> list[Row]:
    found = EXAMPLE.findall((DOCS / "rules.md").read_text(encoding="utf-8"))
    return [Row(kind, rules, row) for kind, rules, table in found for row in table.splitlines()[2:]]


def make_client(row: Row) -> Application:
    reader = LineReader("static/_rules", row.rules)
    rules = (
        Rules(tuple(rule.redirect for rule in reader.read_redirects()))
        if row.kind == "redirects"
        else Rules((), tuple(reader.read_headers()))
    )
    assert not reader.problems
    store = MemoryStore()
    pages = [path if path.endswith(".html") else f"{path}index.html" for path in PAGES]
    files = [
        OutputFile(path, f"page {url}".encode(), HTML)
        for path, url in zip(pages, PAGES, strict=True)
    ]
    publish_files(store, files, rules=rules, domains=HOSTS)
    return Application(store, lambda: MOVED_AT + 10, Options())


@pytest.mark.parametrize("row", list_rows(), ids=str)
def test_a_rule_answers_as_its_table_says(row: Row) -> None:
    said = ROW.fullmatch(row.text)
    assert said is not None
    path, _, query = said["address"].partition("?")
    sent = [
        (name.lower(), value) for name, _, value in [(said["sent"] or "").partition(": ")] if name
    ]
    scope = make_scope(path, query=query, fields=sent, host=said["host"] or "demo.localhost")
    status, fields, body = asyncio.run(exchange(make_client(row), scope))
    assert status == int(said["status"])
    if said["got"]:
        name, _, value = said["got"].partition(": ")
        assert fields[name.lower()] == value
    if said["leads"] and 300 <= status < 400:
        assert fields["location"] == said["leads"]
    elif said["leads"]:
        assert body == f"page {said['leads']}".encode()


def test_every_example_has_its_table() -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    fences = re.findall(r"```(?:redirects|headers)\n", text)
    assert len(fences) == len(EXAMPLE.findall(text))
    assert len(list_rows()) >= 30
