from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from pectin.adapters.memory_source import MemorySource
from pectin.app.compilers import open_compilers
from pectin.build.assets.compilers import Compilers
from pectin.build.builder import Build, BuildOptions, build
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
    ) -> Built:
        emitted: dict[str, OutputFile] = {}

        def emit(file: OutputFile) -> None:
            assert file.path not in emitted, f"{file.path} was emitted twice"
            emitted[file.path] = file

        source = MemorySource({"pectin.toml": CONFIG + config, **files})
        done = build(
            source,
            today=today,
            emit=emit,
            theme=THEME,
            options=options,
            compilers=None if without else compilers,
        )
        assert done.files == len(emitted)
        return Built(done, emitted)

    return run
