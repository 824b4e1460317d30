"""The records of deploys, their history, and the files that they keep answerable."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

from pectin.adapters.lmdb_store.environment import scan
from pectin.adapters.lmdb_store.records import (
    is_key,
    parse_deploy,
    parse_entry,
    parse_move,
    retained_key,
    site_key,
)
from pectin.adapters.lmdb_store.tables import Tables
from pectin.deploy.model import Deploy, Move
from pectin.values.digest import DIGEST_SIZE
from pectin.values.site import SiteName
from pectin.values.snapshot import Entry


class DeployTables(Tables):
    """The port Deploys."""

    def find_deploy(self, site: SiteName, prefix: str) -> Deploy | None:
        """The one deploy of `site` whose id begins with `prefix`; None for none or several."""
        start = site_key(site)
        whole = prefix[: len(prefix) & ~1]
        try:
            start += bytes.fromhex(whole)
        except ValueError:
            return None
        if not is_key(start):
            return None
        with self._environment.read() as txn:
            found = [
                (key, value)
                for key, value in scan(txn, self._deploys, start)
                if key[-DIGEST_SIZE:].hex().startswith(prefix)
            ]
        return parse_deploy(*found[0]) if len(found) == 1 else None

    def list_deploys(self, site: SiteName) -> Sequence[Deploy]:
        """The deploys of `site`, the newest first."""
        with self._environment.read() as txn:
            found = list(scan(txn, self._deploys, site_key(site)))
        deploys = starmap(parse_deploy, found)
        return sorted(deploys, key=lambda deploy: (-deploy.created_at, deploy.snapshot))

    def list_moves(self, site: SiteName) -> Sequence[Move]:
        """The history of `site`, the newest first."""
        with self._environment.read() as txn:
            found = list(scan(txn, self._history, site_key(site)))
        return list(starmap(parse_move, reversed(found)))

    def find_retained(self, site: SiteName, path: str) -> Entry | None:
        """The immutable entry that some retained deploy of `site` has for `path`, or None."""
        key = retained_key(site, path)
        value = self._environment.get(self._retained, key)
        return None if value is None else parse_entry(key, value)
