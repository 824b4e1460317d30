"""Why a page is rendered, and that builds with what is remembered are those without."""

from __future__ import annotations

import pytest
from tests.app.conftest import write

from pectin.app.proofs import PageNotFound, explain_page, prove_cache
from pectin.app.publishing import publish_site
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.app.stores import StoreMissing
from pectin.build.explanations import Explanation
from pectin.values.errors import SourceError


@pytest.fixture
def published(settings: Settings) -> Settings:
    write(settings.source, {"templates/page.html": "{{ page.content }}{{ site.data.x.a }}"})
    write(settings.source, {"data/x.yaml": "a: 1\n"})
    publish_site(settings, make_request(settings))
    return settings


def explain(settings: Settings, name: str = "about.md") -> Explanation:
    (found,) = explain_page(settings, make_request(settings), name)
    return found


@pytest.mark.parametrize("name", ["content/about.md", "about.md", "/about/", "/about/index.html"])
def test_a_page_is_found_by_its_source_and_by_its_url(published: Settings, name: str) -> None:
    found = explain(published, name)
    assert found.path == "/about/index.html"
    assert not found.is_rendered
    assert found.reason == "nothing that it is made of has changed"
    assert ("content", "content/about.md") in found.asked


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("content/about.md", "---\ntitle: About\n---\nPears.\n", "the body of content/about.md changed"),
        ("content/about.md", "---\ntitle: Us\n---\nOn plums.\n", "the front matter, the URL or the files of /about/index.html changed"),
        ("data/x.yaml", "a: 2\n", "the data `x` changed"),
        ("templates/page.html", "{{ page.content }}", "the template page.html, or one that it is made of, changed"),
    ],
)  # fmt: skip
def test_the_first_answer_that_changed_is_the_reason(
    published: Settings, path: str, text: str, reason: str
) -> None:
    write(published.source, {path: text})
    found = explain(published)
    assert (found.is_rendered, found.reason) == (True, reason)


def test_to_explain_changes_nothing(published: Settings) -> None:
    write(published.source, {"data/x.yaml": "a: 2\n"})
    assert explain(published) == explain(published)


def test_a_new_page_was_never_rendered(published: Settings) -> None:
    write(published.source, {"content/new.md": "New.\n"})
    assert "it is new" in explain(published, "new.md").reason


def test_a_page_that_is_not_there_is_told(published: Settings) -> None:
    with pytest.raises(PageNotFound, match="no page is called 'nope"):
        explain(published, "nope.md")


def test_without_a_store_there_is_nothing_to_explain(settings: Settings) -> None:
    with pytest.raises(StoreMissing):
        explain(settings)


def test_a_build_with_what_is_remembered_is_proved_the_same(published: Settings) -> None:
    write(published.source, {"content/about.md": "Pears.\n"})
    proof = prove_cache(published, make_request(published))
    assert proof.differences == ()
    assert 0 < proof.rendered < proof.files


def test_a_site_with_errors_is_no_proof(published: Settings) -> None:
    write(published.source, {"content/about.md": "[x](nope.md)\n"})
    with pytest.raises(SourceError):
        prove_cache(published, make_request(published))
