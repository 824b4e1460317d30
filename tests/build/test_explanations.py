from __future__ import annotations

import re
from pathlib import Path

import pectin.build.templates.prints
from pectin.build.explanations import describe_change

SOURCE = Path(str(pectin.build.templates.prints.__file__)).read_text()
KINDS = set(re.findall(r'^            "([a-z-]+)":', SOURCE, re.MULTILINE)) | set(
    re.findall(r'^                \("([a-z-]+)",', SOURCE, re.MULTILINE)
)


def test_a_change_of_every_kind_of_answer_can_be_told() -> None:
    assert len(KINDS) > 20
    for kind in KINDS:
        assert describe_change((kind, "plum"))
