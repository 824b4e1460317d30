"""Rules with the places where they are written."""

from __future__ import annotations

from dataclasses import dataclass

from pectin.values.place import Place
from pectin.values.rules import HeaderRule, Redirect


@dataclass(frozen=True, slots=True)
class WrittenRedirect:
    """A redirect, where it is written, and where its target is."""

    redirect: Redirect
    place: Place
    target_place: Place


@dataclass(frozen=True, slots=True)
class WrittenRules:
    """Rules in the order in which they apply."""

    redirects: tuple[WrittenRedirect, ...] = ()
    headers: tuple[HeaderRule, ...] = ()
