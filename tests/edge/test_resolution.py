from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.edge.resolution import find_not_found_page, find_respelled, resolve_file
from pectin.values.digest import compute_digest
from pectin.values.snapshot import Entry


@dataclass(frozen=True)
class Named:
    entries: Mapping[str, Entry]

    def find(self, path: str) -> Entry | None:
        return self.entries.get(path)

    def find_retained(self, path: str) -> Entry | None:
        return self.entries.get(f"retained {path}")


def name_files(*paths: str) -> Named:
    return Named({path: Entry(compute_digest(path.encode()), 1, "text/html") for path in paths})


@pytest.mark.parametrize(
    ("path", "file", "url"),
    [
        ("/", "/index.html", "/"),
        ("/index.html", "/index.html", "/"),
        ("/index", "/index.html", "/"),
        ("/about", "/about.html", "/about"),
        ("/about.html", "/about.html", "/about"),
        ("/about/", "/about.html", "/about"),
        ("/dir", "/dir/index.html", "/dir/"),
        ("/dir/", "/dir/index.html", "/dir/"),
        ("/dir/index.html", "/dir/index.html", "/dir/"),
        ("/both", "/both.html", "/both"),
        ("/both/", "/both/index.html", "/both/"),
        ("/taken", "/taken", "/taken"),
        ("/taken.html", "/taken.html", "/taken.html"),
        ("/.html", "/.html", "/.html"),
        ("/feed.xml", "/feed.xml", "/feed.xml"),
    ],
)
def test_every_spelling_leads_to_the_one_address(path: str, file: str, url: str) -> None:
    files = name_files(
        *("/index.html", "/about.html", "/dir/index.html", "/both.html", "/both/index.html"),
        *("/taken", "/taken.html", "/.html", "/feed.xml"),
    )
    found = resolve_file(path, files)
    assert found is not None
    assert (found.path, found.url) == (file, url)


@pytest.mark.parametrize(
    "path", ["/nothing", "/feed.xml/", "/about.html/", "/about/a.css", "/about;a.css", "/dir/index"]
)
def test_what_no_file_is_named_is_not_found(path: str) -> None:
    """Attack row 21: a page does not answer for what is written behind it."""
    assert resolve_file(path, name_files("/about.html", "/feed.xml")) is None


@pytest.mark.parametrize("path", ["/404.html", "/404", "/404/", "/de/404.html", "/de/404"])
def test_the_not_found_page_is_itself_not_found(path: str) -> None:
    files = name_files("/404.html", "/de/404.html", "/a/b/404.html")
    assert resolve_file(path, files) is None
    assert resolve_file("/a/b/404", files) is not None


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/x", "/404.html"),
        ("/de", "/404.html"),
        ("/de/x", "/de/404.html"),
        ("/de/a/b/", "/de/404.html"),
        ("/a/b/x", "/404.html"),
        ("/", "/404.html"),
    ],
)
def test_what_is_missing_below_a_folder_is_told_in_its_language(path: str, file: str) -> None:
    files = name_files("/404.html", "/de/404.html", "/a/b/404.html")
    assert find_not_found_page(path, files) == files.find(file)


def test_a_site_without_a_not_found_page_has_none_to_tell() -> None:
    assert find_not_found_page("/de/x", name_files("/index.html")) is None


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/dir.html", "/dir/"),
        ("/plain.txt/", "/plain.txt"),
        ("/page.html/", "/page"),
        ("/plain.txt.html", None),
        ("/404.html/", None),
        ("/.html", None),
        ("/nothing/", None),
        ("/dir.txt", None),
    ],
)
def test_an_address_of_another_server_leads_to_the_one_that_was_meant(
    path: str, url: str | None
) -> None:
    files = name_files("/dir/index.html", "/plain.txt", "/page.html", "/404.html", "/index.html")
    assert resolve_file(path, files) is None
    assert find_respelled(path, files) == url


segments = st.sampled_from(["a", "b", "index", "index.html", "a.html", ".html", "index.html.html"])
paths = st.lists(segments, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))


@given(st.sets(paths, max_size=8), paths, st.booleans())
def test_an_address_answers_with_its_file_and_redirects_no_more(
    files: set[str],
    path: str,
    slash: bool,  # noqa: FBT001  # drawn by Hypothesis
) -> None:
    site = name_files(*files)
    found = resolve_file(path + "/" * slash, site)
    url = found.url if found is not None else find_respelled(path + "/" * slash, site)
    if url is not None:
        again = resolve_file(url, site)
        assert again is not None
        assert again.url == url
        assert found in {again, None}
