"""`python -m bench.build`: a site of posts through Hugo and through Pectin."""

from __future__ import annotations

import sys

from bench.arguments import parse_arguments
from bench.build.content import Posts
from bench.build.measure import Built, compare
from bench.report import Aim, Report, Table, print_reports, ratio

_MEGABYTE = 1_000_000
_AIMED_AT = 10_000


def run(*, quick: bool) -> Report:
    """The whole comparison; with `quick`, a small site once, of which nothing is aimed at."""
    plans = (
        [Posts(200), Posts(200, code=True)]
        if quick
        else [Posts(1_000), Posts(10_000), Posts(1_000, code=True), Posts(10_000, code=True)]
    )
    tables, aims = [], []
    for posts in plans:
        print(f"building {_title(posts)} ...", file=sys.stderr)
        built = compare(posts, runs=1 if quick else 3)
        tables.append(_table(posts, built))
        aims += _aims(posts, built)
    return Report("build", tuple(tables), tuple(aims))


def _title(posts: Posts) -> str:
    return f"{posts.count:,} posts" + (", each with highlighted code" if posts.code else "")


def _table(posts: Posts, built: list[Built]) -> Table:
    hugo = built[0]
    return Table(
        title=f"{_title(posts)}; ratios are to Hugo",
        columns=("", "wall s", "ratio", "CPU s", "ratio", "peak MB", "ratio", "files", "MB"),
        rows=tuple(
            (
                each.peer,
                each.usage.wall_seconds,
                ratio(each.usage.wall_seconds, hugo.usage.wall_seconds),
                each.usage.cpu_seconds,
                ratio(each.usage.cpu_seconds, hugo.usage.cpu_seconds),
                each.usage.peak_sum_bytes / _MEGABYTE,
                ratio(each.usage.peak_sum_bytes, hugo.usage.peak_sum_bytes),
                each.files,
                each.output_bytes / _MEGABYTE,
            )
            for each in built
        ),
    )


def _aims(posts: Posts, built: list[Built]) -> list[Aim]:
    hugo, pectin = built[0].usage, built[1].usage
    wall = ratio(pectin.wall_seconds, hugo.wall_seconds)
    memory = ratio(pectin.peak_sum_bytes, hugo.peak_sum_bytes)
    if posts.count < _AIMED_AT:
        return []
    aims = [Aim(f"{_title(posts)}: wall time to Hugo's", wall, "at most", 1 / 3)]
    if not posts.code:
        aims.append(Aim(f"{_title(posts)}: memory to Hugo's", memory, "at most", 1 / 4))
    return aims


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    print_reports([run(quick=arguments.quick)], as_json=arguments.as_json)
