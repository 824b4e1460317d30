"""`python -m bench`: every benchmark with its peers, one after the other."""

from __future__ import annotations

import bench.build.__main__ as build
import bench.edge.__main__ as edge
import bench.rules.__main__ as rules
import bench.switch.__main__ as switch
from bench.arguments import parse_arguments
from bench.report import print_reports

if __name__ == "__main__":
    arguments = parse_arguments(__doc__)
    reports = [benchmark.run(quick=arguments.quick) for benchmark in (build, edge, rules, switch)]
    print_reports(reports, as_json=arguments.as_json)
