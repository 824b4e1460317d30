"""Render hooks: templates of the site's own for elements that Markdown makes."""

from __future__ import annotations

from pectin.build.content.hooks import KINDS
from pectin.build.problems import Problems
from pectin.build.suggestions import suggest
from pectin.build.templates.library import HOOKS, Templates
from pectin.values.place import Place
from pectin.values.problem import Severity

_CODE = "code-"


def list_hooks(templates: Templates) -> frozenset[str]:
    """The names of the hooks that the site has: `link`, `code-mermaid`."""
    return frozenset(filter(_is_hook, templates.list_below(HOOKS)))


def check_hooks(templates: Templates, problems: Problems) -> None:
    """Report each template for hooks that no element could ask for."""
    for name in templates.list_below(HOOKS):
        if not _is_hook(name):
            listed = ", ".join(f"`{kind}`" for kind in KINDS)
            problems.report(
                "unknown-hook",
                f"no element asks for the hook `{name}`",
                suggest(name, KINDS) or f"there are {listed}, and `{_CODE}` with a language",
                Place(templates.path_of(f"{HOOKS}{name}.html")),
                severity=Severity.WARNING,
            )


def _is_hook(name: str) -> bool:
    return name in KINDS or (name.startswith(_CODE) and name == name.lower() and "/" not in name)
