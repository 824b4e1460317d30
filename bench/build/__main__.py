"""`python -m bench.build`: a site of posts through Hugo, Eleventy and Pectin."""

from __future__ import annotations

import sys

from bench.arguments import parse_arguments
from bench.build.content import Posts
from bench.build.measure import STEPS, Built, compare
from bench.measurement import Usage
from bench.report import Aim, Cell, Report, Table, print_reports, ratio

_MEGABYTE = 1_000_000
_COLD = STEPS[0]
_OF_COLD = ("peak MB", "ratio", "files", "MB")
_SMALL = [Posts(1_000), Posts(10_000), Posts(1_000, code=True), Posts(10_000, code=True)]

_AIMS = {
    Posts(10_000): (1 / 4, 1 / 5),
    Posts(10_000, code=True): (1 / 5, None),
    Posts(100_000): (1 / 6, None),
}
"""The wall time and the memory of a cold publish that are aimed at, in units of Hugo's."""


def run(*, quick: bool, large: bool = False) -> Report:
    """The whole comparison; with `quick`, a small site once; with `large`, 100,000 posts once."""
    plans = [Posts(200), Posts(200, code=True)] if quick else _SMALL
    if large:
        plans = [Posts(100_000)]
    tables, aims = [], []
    for posts in plans:
        print(f"building {_title(posts)} ...", file=sys.stderr)
        built = compare(posts, runs=1 if quick or large else 3)
        tables += [_compare(posts, step, built) for step in STEPS]
        aims += _judge(posts, built)
    return Report("build", tuple(tables), tuple(aims))


def _title(posts: Posts) -> str:
    return f"{posts.count:,} posts" + (", each with highlighted code" if posts.code else "")


def _compare(posts: Posts, step: str, built: list[Built]) -> Table:
    first = built[0].usages[step]
    return Table(
        title=f"{_title(posts)}, {step}; ratios are to {built[0].peer}",
        columns=("", "wall s", "ratio", "CPU s", "ratio", *(_OF_COLD if step == _COLD else ())),
        rows=tuple(
            (
                each.peer,
                usage.wall_seconds,
                ratio(usage.wall_seconds, first.wall_seconds),
                usage.cpu_seconds,
                ratio(usage.cpu_seconds, first.cpu_seconds),
                *(_describe_output(each, usage, first) if step == _COLD else ()),
            )
            for each in built
            for usage in (each.usages[step],)
        ),
    )


def _describe_output(built: Built, usage: Usage, first: Usage) -> tuple[Cell, ...]:
    return (
        usage.peak_sum_bytes / _MEGABYTE,
        ratio(usage.peak_sum_bytes, first.peak_sum_bytes),
        built.files or None,
        built.output_bytes / _MEGABYTE if built.files else None,
    )


def _judge(posts: Posts, built: list[Built]) -> list[Aim]:
    if posts not in _AIMS:
        return []
    usages = {each.peer: each.usages[_COLD] for each in built}
    hugo, pectin = usages["Hugo"], usages["Pectin, publish"]
    wall, memory = _AIMS[posts]
    taken = ratio(pectin.wall_seconds, hugo.wall_seconds)
    aims = [Aim(f"{_title(posts)}: wall time to Hugo's", taken, "at most", wall)]
    if memory is not None:
        held = ratio(pectin.peak_sum_bytes, hugo.peak_sum_bytes)
        aims.append(Aim(f"{_title(posts)}: memory to Hugo's", held, "at most", memory))
    return aims


if __name__ == "__main__":
    arguments = parse_arguments(__doc__, large="100,000 posts, once, without Eleventy")
    print_reports([run(quick=arguments.quick, large=arguments.large)], as_json=arguments.as_json)
