"""The source in a folder: what is read, what is left out, and what is refused."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from pectin.adapters.folder_source import (
    LARGEST_TEXT,
    STREAM_FROM,
    FolderSource,
    SourceMissing,
    is_source,
)
from pectin.build.source import SourceUnreadable
from pectin.values.problem import Severity


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for path, body in {"pectin.toml": "", **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body.encode() if isinstance(body, str) else body)
    return root


def codes(source: FolderSource) -> list[str]:
    return [problem.code for problem in source.problems]


def test_paths_are_sorted_by_code_point_whatever_the_disk_says(tmp_path: Path) -> None:
    source = FolderSource(write(tmp_path, {"content/é.md": "", "content/b/a.md": "", "data/Z": ""}))
    assert list(source.paths()) == ["content/b/a.md", "content/é.md", "data/Z", "pectin.toml"]


def test_the_configuration_of_netlify_is_source_where_it_is_at_the_top(tmp_path: Path) -> None:
    root = write(tmp_path, {"netlify.toml": "", "netlify.toml.bak": "", "x/netlify.toml": ""})
    assert list(FolderSource(root).paths()) == ["netlify.toml", "pectin.toml"]
    assert is_source("netlify.toml")


def test_a_decomposed_name_is_read_by_its_composed_path(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "é.md")
    source = FolderSource(write(tmp_path, {f"content/{name}": "plum"}))
    assert source.read("content/é.md") == b"plum"


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "README.md",
        "public/index.html",
        ".pectin/data.mdb",
        "node_modules/x/index.js",
        "assets/node_modules/x.js",
        "content/.git/config",
        "content/.hidden.md",
        "content/a.md~",
        "content/.a.md.swp",
        "content/#a.md#",
        "static/.htpasswd",
        "static/.well-known/.secret",
    ],
)
def test_what_is_not_source_is_left_out(tmp_path: Path, path: str) -> None:
    assert not is_source(path)
    source = FolderSource(write(tmp_path, {path: "x"}))
    assert (list(source.paths()), source.problems) == (["pectin.toml"], ())


def test_well_known_files_are_part_of_the_source(tmp_path: Path) -> None:
    source = FolderSource(write(tmp_path, {"static/.well-known/security.txt": "x"}))
    assert "static/.well-known/security.txt" in source.paths()


def test_a_folder_without_configuration_is_not_a_site(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"no pectin\.toml"):
        FolderSource(tmp_path)


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside", ".env", "content/.git", "."])
def test_a_link_to_anything_but_source_is_refused(tmp_path: Path, target: str) -> None:
    """Attack rows 3, 6 and 30."""
    root = write(tmp_path / "site", {".env": "SECRET=1", "content/.git": "x"})
    (tmp_path / "outside").write_text("secret")
    link = root / "static" / "x.br"
    link.parent.mkdir()
    link.symlink_to(target if target.startswith("/") else root / target)
    source = FolderSource(root)
    assert codes(source) == ["link-leads-out"]
    assert "static/x.br" not in source.paths()


def test_a_linked_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    """Attack row 3."""
    root = write(tmp_path / "site", {})
    (root / "content").symlink_to("/etc")
    source = FolderSource(root)
    assert (codes(source), list(source.paths())) == (["link-leads-out"], ["pectin.toml"])


def test_a_sibling_whose_name_begins_with_the_roots_is_outside(tmp_path: Path) -> None:
    """Attack row 1."""
    root = write(tmp_path / "static", {})
    write(tmp_path / "static1", {"static/a.txt": "secret"})
    (root / "static").mkdir()
    (root / "static" / "a.txt").symlink_to(tmp_path / "static1" / "static" / "a.txt")
    assert codes(FolderSource(root)) == ["link-leads-out"]


def test_a_link_within_the_source_is_followed(tmp_path: Path) -> None:
    root = write(tmp_path, {"content/a.md": "plum"})
    (root / "content" / "b.md").symlink_to("a.md")
    source = FolderSource(root)
    assert source.read("content/b.md") == b"plum"
    assert source.problems == ()


def test_a_circle_of_links_is_told_and_left(tmp_path: Path) -> None:
    root = write(tmp_path, {"content/a/x.md": "", "content/b/y.md": ""})
    (root / "content" / "a" / "to-b").symlink_to(root / "content" / "b")
    (root / "content" / "b" / "to-a").symlink_to(root / "content" / "a")
    assert set(codes(FolderSource(root))) == {"link-loop"}


def test_a_file_that_became_a_link_since_the_scan_is_not_followed(tmp_path: Path) -> None:
    """Attack row 3."""
    root = write(tmp_path, {"content/a.md": "plum"})
    source = FolderSource(root)
    (root / "content" / "a.md").unlink()
    (root / "content" / "a.md").symlink_to("/etc/passwd")
    with pytest.raises(SourceUnreadable):
        source.read("content/a.md")


def test_a_fifo_is_refused_and_does_not_hang_the_build(tmp_path: Path) -> None:
    """Attack row 7."""
    root = write(tmp_path, {"content/a.md": ""})
    os.mkfifo(root / "content" / "b.md")
    source = FolderSource(root)
    assert codes(source) == ["not-a-file"]
    (root / "content" / "a.md").unlink()
    os.mkfifo(root / "content" / "a.md")
    with pytest.raises(SourceUnreadable):
        source.read("content/a.md")


@pytest.mark.parametrize(
    "path", ["content/a.md", "templates/a.html", "data/a.json", "i18n/en.toml"]
)
def test_a_text_that_no_build_should_hold_is_told_and_left_out(tmp_path: Path, path: str) -> None:
    """Attack row 7: a bomb, of which the disk holds nothing."""
    root = write(tmp_path, {path: "", "static/film.mp4": "", "content/film.mp4": ""})
    for large in (path, "static/film.mp4", "content/film.mp4"):
        os.truncate(root / large, LARGEST_TEXT + 1)
    source = FolderSource(root)
    (problem,) = source.problems
    assert (problem.code, problem.is_error) == ("file-too-large", True)
    assert str(problem.place) == path
    assert list(source.paths()) == ["content/film.mp4", "pectin.toml", "static/film.mp4"]
    os.truncate(root / path, LARGEST_TEXT)
    assert codes(FolderSource(root)) == []


def test_names_that_differ_only_in_their_accents_form_are_refused(tmp_path: Path) -> None:
    """Attack row 7."""
    root = write(tmp_path, {"content/é.md": "", "content/e\N{COMBINING ACUTE ACCENT}.md": ""})
    assert codes(FolderSource(root)) == ["path-collision"]


def test_names_that_differ_only_in_case_are_a_warning(tmp_path: Path) -> None:
    """Attack row 7."""
    (problem,) = FolderSource(write(tmp_path, {"content/a.md": "", "content/A.md": ""})).problems
    assert (problem.code, problem.severity) == ("case-collision", Severity.WARNING)


@pytest.mark.parametrize("name", [b"a\nb.md", b"a\\b.md", b"\xff.md", "a\u202eb.md".encode()])
def test_names_that_no_url_can_have_are_refused(tmp_path: Path, name: bytes) -> None:
    """Attack row 7."""
    root = write(tmp_path, {"content/a.md": ""})
    Path(os.fsdecode(os.fsencode(root / "content") + b"/" + name)).write_text("")
    source = FolderSource(root)
    assert codes(source) == ["bad-file-name"]
    assert list(source.paths()) == ["content/a.md", "pectin.toml"]


def test_a_screenshot_with_a_narrow_space_in_its_name_is_a_file(tmp_path: Path) -> None:
    path = "static/Screenshot at 10.05.00\u202fAM.png"
    source = FolderSource(write(tmp_path, {path: "picture"}))
    assert codes(source) == []
    assert path in source.paths()


def test_a_file_that_vanished_is_a_clear_error(tmp_path: Path) -> None:
    source = FolderSource(write(tmp_path, {"content/a.md": ""}))
    (tmp_path / "content" / "a.md").unlink()
    with pytest.raises(SourceUnreadable, match=r"content/a\.md cannot be read: No such file"):
        source.read("content/a.md")


def test_large_files_are_streamed_and_small_ones_read(tmp_path: Path) -> None:
    large = b"x" * STREAM_FROM
    source = FolderSource(write(tmp_path, {"static/large.bin": large, "static/small.bin": b"y"}))
    assert source.stream("static/small.bin") == b"y"
    stream = source.stream("static/large.bin")
    assert not isinstance(stream, bytes)
    with stream.open() as file:
        assert (file.read(), stream.size) == (large, STREAM_FROM)


def test_the_source_digest_is_of_paths_and_bytes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/a.md": "plum", "static/b.bin": b"z" * STREAM_FROM}
    one = FolderSource(write(tmp_path / "one", files))
    two = FolderSource(write(tmp_path / "two", {**files, ".git/HEAD": "main"}))
    other = FolderSource(write(tmp_path / "three", {**files, "content/a.md": "pear"}))
    for path in one.paths():
        one.stream(path)
    assert one.compute_source_digest() == two.compute_source_digest()
    assert one.compute_source_digest() != other.compute_source_digest()


def test_the_source_digest_is_of_the_bytes_that_were_read(tmp_path: Path) -> None:
    source = FolderSource(write(tmp_path, {"content/a.md": "plum"}))
    source.read("content/a.md")
    before = source.compute_source_digest()
    (tmp_path / "content" / "a.md").write_text("pear")
    assert source.compute_source_digest() == before


def test_a_file_that_is_changed_between_two_reads_is_told(tmp_path: Path) -> None:
    source = FolderSource(write(tmp_path, {"content/a.md": "plum"}))
    assert source.read("content/a.md") == source.read("content/a.md") == b"plum"
    (tmp_path / "content" / "a.md").write_text("pear")
    with pytest.raises(SourceUnreadable, match=r"content/a\.md was changed while"):
        source.read("content/a.md")


def test_a_file_that_looks_as_it_did_need_not_be_read(tmp_path: Path) -> None:
    root = write(tmp_path, {"content/a.md": "plum", "content/b.md": "pear"})
    one = FolderSource(root)
    digests = [one.digest(path) for path in one.paths()]
    known = one.list_known(1 << 40)
    assert set(known) == set(one.paths())
    (root / "content" / "b.md").write_text("apple")
    two = FolderSource(root)
    two.trust({**known, "content/a.md": (known["content/a.md"][0], b"x" * 32)})
    assert two.digest("content/a.md") == b"x" * 32
    assert two.digest("content/b.md") != digests[1]


def test_a_file_that_was_changed_just_now_is_not_known(tmp_path: Path) -> None:
    source = FolderSource(write(tmp_path, {"content/a.md": "plum"}))
    source.digest("content/a.md")
    assert source.list_known(0) == {}


def test_a_large_file_that_changes_after_it_was_found_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"pectin.toml": "", "static/v.bin": "a" * (2 << 20)})
    source = FolderSource(tmp_path)
    (tmp_path / "static/v.bin").write_bytes(b"b" * (1 << 20))
    with pytest.raises(SourceUnreadable, match="was changed while the site was built"):
        source.stream("static/v.bin")


def test_a_second_look_at_one_file_sees_what_a_walk_would(tmp_path: Path) -> None:
    source = FolderSource(write(tmp_path, {"content/a.md": "plum", "content/b.md": "fig"}))
    before = source.compute_source_digest()
    write(tmp_path, {"content/a.md": "damson"})
    assert source.look_again(["content/a.md"])
    assert source.read("content/a.md") == b"damson"
    assert source.compute_source_digest() != before
    assert source.compute_source_digest() == FolderSource(tmp_path).compute_source_digest()


def test_a_second_look_does_not_do_for_what_is_new_gone_or_something_else(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "plum", "content/b.md": "fig", "content/c.md": "pear"})
    source = FolderSource(tmp_path)
    write(tmp_path, {"content/new.md": ""})
    (tmp_path / "content/a.md").unlink()
    (tmp_path / "content/b.md").unlink()
    (tmp_path / "content/b.md").symlink_to("c.md")
    for path in ("content/new.md", "content/a.md", "content/b.md", "content"):
        assert not source.look_again([path])


def test_a_second_look_does_not_do_where_a_file_may_have_two_names(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "plum"})
    (tmp_path / "content/b.md").symlink_to("a.md")
    assert not FolderSource(tmp_path).look_again(["content/a.md"])
