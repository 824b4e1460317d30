"""What is added to an author's policy, and what is left alone."""

from __future__ import annotations

import pytest

from pectin.web.content_security import allow_source

NONCE = "'nonce-abc'"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("script-src 'self'", "script-src 'self' 'nonce-abc'"),
        ("script-src 'none'", "script-src 'nonce-abc'"),
        ("SCRIPT-SRC 'none'; img-src *", "script-src 'nonce-abc'; img-src *"),
        ("default-src 'self'", "default-src 'self'; script-src 'self' 'nonce-abc'"),
        ("img-src *", "img-src *"),
        ("", ""),
        ("script-src 'self' 'unsafe-inline'", "script-src 'self' 'unsafe-inline'"),
        (
            "script-src 'unsafe-inline' 'sha256-x'",
            "script-src 'unsafe-inline' 'sha256-x' 'nonce-abc'",
        ),
    ],
)
def test_a_script_is_allowed_where_the_policy_restricts_scripts(policy: str, expected: str) -> None:
    assert allow_source(policy, "script-src", NONCE) == expected


def test_a_source_that_is_allowed_already_changes_nothing() -> None:
    policy = "connect-src  'self'"
    assert allow_source(policy, "connect-src", "'self'") == policy
