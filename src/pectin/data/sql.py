"""Rows of a database, by SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString
from urllib.parse import quote

from pectin.data.context import LoaderContext
from pectin.data.declaration import LoaderError

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlalchemy import URL, Engine


def query_sql(
    context: LoaderContext,
    url: str,
    statement: LiteralString,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: int = 30,
    most_rows: int = 100_000,
) -> list[dict[str, Any]]:
    """The rows that `statement` selects from the database at `url`, each a mapping by column.

    `url` is as SQLAlchemy has it: `postgresql://user:password@host/name`, `sqlite:///shop.db` with a
    path from the site's folder. Values go into `parameters`, where the statement has `:name`; a
    type checker accepts no statement that was put together. Nothing can be written. `timeout` is in
    seconds, for connecting and, with PostgreSQL, for the statement. Raises LoaderError.
    """
    try:
        import sqlalchemy
    except ImportError:
        raise LoaderError("SQL needs SQLAlchemy: pip install 'pectin[sql]'") from None
    try:
        engine = _open(context, sqlalchemy.make_url(url), timeout)
        with engine.connect().execution_options(postgresql_readonly=True) as connection:
            found = connection.execute(sqlalchemy.text(statement), dict(parameters or {}))
            rows = [dict(row) for row in found.mappings().fetchmany(most_rows + 1)]
    except sqlalchemy.exc.SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise LoaderError(f"the database says: {context.redact(str(reason).strip())}") from None
    except ImportError as error:
        raise LoaderError(f"there is no driver for this database: {error}") from None
    if len(rows) > most_rows:
        raise LoaderError(
            f"there are more than {most_rows:,} rows: ask for fewer, or raise most_rows"
        )
    return rows


def _open(context: LoaderContext, url: URL, timeout: int) -> Engine:
    import sqlalchemy

    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise LoaderError(
                "a database in memory has nothing: name a file, as in sqlite:///shop.db"
            )
        path = context.root / url.database
        return sqlalchemy.create_engine(
            "sqlite://", creator=lambda: _connect(path, timeout), poolclass=sqlalchemy.NullPool
        )
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    arguments: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        arguments = {
            "connect_timeout": timeout,
            "options": f"-c statement_timeout={timeout * 1000}",
        }
    return sqlalchemy.create_engine(url, connect_args=arguments, poolclass=sqlalchemy.NullPool)


def _connect(path: Path, timeout: int) -> Connection:
    import sqlite3

    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", timeout=timeout, uri=True)
