from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pectin.adapters.image_folder import KEPT_DAYS, ImageFolder
from pectin.adapters.memory_images import MemoryImages
from pectin.build.images.ports import ImageResults

KEY, OTHER = bytes(range(16)), bytes(16)
DAY = 86_400
NOW = 2_000_000_000

MAKERS: list[Callable[[Path], ImageResults]] = [
    lambda folder: ImageFolder(folder / "images", NOW),
    lambda _: MemoryImages(),
]


@pytest.mark.parametrize("make", MAKERS)
def test_what_was_stored_is_loaded(make: Callable[[Path], ImageResults], tmp_path: Path) -> None:
    results = make(tmp_path)
    assert results.load(KEY) is None
    results.store(KEY, b"jam")
    results.store(OTHER, b"")
    assert (results.load(KEY), results.load(OTHER)) == (b"jam", b"")


def test_another_process_finds_it(tmp_path: Path) -> None:
    ImageFolder(tmp_path, NOW).store(KEY, b"jam")
    assert ImageFolder(tmp_path, NOW).load(KEY) == b"jam"


def find_file(folder: Path) -> Path:
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    return file


@pytest.mark.parametrize("damage", [b"", b"short", bytes(40)])
def test_what_is_damaged_was_never_there(tmp_path: Path, damage: bytes) -> None:
    folder = ImageFolder(tmp_path, NOW)
    folder.store(KEY, b"jam")
    find_file(tmp_path).write_bytes(damage)
    assert folder.load(KEY) is None
    folder.store(KEY, b"jam")
    assert folder.load(KEY) == b"jam"


def test_a_place_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "images").write_text("a file")
    folder = ImageFolder(tmp_path / "images", NOW)
    folder.store(KEY, b"jam")
    assert folder.load(KEY) is None


def test_what_nobody_has_used_for_long_is_pruned_and_nothing_else(tmp_path: Path) -> None:
    ImageFolder(tmp_path, NOW).store(KEY, b"jam")
    os.utime(find_file(tmp_path), (NOW, NOW))
    ImageFolder(tmp_path, NOW + 2 * DAY).load(KEY)
    ImageFolder(tmp_path, NOW + KEPT_DAYS * DAY + DAY).prune()
    assert find_file(tmp_path).exists()
    ImageFolder(tmp_path, NOW + KEPT_DAYS * DAY + 3 * DAY).prune()
    assert ImageFolder(tmp_path, NOW).load(KEY) is None
