"""`build --out`: the whole new folder or the old one, and nobody else's files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import pytest

from pectin.adapters.output_folder import MARKER, OutputFolder, OutputRefused
from pectin.values.output import OutputFile


class Bytes:
    size = 3

    def open(self) -> BinaryIO:
        return io.BytesIO(b"abc")


def open_output(target: Path, source: Path) -> OutputFolder:
    return OutputFolder(target, source, source / ".pectin")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "pectin.toml").touch()
    return folder


def page(path: str, body: bytes = b"x") -> OutputFile:
    return OutputFile(path, body, "text/html")


def test_what_was_put_is_there_after_the_commit_and_nothing_beside_it(source: Path) -> None:
    target = source / "public"
    with open_output(target, source) as output:
        output.put(page("/a/index.html", b"one"))
        output.put(OutputFile("/b.bin", Bytes(), "application/octet-stream"))
        assert not target.exists()
        assert (output.has("/a/index.html"), output.has("/c")) == (True, False)
        output.commit()
    assert (target / "a/index.html").read_bytes() == b"one"
    assert (target / "b.bin").read_bytes() == b"abc"
    assert sorted(path.name for path in source.iterdir()) == ["content", "pectin.toml", "public"]


def test_a_second_build_replaces_the_first_as_a_whole(source: Path) -> None:
    target = source / "public"
    for name in ("/old.html", "/new.html"):
        with open_output(target, source) as output:
            output.put(page(name))
            output.commit()
    assert sorted(path.name for path in target.iterdir()) == [MARKER, "new.html"]
    assert len(list(source.iterdir())) == 3


def test_a_build_that_is_not_committed_leaves_the_old_folder(source: Path) -> None:
    target = source / "public"
    with open_output(target, source) as output:
        output.put(page("/old.html"))
        output.commit()
    with open_output(target, source) as output:
        output.put(page("/new.html"))
    assert sorted(path.name for path in target.iterdir()) == [MARKER, "old.html"]
    assert len(list(source.iterdir())) == 3


def test_a_folder_that_pectin_did_not_make_is_refused(source: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    open_output(precious, source).__exit__(None, None, None)
    (precious / "thesis.tex").touch()
    with pytest.raises(OutputRefused, match="did not make"):
        open_output(precious, source)
    with pytest.raises(OutputRefused, match="did not make"):
        open_output(precious / "thesis.tex", source)


@pytest.mark.parametrize("place", [".", "..", "content", "content/out", "pectin.toml"])
def test_the_source_is_never_replaced(source: Path, place: str) -> None:
    """Attack row 30."""
    with pytest.raises(OutputRefused, match="source"):
        open_output(source / place, source)


def test_a_link_to_the_source_is_never_replaced(source: Path, tmp_path: Path) -> None:
    """Attack row 30."""
    (tmp_path / "link").symlink_to(source / "content")
    with pytest.raises(OutputRefused, match="source"):
        open_output(tmp_path / "link", source)


@pytest.mark.parametrize("path", ["/../x", "/a/../../x", "/a//b", "/./a", "/a\\b", "/a\0b", "/"])
def test_a_path_that_leads_out_is_refused(source: Path, path: str) -> None:
    """Attack row 30."""
    with (
        open_output(source / "public", source) as output,
        pytest.raises(OutputRefused, match="path"),
    ):
        output.put(page(path))


def test_a_path_that_is_put_twice_is_refused(source: Path) -> None:
    with open_output(source / "public", source) as output:
        output.put(page("/a.html"))
        with pytest.raises(OutputRefused, match=r"a\.html cannot be written: File exists"):
            output.put(page("/a.html"))


@pytest.mark.parametrize("place", [".pectin", ".pectin/public", ".pectin/lmdb/x"])
def test_the_store_is_never_replaced(source: Path, place: str) -> None:
    with pytest.raises(OutputRefused, match="deploys are stored"):
        open_output(source / place, source)


def test_what_the_store_is_in_is_never_replaced(source: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "all", tmp_path / "all" / "stores"):
        with pytest.raises(OutputRefused, match="deploys are stored"):
            OutputFolder(target, source, tmp_path / "all" / "stores" / "one")


def test_another_store_is_never_replaced(source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "lmdb").mkdir(parents=True)
    (other / "lmdb" / "data.mdb").touch()
    (other / MARKER).touch()
    with pytest.raises(OutputRefused, match="deploys are stored"):
        open_output(other, source)


@pytest.mark.parametrize(
    ("path", "hint"), [("/a.html/x/index.html", "two addresses"), (f"/{'a' * 300}", "shorter")]
)
def test_a_name_that_no_disk_takes_is_told_with_what_to_do(
    source: Path, path: str, hint: str
) -> None:
    with open_output(source / "public", source) as output:
        output.put(page("/a.html"))
        with pytest.raises(OutputRefused, match="cannot be written") as told:
            output.put(page(path))
    assert hint in told.value.hint
