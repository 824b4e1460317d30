from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

import msgspec
import pytest
from tests.build.conftest import CONFIG, THEME, TODAY, BuildSite
from tests.build.test_packages import FilesInMemory

from pectin.adapters.forked_workers import ForkedWorkers
from pectin.adapters.memory_cache import MemoryCache
from pectin.adapters.memory_source import MemorySource
from pectin.build.assets.compilers import Compiled, Compilers
from pectin.build.assets.files import AssetFiles
from pectin.build.builder import Build, BuildOptions, build
from pectin.build.traces.cache import Cache
from pectin.build.workers import OneWorker

SASS = {
    "assets/css/main.scss": "@use 'colors'; a { color: colors.$plum }",
    "assets/css/_colors.scss": "$plum: #707;",
    "templates/section.html": "{{ asset('css/main.css').url }}",
}


def test_a_site_that_uses_sass_without_a_compiler_is_told_what_to_install(
    build_site: BuildSite,
) -> None:
    built = build_site(SASS, without=True)
    (problem,) = built.build.problems
    assert problem.code == "missing-extra"
    assert "pip install 'pectin[sass]'" in problem.hint
    assert str(problem.place) == "assets/css/main.scss"


def test_a_partial_is_not_published(build_site: BuildSite) -> None:
    built = build_site(SASS)
    assert [path for path in built.files if "colors" in path] == []


def test_a_stylesheet_of_that_name_comes_before_what_would_be_compiled(
    build_site: BuildSite,
) -> None:
    built = build_site({**SASS, "assets/css/main.css": "b {}"})
    assert built.text(built.text("/index.html")) == "b {}"


def test_who_develops_gets_a_source_map_with_the_sources(build_site: BuildSite) -> None:
    built = build_site(SASS, options=BuildOptions(development=True))
    css = built.text(built.text("/index.html"))
    found = re.search(r"/\*# sourceMappingURL=(\S+) \*/", css)
    assert found
    source_map = json.loads(built.text(f"/css/{found[1]}"))
    assert [url.rpartition("/")[2] for url in source_map["sources"]] == ["main.scss"]
    assert source_map["sourcesContent"] == [SASS["assets/css/main.scss"]]


def test_nobody_else_gets_one(build_site: BuildSite) -> None:
    built = build_site(SASS)
    assert "sourceMappingURL" not in built.text(built.text("/index.html"))
    assert not any(path.endswith(".map") for path in built.files)


def test_sass_in_another_encoding_is_told(build_site: BuildSite) -> None:
    built = build_site({**SASS, "assets/css/_colors.scss": b"// \xe4"})
    (problem,) = built.build.problems
    assert (problem.code, str(problem.place)) == ("asset-syntax", "assets/css/main.scss:1:1")
    assert "assets/css/_colors.scss is not UTF-8" in problem.message


@dataclass
class CountingCompiler:
    """Upper-cases a file, and notes each time that it does."""

    version: str = "1"
    compiled: list[str] = field(default_factory=list)

    def compile(self, path: str, files: AssetFiles, *, source_map: bool) -> Compiled:
        self.compiled.append(path)
        files.has("assets/also.scss")
        return Compiled(f"{files.read(path).upper()}{source_map}")


def build_with(compiler: CountingCompiler, files: dict[str, str], cache: Cache) -> Build:
    return build(
        MemorySource({"pectin.toml": CONFIG, **files}),
        today=TODAY,
        emit=lambda _: None,
        theme=THEME,
        cache=cache,
        compilers=Compilers(compiler),
    )


COUNTED = {
    "assets/a.scss": "a { b: c }",
    "templates/section.html": "{{ asset('a.css').url }}{{ asset('a.scss').url }}",
    "templates/404.html": "{{ asset('a.css').url }}",
}


def make_cache() -> Cache:
    return MemoryCache(lambda _digest, _size: None)


def test_an_asset_is_compiled_once_for_all_who_ask_for_it() -> None:
    compiler = CountingCompiler()
    build_with(compiler, COUNTED, make_cache())
    assert compiler.compiled == ["assets/a.scss"]


