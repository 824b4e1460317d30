"""The documentation tells the truth about the repository."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?:|#|mailto:)([^)#]+)")


def rows_of_change_table() -> list[list[str]]:
    table = ARCHITECTURE.partition("## To change X, open Y")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]


def test_the_architecture_fits_in_120_lines_and_opens_with_the_invariants() -> None:
    assert len(ARCHITECTURE.splitlines()) < 120
    headings = re.findall(r"^## (.+)$", ARCHITECTURE, re.MULTILINE)
    assert headings[0] == "Invariants"


@pytest.mark.parametrize("row", rows_of_change_table(), ids=lambda row: str(row[0]))
def test_every_place_to_change_something_exists(row: list[str]) -> None:
    places = re.findall(r"`([^`]+)`", row[1])
    assert places
    for place in places:
        candidates = (ROOT / place, ROOT / "src/pectin" / place)
        assert any(candidate.exists() for candidate in candidates), place


def test_every_room_is_described() -> None:
    rooms = [path.parent.name for path in (ROOT / "src/pectin").glob("*/__init__.py")]
    assert rooms
    for room in rooms:
        assert f"`{room}`" in ARCHITECTURE


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    text = re.sub(
        r"```.*?```|^    .*?$|`[^`]*`",
        "",
        document.read_text("utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    for target in LINK.findall(text):
        assert (document.parent / target.strip()).exists(), target


@pytest.mark.parametrize(
    "record", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: str(path.stem)
)
def test_a_decision_record_is_numbered_titled_and_under_a_page(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    number = re.match(r"\d{4}(?=-)", record.name)
    assert number, "the name begins with four digits and a hyphen"
    assert text.startswith(f"# {number[0]}: ")
    assert len(text.splitlines()) <= 70


def test_no_two_decision_records_have_one_number() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
