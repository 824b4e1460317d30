"""When sources were committed last, as a site that asks for it is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from pectin.build.configuration.model import Config
from pectin.build.problems import Problems
from pectin.build.source import COMMITS_FILE, SourceTree
from pectin.values.problem import Severity


class CommitLog(msgspec.Struct, frozen=True, omit_defaults=True):
    """The time of the last commit of each file by path. `is_shallow` says that earlier ones are missing."""

    times: dict[str, datetime]
    is_shallow: bool = False


def read_commits(source: SourceTree, config: Config, problems: Problems) -> Mapping[str, datetime]:
    """When each source was committed last, by path; nothing where the site does not ask."""
    if not config.git_lastmod:
        return {}
    place = config.place("git", "lastmod")
    if COMMITS_FILE not in source.paths():
        problems.report(
            "git-missing",
            "git does not know when pages were changed last",
            "build in a checkout that has commits, with git installed, or take `lastmod` away",
            place,
            severity=Severity.WARNING,
        )
        return {}
    log = msgspec.json.decode(source.read(COMMITS_FILE), type=CommitLog)
    if log.is_shallow:
        problems.report(
            "git-shallow",
            "git has only the last commits here, so that all other pages seem to be as old as the first",
            "fetch the whole history: git fetch --unshallow",
            place,
            severity=Severity.WARNING,
        )
    return log.times
