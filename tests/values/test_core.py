"""What the core may not reach by a part of a package, which import-linter cannot forbid."""

from __future__ import annotations

import re
from pathlib import Path

PECTIN = Path(__file__).parents[2] / "src" / "pectin"
CORE = ("values", "build", "edge", "deploy")
REACHING = re.compile(r"^\s*(?:import|from) urllib\.(?:request|robotparser)\b", re.MULTILINE)


def list_reaching(*rooms: str) -> list[Path]:
    paths = [path for room in rooms for path in (PECTIN / room).rglob("*.py")]
    assert paths
    return [path for path in paths if REACHING.search(path.read_text())]


def test_the_core_opens_no_url() -> None:
    assert list_reaching(*CORE) == []
