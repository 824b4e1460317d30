"""What every test has in common."""

from __future__ import annotations

from hypothesis import settings

# The same examples in every run, and no deadline: a busy machine is not a failure.
settings.register_profile("pectin", deadline=None, derandomize=True)
settings.load_profile("pectin")
