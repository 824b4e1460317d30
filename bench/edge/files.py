"""The files that every server serves: the same bytes, with their Brotli forms made before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import brotli
from bench.build.vocabulary import ADJECTIVES, NOUNS, VERBS

NOT_FOUND = "/404.html"
_BROTLI_SUFFIXES = (".html", ".css", ".js")


def render_files(seed: int = 20) -> Mapping[str, bytes]:
    """The files by path: articles of 2 to 20 kB, a stylesheet, a script, an image, a 404 page."""
    random = Random(seed)
    return {
        "/articles/short/index.html": _html(random, 2_000),
        "/articles/middling/index.html": _html(random, 6_000),
        "/articles/long/index.html": _html(random, 12_000),
        "/articles/longest/index.html": _html(random, 20_000),
        "/css/site.css": _css(random, 12_000),
        "/js/site.js": _javascript(random, 16_000),
        "/img/jar.png": b"\x89PNG\r\n\x1a\n" + random.randbytes(16_000),
        NOT_FOUND: b"<!doctype html>\n<title>Not found</title>\n<h1>Not found</h1>",
    }


def url_of(path: str) -> str:
    """The URL path of a file."""
    return path.removesuffix("index.html")


def store_files(files: Mapping[str, bytes], folder: Path, *, brotli_forms: bool) -> None:
    """Write the files below `folder`; with `brotli_forms`, `x.br` beside each that shrinks."""
    for path, body in files.items():
        file = folder / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        if brotli_forms and path.endswith(_BROTLI_SUFFIXES):
            file.with_name(file.name + ".br").write_bytes(brotli.compress(body, quality=11))


def _html(random: Random, size: int) -> bytes:
    head = "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<title>An article</title>\n"
    return _repeat(head, lambda: f"<p>{_sentence(random)} {_sentence(random)}</p>\n", size)


def _css(random: Random, size: int) -> bytes:
    def rule() -> str:
        return f".{random.choice(NOUNS)} {{ margin: {random.randrange(99)}px; }}\n"

    return _repeat(":root { color-scheme: light dark; }\n", rule, size)


def _javascript(random: Random, size: int) -> bytes:
    def statement() -> str:
        return f'console.log("{_sentence(random)}", {random.randrange(9999)});\n'

    return _repeat('"use strict";\n', statement, size)


def _repeat(head: str, make: Callable[[], str], size: int) -> bytes:
    text = head
    while len(text) < size:
        text += make()
    return text.encode()


def _sentence(random: Random) -> str:
    return (
        f"The {random.choice(ADJECTIVES)} {random.choice(NOUNS)} {random.choice(VERBS)} "
        f"in the {random.choice(NOUNS)}."
    )
