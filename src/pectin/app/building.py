"""Building a site's folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace as replace_fields
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

from msgspec.structs import replace

from pectin.adapters import pagefind
from pectin.adapters.folder_source import FolderSource
from pectin.adapters.lmdb_store.tables import is_store
from pectin.adapters.output_folder import OutputFolder
from pectin.adapters.pagefind import Pagefind
from pectin.app.caching import Unwritten, open_cache
from pectin.app.collector import pause_collector
from pectin.app.compilers import open_compilers
from pectin.app.images import make_checking_tools
from pectin.app.loading import open_source
from pectin.app.memory import open_memory
from pectin.app.requests import Request, has_errors
from pectin.app.settings import Settings
from pectin.app.stores import open_existing_store
from pectin.build.builder import Build, build
from pectin.build.configuration.parser import parse_config_file
from pectin.build.configuration.rules import is_plain
from pectin.build.earlier import Earlier
from pectin.build.output.rule_lines import render_headers, render_redirects
from pectin.build.problems import Problems
from pectin.build.progress import Progress
from pectin.build.source import CONFIG_FILE
from pectin.build.standing import Standing
from pectin.build.traces.cache import Cache
from pectin.values.output import OutputFile, Sink
from pectin.values.problem import Problem
from pectin.values.rules import Rules
from pectin.values.site import SiteName


def build_site(
    source: FolderSource,
    request: Request,
    emit: Sink,
    cache: Cache | None = None,
    earlier: Earlier | None = None,
    standing: Standing | None = None,
) -> Build:
    """The build of `source`, each file given to `emit` as soon as it is made.

    Its problems are those of the build and those of the folder. It may be a revision of `earlier`,
    of which `standing` may have what it prepared.
    """
    with open_compilers(source.root) as compilers:
        built = build(
            source,
            today=request.today,
            emit=emit,
            options=request.options,
            theme=load_theme(),
            report=request.report,
            workers=request.workers,
            cache=cache,
            earlier=earlier,
            standing=standing,
            compilers=compilers,
            image_tools=request.image_tools,
            indexer=Pagefind() if all(map(find_spec, pagefind.PACKAGES)) else None,
        )
    problems = Problems()
    problems.add((*_omit_told(source.problems, built.problems), *built.problems))
    severities = built.config.severities if built.config else {}
    return replace(built, problems=problems.collected(severities))


@pause_collector()
def check_site(settings: Settings, request: Request, *, external: bool = False) -> Build:
    """The build of the site in the folder, of which nothing is kept, with all its pages looked through.

    Images are decoded, not encoded. What is as it was published is not rendered again. With `external`
    the links to other hosts are followed too.
    """
    thorough = replace_fields(
        request,
        options=replace(request.options, inspect=True, list_outside=external),
        image_tools=make_checking_tools(request.image_tools),
    )
    source = open_source(settings)
    with _recall(source, settings) as cache:
        built = build_site(source, thorough, lambda _: None, cache)
    if not external or built.config is None:
        return built
    from pectin.app.external_links import follow_links  # which brings TLS along

    problems = Problems()
    problems.add(built.problems)
    problems.add(
        follow_links(built.outside_links, built.config, settings, request.report or _ignore)
    )
    return replace(built, problems=problems.collected(built.config.severities))


@pause_collector()
def build_folder(settings: Settings, request: Request, target: Path) -> Build:
    """The build of the site as files in `target`, which is as it was when there are errors.

    Pages and files are counted if they are written. Each redirect without a placeholder becomes a page. Raises OutputRefused.
    """
    source = open_source(settings)
    with (
        OutputFolder(target, settings.source, settings.store) as output,
        open_memory(settings, source, _find_name(source, settings)) as memory,
    ):
        built = build_site(source, request, memory.with_sink(output.put), memory.cache)
        if has_errors(built.problems):
            return replace(built, pages=0, files=0)
        memory.keep()
        for file in _render_rules(built.rules):
            if not output.has(file.path):
                output.put(file)
        output.commit()
    return built


@contextmanager
def _recall(source: FolderSource, settings: Settings) -> Iterator[Cache | None]:
    """What publishes remember of the site, if there were some; nothing is added to it."""
    name = _find_name(source, settings)
    if name is None or not is_store(settings.store):
        yield None
        return
    with (
        open_existing_store(settings.store) as store,
        open_cache(settings.store, store, name) as cache,
    ):
        yield Unwritten(cache)


def _find_name(source: FolderSource, settings: Settings) -> SiteName | None:
    """The site's name; None where nothing says it."""
    if settings.site or CONFIG_FILE not in source.paths():
        return settings.site
    config, _ = parse_config_file(CONFIG_FILE, source.read(CONFIG_FILE))
    return config.name if config else None


def _ignore(progress: Progress) -> None:
    """Tell nobody how far it is."""


def _omit_told(found: Sequence[Problem], told: Sequence[Problem]) -> list[Problem]:
    """What is wrong with the folder, but for names that the build refuses as two of one URL."""
    refused = {it.place.file for it in told if it.code == "duplicate-url" and it.place}
    return [
        problem
        for problem in found
        if not (
            problem.code == "case-collision" and problem.place and problem.place.file in refused
        )
    ]


def load_theme() -> Mapping[str, str]:
    """Pectin's own templates by name, for sites that lack them."""
    root = files("pectin.app").joinpath("theme")
    return dict(_load_templates(root, ""))


def _load_templates(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _load_templates(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_text(encoding="utf-8")


def _render_rules(rules: Rules) -> Iterator[OutputFile]:
    """The rules for hosts that read them, and the plain redirects as pages for those that do not."""
    text = "text/plain; charset=utf-8"
    if rules.redirects:
        yield OutputFile("/_redirects", render_redirects(rules.redirects), text)
    if rules.headers:
        yield OutputFile("/_headers", render_headers(rules.headers), text)
    for redirect in filter(is_plain, rules.redirects):
        path = redirect.source
        if not path.endswith(".html"):
            path = f"{path.rstrip('/')}/index.html"
        yield OutputFile(path, render_redirect(redirect.target), "text/html; charset=utf-8")


def render_redirect(target: str) -> bytes:
    """A page that sends the browser to `target`, for hosts that know no redirects."""
    url = escape(target)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{url}</title>'
        f'<link rel="canonical" href="{url}"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={url}"><p><a href="{url}">{url}</a>'
    ).encode()
