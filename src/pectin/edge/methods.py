"""Which methods a published file answers (RFC 9110 9)."""

from __future__ import annotations

ALLOW = ("allow", "GET, HEAD, OPTIONS")
"""The field that 204 to OPTIONS and 405 have."""

READS = frozenset({"GET", "HEAD"})
"""The methods that a file answers with itself."""
