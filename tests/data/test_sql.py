from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT
from tempfile import TemporaryDirectory

import pytest

from pectin.data import LoaderContext, LoaderError, query_sql

SELECT = "select name, price from jams where price > :least order by name"


@pytest.fixture
def shop(tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.executescript(
            "create table jams (name text, price real); insert into jams values ('plum', 3), ('fig', 4.5), ('x', 1)"
        )
    connection.close()
    return "sqlite:///shop.db"


def test_rows_are_mappings_by_column(context: LoaderContext, shop: str) -> None:
    found = query_sql(context, shop, SELECT, {"least": 2})
    assert found == [{"name": "fig", "price": 4.5}, {"name": "plum", "price": 3.0}]


def test_a_value_is_never_read_as_sql(context: LoaderContext, shop: str) -> None:
    evil = "x' or '1'='1"
    assert query_sql(context, shop, "select * from jams where name = :name", {"name": evil}) == []


def test_nothing_can_be_written(context: LoaderContext, shop: str) -> None:
    with pytest.raises(LoaderError, match="readonly database"):
        query_sql(context, shop, "delete from jams returning name")


@pytest.mark.parametrize(
    ("url", "statement", "message"),
    [
        ("sqlite:///shop.db", "select nme from jams", "the database says: no such column: nme"),
        ("sqlite:///none.db", "select 1", "unable to open database file"),
        ("sqlite://", "select 1", "in memory has nothing"),
        ("nonsense", "select 1", "the database says"),
        ("mysql://localhost/x", "select 1", "there is no driver|the database says"),
        ("sqlite:///shop.db", "select * from jams where price > :least", "least"),
    ],
)
def test_what_is_wrong_is_told(
    context: LoaderContext, shop: str, url: str, statement: str, message: str
) -> None:
    assert shop
    with pytest.raises(LoaderError, match=message):
        query_sql(context, url, statement)


def test_too_many_rows_are_told(context: LoaderContext, shop: str) -> None:
    with pytest.raises(LoaderError, match="more than 2 rows"):
        query_sql(context, shop, "select * from jams", most_rows=2)


def find_program(name: str) -> str | None:
    places = os.pathsep.join(
        [os.environ.get("PATH", ""), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    )
    return shutil.which(name, path=places)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL that only this test has, over a socket in a folder."""
    initdb, postgres = find_program("initdb"), find_program("postgres")
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not installed: initdb and postgres are not found")
    # It refuses to run as root, who can be anybody.
    user = "nobody" if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        data = Path(folder) / "data"
        made = subprocess.run(
            [initdb, "-D", data, "-U", "jam", "-A", "trust", "-N"],
            capture_output=True, check=False, user=user, cwd=folder,
        )  # fmt: skip
        if made.returncode:
            pytest.skip(f"PostgreSQL cannot be set up here: {made.stderr.decode()[-200:]}")
        options: list[str | Path] = [
            "-D",
            data,
            "-k",
            folder,
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
        ]
        running = subprocess.Popen(
            [postgres, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            user=user,
            cwd=folder,
        )
        assert running.stderr is not None
        while b"ready to accept" not in (line := running.stderr.readline()):
            assert line, "PostgreSQL ended"
        yield f"postgresql://jam@/postgres?host={folder}"
        running.send_signal(SIGINT)
        running.communicate()


def test_postgresql_gives_rows(context: LoaderContext, postgresql: str) -> None:
    statement = "select n, :name ::text as name from generate_series(1, :count) as n"
    found = query_sql(context, postgresql, statement, {"count": 2, "name": "plum"})
    assert found == [{"n": 1, "name": "plum"}, {"n": 2, "name": "plum"}]


def test_postgresql_lets_nothing_be_written(context: LoaderContext, postgresql: str) -> None:
    with pytest.raises(LoaderError, match="read-only transaction"):
        query_sql(context, postgresql, "create table x (a int)")