def test_an_asset_is_compiled_once_for_each_content() -> None:
    compiler, cache = CountingCompiler(), make_cache()
    other = {**COUNTED, "assets/a.scss": "a { b: d }"}
    for files in (COUNTED, COUNTED, other, COUNTED, other):
        build_with(compiler, files, cache)
    assert len(compiler.compiled) == 2


@pytest.mark.parametrize("added", ["assets/also.scss"])
def test_a_file_that_was_looked_for_in_vain_is_missed_when_it_comes(added: str) -> None:
    compiler, cache = CountingCompiler(), make_cache()
    for files in (COUNTED, {**COUNTED, added: ""}):
        build_with(compiler, files, cache)
    assert len(compiler.compiled) == 2


def test_another_version_of_the_compiler_compiles_again() -> None:
    cache = make_cache()
    first, second = CountingCompiler("1"), CountingCompiler("2")
    for compiler in (first, second, first):
        build_with(compiler, COUNTED, cache)
    assert (len(first.compiled), len(second.compiled)) == (1, 1)


CSS = {
    "assets/a.css": "@import 'b.css'; a { color: #ff0000 }",
    "assets/b.css": "b { color: red }",
    "templates/section.html": "{{ asset('a.css').url }}",
}
BUNDLED = "[assets]\nbundle = true\n[minify]\ncss = true\n"


def test_what_is_taken_in_is_not_published_by_itself(build_site: BuildSite) -> None:
    built = build_site(CSS, config=BUNDLED)
    assert built.text(built.text("/index.html")) == "b,a{color:red}"
    assert not any(path.startswith("/b.") for path in built.files)


def test_a_changed_import_changes_what_took_it_in(build_site: BuildSite) -> None:
    changed = {**CSS, "assets/b.css": "b { color: blue }"}
    urls = {build_site(files, config=BUNDLED).text("/index.html") for files in (CSS, changed)}
    assert len(urls) == 2


def test_who_develops_sees_stylesheets_as_they_were_written(build_site: BuildSite) -> None:
    built = build_site(CSS, config=BUNDLED, options=BuildOptions(development=True))
    css = built.text(built.text("/index.html"))
    assert css.endswith("a { color: #ff0000 }")
    assert any(path.startswith("/b.") for path in built.files)


@pytest.mark.parametrize("development", [True, False])
def test_mistakes_are_told_to_who_develops_as_well(
    build_site: BuildSite, *, development: bool
) -> None:
    files = {**CSS, "assets/b.css": "b { color: red\n"}
    options = BuildOptions(development=development)
    built = build_site(files, config=BUNDLED, options=options)
    assert [str(problem.place) for problem in built.build.problems] == ["assets/b.css:1:3"]


@pytest.mark.parametrize(
    ("config", "line"),
    [("[assets]\nbundle = true\n", 5), ("[minify]\ncss = true\n", 5), (BUNDLED, 5)],
)
def test_a_site_that_wants_stylesheets_changed_is_told_what_to_install(
    build_site: BuildSite, config: str, line: int
) -> None:
    built = build_site(CSS, config=config, without=True)
    (problem,) = built.build.problems
    assert (problem.code, problem.place and problem.place.line) == ("missing-extra", line)
    assert "pectin[bundle]" in problem.hint


SCRIPT = {
    "assets/a.ts": "import { b } from './b'; import c from './c.svg'; console.log(b, c)",
    "assets/b.ts": "export const b: number = 1",
    "assets/c.svg": "<svg/>",
    "templates/section.html": "{{ asset('a.js').url }}",
}


def test_a_changed_module_changes_what_it_became_part_of(build_site: BuildSite) -> None:
    changed = {**SCRIPT, "assets/b.ts": "export const b: number = 2"}
    assert build_site(SCRIPT).text("/index.html") != build_site(changed).text("/index.html")


