"""The command `pectin publish`, killed at random moments: the old site is live, or the new one.

Attack row 37.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pectin.adapters.memory_store import MemoryStore
from pectin.app.history import find_live
from pectin.app.loading import open_source
from pectin.app.publishing import publish_site
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.app.staging import stage_site
from pectin.app.stores import open_existing_store
from pectin.app.upkeep import verify_store
from pectin.values.digest import Digest
from pectin.values.site import SiteName

WORKER = Path(__file__).with_name("publish_worker.py")
PLUM = SiteName("plum")
KILLS = 24
PAGES = 50
LARGE_BYTES = 1_500_000
CONFIG = 'name = "plum"\ntitle = "Plum"\nurl = "https://plum.example"\ntaxonomies = ["tags"]\n'

RunCommand = Callable[[int], tuple[int, int]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a site of some fifty pages, half of which show the newest."""
    source = tmp_path / "site"
    for folder in ("content/log", "static"):
        (source / folder).mkdir(parents=True)
    (source / "pectin.toml").write_text(CONFIG)
    for number in range(PAGES):
        page = (
            f"---\ndate: 2026-01-{1 + number % 28:02}\ntags: [t{number % 5}]\n---\nJam {number}.\n"
        )
        (source / "content" / "log" / f"{number}.md").write_text(page)
    return Settings(source, source / ".pectin", None, 1_790_000_000, date(2026, 9, 21), "w")


@pytest.fixture
def run_command(settings: Settings) -> Iterator[RunCommand]:
    """`run_command(DELAY)`: how long the command lived in microseconds, and how it ended."""
    with subprocess.Popen(
        [sys.executable, str(WORKER), str(settings.source)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    ) as process:
        assert process.stdin
        assert process.stdout
        stdin, stdout = process.stdin, process.stdout

        def run(delay: int) -> tuple[int, int]:
            stdin.write(f"{delay}\n")
            stdin.flush()
            lived, ended = stdout.readline().split()
            return int(lived), int(ended)

        yield run
        stdin.close()


def publish(settings: Settings) -> Digest:
    published = publish_site(settings, make_request(settings)).published
    assert published
    return published.deploy.snapshot


def build_clean(settings: Settings) -> Digest:
    """What the source is without anything that earlier builds left."""
    request = make_request(settings)
    staged = stage_site(MemoryStore(), open_source(settings), PLUM, request, settings.now)
    assert staged.sealed
    return staged.sealed.snapshot_id


def read_live(settings: Settings) -> Digest:
    with open_existing_store(settings.store) as store:
        return find_live(store, PLUM).snapshot


def edit(settings: Settings, number: int, rng: random.Random) -> None:
    """Change some bodies, now and then a template, a date and a large file."""
    content = settings.source / "content" / "log"
    for page in rng.sample(range(PAGES), 3):
        text = f"---\ndate: 2026-02-{1 + number % 28:02}\n---\nJam {number}.\n"
        (content / f"{page}.md").write_text(text)
    if number % 3 == 0:
        (settings.source / "static" / "large.bin").write_bytes(bytes([number]) * LARGE_BYTES)
    if number % 4 == 0:
        templates = settings.source / "templates"
        templates.mkdir(exist_ok=True)
        (templates / "term.html").write_text(f"{number} {{{{ page.pages|length }}}}")


def test_a_publish_that_is_killed_leaves_the_old_site_or_the_new_one(
    settings: Settings, run_command: RunCommand
) -> None:
    rng = random.Random(37)
    assert run_command(-1)[1] == 0
    edit(settings, 0, rng)
    longest, _ = run_command(-1)
    before, ends = read_live(settings), set()
    for number in range(1, KILLS + 1):
        edit(settings, number, rng)
        wanted = build_clean(settings)
        _, ended = run_command(rng.randrange(longest))
        ends.add(ended)
        assert read_live(settings) in {before, wanted}
        assert verify_store(settings).problems == ()
        assert publish(settings) == wanted
        before = read_live(settings)
        assert before == wanted
    assert -9 in ends
