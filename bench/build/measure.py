"""The runs: each peer builds the same posts, into an empty place, in turns."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.build import hugo, pectin_site
from bench.build.content import Posts, store_posts
from bench.measurement import Usage, alternate, measure, median_usage

_STYLE = "body { max-width: 40rem; margin: auto; font: 1rem/1.5 serif; }\n"


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to build: its name, and the command for a fresh folder."""

    name: str
    command: Callable[[Path], Sequence[str | Path]]


@dataclass(frozen=True, slots=True)
class Built:
    """What a peer took, and how many files with how many bytes it made."""

    peer: str
    usage: Usage
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

        def run(peer: Peer, *, watch_memory: bool = False) -> Usage:
            place = root / "run"
            place.mkdir()
            usage = measure(peer.command(place), cwd=place, watch_memory=watch_memory)
            if peer.name not in outputs:
                outputs[peer.name] = list_output(place / "out")
            shutil.rmtree(place)
            return usage

        memory = {peer.name: run(peer, watch_memory=True).peak_sum_bytes for peer in peers}
        taken = alternate(peers, runs, run)
    _require_same_pages(outputs)
    return [
        Built(
            peer=peer.name,
            usage=replace(median_usage(usages), peak_sum_bytes=memory[peer.name]),
            files=len(outputs[peer.name]),
            output_bytes=sum(outputs[peer.name].values()),
        )
        for peer, usages in taken
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


def _prepare(posts: Posts, root: Path) -> list[Peer]:
    for name, site in (("hugo", hugo), ("pectin", pectin_site)):
        store_posts(posts, root / name / "content" / "posts")
        (root / name / "static").mkdir()
        (root / name / "static" / "style.css").write_text(_STYLE)
        site.store_site(root / name)
    return [
        Peer("Hugo", lambda run: hugo.build_command(root / "hugo", run / "out", run / "cache")),
        Peer(
            "Pectin, publish", lambda run: pectin_site.publish_command(root / "pectin", run / "out")
        ),
        Peer(
            "Pectin, build --out",
            lambda run: pectin_site.build_command(root / "pectin", run / "out"),
        ),
    ]


def _require_same_pages(outputs: dict[str, dict[str, int]]) -> None:
    pages = {peer: pages_of(output) for peer, output in outputs.items()}
    ours, theirs = pages["Pectin, build --out"], pages["Hugo"]
    if ours != theirs:
        raise SystemExit(
            "the peers made different pages, so their figures do not compare\n"
            f"  only Hugo:   {sorted(theirs - ours)[:10]}\n"
            f"  only Pectin: {sorted(ours - theirs)[:10]}"
        )
