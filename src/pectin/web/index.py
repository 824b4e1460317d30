"""The page at `localhost` itself, when it is not one site's: where the sites are."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pectin.edge.methods import ALLOW, READS
from pectin.values.site import SiteName
from pectin.web.errors import NO_STORE, refuse
from pectin.web.messages import Answer, Scope, make_answer, make_empty

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sites</title>
<style>body {{ font: 1.1rem/1.6 system-ui; margin: 4rem auto; max-width: 32rem; padding: 0 1rem;
color-scheme: light dark }}</style>
<h1>Sites</h1>
{sites}
</html>
"""


def answer_index(sites: Sequence[SiteName], scope: Scope) -> Answer:
    """What this machine's own name answers: the index at `/`, and nothing elsewhere."""
    if scope["method"] == "OPTIONS":
        return make_empty(204, (ALLOW, *NO_STORE))
    if scope["method"] not in READS:
        return refuse(scope, 405, "This address can only be read.", (ALLOW, *NO_STORE))
    if scope["path"] != "/":
        return refuse(scope, 404, "There is nothing at this address.", NO_STORE)
    return _render_index(sites, scope)


def _render_index(sites: Sequence[SiteName], scope: Scope) -> Answer:
    """A page with a link to each of `sites`, at the port that the server listens on."""
    _, port = scope.get("server") or ("", 80)
    items = "".join(_render_item(site, f"{site}.localhost:{port}") for site in sites)
    listing = f"<ul>{items}</ul>" if items else "<p>Nothing is published yet.</p>"
    body = _PAGE.format(sites=listing).encode()
    fields = (("content-type", "text/html; charset=utf-8"), *NO_STORE)
    if scope["method"] == "HEAD":
        return make_answer(200, fields, length=len(body))
    return make_answer(200, fields, body)


def _render_item(site: SiteName, host: str) -> str:
    return f'<li><a href="//{escape(host)}/">{escape(site)}</a></li>'
