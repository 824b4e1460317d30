"""`pectin dev`: the real edge over a store in memory, rebuilt whenever the source changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from signal import SIGINT, SIGTERM
from threading import Event, Thread
from traceback import extract_tb
from typing import Any

from msgspec import structs

from pectin.adapters.clock import SystemClock
from pectin.adapters.folder_source import FolderSource
from pectin.adapters.memory_cache import MemoryCache
from pectin.adapters.memory_store import MemoryStore
from pectin.adapters.stored_outputs import StoredOutputs
from pectin.adapters.watcher import watch_folder
from pectin.app.caching import SETTLED_SECONDS
from pectin.app.collector import pause_collector
from pectin.app.images import make_image_tools
from pectin.app.late_images import LateImages
from pectin.app.loading import open_source
from pectin.app.outcomes import Base
from pectin.app.requests import Request, read_config
from pectin.app.serving import Address, serve_here
from pectin.app.settings import Settings
from pectin.app.staging import stage_site
from pectin.build.builder import Build
from pectin.build.site.visibility import BuildOptions
from pectin.build.standing import Standing
from pectin.deploy.model import Provenance
from pectin.deploy.publishing import publish
from pectin.deploy.retention import Retention, gc
from pectin.values.errors import Family, PectinError, SourceError
from pectin.values.problem import Problem
from pectin.web.application import Application
from pectin.web.loopback import is_loopback
from pectin.web.page_list import PageList
from pectin.web.reload import Channel, ReloadingApplication, State

_RETENTION = Retention(keep=3)
_STOPPING_SECONDS = 2.0


class HostRefused(PectinError):
    """The development server shows drafts and errors, so it is for this machine alone."""

    code = "host-refused"
    title = "The development server is for this machine alone"
    family = Family.OPERATOR


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How one rebuild went. `changed` are the paths that caused it: none for the first.

    `url` is where the last good site is; "" while there is none.
    """

    changed: frozenset[str]
    problems: tuple[Problem, ...]
    succeeded: bool
    url: str
    pages: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told what: `on_ready` the URL, `on_rebuilt` each rebuild; `render` makes text."""

    on_ready: Callable[[str], None]
    on_rebuilt: Callable[[Rebuilt], None]
    render: Callable[[Problem], str]


@dataclass(frozen=True, slots=True)
class _Scan:
    """The source as it was found by a walk that began at `began`, in epoch seconds."""

    source: FolderSource
    began: int


class Workshop:
    """Builds one site again and again into a store, and tells the pages that show it."""

    def __init__(
        self,
        settings: Settings,
        store: MemoryStore,
        tell: Callable[[State], None],
        listeners: Listeners,
        port: int,
        images: LateImages,
        pages: PageList,
    ) -> None:
        self._settings = settings
        self._store = store
        self._tell = tell
        self._listeners = listeners
        self._port = port
        self._images = images
        self._pages = pages
        self._clock = SystemClock()
        self._version = ""
        self._cache = MemoryCache(StoredOutputs(store).find)
        self._url = ""
        self._standing = Standing()
        self._scan: _Scan | None = None
        self._base: Base | None = None
        self._is_good = False

    def work(self, stop: Event) -> None:
        """Build, and build again after each change, until `stop` is set."""
        for changed in watch_folder(self._settings.source, stop):
            self.rebuild(changed)

    def rebuild(self, changed: frozenset[str]) -> None:
        """Build once. Errors leave what is shown, and are shown over it."""
        began = self._clock.now_ns()
        pages = 0
        try:
            with pause_collector():
                built = self._publish(changed)
            problems, pages = built.problems, built.pages
        except SourceError as error:
            problems = error.problems
        except PectinError as error:
            problems = (Problem(error.code, error.message, error.hint),)
        except Exception as error:  # noqa: BLE001  # the server must outlive a bug in the build
            problems = (_describe_bug(error),)
        errors = tuple(problem for problem in problems if problem.is_error)
        self._tell(State(self._version, tuple(map(self._listeners.render, errors))))
        milliseconds = (self._clock.now_ns() - began) / 1e6
        self._listeners.on_rebuilt(
            Rebuilt(changed, problems, not errors, self._url, pages, milliseconds)
        )
        gc(self._store, now=self._clock.now(), retention=_RETENTION)

    def _publish(self, changed: frozenset[str]) -> Build:
        now = self._clock.now()
        source, base = self._look(changed, now)
        self._is_good = False
        site = read_config(source, self._settings).name
        url = f"http://{site}.localhost:{self._port}"
        staged = stage_site(
            self._store,
            source,
            site,
            self._request(source, url),
            now,
            self._cache,
            base=base,
            standing=self._standing,
        )
        if staged.sealed:
            publish(
                self._store,
                staged.sealed,
                message="",
                author="",
                provenance=Provenance(),
                now=now,
            )
            self._version = staged.sealed.snapshot_id.hex()
            self._url = f"{url}/"
            self._base, self._is_good = staged.make_base(), True
        if not staged.built.is_revision:
            self._pages.replace(staged.built.notes)
        self._pages.explain(staged.built.reasons)
        return staged.built

    def _look(self, changed: frozenset[str], now: int) -> tuple[FolderSource, Base | None]:
        """The source as it is now, and the build that it is to be compared with.

        Where no more than a few files changed since a good build, it is not walked through again.
        """
        scan, base = self._scan, self._base
        if scan and base and changed and self._is_good and scan.source.look_again(changed):
            earlier = structs.replace(base.earlier, changed=changed)
            return scan.source, replace(base, earlier=earlier)
        source = open_source(replace(self._settings, now=now))
        if scan:
            source.trust(scan.source.list_known(scan.began - SETTLED_SECONDS))
        self._scan = _Scan(source, now)
        return source, base

    def _request(self, source: FolderSource, url: str) -> Request:
        options = BuildOptions(drafts=True, future=True, site_url=url, development=True)
        tools = structs.replace(
            make_image_tools(self._settings),
            postpone=lambda planned: self._images.offer(planned, source),
        )
        return Request(self._settings.today, options, image_tools=tools)


def _describe_bug(error: Exception) -> Problem:
    way = tuple(
        f"in {frame.name}, line {frame.lineno} of {Path(frame.filename).name}"
        for frame in reversed(extract_tb(error.__traceback__))
    )
    hint = "this is a fault of Pectin: report it with these lines and what you did"
    return Problem("bug", f"Pectin failed: {error!r}", hint, notes=way)


def develop(settings: Settings, address: Address, listeners: Listeners) -> None:
    """Serve the site of `settings` and rebuild it after each change, until Ctrl-C.

    Raises HostRefused unless `address` is loopback, AddressUnavailable, and SourceMissing.
    """
    if not is_loopback(f"[{address.host}]" if ":" in address.host else address.host):
        raise HostRefused(
            f"{address.host} can be reached from other machines",
            hint="use `pectin publish` and `pectin serve` to show the site to others",
        )
    host = _find_host(settings)
    _run_until_interrupted(_develop(settings, host, address, listeners))


def _run_until_interrupted(main: Coroutine[Any, Any, None]) -> None:
    # Not asyncio.run: at its end it lists all tasks, and Granian's cannot be listed.
    loop = asyncio.new_event_loop()
    try:
        task = loop.create_task(main)
        for number in (SIGINT, SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
    finally:
        loop.close()


async def _develop(settings: Settings, host: str, address: Address, listeners: Listeners) -> None:
    channel = Channel()
    store = MemoryStore()
    application = Application(store, SystemClock().now)
    images = LateImages(make_image_tools(settings))
    pages = PageList()
    stop = Event()
    threads: list[Thread] = []

    def begin(bound: Address) -> None:
        listeners.on_ready(f"http://{host}:{bound.port}/")
        workshop = Workshop(settings, store, channel.tell, listeners, bound.port, images, pages)
        threads.append(Thread(target=workshop.work, args=(stop,), daemon=True))
        threads[0].start()

    following = ReloadingApplication(application, channel, images, pages)
    serving = asyncio.ensure_future(serve_here(following, address, on_ready=begin))
    try:
        await asyncio.shield(serving)
    finally:
        # First the streams of events: the server waits for every response to end.
        channel.close()
        stop.set()
        serving.cancel()
        await asyncio.wait({serving}, timeout=_STOPPING_SECONDS)
        for thread in threads:
            thread.join(_STOPPING_SECONDS)
        application.close()


def _find_host(settings: Settings) -> str:
    source = FolderSource(settings.source)
    try:
        return f"{read_config(source, settings).name}.localhost"
    except SourceError:
        return "localhost"  # what is wrong is told by the first build
