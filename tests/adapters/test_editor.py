"""The editor is what the environment says, in the order of other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pectin.adapters.editor import EditorMissing, find_editor, open_editor


def test_visual_goes_before_editor_and_may_have_arguments() -> None:
    assert find_editor({"VISUAL": "code --wait", "EDITOR": "ed"}) == ["code", "--wait"]
    assert find_editor({"VISUAL": "", "EDITOR": "'my editor'"}) == ["my editor"]


@pytest.mark.parametrize("environment", [{}, {"EDITOR": " "}, {"VISUAL": "'open"}])
def test_no_editor_is_told(environment: dict[str, str]) -> None:
    with pytest.raises(EditorMissing):
        find_editor(environment)


def test_the_editor_gets_the_file(tmp_path: Path) -> None:
    page = tmp_path / "a page.md"
    page.touch()
    script = "import sys; open(sys.argv[1], 'w').write('edited')"
    open_editor([sys.executable, "-c", script], page)
    assert page.read_text() == "edited"
    with pytest.raises(EditorMissing, match="cannot be started"):
        open_editor([str(tmp_path / "nowhere")], page)
