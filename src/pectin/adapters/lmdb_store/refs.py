"""Refs, the domains of sites, and the one transaction that moves a ref."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pectin.adapters.lmdb_store.blobs import BlobsWithin, BlobTables
from pectin.adapters.lmdb_store.environment import Txn, next_key, scan
from pectin.adapters.lmdb_store.records import (
    is_key,
    parse_owner,
    parse_ref,
    parse_ref_key,
    ref_key,
    render_owner,
    render_record,
    render_ref,
    retained_key,
    site_key,
)
from pectin.adapters.lmdb_store.stages import end_stage, list_put
from pectin.deploy.errors import BlobMissing, DomainTaken, RefMoved
from pectin.deploy.model import Deploy, Move, Ref, StageId
from pectin.deploy.reachability import reach_since
from pectin.values.digest import Digest
from pectin.values.site import RefName, SiteName
from pectin.values.snapshot import Entry


class RefTables(BlobTables):
    """The port Refs."""

    def read(self, site: SiteName, ref: RefName) -> Ref | None:
        """What `ref` of `site` points at now, or None."""
        key = self._ref_key(site, ref)
        value = self._environment.get(self._refs, key)
        return None if value is None else self._parse_ref(key, value)

    def read_domain(self, host: str) -> SiteName | None:
        """The site that has the domain `host`, or None."""
        key = host.encode("utf-8", "surrogatepass")
        owner = self._environment.get(self._domains, key) if is_key(key) else None
        return None if owner is None else parse_owner(key, owner)

    def list_domains(self, site: SiteName) -> Sequence[str]:
        """The domains of `site`, sorted."""
        with self._environment.read() as txn:
            return self._list_domains(txn, site)

    def list_refs(self) -> Iterator[tuple[SiteName, RefName, Ref]]:
        """Every ref of every site, in order of name."""
        with self._environment.read() as txn:
            found = list(scan(txn, self._refs))
        return ((*parse_ref_key(key), parse_ref(key, value)) for key, value in found)

    def move(
        self,
        move: Move,
        deploy: Deploy,
        *,
        retained: Iterable[tuple[str, Entry]] = (),
        domains: Sequence[str] | None = None,
        stage: StageId | None = None,
    ) -> Ref:
        """Point `move.ref` at `move.after` by compare-and-swap; see the port."""
        site = deploy.site
        ref = Ref(move.after, move.moved_at)
        files = {retained_key(site, path): entry for path, entry in retained}
        kept = [(key, render_record(key, entry)) for key, entry in files.items()]

        def act(txn: Txn) -> None:
            self._check_move(txn, move, site, stage)
            key = ref_key(site, move.ref)
            txn.put(key, render_ref(key, ref), db=self._refs)
            key = site_key(site, deploy.snapshot)
            txn.put(key, render_record(key, deploy), db=self._deploys)
            key = next_key(txn, self._history, site_key(site))
            txn.put(key, render_record(key, move), db=self._history)
            for key, value in kept:
                if txn.get(key, db=self._retained) != value:
                    txn.put(key, value, db=self._retained)
            if domains is not None:
                self._claim(txn, site, domains)
            if stage is not None:
                end_stage(txn, self._stages, stage.encode())

        self._environment.write(act)
        return ref

    def _check_move(self, txn: Txn, move: Move, site: SiteName, stage: StageId | None) -> None:
        key = ref_key(site, move.ref)
        value = txn.get(key, db=self._refs)
        found = None if value is None else parse_ref(key, value)
        if (found.snapshot if found else None) != move.before:
            raise RefMoved(site, move.ref, found)
        needed = reach_since(BlobsWithin(self, txn), move.before, move.after)
        # To look for a blob maps its pages; what the stage put is known to be there without.
        put = list_put(txn, self._stages, stage) if stage is not None else frozenset[Digest]()
        for digest in self._list_missing(txn, (each for each in needed if each not in put)):
            raise BlobMissing(digest)

    def _claim(self, txn: Txn, site: SiteName, domains: Sequence[str]) -> None:
        for host in self._list_domains(txn, site):
            if host not in domains:
                txn.delete(host.encode(), db=self._domains)
        for host in domains:
            key = host.encode()
            value = txn.get(key, db=self._domains)
            if value is None:
                txn.put(key, render_owner(key, site), db=self._domains)
            elif (owner := parse_owner(key, value)) != site:
                raise DomainTaken(host, owner)

    def _list_domains(self, txn: Txn, site: SiteName) -> list[str]:
        # Not parsed: what is damaged is no domain of this site, and in the way of no other's.
        return [
            host.decode()
            for host, value in scan(txn, self._domains)
            if value == render_owner(host, site)
        ]
