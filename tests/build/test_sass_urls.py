from __future__ import annotations

import pytest

from pectin.adapters.memory_source import MemorySource
from pectin.build.assets.files import AssetFiles
from pectin.build.assets.sass_urls import AmbiguousUrl, find_sheet


def find(path: str, *names: str, from_import: bool = False) -> str | None:
    files = AssetFiles(frozenset(names), MemorySource(dict.fromkeys(names, "")))
    return find_sheet(path, files, from_import=from_import)


@pytest.mark.parametrize(
    "name", ["a/b.scss", "a/_b.scss", "a/b.sass", "a/_b.sass", "a/b.css", "a/_b.css"]
)
def test_a_suffix_and_the_underscore_of_a_partial_may_be_left_out(name: str) -> None:
    assert find("a/b", name) == name


def test_a_folder_is_found_by_its_index_when_no_file_has_its_name() -> None:
    assert find("a/b", "a/b/_index.scss") == "a/b/_index.scss"
    assert find("a/b", "a/b/_index.scss", "a/_b.scss") == "a/_b.scss"


def test_sass_comes_before_plain_css() -> None:
    assert find("a", "a.css", "_a.scss") == "_a.scss"


def test_a_file_for_imports_is_found_by_import_alone() -> None:
    assert find("a", "_a.import.scss", "_a.scss", from_import=True) == "_a.import.scss"
    assert find("a", "_a.import.scss", "_a.scss") == "_a.scss"


def test_a_suffix_that_is_written_is_meant() -> None:
    assert find("a.css", "a.css", "a.scss") == "a.css"
    assert find("a.scss", "a.css") is None


def test_files_that_are_as_good_as_each_other_are_not_chosen_from() -> None:
    with pytest.raises(AmbiguousUrl, match=r"_a\.sass or a\.scss"):
        find("a", "a.scss", "_a.sass")


def test_what_is_looked_for_is_asked_whether_or_not_it_is_there() -> None:
    files = AssetFiles(frozenset({"a.css"}), MemorySource({"a.css": ""}))
    assert find_sheet("a", files, from_import=False) == "a.css"
    assert ("file", "_a.scss") in files.asked
    assert ("file", "a.css") in files.asked
