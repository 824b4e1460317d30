"""The edge: one decision for a request, from the files and rules of a snapshot alone.

The order is that of RFC 9110: method, target, file, preconditions, range. A file goes before a
redirect rule that is not forced, so that none hides by mistake what is published; a file that a
retained deploy promised goes before such a rule and 404, so that an open page does not break.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pectin.edge import conditional, negotiation, ranges
from pectin.edge.conditional import Precondition, Validators
from pectin.edge.dates import render_http_date
from pectin.edge.facts import Fact, mark
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
from pectin.edge.passwords import CHALLENGE, is_authorized
from pectin.edge.paths import (
    MAX_LENGTH,
    BadPath,
    decode_path,
    is_asset,
    normalize_path,
    render_path,
    render_query,
)
from pectin.edge.redirects import Found, Redirects, Verdict
from pectin.edge.resolution import find_not_found_page, find_respelled, resolve_file
from pectin.values.rules import Redirect, Rules
from pectin.values.snapshot import Entry


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules of a snapshot, ready to be asked. `facts` are those of requests that they look at."""

    redirects: Redirects
    headers: HeaderRules
    facts: frozenset[Fact]


def compile_rules(rules: Rules) -> Ruleset:
    """`rules` made ready, once per snapshot."""
    redirects, headers = Redirects(rules.redirects), HeaderRules(rules.headers)
    return Ruleset(redirects, headers, redirects.facts | headers.facts)


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
    if len(request.path) > MAX_LENGTH:
        return Refused(414, "The address is too long.", PLAIN)
    try:
        decoded = decode_path(request.path)
    except BadPath:
        return Refused(400, "The address is malformed.", PLAIN)
    asked = _Asked(request, decoded, normalize_path(decoded), files, rules, last_modified)
    return _guard(asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request for the `decoded` path, and all that its answer comes from. `path` is normalized.

    `facts` are those that the answer depends on.
    """

    request: Request
    decoded: str
    path: str
    files: Files
    rules: Ruleset
    last_modified: int | None
    facts: frozenset[Fact] = frozenset()

    def looking_at(self, facts: frozenset[Fact]) -> _Asked:
        """The same, for an answer that depends on `facts` too."""
        return replace(self, facts=self.facts | facts) if facts else self

    def dress(self, fields: Headers) -> Headers:
        """`fields` with those of the site's rules, and what caches must know."""
        return mark(self.rules.headers.apply(self.path, fields), self.facts)


def _guard(asked: _Asked) -> Decision:
    credentials = asked.rules.headers.find_credentials(asked.path)
    if not credentials:
        return _answer_method(asked)
    asked = asked.looking_at(frozenset({Fact.AUTHORIZATION}))
    if is_authorized(asked.request.authorization, credentials):
        return _answer_method(asked)
    reason = "This address is for those who know its password."
    return Refused(401, reason, mark((CHALLENGE, *PLAIN), asked.facts))


def _answer_method(asked: _Asked) -> Decision:
    """A file is only read, but a redirect sends whoever asks elsewhere, a form as well as a link."""
    if asked.request.method in READS:
        return _answer(asked)
    verdict = asked.rules.redirects.find(asked.path, asked.request)
    asked, found = asked.looking_at(verdict.facts), verdict.found
    if found is not None and _sends_on(found.redirect, asked):
        return _redirect(found.redirect.status, found.location.url, asked)
    reason = "This address can only be read."
    return Refused(405, reason, (ALLOW, *mark(PLAIN, asked.facts)))


def _sends_on(redirect: Redirect, asked: _Asked) -> bool:
    is_first = redirect.force or resolve_file(asked.path, asked.files) is None
    return is_first and not redirect.is_rewrite


def _answer(asked: _Asked) -> Decision:
    """The first rule that matches goes before a file if it is forced, else after it."""
    redirects = asked.rules.redirects
    verdict = redirects.find(asked.path, asked.request) if redirects.has_forced else None
    if verdict is not None:
        asked = asked.looking_at(verdict.facts)
        if verdict.found is not None and verdict.found.redirect.force:
            return _follow(verdict.found, asked)
    resolved = resolve_file(asked.path, asked.files)
    if resolved is None:
        return _answer_missing(asked, verdict)
    if resolved.url != asked.decoded:
        return _redirect_to_address(resolved.url, asked)
    return _serve(resolved.entry, asked)


def _answer_missing(asked: _Asked, verdict: Verdict | None) -> Decision:
    retained = asked.files.find_retained(asked.path)
    if retained is not None:
        return _serve(retained, asked)
    if verdict is None:
        verdict = asked.rules.redirects.find(asked.path, asked.request)
        asked = asked.looking_at(verdict.facts)
    if verdict.found is not None:
        return _follow(verdict.found, asked)
    respelled = find_respelled(asked.path, asked.files)
    if respelled is not None:
        return _redirect_to_address(respelled, asked)
    return _not_found(asked)


def _follow(found: Found, asked: _Asked) -> Decision:
    """The answer that the rule which was `found` gives."""
    redirect, location = found.redirect, found.location
    if not redirect.is_rewrite:
        return _redirect(redirect.status, location.url, asked)
    entry = _find_target(location.path, asked.files)
    if entry is None:
        return _not_found(asked) if redirect.status in {200, 404} else _refuse(redirect.status)
    # Under this address there may be another file after the next publish.
    entry = replace(entry, immutable=False)
    if redirect.status == 200:  # noqa: PLR2004  # OK
        return _serve(entry, asked)
    return _serve_as(redirect.status, entry, asked)


def _find_target(path: str, files: Files) -> Entry | None:
    """The file that a rewrite to the percent-encoded `path` means, be it the page for what is missing."""
    try:
        decoded = normalize_path(decode_path(path))
    except BadPath:
        return None
    resolved = resolve_file(decoded, files)
    return resolved.entry if resolved else files.find(decoded)


def _not_found(asked: _Asked) -> Decision:
    page = None if is_asset(asked.path) else find_not_found_page(asked.path, asked.files)
    if page is None:
        return Refused(404, "There is nothing at this address.", mark(PLAIN, asked.facts))
    return _serve_as(404, page, asked)


def _refuse(status: int) -> Refused:
    return Refused(status, "A rule of this site refuses the address.", PLAIN)


def _serve_as(status: int, entry: Entry, asked: _Asked) -> Serve:
    coding = _negotiate(asked.request, entry)
    return Serve(status, entry, coding, asked.dress(_describe(entry, coding)))


def _redirect_to_address(url: str, asked: _Asked) -> Redirected:
    return _redirect(301, f"{render_path(url)}{render_query(asked.request.query)}", asked)


def _redirect(status: int, location: str, asked: _Asked) -> Redirected:
    return Redirected(status, location, without_content(asked.dress(PLAIN)))


def _serve(entry: Entry, asked: _Asked) -> Decision:
    request = asked.request
    parts = _ranges(request, entry)
    coding = _negotiate(request, entry) if parts is None else negotiation.IDENTITY
    validators = Validators(conditional.compute_etag(entry, coding), asked.last_modified)
    fields = (*asked.dress(_describe(entry, coding)), *_render_validators(validators))
    verdict = conditional.evaluate(request, validators)
    if verdict is Precondition.FAILED:
        reason = "The file is not in the state that the request requires."
        return Refused(412, reason, mark((*PLAIN, *_vary(entry)), asked.facts))
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
