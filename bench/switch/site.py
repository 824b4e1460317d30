"""Two versions of one small site. Every page says its version and names two assets of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from pectin.values.output import OutputFile

VERSIONS = ("apricot", "blackberry")
PAGES = tuple(f"/articles/{number}/" for number in range(8))

_VERSION = re.compile(rb"version=([a-z]+)")
_ASSET = re.compile(rb"/assets/[a-z0-9.]+")


def render_site(version: str) -> Iterator[OutputFile]:
    """The files of the site at `version`; assets are named by the digest of their bytes."""
    css = _render_asset("css", "text/css; charset=utf-8", version)
    script = _render_asset("js", "text/javascript; charset=utf-8", version)
    yield css
    yield script
    for url in PAGES:
        page = (
            f"<!doctype html>\n<title>{url}</title>\n<p>version={version}</p>\n"
            f'<link rel="stylesheet" href="{css.path}">\n<script src="{script.path}"></script>\n'
            + f"<p>What is said at {url} of {version}.</p>\n"
            * 60
        )
        yield OutputFile(f"{url}index.html", page.encode(), "text/html; charset=utf-8")


def find_version(body: bytes) -> str | None:
    """The one version that a page or an asset says it is of; None when it says none or two."""
    found = set(_VERSION.findall(body))
    return found.pop().decode() if len(found) == 1 else None


def find_assets(page: bytes) -> list[str]:
    """The assets that a page names."""
    return [path.decode() for path in _ASSET.findall(page)]


def _render_asset(kind: str, media_type: str, version: str) -> OutputFile:
    body = (f"/* version={version} */\n" * 100).encode()
    name = f"/assets/site.{sha256(body).hexdigest()[:12]}.{kind}"
    return OutputFile(name, body, media_type, immutable=True)
