"""A site's source becomes its output: the one entrance of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from pectin.build.assets.compilers import Compilers
from pectin.build.building import Building, Conditions
from pectin.build.configuration.model import Config
from pectin.build.configuration.parser import parse_config_file
from pectin.build.content.defaults import parse_defaults, read_configured_defaults
from pectin.build.content.document import Defaults, Head
from pectin.build.content.documents import Documents
from pectin.build.explanations import Explanation
from pectin.build.heads import read_heads
from pectin.build.problems import Problems
from pectin.build.progress import Progress
from pectin.build.site.assembly import assemble_site
from pectin.build.site.assets import AssetOptions
from pectin.build.site.cascade import Inheritance
from pectin.build.site.files import Files, report_misnamed, sort_files
from pectin.build.site.visibility import BuildOptions, find_next_change
from pectin.build.source import CONFIG_FILE, SourceTree
from pectin.build.traces.cache import Cache, NoCache
from pectin.build.workers import OneWorker, Workers
from pectin.values.output import Sink
from pectin.values.place import Place
from pectin.values.problem import Problem
from pectin.values.rules import Rules

__all__ = ["Build", "BuildOptions", "build"]


class Build(Struct, frozen=True):
    """What a build has to say beside the files. `config` is None when it could not be read.

    `pages` counts the pages, `rendered` those that had to be rendered, `files` everything that
    was emitted. It is the same for every day from its own until before the day `until`; None is
    for ever. `explanations` are of the page that was asked about.
    """

    config: Config | None
    problems: tuple[Problem, ...]
    rules: Rules
    pages: int
    rendered: int
    files: int
    until: date | None = None
    explanations: tuple[Explanation, ...] = ()


def build(  # noqa: PLR0913  # each is a value or a port that has a default
    source: SourceTree,
    *,
    today: date,
    emit: Sink,
    theme: Mapping[str, str],
    options: BuildOptions | None = None,
    report: Callable[[Progress], None] | None = None,
    workers: Workers | None = None,
    cache: Cache | None = None,
    compilers: Compilers | None = None,
) -> Build:
    """What came of building `source`, whose files go to `emit` as they are made.

    `today` decides what is in the future and what has expired. `theme` are templates by name,
    for sites that have none. `workers` render the pages; the files are the same whoever they
    are. `cache` has what earlier builds made, so that only what has changed is rendered; the files
    are the same whatever is in it. `compilers` make CSS of Sass and the like. The author's mistakes are problems; nothing is raised for them.
    """
    problems = Problems()
    files = sort_files(source.paths())
    config = _read_config(source, problems)
    if config is None:
        return Build(None, problems.collected({}), Rules(), 0, 0, 0)
    report_misnamed(files, problems)
    documents = Documents(source)
    crew, memory = workers or OneWorker(), cache or NoCache()
    taxonomies = _name_taxonomies(config)
    heads = read_heads(source, documents, files.documents, taxonomies, problems, crew, memory)
    inheritance = Inheritance(heads, _read_defaults(source, files, config, problems))
    chosen = options or BuildOptions()
    site = assemble_site(
        inheritance, files, documents, config, problems, today=today, options=chosen
    )
    conditions = Conditions(
        today,
        chosen.site_url or config.url,
        theme,
        memory,
        AssetOptions(compilers or Compilers(), source_maps=chosen.development),
    )
    building = Building(source, documents, files, site, problems, conditions, emit)
    explanations = building.explain(chosen.explain) if chosen.explain else ()
    building.run(crew, report or (lambda _: None))
    return Build(
        config,
        problems.collected(config.severities),
        building.rules,
        building.pages,
        building.rendered,
        building.output.files,
        _find_end(building, inheritance.heads.values(), today),
        explanations,
    )


def _find_end(building: Building, heads: Iterable[Head], today: date) -> date | None:
    """The first day for which this build may have become another."""
    return today + timedelta(days=1) if building.uses_today else find_next_change(heads, today)


def _read_config(source: SourceTree, problems: Problems) -> Config | None:
    if CONFIG_FILE not in source.paths():
        problems.report(
            "missing-config",
            f"there is no {CONFIG_FILE}",
            "make one with at least `title` and `url`",
            Place(CONFIG_FILE),
        )
        return None
    config, faults = parse_config_file(CONFIG_FILE, source.read(CONFIG_FILE))
    problems.add(faults)
    return config


def _name_taxonomies(config: Config) -> frozenset[str]:
    return frozenset(taxonomy.name for taxonomy in config.taxonomies)


def _read_defaults(
    source: SourceTree, files: Files, config: Config, problems: Problems
) -> Iterator[Defaults]:
    """The defaults of the configuration and of all folders, those of one with the weakest first."""
    found, faults = read_configured_defaults(config)
    problems.add(faults)
    yield from found
    for path in files.defaults:
        found, faults = parse_defaults(path, source.read(path), _name_taxonomies(config))
        problems.add(faults)
        yield from found
