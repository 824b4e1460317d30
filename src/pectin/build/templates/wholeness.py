"""Templates can be read and have all that they name, even where nothing renders them."""

from __future__ import annotations

import re

from minijinja import Environment, TemplateError

from pectin.build.problems import Problems
from pectin.build.templates.errors import Vocabulary, explain_error, explain_missing
from pectin.build.templates.library import Templates
from pectin.build.templates.tags import compile_tags
from pectin.values.place import place_at

_NAME = r"""(?:"[^"\\]*"|'[^'\\]*')"""
_NAMES = re.compile(_NAME)
# A name that is part of an expression is not all that the tag may ask for.
_NAMING = compile_tags(
    rf"""(?P<tag>extends|include|import|from)\s*
    (?P<names>{_NAME}|\[\s*{_NAME}(?:\s*,\s*{_NAME})*\s*,?\s*\])\s*
    (?:[-+]?%\}}|with\b|without\b|as\b|import\b)"""
)


def check_templates(
    templates: Templates, environment: Environment, vocabulary: Vocabulary, problems: Problems
) -> None:
    """Report each template of the site's that cannot be read, or names others that are not there."""
    for name in templates.own:
        try:
            environment.undeclared_variables_in_template(name)
        except TemplateError as error:
            problems.add([explain_error(error, name, templates, vocabulary)])
        else:
            _check_names(name, templates, problems)


def _check_names(name: str, templates: Templates, problems: Problems) -> None:
    text = templates.load(name) or ""
    for found in _NAMING.finditer(text):
        named = [quoted[1:-1] for quoted in _NAMES.findall(found["names"] or "")]
        if named and not any(other in templates for other in named):
            place = place_at(templates.path_of(name), text, found.start("tag"))
            problems.report(*explain_missing(named, templates), place)
