"""What git knows of a site's pages, for sites that ask for it."""

from __future__ import annotations

import msgspec

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.git import find_commit, find_commit_times, is_shallow
from pectin.adapters.loaded_data import LoadedData
from pectin.app.settings import Settings
from pectin.build.site.commits import CommitLog
from pectin.build.source import COMMITS_FILE
from pectin.values.site import SiteName

COMMITS = COMMITS_FILE.removesuffix(".json")


def load_commits(source: FolderSource, settings: Settings, site: SiteName) -> dict[str, bytes]:
    """When the pages of `source` were committed last, as JSON; nothing where git cannot tell.

    git is asked once for each commit that is checked out.
    """
    commit = find_commit(source.root)
    if commit is None:
        return {}
    kept = LoadedData(settings.loaded)
    record = kept.find(site, COMMITS)
    known = kept.load(record.digest) if record and record.code == commit else None
    if known is not None:
        return {COMMITS: known}
    times = find_commit_times(source.root)
    if times is None:
        return {}
    body = msgspec.json.encode(CommitLog(times, is_shallow(source.root)), order="sorted")
    kept.store(site, COMMITS, body, code=commit, now=settings.now)
    return {COMMITS: body}