def test_who_develops_gets_source_maps_of_scripts_as_well(build_site: BuildSite) -> None:
    built = build_site(SCRIPT, options=BuildOptions(development=True))
    script = built.text(built.text("/index.html"))
    found = re.search(r"^//# sourceMappingURL=(\S+)$", script, re.MULTILINE)
    assert found
    assert SCRIPT["assets/b.ts"] in json.loads(built.text(f"/{found[1]}"))["sourcesContent"]


def test_source_maps_are_published_for_those_who_want_them(build_site: BuildSite) -> None:
    built = build_site(SCRIPT, config="[assets]\nsource_maps = true\n")
    assert any(path.endswith(".map") for path in built.files)


def test_a_site_that_uses_typescript_without_a_bundler_is_told_what_to_install(
    build_site: BuildSite,
) -> None:
    (problem,) = build_site(SCRIPT, without=True).build.problems
    assert (problem.code, str(problem.place)) == ("missing-extra", "assets/a.ts")


def test_files_of_scripts_that_an_earlier_build_made_are_published_again(
    compilers: Compilers,
) -> None:
    cache = make_cache()
    for _ in range(2):
        paths: list[str] = []
        build(
            MemorySource({"pectin.toml": CONFIG, **SCRIPT}),
            today=TODAY,
            emit=lambda file, paths=paths: paths.append(file.path),  # type: ignore[misc]
            theme=THEME,
            cache=cache,
            compilers=compilers,
        )
        assert any(path.startswith("/c.") for path in paths)


def test_whoever_renders_the_pages_the_assets_are_the_same(compilers: Compilers) -> None:
    kinds = ("one.css", "two.css", "three.js")
    pages = {
        f"content/{number}.md": f"---\ntitle: {kinds[number // 25 % 3]}\n---\n"
        for number in range(150)
    }
    files = {
        **pages,
        "templates/page.html": "{{ asset(page.title).url }}",
        "assets/one.scss": "@use 'x'; a { b: x.$y }",
        "assets/two.scss": "@use 'x'; @warn 'two'; a { b: url(no.svg) }",
        "assets/_x.scss": "$y: z;",
        "assets/three.ts": "import c from './c.svg'; console.log(c)",
        "assets/c.svg": "<svg/>",
    }
    made: list[tuple[object, dict[str, object]]] = []
    for workers in (OneWorker(), ForkedWorkers(3)):
        emitted: dict[str, object] = {}
        built = build(
            MemorySource({"pectin.toml": CONFIG, **files}),
            today=TODAY,
            emit=lambda file, emitted=emitted: emitted.update({file.path: file}),  # type: ignore[misc]
            theme=THEME,
            workers=workers,
            compilers=compilers,
        )
        made.append((built.problems, emitted))
    assert made[0] == made[1]
    assert any(path.endswith(".svg") for path in made[0][1])


def test_another_version_of_a_package_makes_another_script(compilers: Compilers) -> None:
    cache = make_cache()
    scripts: list[dict[str, object]] = []
    for version in (1, 2, 2):
        packages = FilesInMemory(
            {
                "node_modules/p/package.json": "{}",
                "node_modules/p/index.js": f"export const version = {version};",
            }
        )
        emitted: dict[str, object] = {}
        built = build(
            MemorySource(
                {
                    "pectin.toml": CONFIG,
                    "assets/a.ts": "import { version } from 'p'; console.log(version)",
                    "templates/section.html": "{{ asset('a.js').url }}",
                }
            ),
            today=TODAY,
            emit=lambda file, emitted=emitted: emitted.update({file.path: file}),  # type: ignore[misc]
            theme=THEME,
            cache=cache,
            compilers=msgspec.structs.replace(compilers, packages=packages),
        )
        assert built.uses_packages
        scripts.append({path: file for path, file in emitted.items() if path.endswith(".js")})
    assert scripts[0] != scripts[1] == scripts[2]


def test_a_site_that_imports_no_package_depends_on_none(build_site: BuildSite) -> None:
    assert not build_site(SCRIPT).build.uses_packages
