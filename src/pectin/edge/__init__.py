"""Turns (request, Snapshot, now) into one Decision."""
