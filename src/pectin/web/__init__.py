"""Speaks HTTP: requests to values, Decisions to bytes, errors to one problem table."""
