"""Images of a site on the disk: when they are encoded, and where that is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pectin.adapters.folder_source import FolderSource
from pectin.adapters.pillow_encoder import PillowEncoder
from pectin.app.building import build_folder, check_site
from pectin.app.images import make_image_tools, make_lookup_tools
from pectin.app.late_images import LateImages
from pectin.app.publishing import publish_site
from pectin.app.requests import Request, make_request
from pectin.app.settings import Settings
from pectin.app.upkeep import collect_garbage
from pectin.build.builder import build
from pectin.build.images.plan import Planned

CONFIG = '\n[images]\nwidths = [20, 40]\nformats = ["avif"]\n'


@pytest.fixture
def pictured(settings: Settings) -> Settings:
    """The settings of a site with one photo on one page."""
    config = settings.source / "pectin.toml"
    config.write_text(config.read_text() + CONFIG)
    content = settings.source / "content"
    (content / "about.md").write_text("![A plum](plum.jpg)\n")
    (content / "plum.jpg").write_bytes(take_photo("purple"))
    return settings


def take_photo(color: str) -> bytes:
    target = BytesIO()
    noise = Image.effect_noise((60, 30), 90).convert("RGB")
    Image.blend(noise, Image.new("RGB", noise.size, color), 0.5).save(target, "JPEG")
    return target.getvalue()


def list_images(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*.*") if path.suffix in {".avif", ".jpg"}}


def forbid_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    for name in ("inspect", "sample", "encode"):
        monkeypatch.setattr(PillowEncoder, name, refuse)


def test_a_folder_gets_every_image_and_the_next_build_decodes_none(
    pictured: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_folder(pictured, make_request(pictured), tmp_path / "out")
    made = list_images(tmp_path / "out")
    html = (tmp_path / "out" / "about" / "index.html").read_text()
    named = set(re.findall(r"/(plum-[\w.]+)", html))
    assert {*named, "plum.jpg"} == made
    assert len(named) == 4
    forbid_decoding(monkeypatch)
    build_folder(pictured, make_request(pictured), tmp_path / "out")
    assert list_images(tmp_path / "out") == made


def test_a_publish_after_a_folder_decodes_none_and_after_a_change_only_what_changed(
    pictured: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_folder(pictured, make_request(pictured), tmp_path / "out")
    with monkeypatch.context() as patch:
        forbid_decoding(patch)
        assert publish_site(pictured, make_request(pictured)).published
        (pictured.source / "content" / "about.md").write_text("Text. ![A plum](plum.jpg)\n")
        assert publish_site(pictured, make_request(pictured)).published
    (pictured.source / "content" / "plum.jpg").write_bytes(take_photo("green"))
    published = publish_site(pictured, make_request(pictured)).published
    assert published
    assert not published.unchanged


@pytest.mark.parametrize("placeholder", ["color", "none"])
@pytest.mark.parametrize(
    "run",
    [
        lambda settings, _: check_site(settings, make_request(settings)).problems,
        lambda settings, _: publish_site(settings, make_request(settings)).problems,
        lambda settings, out: build_folder(settings, make_request(settings), out).problems,
    ],
)
def test_a_photo_that_is_cut_off_is_told_by_every_command(
    pictured: Settings,
    tmp_path: Path,
    placeholder: str,
    run: Callable[[Settings, Path], tuple[object, ...]],
) -> None:
    config = pictured.source / "pectin.toml"
    config.write_text(f'{config.read_text()}placeholder = "{placeholder}"\n')
    photo = pictured.source / "content" / "plum.jpg"
    photo.write_bytes(photo.read_bytes()[:-40])
    for _ in range(2):
        (problem,) = run(pictured, tmp_path / "out")
        assert getattr(problem, "code", "") == "bad-image"
        assert "plum.jpg is cut off" in str(problem)


def test_a_check_encodes_nothing(pictured: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PillowEncoder, "encode", None)
    assert check_site(pictured, make_request(pictured)).problems == ()


def test_images_that_nobody_has_used_for_long_are_garbage(pictured: Settings) -> None:
    publish_site(pictured, make_request(pictured))
    results = pictured.store / "images"
    assert any(path.is_file() for path in results.rglob("*"))
    collect_garbage(replace(pictured, now=pictured.now + 80 * 86_400))
    assert any(path.is_file() for path in results.rglob("*"))
    collect_garbage(replace(pictured, now=pictured.now + 10_000 * 86_400))
    assert not any(path.is_file() for path in results.rglob("*"))


def postpone(settings: Settings, late: LateImages) -> list[Planned]:
    """What a build of the site of `settings` leaves to `late`."""
    planned: list[Planned] = []
    source = FolderSource(settings.source)
    tools = make_image_tools(settings)
    request = Request(settings.today)
    lookup = make_lookup_tools(tools)
    build(
        source,
        today=request.today,
        emit=lambda _: None,
        theme={"page.html": "{{ page.content }}"},
        image_tools=type(lookup)(lookup.encoder, lookup.results, planned.extend),
    )
    late.offer(planned, source)
    return planned


def test_a_late_image_is_encoded_when_it_is_asked_for_and_once(
    pictured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = LateImages(make_image_tools(pictured))
    planned = postpone(pictured, late)
    assert len(planned) == 4
    assert "/plum.jpg" not in late
    first = [late.make(one.path) for one in planned]
    assert {file.media_type for file in first if file} == {"image/avif", "image/jpeg"}
    forbid_decoding(monkeypatch)
    assert [late.make(one.path) for one in planned] == first


def test_a_late_image_whose_source_is_another_by_now_is_not_made(pictured: Settings) -> None:
    late = LateImages(make_image_tools(pictured))
    planned = postpone(pictured, late)
    (pictured.source / "content" / "plum.jpg").write_bytes(take_photo("green"))
    assert late.make(planned[0].path) is None
