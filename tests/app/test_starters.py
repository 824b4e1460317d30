"""What a site can be started from: whole, accessible, and in the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest

from pectin.adapters.folder_source import FolderSource
from pectin.app.building import build_site, check_site
from pectin.app.creation import start_page, start_section
from pectin.app.requests import make_request
from pectin.app.scaffold import STARTERS, start_site
from pectin.app.settings import Settings, read_settings
from pectin.values.output import OutputFile
from pectin.values.rules import Rules

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src/pectin/app/starters"
NOW = 1_790_000_000
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
TEXTS = ("ink", "soft", "accent")
GROUNDS = ("paper", "wash")


@dataclass
class Reader(HTMLParser):
    """What a page has that readers, and those who read with other means, depend on."""

    description: str = ""
    images: list[dict[str, str | None]] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)
    scripts: list[dict[str, str | None]] = field(default_factory=list)
    landmarks: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.landmarks[tag] += 1
        if tag == "img":
            self.images.append(given)
        if tag == "script":
            self.scripts.append(given)
        if tag == "meta" and given.get("name") == "description":
            self.description = given.get("content") or ""
        if "style" in given or tag == "style":
            self.styled.append(tag)
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload"}:
            self.loaded.append(given.get("href") or "")
        self.loaded += [given[name] or "" for name in ("src", "poster", "data") if name in given]
        self.loaded += [one.split()[0] for one in (given.get("srcset") or "").split(", ") if one]


def build_texts(root: Path) -> tuple[dict[str, str], Rules]:
    """The HTML of the site in `root`, which has no problems, by path, and its rules."""
    files: dict[str, OutputFile] = {}

    def emit(file: OutputFile) -> None:
        files[file.path] = file

    made = build_site(
        FolderSource(root), make_request(read_settings({}, now=NOW, source=root)), emit
    )
    assert made.problems == ()
    texts = {}
    for path, file in files.items():
        if path.endswith(".html"):
            assert isinstance(file.body, bytes)
            texts[path] = file.body.decode()
    return texts, made.rules


@cache
def built(starter: str) -> tuple[dict[str, Reader], Rules]:
    """The pages of a site that was just started, by path, and its rules."""
    with TemporaryDirectory() as folder:
        start_site(Path(folder) / "plum", "plum", "Plum", starter=starter)
        texts, rules = build_texts(Path(folder) / "plum")
    pages = {path: Reader() for path in texts}
    for path, text in texts.items():
        pages[path].feed(text)
    return pages, rules


@pytest.mark.parametrize("starter", STARTERS)
def test_a_new_site_has_no_problems_and_says_what_to_change(
    starter: str, tmp_path: Path, settings: Settings
) -> None:
    start_site(tmp_path / "a", "jam", "Jam", starter=starter)
    started = replace(settings, source=tmp_path / "a", site=None)
    assert check_site(started, make_request(started)).problems == ()
    assert "## Change first" in (tmp_path / "a/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("starter", STARTERS)
def test_a_page_started_by_its_archetypes_has_no_problems(
    starter: str, tmp_path: Path, settings: Settings
) -> None:
    root = tmp_path / "a"
    start_site(root, "jam", "Jam", starter=starter)
    started = replace(settings, source=root, site=None)
    sections = [path.parent.name for path in root.glob("content/*/_index.md")]
    assert sections
    for section in sections:
        start_page(started, f"{section}/new-page.md", title=f'A "new": page of {section}')
        start_section(started, f"{section}/new-section", title=f"New in {section}")
    start_page(started, "new-page/")
    told = check_site(started, make_request(started, drafts=True)).problems
    assert {problem.code for problem in told} <= {"orphan-page"}


@pytest.mark.parametrize("starter", STARTERS)
def test_a_page_that_says_no_more_than_its_title_has_no_problems(
    starter: str, tmp_path: Path, settings: Settings
) -> None:
    root = tmp_path / "a"
    start_site(root, "jam", "Jam", starter=starter)
    for index in sorted(root.glob("content/*/_index.md")):
        name = index.parent.name
        (index.parent / "plain.md").write_text(
            f"---\ntitle: Plain {name}\n---\nA text on {name}.\n"
        )
    started = replace(settings, source=root, site=None)
    told = check_site(started, make_request(started)).problems
    assert {problem.code for problem in told} <= {"orphan-page"}


@pytest.mark.parametrize("starter", STARTERS)
def test_every_page_has_a_description(starter: str) -> None:
    assert [path for path, page in built(starter)[0].items() if not page.description] == []


@pytest.mark.parametrize("starter", STARTERS)
def test_every_image_has_a_text_and_a_size(starter: str) -> None:
    images = [image for page in built(starter)[0].values() for image in page.images]
    assert starter == "docs" or images
    for image in images:
        assert image.get("alt") is not None
        assert {"width", "height"} <= set(image)


@pytest.mark.parametrize("starter", STARTERS)
def test_nothing_is_loaded_from_elsewhere_and_the_policy_holds(starter: str) -> None:
    pages, rules = built(starter)
    (policy,) = [
        value
        for rule in rules.headers
        for name, value in rule.headers
        if name.lower() == "content-security-policy"
    ]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for path, page in pages.items():
        assert [url for url in page.loaded if urlsplit(url).netloc] == [], path
        assert page.styled == [], path
        for script in page.scripts:
            assert "src" in script or script.get("type") == "application/ld+json", path


@pytest.mark.parametrize("starter", STARTERS)
def test_a_page_can_be_found_through_by_landmarks(starter: str) -> None:
    for path, page in built(starter)[0].items():
        assert page.landmarks["main"] == 1, path
        assert page.landmarks["nav"] >= 1, path
        assert page.landmarks["header"] >= 1, path
        assert page.landmarks["footer"] >= 1, path


def test_each_page_of_a_list_is_canonical_and_has_a_title_of_its_own(tmp_path: Path) -> None:
    root = tmp_path / "plum"
    start_site(root, starter="blog")
    for number in range(10, 30):
        text = f"---\ndate: 2025-01-{number}\ntags: [notes]\n---\nText {number}.\n"
        (root / f"content/blog/{number}.md").write_text(text, encoding="utf-8")
    texts, _ = build_texts(root)
    for list_path in ("/blog/", "/tags/notes/"):
        first, second = texts[f"{list_path}index.html"], texts[f"{list_path}page/2/index.html"]
        assert f'<link rel="canonical" href="https://example.org{list_path}">' in first
        assert f'<link rel="canonical" href="https://example.org{list_path}page/2/">' in second
        assert ", page 2</title>" in second
        assert ", page" not in first.partition("</title>")[0]
        assert ">Older" in first
        assert ">Newer" in second or "Newer</a>" in second


def read_colors(text: str, *, dark: bool) -> dict[str, str]:
    """The custom properties that are colours, by name."""
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    night = rest.partition("\n}")[0]
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light + night if dark else light)
    return dict(found)


def compute_luminance(color: str) -> float:
    """The relative luminance (WCAG 2.2)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def compute_contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    darker, lighter = sorted((compute_luminance(one), compute_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("starter", STARTERS)
def test_text_can_be_read_on_its_ground(starter: str, *, dark: bool) -> None:
    folder = FOLDER / starter / "assets/css"
    colors = read_colors((folder / "main.css").read_text(encoding="utf-8"), dark=dark)
    for text in TEXTS:
        for ground in GROUNDS:
            assert compute_contrast(colors[text], colors[ground]) >= LEAST_CONTRAST, (text, ground)
    code = folder / "code.css"
    if code.exists():
        colors = read_colors(code.read_text(encoding="utf-8"), dark=dark)
        grounds = {"code-ground", "code-mark"}
        for text in set(colors) - grounds:
            for ground in grounds:
                assert compute_contrast(colors[text], colors[ground]) >= LEAST_CONTRAST, text


def test_the_wheel_has_every_file_of_the_starters(tmp_path: Path) -> None:
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    here = {
        path.relative_to(ROOT / "src").as_posix() for path in FOLDER.rglob("*") if path.is_file()
    }
    assert here
    assert here <= packed


def test_every_starter_is_offered() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == sorted(STARTERS)
