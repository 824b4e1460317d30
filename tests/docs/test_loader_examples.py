"""The loaders of docs/data.md run as they are written, against servers on this machine."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.data.conftest import Asked, Reply, Server
from tests.data.test_feeds import RSS

from pectin.adapters.loader_process import Run, run_loaders
from pectin.data.options import parse_options

DOC = (Path(__file__).resolve().parents[2] / "docs/data.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"`data/(\w+)\.py`:\n\n```python\n(.*?)```", DOC, re.DOTALL))


@pytest.fixture
def server() -> Any:
    running = Server()
    running.respond = respond
    yield running
    running.close()


def respond(asked: Asked) -> Reply:
    if asked.path == "/feed.xml":
        return Reply(RSS)
    if asked.path == "/graphql":
        after = asked.body["variables"].get("after")
        page = {"hasNextPage": after is None, "endCursor": "x"}
        name = f"{asked.body['variables']['region']} {after}"
        return Reply({"data": {"makers": {"nodes": [{"name": name}], "pageInfo": page}}})
    assert asked.headers["authorization"] == "Bearer s3cret-value"
    number = int(asked.query.get("page", "1"))
    link = {} if number == 2 else {"Link": '<?page=2&in_stock=true>; rel="next"'}
    return Reply({"data": {"jams": [{"id": number}]}}, headers=link)


def run(name: str, root: Path, url: str, environment: dict[str, str]) -> Any:
    text = EXAMPLES[name].replace("https://api.example.org", url)
    options, problems = parse_options(f"data/{name}.py", text)
    assert problems == ()
    file = root / "data" / f"{name}.py"
    file.parent.mkdir()
    file.write_text(text)
    order = Run(f"data/{name}.py", file, options.secrets, options.timeout, None)
    (found,) = run_loaders([order], root, root / "responses", environment)
    assert isinstance(found, bytes), found
    return json.loads(found)


def test_every_example_is_tried() -> None:
    assert set(EXAMPLES) == {"seasons", "jams", "makers", "news", "stock"}


def test_the_computed_example(tmp_path: Path) -> None:
    found = run("seasons", tmp_path, "", {})
    assert found == [{"name": "spring", "number": 1}, {"name": "summer", "number": 2}]


def test_the_example_of_json(tmp_path: Path, server: Server) -> None:
    found = run("jams", tmp_path, server.url, {"SHOP_TOKEN": "s3cret-value"})
    assert found == [{"id": 1}, {"id": 2}]
    assert server.asked[0].query == {"in_stock": "true"}


def test_the_example_of_graphql(tmp_path: Path, server: Server) -> None:
    found = run("makers", tmp_path, server.url, {})
    assert found == [{"name": "Styria None"}, {"name": "Styria x"}]


def test_the_example_of_feeds(tmp_path: Path, server: Server) -> None:
    assert [entry["title"] for entry in run("news", tmp_path, server.url, {})] == [
        "Plum & fig",
        "Fig",
    ]


def test_the_example_of_sql(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "shop.db")
    connection.executescript(
        "create table stock (name, count); insert into stock values ('plum', 2), ('fig', 0)"
    )
    connection.close()
    found = run("stock", tmp_path, "", {"SHOP_DATABASE": "sqlite:///shop.db"})
    assert found == [{"name": "plum", "count": 2}]
