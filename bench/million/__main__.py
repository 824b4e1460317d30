"""`python -m bench.million`: a very large site, published by Pectin alone."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.arguments import parse_arguments
from bench.build import pectin_site
from bench.build.content import Posts, store_posts
from bench.measurement import Usage, measure
from bench.report import Aim, Report, Table, print_reports, ratio

_SMALL = 10_000
_MOST_BYTES = 2_500_000_000
_MOST_FOR_ONE = 1.3
_MEGABYTE = 1_000_000
_MICROSECONDS = 1_000_000


def run(*, quick: bool) -> Report:
    """A publish of a million pages beside one of ten thousand; with `quick`, a tenth of both."""
    counts = (_SMALL // 10, _SMALL) if quick else (_SMALL, 100 * _SMALL)
    small, large = (_publish(count) for count in counts)
    of_small, of_large = _cost_of_one(counts[0], small), _cost_of_one(counts[1], large)
    table = Table(
        "Publishes into an empty store",
        ("posts", "wall s", "CPU s", "CPU us a post", "peak MB"),
        tuple(
            (
                f"{count:,}",
                usage.wall_seconds,
                usage.cpu_seconds,
                _cost_of_one(count, usage),
                usage.peak_sum_bytes / _MEGABYTE,
            )
            for count, usage in zip(counts, (small, large), strict=True)
        ),
    )
    aims = (
        Aim("memory of the larger, bytes", large.peak_sum_bytes, "at most", _MOST_BYTES),
        Aim(
            "cost of a post to that in the smaller",
            ratio(of_large, of_small),
            "at most",
            _MOST_FOR_ONE,
        ),
    )
    return Report("million", (table,), () if quick else aims)


def _publish(count: int) -> Usage:
    with tempfile.TemporaryDirectory(prefix="pectin-bench-") as folder:
        source, place = Path(folder) / "site", Path(folder) / "run"
        print(f"writing {count:,} posts ...", file=sys.stderr)
        store_posts(Posts(count), source / "content" / "posts")
        (source / "static").mkdir()
        (source / "static" / "style.css").write_text("body { max-width: 40rem }\n")
        pectin_site.store_site(source)
        place.mkdir()
        print("publishing them ...", file=sys.stderr)
        return measure(pectin_site.publish_command(source, place / "store"), cwd=place)


def _cost_of_one(count: int, usage: Usage) -> float:
    return usage.cpu_seconds / count * _MICROSECONDS


if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    print_reports([run(quick=arguments.quick)], as_json=arguments.as_json)
