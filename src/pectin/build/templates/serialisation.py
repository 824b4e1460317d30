"""What templates see as JSON (RFC 8259)."""

from __future__ import annotations

import json as format_json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from markupsafe import Markup

from pectin.build.faults import TemplateFault
from pectin.build.templates.attributes import name_kind
from pectin.build.templates.listings import PageList
from pectin.build.templates.menus import MenuItemView, TrailItemView
from pectin.build.templates.pieces import (
    AssetView,
    FeedView,
    HeadingView,
    OutputView,
    ResourceView,
)
from pectin.build.templates.views import TaxonomyView, TermView

_PARTS = (FeedView, HeadingView, OutputView, ResourceView, TaxonomyView, TermView)
_IN_MENUS = ("name", "url", "weight", "identifier", "params", "children")


def json(value: Any, indent: int = 0) -> Markup:
    """`value` as JSON that can stand in a script element, on lines of their own with `indent`."""
    try:
        text = format_json.dumps(
            value, ensure_ascii=False, allow_nan=False, indent=indent or None, default=_read
        )
    except (TypeError, ValueError) as error:
        hint = "numbers must be finite, and keys text"
        raise TemplateFault("template-error", f"this cannot be JSON: {error}", hint) from None
    for character, written in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(character, written)
    return Markup(text)  # noqa: S704 - escaped above


def _read(value: Any) -> Any:
    """What stands for `value`, of which JSON has no kind."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, PageList):
        return list(value)
    if isinstance(value, AssetView):
        return str(value)
    if isinstance(value, _PARTS):
        names = [name for name in type(value).__slots__ if not name.startswith("_")]
        return {name: getattr(value, name) for name in names}
    if isinstance(value, MenuItemView):
        trail = ("is_current", "has_current") if isinstance(value, TrailItemView) else ()
        return {name: getattr(value, name) for name in (*_IN_MENUS, *trail)}
    raise TemplateFault(
        "template-error",
        f"{name_kind(value)} cannot be JSON",
        'write what is wanted of it, as in `{"title": page.title, "url": page.url}|json`',
    )
