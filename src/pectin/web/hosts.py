"""Host fields: which site, or which deploy of it, a host names.

Only the name counts; the port does not. What is not understood names nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pectin.deploy.model import DEPLOY_ID_LENGTH
from pectin.values.site import BadSiteName, SiteName, parse_site_name

_LABEL = rb"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# A dot between every two labels: were it optional, a label could be split in any number of ways.
_NAME = re.compile(rb"((?:%b)(?:\.%b)*)\.?(?::[0-9]{0,5})?" % (_LABEL, _LABEL))
_BASE = re.compile(rb"(?:%b)(?:\.%b)*" % (_LABEL, _LABEL))
_LONGEST_NAME = 253
_LONGEST_LABEL = 63
_LOOPBACK = re.compile(rb"(?:localhost\.?|127\.0\.0\.1|\[::1\])(?::[0-9]{0,5})?", re.IGNORECASE)
_DEPLOY_ID = re.compile(f"[0-9a-f]{{{DEPLOY_ID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class SiteHost:
    """`<site>.<base>`: the site's production."""

    site: SiteName


@dataclass(frozen=True, slots=True)
class DeployHost:
    """`<deploy id>--<site>.<base>`: one retained deploy."""

    site: SiteName
    deploy_id: str


@dataclass(frozen=True, slots=True)
class Loopback:
    """`localhost` and its addresses, which name no site."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Any other name, in lower case and without a dot at the end: a site may have it."""

    name: str


Host = SiteHost | DeployHost | Loopback | Domain


def parse_host(field: bytes, bases: tuple[str, ...]) -> Host | None:
    """What the Host field value `field` names below the domains `bases`; None if malformed.

    Names are those of RFC 1123 2.1, of 253 characters at most (RFC 1035 2.3.4), with an
    optional port (RFC 9110 7.2).
    """
    if _LOOPBACK.fullmatch(field):
        return Loopback()
    match = _NAME.fullmatch(field)
    if match is None or len(match[1]) > _LONGEST_NAME:
        return None
    name = match[1].decode("ascii").lower()
    for base in bases:
        label = name.removesuffix(f".{base}")
        if label != name:
            return _parse_label(label)
    return Domain(name)


def parse_base(text: str) -> str | None:
    """The domain that `text` names, as `parse_host` takes it; None if no host can be below it.

    Dots around it are left out. Names of other scripts are written as DNS has them (RFC 5891).
    """
    name = text.strip(".").lower()
    # A site's name, a dot and a port must fit as well.
    fits = name.isascii() and len(name) < _LONGEST_NAME - _LONGEST_LABEL
    return name if fits and _BASE.fullmatch(name.encode()) else None


def _parse_label(label: str) -> Host | None:
    deploy_id, joined, name = label.partition("--")
    try:
        if not joined:
            return SiteHost(parse_site_name(label))
        if _DEPLOY_ID.fullmatch(deploy_id):
            return DeployHost(parse_site_name(name), deploy_id)
    except BadSiteName:
        pass
    return None
