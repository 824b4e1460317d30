from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from pectin.adapters.memory_source import MemorySource
from pectin.app.compilers import open_compilers
from pectin.build.assets.compilers import Compilers
from pectin.build.builder import Build, BuildOptions, build
from pectin.build.images.images import ImageTools
from pectin.build.images.model import Box, Intrinsic, Sample, Variant
from pectin.build.images.ports import BadImage
from pectin.values.output import OutputFile

TODAY = date(2026, 8, 1)

THEME = {
    "section.html": "{{ page.title }}:{% for p in page.pages %} {{ p.url }}{% endfor %}\n{{ page.content }}",
    "page.html": "{{ page.content }}",
    "taxonomy.html": "{% for term in page.taxonomy.terms %}{{ term.name }} {% endfor %}\n",
    "term.html": "{{ page.title }}:{% for p in page.pages %} {{ p.url }}{% endfor %}\n",
    "404.html": "Not found\n",
}

CONFIG = 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n'


@dataclass(frozen=True)
class Built:
    """A build with all that it emitted."""

    build: Build
    files: dict[str, OutputFile]

    def text(self, path: str) -> str:
        body = self.files[path].body
        assert isinstance(body, bytes)
        return body.decode()

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.build.problems]


IMAGE = re.compile(rb"(jpeg|png|webp|avif) (\d+)x(\d+)( alpha)?( animated)?( damaged)?\n?")


class PlainEncoder:
    """An ImageEncoder of images that are words: `jpeg 1200x800`, with `alpha`, `animated`, `damaged`."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.decoded = 0

    def inspect(self, body: bytes, most_pixels: int) -> Intrinsic:
        found = IMAGE.fullmatch(body)
        if not found:
            raise BadImage("is no image that can be decoded", "save it again")
        width, height = int(found[2]), int(found[3])
        if width * height > most_pixels:
            raise BadImage("has too many pixels", "make it smaller")
        return Intrinsic(found[1].decode(), width, height, bool(found[4]), bool(found[5]))

    def sample(self, body: bytes, box: Box | None) -> Sample:
        self._decode(body)
        return Sample("#123456", f"tiny {box}".encode())

    def encode(self, body: bytes, variants: Sequence[Variant]) -> list[bytes]:
        self._decode(body)
        return [f"{variant} of {body!r} by {self.version}".encode() for variant in variants]

    def _decode(self, body: bytes) -> None:
        self.decoded += 1
        if b"damaged" in body:
            raise BadImage("is cut off: its end is missing", "copy it here again")


BuildSite = Callable[..., Built]


@pytest.fixture(scope="session")
def compilers() -> Iterator[Compilers]:
    """Every compiler there is."""
    with open_compilers() as found:
        yield found


@pytest.fixture
def build_site(compilers: Compilers) -> BuildSite:
    """Builds a site of text files, with a configuration and a theme where it has none."""

    def run(
        files: Mapping[str, bytes | str],
        *,
        config: str = "",
        options: BuildOptions | None = None,
        today: date = TODAY,
        without: bool = False,
        image_tools: ImageTools | None = None,
    ) -> Built:
        emitted: dict[str, OutputFile] = {}

        def emit(file: OutputFile) -> None:
            assert file.path not in emitted, f"{file.path} was emitted twice"
            emitted[file.path] = file

        source = MemorySource({"pectin.toml": CONFIG + config, **files})
        tools = image_tools or ImageTools(PlainEncoder())
        done = build(
            source,
            today=today,
            emit=emit,
            theme=THEME,
            options=options,
            compilers=None if without else compilers,
            image_tools=tools,
        )
        assert done.files == len(emitted)
        return Built(done, emitted)

    return run
