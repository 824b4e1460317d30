"""Links to other hosts, on a site that leads to a server of this machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from pectin.app.building import check_site
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.values.problem import Problem

ASKED: Counter[str] = Counter()


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        ASKED[self.path] += 1
        self.send_response({"/good": 200, "/moved": 301, "/shy": 403}.get(self.path, 404))
        if self.path == "/moved":
            self.send_header("Location", "/good")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - as the library calls it

    def log_message(self, *arguments: object) -> None:
        """Be quiet."""


@pytest.fixture
def origin() -> Iterator[str]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def linked(settings: Settings, origin: str) -> Settings:
    """A site with links to the server; nothing is asked of private addresses yet."""
    links = " ".join(f"[x]({origin}/{path})" for path in ("good", "moved", "lost", "shy"))
    (settings.source / "content" / "about.md").write_text(f"{links}\n\n[y]({origin}/good#x)\n")
    return settings


def configure(settings: Settings, text: str) -> None:
    with (settings.source / "pectin.toml").open("a") as file:
        file.write(f"\n{text}\n")


def check(settings: Settings) -> list[Problem]:
    return list(check_site(settings, make_request(settings), external=True).problems)


def test_links_are_followed_and_told_where_they_are_written(linked: Settings, origin: str) -> None:
    configure(
        linked,
        "[check]\nunclear-link = 'warning'\n[check.external]\nallow_private = true\npause = 0",
    )
    found = {it.code: it for it in check(linked)}
    assert found.keys() == {"moved-link", "dead-link", "unclear-link"}
    assert found["dead-link"].message == f"`{origin}/lost` answers 404 Not Found"
    assert str(found["dead-link"].place).startswith("content/about.md:1:")
    assert found["moved-link"].hint == f"write `{origin}/good`"


def test_what_was_good_lately_is_not_asked_again(linked: Settings) -> None:
    configure(linked, "[check.external]\nallow_private = true\npause = 0\nkeep_days = 2")
    check(linked)
    before = dict(ASKED)
    later = replace(linked, now=linked.now + 86_400)
    assert [it.code for it in check(later)] == ["moved-link", "dead-link"]
    assert (ASKED["/good"], ASKED["/lost"]) == (before["/good"], 2 * before["/lost"])
    check(replace(linked, now=linked.now + 3 * 86_400))
    assert ASKED["/good"] > before["/good"]


def test_what_is_skipped_is_not_asked(linked: Settings, origin: str) -> None:
    configure(linked, f"[check.external]\nallow_private = true\nskip = ['{origin}/*']")
    assert (check(linked), dict(ASKED)) == ([], {})


def test_private_addresses_are_refused_and_told_of_those_who_want_to_know(linked: Settings) -> None:
    configure(linked, "[check]\nunclear-link = 'error'\n[check.external]\npause = 0")
    assert ({it.code for it in check(linked)}, dict(ASKED)) == ({"unclear-link"}, {})


def test_nothing_is_asked_without_being_told_to(linked: Settings) -> None:
    configure(linked, "[check.external]\nallow_private = true")
    assert (check_site(linked, make_request(linked)).problems, dict(ASKED)) == ((), {})
