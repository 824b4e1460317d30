"""The posts that both generators build: the same for the same seed, on any machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench.build.code import render_code
from bench.build.vocabulary import ADJECTIVES, JOINTS, NOUNS, TAGS, VERBS

_FIRST_DAY = date(1990, 1, 1)
_DAYS = 10_000  # no post may be in the future, which both leave out
_TAGS_PER_POST = 3
_SECTIONS = 5
_WORDS_PER_SECTION = 98  # the last block of each goes over, so that a post has about 600


@dataclass(frozen=True, slots=True)
class Posts:
    """How many posts to make. With `code`, each has a fenced block of code."""

    count: int
    code: bool = False
    seed: int = 20


def store_posts(posts: Posts, folder: Path) -> None:
    """Write the posts as Markdown files, and their section's head, into `folder`."""
    folder.mkdir(parents=True)
    (folder / "_index.md").write_text("---\ntitle: Posts\n---\n")
    for name, text in render_posts(posts):
        (folder / name).write_text(text)


def render_posts(posts: Posts) -> Iterator[tuple[str, str]]:
    """The file name and the text of each post."""
    for number in range(posts.count):
        yield name_post(number), _render_post(posts, number)


def name_post(number: int) -> str:
    """The file name of the post `number`, the first of which is 0."""
    return f"{_slug(number)}.md"


def _render_post(posts: Posts, number: int) -> str:
    random = Random(f"{posts.seed}/{number}")
    title = f"{_title(random)} {number}"
    tags = sorted(random.sample(TAGS, _TAGS_PER_POST))
    blocks = [_sentence(random, posts), *_body(random, posts)]
    if posts.code:
        blocks.insert(random.randrange(2, len(blocks)), render_code(random))
    day = _FIRST_DAY + timedelta(days=number * _DAYS // max(posts.count, _DAYS))
    head = f"---\ntitle: {title}\ndate: {day}\ntags: [{', '.join(tags)}]\n---\n"
    return head + "\n\n".join(blocks) + "\n"


def _body(random: Random, posts: Posts) -> Iterator[str]:
    for section in range(_SECTIONS):
        yield f"{'##' if section % 2 == 0 else '###'} {_title(random)}"
        words = 0
        while words < _WORDS_PER_SECTION:
            block = _block(random, posts)
            words += len(block.split())
            yield block


def _block(random: Random, posts: Posts) -> str:
    match random.randrange(8):
        case 0:
            return "\n".join(f"- {_clause(random)}" for _ in range(random.randrange(3, 6)))
        case 1:
            return "\n".join(f"{n}. {_clause(random)}" for n in range(1, random.randrange(4, 6)))
        case 2:
            return f"> {_sentence(random, posts)}"
        case _:
            return " ".join(_sentence(random, posts) for _ in range(random.randrange(3, 6)))


def _sentence(random: Random, posts: Posts) -> str:
    first, second = _clause(random), _clause(random)
    match random.randrange(12):
        case 0:
            second = f"*{second}*"
        case 1:
            first = f"**{first}**"
        case 2:
            second = f"the `{random.choice(NOUNS)}` {random.choice(VERBS)}"
        case 3:
            other = random.randrange(posts.count)
            second = f"[{second}](/posts/{_slug(other)}/)"
        case _:
            pass
    return f"{first[0].upper()}{first[1:]} {random.choice(JOINTS)} {second}."


def _clause(random: Random) -> str:
    return (
        f"the {random.choice(ADJECTIVES)} {random.choice(NOUNS)} {random.choice(VERBS)} "
        f"in the {random.choice(NOUNS)}"
    )


def _title(random: Random) -> str:
    return f"{random.choice(ADJECTIVES).title()} {random.choice(NOUNS)}"


def _slug(number: int) -> str:
    return f"post-{number:05d}"
