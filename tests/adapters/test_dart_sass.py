from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from tests.build.test_packages import FilesInMemory

from pectin.adapters.dart_sass import DartSass
from pectin.adapters.memory_source import MemorySource
from pectin.build.assets.compilers import Compiled, CompileFailed, Finding
from pectin.build.assets.files import AssetFiles


@pytest.fixture
def sass() -> Iterator[DartSass]:
    compiler = DartSass()
    yield compiler
    compiler.close()


def compile_with(sass: DartSass, files: dict[str, str | bytes]) -> Compiled:
    found = AssetFiles(frozenset(files), MemorySource(files))
    return sass.compile("assets/css/main.scss", found, source_map=False)


def fail_with(sass: DartSass, files: dict[str, str | bytes]) -> Finding:
    with pytest.raises(CompileFailed) as failed:
        compile_with(sass, files)
    (finding,) = failed.value.findings
    return finding


def test_imports_are_found_beside_the_file_and_then_at_the_top_of_assets(sass: DartSass) -> None:
    compiled = compile_with(
        sass,
        {
            "assets/css/main.scss": "@use 'a'; @use 'b'; p { q: a.$x b.$x }",
            "assets/css/_a.scss": "$x: beside;",
            "assets/_a.scss": "$x: top;",
            "assets/_b.scss": "$x: top;",
        },
    )
    assert compiled.text == "p {\n  q: beside top;\n}"


def test_names_with_blanks_and_letters_of_all_kinds_are_found(sass: DartSass) -> None:
    compiled = compile_with(
        sass, {"assets/css/main.scss": "@use 'übung 1' as u;", "assets/css/_übung 1.scss": "a{b:c}"}
    )
    assert compiled.text == "a {\n  b: c;\n}"


@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "../../../etc/passwd"])
def test_nothing_outside_of_the_site_is_read(sass: DartSass, url: str) -> None:
    finding = fail_with(sass, {"assets/css/main.scss": f"@use '{url}' as x;"})
    assert "import" in finding.message
    assert (finding.line, finding.column) == (1, 1)


def test_a_failure_has_the_place_in_the_file_that_is_imported(sass: DartSass) -> None:
    finding = fail_with(
        sass, {"assets/css/main.scss": "@use 'a';", "assets/css/_a.scss": "\n\n  b { c: $d }"}
    )
    assert (finding.path, finding.line, finding.column) == ("assets/css/_a.scss", 3, 10)
    assert finding.message == "Undefined variable"


def test_warnings_have_places_and_debugging_is_nobodys_affair(sass: DartSass) -> None:
    compiled = compile_with(sass, {"assets/css/main.scss": "@debug 'no';\n  @warn 'yes';"})
    (warning,) = compiled.warnings
    assert (warning.message, warning.line, warning.column) == ("yes", 2, 3)


def test_one_failure_does_not_spoil_what_comes_after_it(sass: DartSass) -> None:
    fail_with(sass, {"assets/css/main.scss": "a {"})
    assert compile_with(sass, {"assets/css/main.scss": "a{b:c}"}).text == "a {\n  b: c;\n}"


def test_large_files_go_through(sass: DartSass) -> None:
    rules = "".join(f".a{number} {{ b: c }}\n" for number in range(20_000))
    assert compile_with(sass, {"assets/css/main.scss": rules}).text.count("\n") > 60_000


def test_a_fork_has_a_compiler_of_its_own(sass: DartSass) -> None:
    files: dict[str, str | bytes] = {"assets/css/main.scss": "a{b:c}"}
    compile_with(sass, files)
    child = os.fork()
    if child == 0:
        os._exit(0 if compile_with(sass, files).text else 1)
    assert compile_with(sass, files).text
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_whoever_closed_it_may_use_it_again(sass: DartSass) -> None:
    sass.close()
    assert compile_with(sass, {"assets/css/main.scss": "a{b:c}"}).text
    sass.close()


@pytest.mark.parametrize(
    ("url", "manifest"),
    [
        ("pkg:p", '{"sass": "scss/main.scss"}'),
        ("pkg:p", '{"exports": {"sass": "./scss/main.scss", "default": "./main.js"}}'),
        ("pkg:p/scss/main", "{}"),
        ("../../node_modules/p/scss/main", "{}"),
    ],
)
def test_packages_have_sheets_too(sass: DartSass, url: str, manifest: str) -> None:
    packages = {
        "node_modules/p/package.json": manifest,
        "node_modules/p/scss/main.scss": "@use 'part';",
        "node_modules/p/scss/_part.scss": "a { b: c }",
    }
    entry = "assets/css/main.scss"
    source = MemorySource({entry: f"@use '{url}' as p;"})
    files = AssetFiles(frozenset({entry}), source, FilesInMemory(packages))
    assert sass.compile(entry, files, source_map=False).text == "a {\n  b: c;\n}"


def test_a_package_that_is_not_there_is_told_at_its_import(sass: DartSass) -> None:
    finding = fail_with(sass, {"assets/css/main.scss": "\n@use 'pkg:nothing';"})
    assert (finding.line, finding.message) == (2, "Can't find stylesheet to import")
