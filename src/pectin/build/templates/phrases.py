"""The texts of `i18n/`, filled in: what the function `t` gives."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from markupsafe import Markup

from pectin.build.content.strings import OTHER, Phrase, fill_phrase
from pectin.build.faults import TemplateFault
from pectin.build.locales import find_plural_category, render_number
from pectin.build.site.strings import Spoken
from pectin.build.suggestions import suggest
from pectin.build.templates.attributes import name_kind
from pectin.build.templates.queries import Queries

_HTML = "_html"
"""Ends the keys of texts that are HTML."""


class Phrases:
    """The texts as one language has them."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def fill(self, key: str, values: Mapping[str, Any]) -> str:
        """The text `key`, its placeholders replaced by `values`, of which `count` chooses the form.

        It is Markup where its key says that it is HTML, and where a value is; whatever is not HTML is
        escaped there. Raises TemplateFault when there is none, or a value is missing.
        """
        spoken = self._queries.phrase(key)
        if spoken is None:
            raise TemplateFault(
                "missing-string",
                f"there is no text `{key}`",
                suggest(key, self._queries.list_phrases())
                or f"add it to i18n/{self._queries.setting('language')}.toml",
            )
        form = _choose_form(spoken, values)
        is_html = key.endswith(_HTML)
        if not is_html and not any(isinstance(value, Markup) for value in values.values()):
            return fill_phrase(form, lambda name: str(_give(name, values, spoken)))
        whole = form if is_html else escape(form)
        return Markup(  # noqa: S704 - escaped here, but for what is HTML
            fill_phrase(whole, lambda name: Markup.escape(_give(name, values, spoken)))
        )


def _choose_form(spoken: Spoken, values: Mapping[str, Any]) -> str:
    phrase = spoken.phrase
    if not phrase.is_plural:
        return phrase.forms[OTHER]
    count = values.get("count")
    if isinstance(count, bool) or not isinstance(count, int | float):
        what = "it is missing" if "count" not in values else f"not {name_kind(count)}"
        message = f"`{phrase.key}` needs a number as its `count`: {what}"
        raise TemplateFault("missing-placeholder", message, f'write `t("{phrase.key}", count=3)`')
    if count == 0 and "zero" in phrase.forms:
        return phrase.forms["zero"]
    category = find_plural_category(spoken.language, count)
    return phrase.forms.get(category, phrase.forms[OTHER])


def _give(name: str, values: Mapping[str, Any], spoken: Spoken) -> Any:
    """The value for the placeholder `name`."""
    value = values.get(name)
    if value is None:
        raise _refuse(name, spoken.phrase, is_given=name in values)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return render_number(spoken.language, value) if name == "count" and is_number else value


def _refuse(name: str, phrase: Phrase, *, is_given: bool) -> TemplateFault:
    if is_given:
        message = f"`{name}` of `{phrase.key}` is undefined or none"
        return TemplateFault("undefined", message, "give a `|default(...)`")
    message = f"`{phrase.key}` needs `{name}`"
    return TemplateFault("missing-placeholder", message, f'write `t("{phrase.key}", {name}=...)`')
