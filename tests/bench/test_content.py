"""The posts that the build benchmark feeds to both generators."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

from bench.build.content import Posts, render_posts, store_posts
from bench.build.vocabulary import TAGS


def test_the_same_seed_gives_the_same_posts() -> None:
    assert list(render_posts(Posts(20, code=True))) == list(render_posts(Posts(20, code=True)))


def test_another_seed_gives_other_posts() -> None:
    assert list(render_posts(Posts(5))) != list(render_posts(Posts(5, seed=21)))


def test_a_post_has_about_six_hundred_words_and_three_of_fifty_tags() -> None:
    texts = [text for _, text in render_posts(Posts(50))]
    assert 550 < statistics.mean(len(text.split()) for text in texts) < 700
    tags = [re.findall(r"^tags: \[(.*)\]$", text, re.MULTILINE) for text in texts]
    assert all(len(found[0].split(", ")) == 3 for found in tags)
    assert len(set(TAGS)) == 50


def test_every_link_leads_to_a_post_that_there_is() -> None:
    posts = dict(render_posts(Posts(30)))
    linked = {name for text in posts.values() for name in re.findall(r"/posts/(post-\d+)/", text)}
    assert linked
    assert {f"{name}.md" for name in linked} <= posts.keys()


def test_no_two_posts_have_the_same_code() -> None:
    blocks = [
        re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        for _, text in render_posts(Posts(200, code=True))
    ]
    assert all(len(found) == 1 for found in blocks)
    assert len({found[0] for found in blocks}) == len(blocks)
    assert all(10 <= len(found[0].splitlines()) <= 15 for found in blocks)


def test_posts_are_stored_with_the_head_of_their_section(tmp_path: Path) -> None:
    store_posts(Posts(3), tmp_path / "posts")
    names = sorted(path.name for path in (tmp_path / "posts").iterdir())
    assert names == ["_index.md", "post-00000.md", "post-00001.md", "post-00002.md"]
