"""What is read from /proc of this very process."""

from __future__ import annotations

import os
import subprocess
import sys

from bench.processes import cpu_seconds, process_tree, resident_bytes


def test_a_tree_has_its_root_and_its_children() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert {os.getpid(), child.pid} <= set(process_tree(os.getpid()))
        assert resident_bytes(os.getpid()) > 0
        child.communicate(b"\n")
    assert child.pid not in process_tree(os.getpid())


def test_work_costs_processor_seconds() -> None:
    before = cpu_seconds(os.getpid())
    while cpu_seconds(os.getpid()) == before:
        sum(range(1_000_000))
    assert cpu_seconds(os.getpid()) > before


def test_a_process_that_has_ended_costs_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    assert process_tree(child.pid) == []
    assert cpu_seconds(child.pid) == 0
