"""What the kernel says of a tree of processes: CPU seconds and memory.

Linux only: read from /proc, so that every peer is measured with the same ruler.
"""

from __future__ import annotations

import os
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_KIB = 1024


def process_tree(root: int) -> list[int]:
    """The ids of `root` and of its living descendants; empty when `root` has ended."""
    found: list[int] = []
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            children = [int(child) for task in tasks for child in _read(task / "children").split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        found.append(pid)
        waiting += children
    return found


def cpu_seconds(root: int) -> float:
    """User and system seconds of the tree under `root`, its ended and reaped children included."""
    return sum(_cpu_ticks(pid) for pid in process_tree(root)) / _TICKS_PER_SECOND


def resident_bytes(root: int) -> int:
    """Resident memory of the tree under `root`. Pages that its processes share count once.

    A process that is just forked shares all its pages with its parent; a sum of resident sets
    would see the whole of it twice.
    """
    match process_tree(root):
        case [pid]:
            return _resident_pages(pid) * _PAGE_BYTES
        case pids:
            return sum(map(_proportional_bytes, pids))


def _cpu_ticks(pid: int) -> int:
    # proc(5): the command, in parentheses, may hold blanks; utime, stime, cutime and cstime are
    # fields 14 to 17, which is 11 to 14 behind it.
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:15]))


def _resident_pages(pid: int) -> int:
    fields = _read(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) if fields else 0


def _proportional_bytes(pid: int) -> int:
    # proc(5), smaps_rollup: "Pss:  1234 kB", each page divided by how many processes map it
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * _KIB
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
