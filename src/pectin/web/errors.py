"""What a client is told when there is no page: one table, in text or as RFC 9457 has it.

Nothing that the client sent is repeated, and no cause is told: a cause is logged under an id,
and the id is shown.
"""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from urllib.parse import quote

import msgspec

from pectin.edge.headers import PLAIN
from pectin.edge.model import Headers
from pectin.values.errors import Family, PectinError
from pectin.web.messages import Answer, Scope, make_answer

STATUSES = {
    Family.AUTHOR: HTTPStatus.UNPROCESSABLE_ENTITY,
    Family.CLIENT: HTTPStatus.BAD_REQUEST,
    Family.OPERATOR: HTTPStatus.INTERNAL_SERVER_ERROR,
    Family.BUG: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The status for whose fault an error is."""

_PHRASES: dict[int, str] = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Content Too Large",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "Range Not Satisfiable",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}
"""What RFC 9110 15.5 calls statuses that Python has by the words of older ones."""

NO_STORE: Headers = (
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
)

_JSON = (b"application/json", b"application/problem+json")
_log = logging.getLogger(__name__)


def refuse(scope: Scope, status: int, reason: str, headers: Headers = PLAIN) -> Answer:
    """A problem document for a client that asks for JSON, else one sentence of text."""
    phrase = _PHRASES.get(status) or HTTPStatus(status).phrase
    if _wants_json(scope):
        kind = "application/problem+json"
        body = msgspec.json.encode({"title": phrase, "status": status, "detail": reason})
    else:
        kind = "text/plain; charset=utf-8"
        body = f"{status} {phrase}\n\n{reason}\n".encode()
    vary = ", ".join(("accept", *(value for name, value in headers if name == "vary")))
    others = (field for field in headers if field[0] != "vary")
    fields = (("content-type", kind), ("vary", vary), *others)
    if scope["method"] == "HEAD":
        return make_answer(status, fields, length=len(body))
    return make_answer(status, fields, body)


def report(scope: Scope, error: Exception, *, debug: bool = False) -> Answer:
    """The answer to a failure: its cause goes to the log, and the id to both."""
    public_id = secrets.token_hex(6)
    family = error.family if isinstance(error, PectinError) else Family.BUG
    log_failure(f"request failed, id {public_id}", scope, error, debug=debug)
    reason = f"The server failed to answer. It logged the cause as {public_id}."
    return refuse(scope, STATUSES[family], reason, NO_STORE)


def log_failure(what: str, scope: Scope, error: Exception, *, debug: bool) -> None:
    """One line: what was asked for, what is wrong and what to do. For a bug, and for whoever wants
    to `debug`, there is also the way to it.
    """
    expected = isinstance(error, PectinError) and error.family is not Family.BUG
    cause = error.explain() if isinstance(error, PectinError) else repr(error)
    trace = None if expected and not debug else error
    _log.error(
        "%s: %s %s: %s", what, scope["method"], _render_address(scope), cause, exc_info=trace
    )


def _render_address(scope: Scope) -> str:
    """Host and path as they were sent, in such a way that they are one word of one line."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    return quote(host + path, safe="/%:[]")


def _wants_json(scope: Scope) -> bool:
    accept = b",".join(value for name, value in scope["headers"] if name == b"accept").lower()
    return any(kind in accept for kind in _JSON) and b"text/html" not in accept
