"""What is live under a host, read anew for every request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from pectin.deploy.manifest import SnapshotFiles
from pectin.deploy.model import Ref
from pectin.deploy.ports import Blobs, Deploys, Refs
from pectin.edge.decision import Ruleset, compile_rules
from pectin.values.digest import Digest
from pectin.values.rules import HeaderRule, Rules
from pectin.values.site import PRODUCTION, SiteName
from pectin.web.cache import Cache
from pectin.web.hosts import DeployHost, Domain, Host, Loopback, SiteHost, parse_host

_HOSTS_BYTES = 1 << 20
_HOST_OVERHEAD = 256

MAX_VIEWS = 256
"""Snapshots whose manifests are held."""

_UNLISTED = HeaderRule("*", (("x-robots-tag", "noindex"),))


class Reader(Blobs, Refs, Deploys, Protocol):
    """The side of a store that serving needs."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A snapshot made ready to be served. `token` is its own: no other view ever has it.

    `moved_at` is when its ref came to it, in epoch seconds; so is `last_modified`, or None where
    the clock had not come to it when this was made: for such a one another is made once it has.
    """

    token: int
    snapshot: Digest
    moved_at: int
    files: SnapshotFiles
    rules: Ruleset
    last_modified: int | None


class Sites:
    """The sites of a store by host. `now` gives epoch seconds; `bases` are domains like `localhost`."""

    def __init__(self, store: Reader, now: Callable[[], int], bases: tuple[str, ...]) -> None:
        self._store = store
        self._now = now
        self._bases = bases
        self._hosts: Cache[Host] = Cache(_HOSTS_BYTES)
        self._views: dict[tuple[SiteName, str], View] = {}
        self._tokens = count()

    def find(self, field: bytes) -> View | None:
        """What is live under the Host field value `field`; None where nothing is.

        Raises what the store raises.
        """
        host = self._hosts.get(field) or self._parse(field)
        if isinstance(host, SiteHost):
            return self._find_live(host.site)
        if isinstance(host, DeployHost):
            deploy = self._store.find_deploy(host.site, host.deploy_id)
            ref = None if deploy is None else Ref(deploy.snapshot, deploy.created_at)
            return self._view(host.site, host.deploy_id, ref)
        site = None if host is None else self._find_site(host)
        return None if site is None else self._find_live(site)

    def is_loopback(self, field: bytes) -> bool:
        """Whether `field` names this machine and no site."""
        return isinstance(parse_host(field, self._bases), Loopback)

    def list(self) -> list[SiteName]:
        """The sites that are live, in order."""
        return [site for site, ref, _ in self._store.list_refs() if ref == PRODUCTION]

    def _parse(self, field: bytes) -> Host | None:
        # What names nothing can be of any length, and is not remembered.
        host = parse_host(field, self._bases)
        if host is not None:
            self._hosts.put(field, host, len(field) + _HOST_OVERHEAD)
        return host

    def _find_site(self, host: Loopback | Domain) -> SiteName | None:
        if isinstance(host, Domain):
            return self._store.read_domain(host.name)
        live = self.list()
        return live[0] if len(live) == 1 else None

    def _find_live(self, site: SiteName) -> View | None:
        return self._view(site, "", self._store.read(site, PRODUCTION))

    def _view(self, site: SiteName, deploy_id: str, ref: Ref | None) -> View | None:
        if ref is None:
            return None
        view = self._views.get((site, deploy_id))
        if view is None or view.snapshot != ref.snapshot or view.moved_at != ref.moved_at:
            return self._open(site, deploy_id, ref)
        if view.last_modified is None and view.moved_at <= self._now():
            return self._open(site, deploy_id, ref)
        return view

    def _open(self, site: SiteName, deploy_id: str, ref: Ref) -> View:
        files = SnapshotFiles(self._store, site, ref.snapshot)
        rules = files.rules
        if deploy_id:
            rules = Rules(rules.redirects, (_UNLISTED, *rules.headers))
        view = View(
            token=next(self._tokens),
            snapshot=ref.snapshot,
            moved_at=ref.moved_at,
            files=files,
            rules=compile_rules(rules),
            last_modified=ref.moved_at if ref.moved_at <= self._now() else None,
        )
        if len(self._views) >= MAX_VIEWS:
            self._views.clear()
        self._views[site, deploy_id] = view
        return view
