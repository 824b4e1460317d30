"""Markdown that was made of the same HTML in an earlier build."""

from __future__ import annotations

from pectin.adapters.memory_cache import MemoryCache
from pectin.build.content.markdown_source import render_markdown
from pectin.build.templates.markdown_memory import MarkdownMemory
from pectin.build.traces.cache import NoCache

HTML = '<p>A <a href="b/">link</a>.</p>'
BASE = "https://example.org/a/"


def make_cache() -> MemoryCache:
    return MemoryCache(lambda _digest, _size: None)


def test_what_an_earlier_build_made_is_not_made_again() -> None:
    cache = make_cache()
    first = MarkdownMemory(cache)
    made = first.render(HTML, BASE)
    assert made == render_markdown(HTML, BASE)
    cache.store(first.drain())
    second = MarkdownMemory(cache)
    assert second.render(HTML, BASE) == made
    assert second.drain() == {}


def test_another_page_with_the_same_body_has_other_links() -> None:
    cache = make_cache()
    first = MarkdownMemory(cache)
    first.render(HTML, BASE)
    cache.store(first.drain())
    other = "https://example.org/c/"
    assert MarkdownMemory(cache).render(HTML, other) == render_markdown(HTML, other)


def test_an_empty_body_is_remembered_too() -> None:
    cache = make_cache()
    first = MarkdownMemory(cache)
    assert first.render("", BASE) == ""
    cache.store(first.drain())
    second = MarkdownMemory(cache)
    assert second.render("", BASE) == ""
    assert second.drain() == {}


def test_without_a_cache_nothing_is_left_to_keep() -> None:
    memory = MarkdownMemory(NoCache())
    assert memory.render(HTML, BASE) == render_markdown(HTML, BASE)
    assert memory.drain() == {}
