"""Which methods a published file answers (RFC 9110 9)."""

from __future__ import annotations

ALLOW = ("allow", "GET, HEAD, OPTIONS")
"""The field that 204 to OPTIONS and 405 have."""

READS = frozenset({"GET", "HEAD"})
"""The methods that a file answers with itself."""

KNOWN = READS | {"CONNECT", "DELETE", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}
"""The methods of RFC 9110 9.3 and RFC 5789: any other is one that nothing here implements."""
