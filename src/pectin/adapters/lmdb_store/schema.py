"""The version of the tables, and the way from an older one."""

from __future__ import annotations

from collections.abc import Mapping

from pectin.adapters.lmdb_store.disk import PUT_BACK
from pectin.adapters.lmdb_store.environment import Table, Txn, scan
from pectin.adapters.lmdb_store.records import PARSERS, parse_natural, render_natural, seal
from pectin.deploy.errors import StoreError

SCHEMA = 2
"""The version of the tables that this code reads and writes."""

SCHEMA_KEY = b"schema"
"""Where the table `meta` has the version of the others."""

_UNSEALED = 1


def upgrade(txn: Txn, tables: Mapping[str, Table]) -> None:
    """Bring the tables to `SCHEMA`: new ones, and those of schema 1, whose records have no checksum.

    Raises StoreError for any other.
    """
    found = txn.get(SCHEMA_KEY, db=tables["meta"])
    if found == render_natural(SCHEMA):
        return  # another process was first
    if found == render_natural(_UNSEALED):
        _seal_records(txn, tables)
    elif found is not None:
        raise _explain(found)
    txn.put(SCHEMA_KEY, render_natural(SCHEMA), db=tables["meta"])


def _seal_records(txn: Txn, tables: Mapping[str, Table]) -> None:
    for name in PARSERS:
        for key, value in list(scan(txn, tables[name])):
            txn.put(key, seal(key, value), db=tables[name])


def _explain(found: bytes) -> StoreError:
    schema = parse_natural(found)
    if len(found) == len(render_natural(0)) and schema > SCHEMA:
        return StoreError(
            f"the store has schema {schema}, this Pectin reads {SCHEMA}",
            hint="upgrade Pectin: a newer one has used this store",
        )
    return StoreError("the store's record of its own schema is damaged", hint=PUT_BACK)
