"""What builds of plain files remember, in the store that publishes go to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pectin.adapters.folder_source import FolderSource
from pectin.app.caching import knowing_files, open_cache
from pectin.app.settings import Settings
from pectin.app.stores import open_store
from pectin.build.traces.cache import Cache, NoCache
from pectin.deploy.ports import Store
from pectin.deploy.staging import Staging
from pectin.values.errors import PectinError
from pectin.values.output import OutputFile, Sink
from pectin.values.rules import Rules
from pectin.values.site import SiteName


class Memory:
    """A cache, and the store that has its files. With neither, nothing is remembered."""

    def __init__(self, cache: Cache, staging: Staging | None = None) -> None:
        self.cache = cache
        self._staging = staging

    def with_sink(self, emit: Sink) -> Sink:
        """A sink that keeps each file before it is given to `emit`."""
        staging = self._staging
        if staging is None:
            return emit

        def take(file: OutputFile) -> None:
            staging.add(file)
            emit(file)

        return take

    def keep(self) -> None:
        """Keep all files that came. No ref leads to them: they last until garbage is collected."""
        if self._staging is not None:
            self._staging.seal(Rules())


@contextmanager
def open_memory(
    settings: Settings, source: FolderSource, site: SiteName | None
) -> Iterator[Memory]:
    """The memory of `site`, in the store of `settings`, which is made if it can be.

    Where there can be none, as on a disk that cannot be written, nothing is remembered.
    """
    with ExitStack() as stack:
        store = _enter_store(stack, settings) if site else None
        if site is None or store is None:
            yield Memory(NoCache())
            return
        cache = stack.enter_context(open_cache(settings.store, store, site))
        stack.enter_context(knowing_files(source, cache, settings.now))
        staging = Staging(store, site, settings.now)
        stack.callback(staging.abandon)
        yield Memory(cache, staging)


def _enter_store(stack: ExitStack, settings: Settings) -> Store | None:
    try:
        return stack.enter_context(open_store(settings.store))
    except (PectinError, OSError):
        return None
