"""The fenced and indented examples of the documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
_FENCED = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?<=\n\n)(?: {4}[^\n]*\n|\n(?= {4}))+", re.MULTILINE)
_NAMED = re.compile(r"`([\w./-]+\.\w+)`:?$")
_COMMENTED = re.compile(r"# ([\w./-]+/[\w./-]+\.\w+)\n")


@dataclass(frozen=True)
class Block:
    """An example: the `number`th of its `document`, in `section`, after the line `lead`.

    `file` is what the text says that it is the content of, or "".
    """

    document: str
    number: int
    section: str
    lead: str
    language: str
    text: str
    file: str

    def __str__(self) -> str:
        """As tests are named."""
        return f"{self.document}-{self.number}-{self.language or 'plain'}"


def list_blocks(path: Path) -> list[Block]:
    """The examples of the document at `path`, in order."""
    text = path.read_text(encoding="utf-8")
    fences = list(_FENCED.finditer(text))
    inside = [range(fence.start(), fence.end()) for fence in fences]
    indented = [
        found
        for found in _INDENTED.finditer(text)
        if not any(found.start() in span for span in inside)
    ]
    blocks: list[Block] = []
    for found in sorted([*fences, *indented], key=lambda match: match.start()):
        is_fenced = found.re is _FENCED
        body = found[3] if is_fenced else re.sub("^ {4}", "", found[0], flags=re.MULTILINE)
        before = text[: found.start()]
        lead = before.rstrip().rpartition("\n")[2]
        named = _NAMED.search(lead) or _COMMENTED.match(body)
        sections = re.findall(r"^## (.*)$", _FENCED.sub("", before), re.MULTILINE)
        blocks.append(
            Block(
                path.name,
                len(blocks),
                sections[-1] if sections else "",
                lead,
                found[2].partition(" ")[0] if is_fenced else "indented",
                body,
                named[1] if named else "",
            )
        )
    return blocks


BLOCKS = [block for path in sorted(DOCS.glob("*.md")) for block in list_blocks(path)]
