"""The runs: each peer builds the same posts, into an empty place, and builds them again, in turns."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from bench.build import eleventy, hugo, pectin_site
from bench.build.content import Posts, name_post, store_posts
from bench.measurement import Usage, alternate, measure, median_usage

_STYLE = "body { max-width: 40rem; margin: auto; font: 1rem/1.5 serif; }\n"
_MOST_OF_ELEVENTY = 10_000
"""With 100,000 posts it needs more memory than Node gives it."""

_SETTLING_SECONDS = 2.5

STEPS = ("cold", "nothing changed", "one body edited", "template edited")
"""What is measured in one place after the other, each time in the same one."""


class SiteModule(Protocol):
    """How a peer's site is written. `FOOTER` is the template, below its folder, that every page shows."""

    FOOTER: str

    def store_site(self, folder: Path) -> None:
        """Write everything but the posts into `folder`."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to build the `site` in the folder `source`: the command that does it in a place of its own."""

    name: str
    source: Path
    site: SiteModule
    command: Callable[[Path, Path], Sequence[str | Path]]


_PEERS: tuple[tuple[str, str, Callable[[Path, Path], Sequence[str | Path]]], ...] = (
    ("Hugo", "hugo", lambda source, run: hugo.build_command(source, run / "out", run / "cache")),
    ("Eleventy", "eleventy", lambda source, run: eleventy.build_command(source, run / "out")),
    (
        "Pectin, publish",
        "pectin",
        lambda source, run: pectin_site.publish_command(source, run / "store"),
    ),
    (
        "Pectin, build --out",
        "pectin",
        lambda source, run: pectin_site.build_command(source, run / "out", run / "store"),
    ),
)


@dataclass(frozen=True, slots=True)
class Built:
    """What a peer took for each step, and how many files with how many bytes it made.

    Memory is that of the cold build.
    """

    peer: str
    usages: Mapping[str, Usage]
    files: int
    output_bytes: int


def compare(posts: Posts, runs: int) -> list[Built]:
    """The medians of each peer over `runs` runs after one whose memory is watched, Hugo first.

    Raises SystemExit when the peers did not make the same pages.
    """
    with tempfile.TemporaryDirectory(prefix="pectin-bench-") as folder:
        root = Path(folder)
        peers = _prepare(posts, root)
        outputs: dict[str, dict[str, int]] = {}

        def look(peer: Peer) -> int:
            with _place(root) as place:
                usage = measure(peer.command(peer.source, place), cwd=place, watch_memory=True)
                outputs[peer.name] = list_output(place / "out")
            return usage.peak_sum_bytes

        memory = {peer.name: look(peer) for peer in peers}
        _require_same_pages(outputs)
        taken = alternate(peers, runs, lambda peer: _run_steps(peer, root))
    return [
        Built(
            peer=peer.name,
            usages={
                step: replace(
                    median_usage(run[step] for run in results), peak_sum_bytes=memory[peer.name]
                )
                for step in STEPS
            },
            files=len(outputs[peer.name]),
            output_bytes=sum(outputs[peer.name].values()),
        )
        for peer, results in taken
    ]


def list_output(folder: Path) -> dict[str, int]:
    """The size of each visible file under `folder`, by its path below it."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def pages_of(output: dict[str, int]) -> set[str]:
    """The URLs of the HTML pages among the files."""
    return {"/" + name.removesuffix("index.html") for name in output if name.endswith(".html")}


def _run_steps(peer: Peer, root: Path) -> dict[str, Usage]:
    """The usage of each step. The source is then as it was."""
    taken = {}
    with _place(root) as place:

        def build(step: str) -> None:
            # A file that changed just now is looked at again by whoever goes by its times.
            time.sleep(_SETTLING_SECONDS)
            taken[step] = measure(peer.command(peer.source, place), cwd=place, watch_memory=False)

        build("cold")
        build("nothing changed")
        with _edited(peer.source / "content" / "posts" / name_post(1), ".\n", ", twice.\n"):
            build("one body edited")
        with _edited(peer.source / peer.site.FOOTER, "measured", "measured again"):
            build("template edited")
    return taken


@contextmanager
def _place(root: Path) -> Iterator[Path]:
    """A folder that is new, and gone at the end."""
    place = root / "run"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place)


@contextmanager
def _edited(path: Path, old: str, new: str) -> Iterator[None]:
    """The file at `path` with `new` for the first `old`, for as long as this lasts."""
    text = path.read_text()
    edited = text.replace(old, new, 1)
    if edited == text:
        raise ValueError(f"{path} has no {old!r}")
    path.write_text(edited)
    try:
        yield
    finally:
        path.write_text(text)


def _prepare(posts: Posts, root: Path) -> list[Peer]:
    sites = {"hugo": hugo, "pectin": pectin_site, "eleventy": eleventy}
    if posts.count > _MOST_OF_ELEVENTY:
        del sites["eleventy"]
    for name, site in sites.items():
        store_posts(posts, root / name / "content" / "posts")
        (root / name / "static").mkdir()
        (root / name / "static" / "style.css").write_text(_STYLE)
        site.store_site(root / name)
    return [
        Peer(name, root / site, sites[site], command)
        for name, site, command in _PEERS
        if site in sites
    ]


def _require_same_pages(outputs: dict[str, dict[str, int]]) -> None:
    pages = {peer: pages_of(output) for peer, output in outputs.items() if output}
    (first, wanted), *others = pages.items()
    for peer, found in others:
        if found != wanted:
            raise SystemExit(
                "the peers made different pages, so their figures do not compare\n"
                f"  only {first}: {sorted(wanted - found)[:10]}\n"
                f"  only {peer}: {sorted(found - wanted)[:10]}"
            )
