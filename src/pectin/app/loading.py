"""The source of a site with the data that its loaders give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pectin.adapters.folder_source import FolderSource
from pectin.app.settings import Settings
from pectin.build.configuration.parser import parse_config_file
from pectin.build.source import CONFIG_FILE, is_loader
from pectin.deploy.model import Deploy
from pectin.values.errors import Family, PectinError, SourceError
from pectin.values.site import SiteName


class DataGone(PectinError):
    """What a deploy was made of is not kept any more."""

    code = "data-gone"
    title = "The data of the deploy are gone"
    family = Family.OPERATOR


def open_source(settings: Settings) -> FolderSource:
    """The source in the folder of `settings`, with what its loaders give, or gave.

    Raises SourceMissing, and SourceError when a loader fails.
    """
    source = FolderSource(settings.source)
    loaders = list(filter(is_loader, source.paths()))
    # A glance, which spares all other sites that their configuration is read twice.
    if not loaders and b"lastmod" not in source.read(CONFIG_FILE):
        return source
    config, _ = parse_config_file(CONFIG_FILE, source.read(CONFIG_FILE))
    if config is None:  # which the build will tell
        return source
    site = settings.site or config.name
    loaded: dict[str, bytes] = {}
    if config.git_lastmod:
        from pectin.app.commits import load_commits  # which most sites do not need

        loaded |= load_commits(source, settings, site)
    if loaders:
        loaded |= _run_loaders(source, settings, site, loaders)
    source.take_loaded(loaded)
    return source


def _run_loaders(
    source: FolderSource, settings: Settings, site: SiteName, paths: Sequence[str]
) -> Mapping[str, bytes]:
    """The data of the loaders at `paths`, as JSON. Raises SourceError when one fails."""
    from pectin.app.loaders import Loading  # which plain sites do not need

    loading = Loading(source, settings, site)
    loaded = loading.load(paths)
    errors = tuple(problem for problem in loading.problems if problem.is_error)
    if errors:
        raise SourceError("data could not be loaded", errors)
    source.problems = (*source.problems, *loading.problems)
    return loaded


def open_source_of(settings: Settings, deploy: Deploy) -> FolderSource:
    """The source in the folder of `settings`, with the data that `deploy` was made of.

    Raises SourceMissing, and DataGone when these are not kept any more.
    """
    from pectin.adapters.loaded_data import LoadedData

    source = FolderSource(settings.source)
    kept = LoadedData(settings.loaded)
    loaded: dict[str, bytes] = {}
    for path, digest in deploy.provenance.data:
        body = kept.load(digest.hex())
        if body is None:
            raise DataGone(
                f"what {path} gave for {deploy.id} is not kept any more, so it cannot be built again",
                hint="the data of retained deploys are in `loaded` of the store that published them",
            )
        loaded[path] = body
    source.take_loaded(loaded)
    return source
