"""The files of a site's folder, sorted by what they are for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from pectin.build.problems import Problems
from pectin.build.site.layout import Layout
from pectin.build.source import RULE_FILES, is_program
from pectin.values.place import Place

PAGE_SUFFIXES = (".md", ".html")
_OTHER_SPELLINGS = {
    ".md": ".md",
    ".markdown": ".md",
    ".mdown": ".md",
    ".mkd": ".md",
    ".html": ".html",
    ".htm": ".html",
}
"""Suffixes in lower case, which authors write for those of pages, and which they mean."""

_DEFAULTS = frozenset({"_defaults.yaml", "_defaults.yml", "_defaults.toml", "_defaults.json"})


class Files(Struct, frozen=True):
    """Paths of a source tree, each list sorted; `data` without the programs that load some. `templates` are names below `templates/`.

    `documents` are the files of `content/` that become pages, `misnamed` those that would if
    their suffix were spelt as it should be, `defaults` those with front matter for others;
    `attachments` are all others there. `strings` are the files of `i18n/`.
    """

    documents: tuple[str, ...]
    misnamed: tuple[str, ...]
    attachments: tuple[str, ...]
    templates: tuple[str, ...]
    static: tuple[str, ...]
    assets: tuple[str, ...]
    data: tuple[str, ...]
    defaults: tuple[str, ...]
    strings: tuple[str, ...]


def sort_files(paths: Sequence[str], layout: Layout | None = None) -> Files:
    """The files of `paths` by purpose. Hidden ones are left out, except `.well-known`.

    `layout` says how sources name their language, if they do.
    """
    strip = (layout or Layout()).strip
    below: dict[str, list[str]] = {}
    for path in sorted(paths):
        folder, _, rest = path.partition("/")
        if rest and not _is_hidden(rest):
            below.setdefault(folder, []).append(path)
    defaults = [path for path in below.get("content", ()) if is_defaults(path)]
    content = [path for path in below.get("content", ()) if path not in defaults]
    bundles = frozenset(p.rpartition("/")[0] for p in content if is_bundle_index(strip(p)))
    documents = [p for p in content if _is_document(p, bundles, strip)]
    shown = frozenset(documents)
    # Inside a bundle HTML is a file like others, and Markdown is a note that nobody publishes.
    others = {p: find_meant_suffix(p) for p in content if p not in shown}
    misnamed = [p for p, meant in others.items() if meant and find_bundle(p, bundles) is None]
    attachments = [p for p, meant in others.items() if meant != ".md" and p not in misnamed]
    return Files(
        tuple(documents),
        tuple(misnamed),
        tuple(attachments),
        tuple(p.removeprefix("templates/") for p in below.get("templates", [])),
        tuple(p for p in below.get("static", []) if p not in RULE_FILES),
        tuple(below.get("assets", [])),
        tuple(p for p in below.get("data", []) if not is_program(p)),
        tuple(defaults),
        tuple(below.get("i18n", [])),
    )


def find_meant_suffix(path: str) -> str | None:
    """The suffix that a page would have in the place of that of `path`; None for other files."""
    return _OTHER_SPELLINGS.get(path[path.rfind(".") :].lower())


def report_misnamed(files: Files, problems: Problems) -> None:
    """Tell of pages by other suffixes: as they are, their drafts would be published as text."""
    for path in files.misnamed:
        stem, _, name = path.rpartition(".")
        problems.report(
            "bad-file-name",
            f"a page's suffix cannot be `.{name}`",
            f"rename it to {stem}{find_meant_suffix(path)}",
            Place(path),
        )


def is_defaults(path: str) -> bool:
    """Whether `path` is the file with front matter for all documents of its folder."""
    return path.rpartition("/")[2] in _DEFAULTS


def is_bundle_index(path: str) -> bool:
    """Whether `path` is the `index.md` that makes its folder a page bundle."""
    return path.rpartition("/")[2] in {"index.md", "index.html"}


def find_bundle(path: str, bundles: frozenset[str]) -> str | None:
    """The folder of the bundle that `path` is in, or None."""
    folder = path.rpartition("/")[0]
    found = None
    while "/" in folder:
        if folder in bundles:
            found = folder
        folder = folder.rpartition("/")[0]
    return found


def _is_document(path: str, bundles: frozenset[str], strip: Callable[[str], str]) -> bool:
    if not path.endswith(PAGE_SUFFIXES):
        return False
    bundle = find_bundle(path, bundles)
    return bundle is None or (is_bundle_index(strip(path)) and path.rpartition("/")[0] == bundle)


def _is_hidden(path: str) -> bool:
    if "/." not in path and not path.startswith("."):
        return False
    return any(part.startswith(".") and part != ".well-known" for part in path.split("/"))
