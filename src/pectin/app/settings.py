"""What one command was told, by its arguments and the environment. Read once, then only passed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pectin.adapters.clock import compute_date
from pectin.values.errors import Family, PectinError
from pectin.values.site import SiteName, parse_site_name

DEFAULT_STORE = ".pectin"
LOADED = "loaded"
"""The folder in the store's for what loaders gave."""


class BadSetting(PectinError):
    """A variable of the environment has a value that means nothing."""

    code = "bad-setting"
    title = "A setting cannot be used"
    family = Family.OPERATOR


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the site and its deploys are.

    `source` and `store` are absolute. `site` is None where pectin.toml names the site. `today`
    is the build's date in UTC: that of SOURCE_DATE_EPOCH
    (https://reproducible-builds.org/specs/source-date-epoch/), else of `now`, in epoch seconds.
    `user` is who runs the command, or "". `environment` is what loaders may have secrets from;
    with `offline` none is run, with `refresh` all are.
    """

    source: Path
    store: Path
    site: SiteName | None
    now: int
    today: date
    user: str
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    offline: bool = False
    refresh: bool = False

    @property
    def loaded(self) -> Path:
        """Where what loaders gave is kept."""
        return self.store / LOADED


def read_settings(
    environment: Mapping[str, str],
    *,
    now: int,
    source: Path | None = None,
    store: Path | None = None,
    site: str | None = None,
    offline: bool = False,
    refresh: bool = False,
) -> Settings:
    """The settings that the arguments make, completed by `environment` and by the defaults.

    Raises BadSetting and BadSiteName.
    """
    folder = (source or Path()).resolve()
    chosen = store or _read_path(environment, "PECTIN_STORE") or folder / DEFAULT_STORE
    return Settings(
        source=folder,
        store=chosen.resolve(),
        site=parse_site_name(site) if site is not None else None,
        now=now,
        today=_read_today(environment, now),
        user=environment.get("USER") or environment.get("LOGNAME") or "",
        environment=environment,
        offline=offline,
        refresh=refresh,
    )


def _read_path(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name, "")
    return Path(value) if value else None


def _read_today(environment: Mapping[str, str], now: int) -> date:
    value = environment.get("SOURCE_DATE_EPOCH", "")
    if not value:
        return compute_date(now)
    # int() alone would let signs, spaces and underscores through.
    if re.fullmatch("[0-9]{1,11}", value):
        return compute_date(int(value))
    raise BadSetting(
        f"SOURCE_DATE_EPOCH is {value!r}, which is not a time in seconds since 1970",
        hint="set it to a whole number, as in `SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)`",
    )
