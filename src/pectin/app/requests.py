"""What a command wants built: all that is known before a build, and needs none of its machinery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.forked_workers import make_workers
from pectin.app.images import make_image_tools
from pectin.app.settings import Settings
from pectin.build.configuration.model import Config
from pectin.build.configuration.parser import parse_config_file
from pectin.build.images.images import ImageTools
from pectin.build.progress import Progress
from pectin.build.site.visibility import BuildOptions
from pectin.build.source import CONFIG_FILE
from pectin.build.workers import OneWorker, Workers
from pectin.values.errors import SourceError
from pectin.values.problem import Problem

Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build a folder with. `report` is told how far it is; `workers` render the pages.

    `image_tools` make images.
    """

    today: date
    options: BuildOptions = field(default_factory=BuildOptions)
    report: Report | None = None
    workers: Workers = field(default_factory=OneWorker)
    image_tools: ImageTools = field(default_factory=ImageTools)


def make_request(
    settings: Settings, *, drafts: bool = False, report: Report | None = None
) -> Request:
    """The request of a command; `drafts` asks for future pages too."""
    options = BuildOptions(drafts=drafts, future=drafts)
    return Request(settings.today, options, report, make_workers(), make_image_tools(settings))


def read_config(source: FolderSource, settings: Settings) -> Config:
    """What pectin.toml says, with the name that the command gave, if it did.

    Raises SourceError when it has errors.
    """
    config, problems = parse_config_file(CONFIG_FILE, source.read(CONFIG_FILE))
    if config is None or has_errors(problems):
        raise SourceError(f"{CONFIG_FILE} has errors", problems)
    return replace(config, name=settings.site) if settings.site else config


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """Whether one of `problems` stops a publish."""
    return any(problem.is_error for problem in problems)
