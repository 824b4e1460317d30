"""`[check]` knows every code there is: those in the source, in the golden sites, and in the manual."""

from __future__ import annotations

import re
from pathlib import Path

from pectin.build.codes import CODES

ROOT = Path(__file__).parent.parent.parent
REPORTED = re.compile(
    r"(?:\breport|_report|Problem|TemplateFault|Broken)\(\s*\"([a-z0-9-]+)\",|return \(?\s*\"([a-z0-9]+-[a-z0-9-]+)\", f?\""
)


def read_sources() -> str:
    others = ("adapters/folder_source.py", "adapters/loader_process.py", "app/loaders.py")
    rooms = [
        *ROOT.glob("src/pectin/build/**/*.py"),
        *ROOT.glob("src/pectin/data/*.py"),
        *(ROOT / "src/pectin" / path for path in others),
    ]
    return "\n".join(path.read_text() for path in sorted(rooms) if path.name != "codes.py")


def test_every_code_that_is_reported_is_known() -> None:
    found = {a or b for a, b in REPORTED.findall(read_sources())}
    assert len(found) > len(CODES) / 2
    assert found <= CODES


def test_every_known_code_is_in_the_source() -> None:
    source = read_sources()
    made = {"unknown-filter", "unknown-function", "unknown-test"}
    assert {code for code in CODES - made if f'"{code}"' not in source} == set()


def test_every_code_of_a_golden_site_is_known() -> None:
    texts = [path.read_text() for path in ROOT.glob("tests/golden/*.site")]
    found = set(re.findall(r"^!! \w+\[([^\]]+)\]", "\n".join(texts), re.MULTILINE))
    assert found <= CODES


def test_the_manual_lists_every_code() -> None:
    section = (ROOT / "docs/content.md").read_text().split("## Problems\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", section, re.MULTILINE)) == CODES
