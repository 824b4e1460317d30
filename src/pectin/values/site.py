"""Names of sites, and the names of the refs that point at what is live."""

from __future__ import annotations

import re
from typing import NewType

from pectin.values.errors import Family, PectinError

SiteName = NewType("SiteName", str)
"""A site's name: one DNS label, lower case, without `--` (which joins it to a deploy's id)."""

RefName = NewType("RefName", str)
"""A ref's name: `production`, `branch/main`, `preview/42`."""

PRODUCTION = RefName("production")

_SITE_NAME = re.compile(r"(?!.*--)[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class BadSiteName(PectinError):
    """The name cannot be one label of a host name."""

    code = "bad-site-name"
    title = "Not a site name"
    family = Family.OPERATOR


def parse_site_name(text: str) -> SiteName:
    """The site name that `text` is.

    Raises BadSiteName unless it is one DNS label (RFC 1035 2.3.1) of at most 40 characters:
    a deploy's id and `--` must fit before it in the 63 that a label may have.
    """
    if not _SITE_NAME.fullmatch(text):
        raise BadSiteName(
            f"{text!r} is not a site name",
            hint="use 1 to 40 lower-case letters, digits and single hyphens, as in `my-site`",
        )
    return SiteName(text)
