"""The edge: one decision for a request, from the files and rules of a snapshot alone.

The order is that of RFC 9110: method, target, file, preconditions, range. A file goes before a
redirect rule, so that no rule hides what is published; a file that a retained deploy promised
goes before both a rule and 404, so that an open page does not break.
"""

from __future__ import annotations

from dataclasses import dataclass

from pectin.edge import conditional, negotiation, ranges
from pectin.edge.conditional import Precondition, Validators
from pectin.edge.dates import render_http_date
from pectin.edge.headers import PLAIN, HeaderRules, default_headers, without_content
from pectin.edge.methods import ALLOW, KNOWN, READS
from pectin.edge.model import (
    ByteRange,
    Decision,
    Files,
    Headers,
    NoContent,
    NotModified,
    Redirected,
    Refused,
    Request,
    Serve,
)
from pectin.edge.paths import (
    MAX_LENGTH,
    BadPath,
    decode_path,
    is_asset,
    normalize_path,
    render_path,
    render_query,
)
from pectin.edge.redirects import Redirects
from pectin.edge.resolution import find_not_found_page, find_respelled, resolve_file
from pectin.values.rules import Rules
from pectin.values.snapshot import Entry


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules of a snapshot, ready to be asked."""

    redirects: Redirects
    headers: HeaderRules


def compile_rules(rules: Rules) -> Ruleset:
    """`rules` made ready, once per snapshot."""
    return Ruleset(Redirects(rules.redirects), HeaderRules(rules.headers))


def respond(
    request: Request, files: Files, rules: Ruleset, *, last_modified: int | None = None
) -> Decision:
    """What to answer. `last_modified` is when the ref moved here, in epoch seconds.

    None for `last_modified` leaves the field out and If-Modified-Since unheard. Raises only
    what `files` raises.
    """
    if request.method == "OPTIONS":
        return NoContent((ALLOW, *PLAIN))
    if request.method not in KNOWN:
        return Refused(501, "This server does not know the method.", PLAIN)
    if request.method not in READS:
        return Refused(405, "This address can only be read.", (ALLOW, *PLAIN))
    if len(request.path) > MAX_LENGTH:
        return Refused(414, "The address is too long.", PLAIN)
    try:
        decoded = decode_path(request.path)
    except BadPath:
        return Refused(400, "The address is malformed.", PLAIN)
    return _answer(request, decoded, files, rules, last_modified)


def _answer(
    request: Request, decoded: str, files: Files, rules: Ruleset, last_modified: int | None
) -> Decision:
    path = normalize_path(decoded)
    found = resolve_file(path, files)
    if found is None:
        return _answer_missing(request, path, files, rules, last_modified)
    if found.url != decoded:
        return _redirect_to_address(request, found.url, path, rules)
    return _serve(request, found.entry, path, rules, last_modified)


def _answer_missing(
    request: Request, path: str, files: Files, rules: Ruleset, last_modified: int | None
) -> Decision:
    retained = files.find_retained(path)
    if retained is not None:
        return _serve(request, retained, path, rules, last_modified)
    redirect = rules.redirects.find(path, request.query)
    if redirect is not None:
        return _redirect(*redirect, path, rules)
    respelled = find_respelled(path, files)
    if respelled is not None:
        return _redirect_to_address(request, respelled, path, rules)
    page = None if is_asset(path) else find_not_found_page(path, files)
    if page is None:
        return Refused(404, "There is nothing at this address.", PLAIN)
    coding = _negotiate(request, page)
    return Serve(404, page, coding, rules.headers.apply(path, _describe(page, coding)))


def _redirect_to_address(request: Request, url: str, path: str, rules: Ruleset) -> Redirected:
    location = f"{render_path(url)}{render_query(request.query)}"
    return _redirect(301, location, path, rules)


def _redirect(status: int, location: str, path: str, rules: Ruleset) -> Redirected:
    fields = rules.headers.apply(path, PLAIN)
    return Redirected(status, location, without_content(fields))


def _serve(
    request: Request, entry: Entry, path: str, rules: Ruleset, last_modified: int | None
) -> Decision:
    parts = _ranges(request, entry)
    coding = _negotiate(request, entry) if parts is None else negotiation.IDENTITY
    validators = Validators(conditional.compute_etag(entry, coding), last_modified)
    fields = (
        *rules.headers.apply(path, _describe(entry, coding)),
        *_render_validators(validators),
    )
    verdict = conditional.evaluate(request, validators)
    if verdict is Precondition.FAILED:
        reason = "The file is not in the state that the request requires."
        return Refused(412, reason, (*PLAIN, *_vary(entry)))
    if verdict is Precondition.NOT_MODIFIED:
        return NotModified(without_content(fields))
    if parts is None:
        return Serve(200, entry, coding, fields)
    return _serve_parts(entry, fields, parts)


def _serve_parts(entry: Entry, fields: Headers, parts: tuple[ByteRange, ...]) -> Decision:
    if not parts:
        unsatisfied = ("content-range", ranges.render_content_range(None, entry.size))
        return Refused(416, "The file has no such bytes.", (unsatisfied, *PLAIN, *_vary(entry)))
    if len(parts) == 1:
        extent = ("content-range", ranges.render_content_range(parts[0], entry.size))
        return Serve(206, entry, negotiation.IDENTITY, (*fields, extent), parts)
    multipart = f"multipart/byteranges; boundary={ranges.compute_boundary(entry)}"
    others = (field for field in fields if field[0] != "content-type")
    return Serve(206, entry, negotiation.IDENTITY, (("content-type", multipart), *others), parts)


def _ranges(request: Request, entry: Entry) -> tuple[ByteRange, ...] | None:
    """The parts to send, None for the whole. Parts are always of the identity coding."""
    if request.range is None or request.method != "GET":
        return None
    etag = conditional.compute_etag(entry, negotiation.IDENTITY)
    if not conditional.allows_range(request, Validators(etag, None)):
        return None
    if not negotiation.accepts_identity(request.accept_encoding):
        return None
    return ranges.parse_ranges(request.range, entry.size)


def _negotiate(request: Request, entry: Entry) -> str:
    if not negotiation.has_variants(entry):
        return negotiation.IDENTITY
    return negotiation.negotiate_coding(request.accept_encoding)


def _describe(entry: Entry, coding: str) -> Headers:
    fields = default_headers(entry)
    if coding != negotiation.IDENTITY:
        fields = (*fields, ("content-encoding", coding))
    return (*fields, *_vary(entry))


def _vary(entry: Entry) -> Headers:
    return (("vary", "accept-encoding"),) if negotiation.has_variants(entry) else ()


def _render_validators(validators: Validators) -> Headers:
    fields = (("accept-ranges", "bytes"), ("etag", validators.etag))
    if validators.last_modified is None:
        return fields
    return (*fields, ("last-modified", render_http_date(validators.last_modified)))
