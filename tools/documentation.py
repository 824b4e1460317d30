"""The documentation as the source of a site, put together from where it is read in the repository.

    python -m tools.documentation FOLDER

The frame is the starter for documentation, the settings are in docs/site, and the pages are the files
of docs/ and those at the top of the repository, as they are. docs/decisions/0117 says why.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "src/pectin/app/starters/docs"
SITE = ROOT / "docs/site"
PROJECT = ("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")


def assemble(target: Path) -> None:
    """Make the folder `target` the source of the site, and nothing else but a store that is in it."""
    for name in ("archetypes", "assets", "content", "data", "static", "templates"):
        shutil.rmtree(target / name, ignore_errors=True)
    for name in ("assets", "static", "templates"):
        shutil.copytree(STARTER / name, target / name)
    shutil.copytree(SITE, target, dirs_exist_ok=True)
    left_out = shutil.ignore_patterns(SITE.name)
    shutil.copytree(ROOT / "docs", target / "content", ignore=left_out, dirs_exist_ok=True)
    for name in PROJECT:
        shutil.copy(ROOT / name, target / "content/project" / name.lower())


if __name__ == "__main__":
    assemble(Path(sys.argv[1]))
