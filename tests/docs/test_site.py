"""The documentation is a site that Pectin builds, and the strictest check finds nothing in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.documentation import PROJECT, ROOT, assemble

from pectin.adapters.folder_source import FolderSource
from pectin.app.building import build_site, check_site
from pectin.app.requests import make_request
from pectin.app.settings import read_settings
from pectin.values.output import OutputFile

NOW = 1_790_000_000


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make docs` builds."""
    folder = tmp_path_factory.mktemp("docs")
    assemble(folder)
    return folder


@pytest.fixture(scope="module")
def texts(source: Path) -> dict[str, str]:
    """The pages by path."""
    files: dict[str, OutputFile] = {}

    def emit(file: OutputFile) -> None:
        files[file.path] = file

    build_site(FolderSource(source), make_request(read_settings({}, now=NOW, source=source)), emit)
    return {
        path: file.body.decode()
        for path, file in files.items()
        if path.endswith(".html") and isinstance(file.body, bytes)
    }


def test_the_site_has_no_problems(source: Path) -> None:
    settings = read_settings({}, now=NOW, source=source)
    assert check_site(settings, make_request(settings)).problems == ()


def test_every_document_of_the_repository_is_a_page_with_its_own_heading(
    texts: dict[str, str],
) -> None:
    documents = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/decisions").glob("*.md")]
    paths = {f"/{path.relative_to(ROOT / 'docs').with_suffix('')}/index.html" for path in documents}
    paths |= {f"/project/{name.removesuffix('.md').lower()}/index.html" for name in PROJECT}
    assert paths <= set(texts)
    assert all(texts[path].count("<h1") == 1 for path in paths)


def test_every_page_is_in_the_menu_of_all_pages(texts: dict[str, str]) -> None:
    menu = texts["/cli/index.html"].partition('id="menu"')[2].partition("</nav>")[0]
    linked = set(re.findall(r'href="(/[^"]*)"', menu))
    guides = {f"/{path.stem}/" for path in (ROOT / "docs").glob("*.md")}
    assert guides | {"/decisions/"} <= linked
    assert menu.count('aria-current="page"') == 1


def test_previous_and_next_follow_the_menu(texts: dict[str, str]) -> None:
    seen, path = ["/start/"], "/start/"
    while found := re.search(r'<a rel="next" href="([^"]+)"', texts[f"{path}index.html"]):
        path = found[1]
        assert f'rel="prev" href="{seen[-1]}"' in texts[f"{path}index.html"]
        assert path not in seen
        seen.append(path)
    menu = texts["/start/index.html"].partition('id="menu"')[2].partition("<span>More")[0]
    assert seen == re.findall(r'<li><a href="(/[^"]*)"', menu.partition("</nav>")[0])


def test_a_site_that_is_put_together_again_has_nothing_left_of_before(source: Path) -> None:
    (source / "content/gone.md").write_text("# Gone\n", encoding="utf-8")
    (source / ".pectin").mkdir(exist_ok=True)
    assemble(source)
    assert not (source / "content/gone.md").exists()
    assert (source / ".pectin").is_dir()
