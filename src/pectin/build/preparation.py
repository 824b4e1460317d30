"""A site as it is known before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from pectin.build.building import Building
from pectin.build.configuration.model import Config
from pectin.build.configuration.parser import parse_config_file
from pectin.build.configuration.rule_files import gather_rules
from pectin.build.content.defaults import parse_defaults, read_configured_defaults
from pectin.build.content.document import Defaults, Head
from pectin.build.content.documents import Documents
from pectin.build.generation.generating import Generating
from pectin.build.generation.made_heads import read_made
from pectin.build.generation.made_source import MadeSource
from pectin.build.heads import Reading, read_heads
from pectin.build.order import Order
from pectin.build.problems import Problems
from pectin.build.site.commits import read_commits
from pectin.build.site.files import report_misnamed, sort_files
from pectin.build.site.languages import Matter, assemble_sites
from pectin.build.site.layout import make_layout
from pectin.build.site.strings import read_strings
from pectin.build.site.structure import Structure, make_structure
from pectin.build.source import CONFIG_FILE, SourceTree
from pectin.build.templates.library import has_own_template
from pectin.values.place import Place
from pectin.values.problem import Problem


class Preparation(Struct, frozen=True):
    """A site that can be built. `problems` has what is wrong with it so far.

    `read` are the heads of documents as they are written, without what they inherit.
    """

    order: Order
    config: Config
    read: Mapping[str, Head]
    structure: Structure
    problems: Problems
    building: Building
    made: MadeSource | None

    def collect_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site, as grave as its configuration says."""
        return self.problems.collected(self.config.severities, self.made)


def prepare(order: Order) -> Preparation | tuple[Problem, ...]:
    """The site that is to be built, or why there is none."""
    source, problems = order.source, Problems()
    config = _read_config(source, problems)
    layout = make_layout(config)
    files = sort_files(source.paths(), layout)
    if config is None:
        return problems.collected({})
    report_misnamed(files, problems)
    documents = Documents(source)
    reading = make_reading(source, documents, config)
    read = read_heads(reading, files.documents, problems, order.workers, order.cache)
    taxonomies = reading.taxonomies
    defaults = tuple(_read_defaults(source, files.defaults, config, taxonomies, problems))
    generating = Generating(source, files, documents, problems, layout)
    heads = dict(read)
    made = generating.make_source(heads, defaults, order.today, order.options)
    if made is not None:
        source = made
        documents.read_from(made)
        heads |= read_made(made, documents, taxonomies, layout, problems, order.workers)
    commits = read_commits(source, config, problems)
    matter = Matter(heads, defaults, files, documents, config, order.today, order.options, commits)
    sites = assemble_sites(matter, problems)
    strings = read_strings(files.strings, source, [*sites.by_language], config.language, problems)
    sites = generating.find_lists(replace(sites, strings=strings))
    structure = make_structure(
        files,
        sites,
        documents,
        problems,
        partial(has_own_template, files.templates),
        gather_rules(source, config, problems),
    )
    building = Building(source, documents, structure, problems, order)
    return Preparation(order, config, read, structure, problems, building, made)


def make_reading(source: SourceTree, documents: Documents, config: Config) -> Reading:
    """What heads are read from, in a site that is configured so."""
    taxonomies = frozenset(taxonomy.name for taxonomy in config.taxonomies)
    return Reading(source, documents, taxonomies, make_layout(config))


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


def _read_defaults(
    source: SourceTree,
    paths: Sequence[str],
    config: Config,
    taxonomies: frozenset[str],
    problems: Problems,
) -> Iterator[Defaults]:
    """The defaults of the configuration and of all folders, those of one with the weakest first."""
    found, faults = read_configured_defaults(config)
    problems.add(faults)
    yield from found
    for path in paths:
        found, faults = parse_defaults(path, source.read(path), taxonomies)
        problems.add(faults)
        yield from found
