"""A published site in memory, and a client that speaks ASGI to the application over it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.deploy.model import Deploy, Provenance
from pectin.deploy.publishing import publish
from pectin.deploy.staging import Staging
from pectin.values.output import OutputFile
from pectin.values.rules import Redirect, Rules
from pectin.values.site import SiteName
from pectin.web.application import Application, Options
from pectin.web.messages import Message, Scope

HTML = "text/html; charset=utf-8"
MOVED_AT = 784111777
RULES = Rules((Redirect("/old/*", "/new/:splat"),))


Reply = tuple[int, dict[str, str], bytes]
"""Status, header fields, body."""


def make_page(text: str) -> bytes:
    return f"<!doctype html><title>{text}</title>{'<p>Plum jam.</p>' * 40}".encode()


def make_files(version: str) -> list[OutputFile]:
    return [
        OutputFile("/index.html", make_page(f"Home {version}"), HTML),
        OutputFile("/about.html", make_page(f"About {version}"), HTML),
        OutputFile("/404.html", make_page(f"Missing {version}"), HTML),
        OutputFile(
            f"/app.{version}.js", f"jam = {version!r};".encode() * 50, "text/javascript", True
        ),
        OutputFile("/cover.png", bytes(range(256)) * 4, "image/png"),
    ]


Publish = Callable[..., Deploy]


def publish_files(
    store: MemoryStore,
    files: Iterable[OutputFile],
    site: str = "demo",
    *,
    rules: Rules = RULES,
    domains: tuple[str, ...] = (),
) -> Deploy:
    staging = Staging(store, SiteName(site), MOVED_AT)
    for file in files:
        staging.add(file)
    published = publish(
        store,
        staging.seal(rules),
        message="",
        author="",
        provenance=Provenance(),
        domains=domains,
        now=MOVED_AT,
    )
    return published.deploy


@pytest.fixture
def store() -> MemoryStore:
    """A store in which version `one` of the site `demo` is live."""
    made = MemoryStore()
    publish_files(made, make_files("one"))
    return made


@pytest.fixture
def publish_version(store: MemoryStore) -> Publish:
    """`publish_version("two", site=..., domains=...)`: publish it into `store`."""

    def publish_version(version: str, site: str = "demo", domains: tuple[str, ...] = ()) -> Deploy:
        return publish_files(store, make_files(version), site, domains=domains)

    return publish_version


@pytest.fixture
def publish_into() -> Publish:
    """`publish_into(store, "two")`: make a version of `demo`, `one` if not told, live there."""

    def publish_into(store: MemoryStore, version: str = "one") -> Deploy:
        return publish_files(store, make_files(version))

    return publish_into


def make_scope(
    path: str,
    *,
    method: str = "GET",
    host: str | None = "demo.localhost",
    query: str = "",
    fields: Iterable[tuple[str, str]] = (),
    client: str = "127.0.0.1",
) -> Scope:
    sent = [("host", host)] if host is not None else []
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(a.encode(), b.encode("latin-1")) for a, b in (*sent, *fields)],
        "client": (client, 50000),
        "server": ("127.0.0.1", 8787),
    }


async def never_receive() -> Message:
    raise AssertionError("the application read a request's body")


async def exchange(application: Application, scope: Scope) -> Reply:
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    await application(scope, never_receive, send)
    start, *bodies = messages
    assert [each.get("more_body", False) for each in bodies] == [True] * (len(bodies) - 1) + [False]
    fields = {a.decode("ascii"): b.decode("latin-1") for a, b in start["headers"]}
    assert len(fields) == len(start["headers"])
    return start["status"], fields, b"".join(each["body"] for each in bodies)


Get = Callable[..., Reply]


@pytest.fixture
def application(store: MemoryStore) -> Application:
    return Application(store, lambda: MOVED_AT + 10, Options())


@pytest.fixture
def get(application: Application) -> Get:
    """`get(path, method=..., host=..., fields=[(name, value)])`: one exchange."""

    def get(path: str, **options: object) -> Reply:
        return asyncio.run(exchange(application, make_scope(path, **options)))  # type: ignore[arg-type]  # as make_scope

    return get
