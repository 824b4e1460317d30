"""Templates by name: the site's own, and Pectin's below `pectin/`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from pectin.build.configuration.model import OutputFormat
from pectin.build.encoding import parse_text
from pectin.build.problems import Problems
from pectin.build.site.files import Files
from pectin.build.site.model import Kind, Page
from pectin.build.source import SourceTree

SHORTCODES = "shortcodes/"
HOOKS = "hooks/"
THEME = "pectin/"
"""Begins the names of Pectin's own templates, so that they are never mixed up with a site's."""


def list_shortcode_names(templates: Iterable[str]) -> list[str]:
    """The names of the shortcodes among `templates`."""
    return [
        name.removeprefix(SHORTCODES).removesuffix(".html")
        for name in templates
        if name.startswith(SHORTCODES) and name.endswith(".html")
    ]


class Templates:
    """The sources of templates; nothing outside `templates/` and the theme can be named.

    `own` are the names of the site's, `names` all; both are sorted.
    """

    def __init__(
        self, files: Files, source: SourceTree, theme: Mapping[str, str], problems: Problems
    ) -> None:
        self.own = tuple(sorted(files.templates))
        self._own = frozenset(files.templates)
        self._source = source
        self._theme = {THEME + name: text for name, text in theme.items()}
        self._problems = problems
        self._texts: dict[str, str] = {}
        self.names = tuple(sorted(self._own | self._theme.keys()))

    def __contains__(self, name: str) -> bool:
        return name in self._own or name in self._theme

    def load(self, name: str) -> str | None:
        """The text of the template `name`, or None where there is none."""
        if name not in self._own:
            return self._theme.get(name)
        if name not in self._texts:
            text, problems = parse_text(self.path_of(name), self._source.read(self.path_of(name)))
            self._problems.add(problems)
            self._texts[name] = text
        return self._texts[name]

    def any_mentions(self, word: str) -> bool:
        """Whether some template has `word` in it."""
        return any(word in (self.load(name) or "") for name in self.names)

    def path_of(self, name: str) -> str:
        """The file that the template `name` is in."""
        return f"templates/{name}" if name in self._own else name

    def find_first(self, candidates: Sequence[str]) -> str | None:
        """The first of `candidates` that the site has, else the first that the theme has."""
        named = (*candidates, *(THEME + name for name in candidates))
        return next((name for name in named if name in self), None)

    def list_shortcodes(self) -> list[str]:
        """The names of all shortcodes."""
        return list_shortcode_names(name.removeprefix(THEME) for name in self.names)

    def list_below(self, folder: str) -> list[str]:
        """The names of all templates in `folder`, without it and their suffix."""
        return [
            name.removeprefix(folder).removesuffix(".html")
            for name in self.names
            if name.startswith(folder) and name.endswith(".html")
        ]


def list_candidates(page: Page, inherited: str | None) -> list[str]:
    """The templates that could render `page`, the best first, without its own `template`.

    `inherited` is the `page_template` of the nearest section that has one.
    """
    match page.kind:
        case Kind.HOME:
            return ["index.html", "section.html"]
        case Kind.SECTION:
            return [f"{page.folder}/section.html", "section.html"]
        case Kind.PAGE:
            folders = _list_folders(page.folder)
            own = [inherited] if inherited else []
            return [*own, *(f"{folder}/page.html" for folder in folders), "page.html"]
        case Kind.TAXONOMY:
            return [f"{page.folder}/taxonomy.html", "taxonomy.html"]
        case Kind.TERM:
            return [f"{page.folder}/term.html", "term.html"]
        case Kind.NOT_FOUND:
            return ["404.html"]


def has_own_template(own: Collection[str], page: Page, output: OutputFormat) -> bool:
    """Whether a template for `page`, which is a list, in the format `output` is among a site's `own`."""
    if output.template:
        return True
    if not any(name.endswith(output.file_name) for name in own):
        return False
    candidates = list_output_candidates(output, page, list_candidates(page, None))
    return not frozenset(own).isdisjoint(candidates)


def list_output_candidates(
    output: OutputFormat, page: Page, candidates: Sequence[str]
) -> list[str]:
    """The templates that could render `page` in the format `output`, the best first.

    They are named as `candidates`, those of HTML, with another end: `page.json`, `section.rss.xml`.
    What is not named `index` can have one template for all kinds: `rss.xml`.
    """
    if output.template:
        return [output.template]
    own = page.front_matter.template
    stems = [name.removesuffix(".html") for name in ([own] if own else []) + list(candidates)]
    name = output.file_name
    if name.startswith("index."):
        return [stem + name.removeprefix("index") for stem in stems]
    return [*(f"{stem}.{name}" for stem in stems), name]


def _list_folders(section: str) -> list[str]:
    folders = []
    while section:
        folders.append(section)
        section = section.rpartition("/")[0]
    return folders
