from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.build.test_packages import FilesInMemory

from pectin.adapters.bun import Bun
from pectin.adapters.memory_source import MemorySource
from pectin.build.assets.compilers import Compiled, CompileFailed, Finding
from pectin.build.assets.files import AssetFiles


@pytest.fixture(scope="module")
def bun() -> Iterator[Bun]:
    bundler = Bun()
    yield bundler
    bundler.close()


def bundle(
    bun: Bun,
    files: dict[str, str | bytes],
    *,
    whole: bool = True,
    minify: bool = True,
    source_map: bool = False,
) -> Compiled:
    found = AssetFiles(frozenset(files), MemorySource(files))
    (entry, *_) = files
    return bun.bundle(
        entry,
        found,
        lambda path: f"/{path}",
        whole=whole,
        minify=minify,
        source_map=source_map,
        development=False,
    )


def fail(bun: Bun, files: dict[str, str | bytes]) -> tuple[Finding, ...]:
    with pytest.raises(CompileFailed) as failed:
        bundle(bun, files)
    return failed.value.findings


def test_what_nobody_uses_is_left_out(bun: Bun) -> None:
    made = bundle(
        bun,
        {
            "assets/a.ts": "import { used } from './b'; console.log(used)",
            "assets/b.ts": "export const used: string = 'used', other = 'other';",
        },
    )
    assert "used" in made.text
    assert "other" not in made.text


def test_classes_and_jsx_of_every_kind_of_script_are_read(bun: Bun) -> None:
    made = bundle(
        bun,
        {
            "assets/a.tsx": "/** @jsxImportSource /vendor/h */\nconsole.log(<a b={1 as number} />)",
            "assets/vendor/h/jsx-runtime.js": "export const jsx = (name, given) => [name, given]",
        },
        minify=False,
    )
    assert 'jsx("a", {' in made.text


def test_a_module_of_another_host_stays_an_import(bun: Bun) -> None:
    made = bundle(bun, {"assets/a.js": "import x from 'https://example.net/x.js'; console.log(x)"})
    assert '"https://example.net/x.js"' in made.text


def test_what_is_not_to_be_whole_keeps_its_imports(bun: Bun) -> None:
    made = bundle(bun, {"assets/a.js": "import x from './x.js'; console.log( x )"}, whole=False)
    assert made.text.startswith("import")
    assert '"./x.js"' in made.text


def test_other_files_are_their_urls(bun: Bun) -> None:
    files: dict[str, str | bytes] = {
        "assets/a.js": "import x from './x.png'; console.log(x)",
        "assets/x.png": b"\x89PNG",
    }
    assert '"/assets/x.png"' in bundle(bun, files).text


def test_a_source_map_has_the_sources_by_their_paths(bun: Bun) -> None:
    source = "const a: number = 1;\nconsole.log(a);\n"
    made = bundle(bun, {"assets/a.ts": source}, minify=False, source_map=True)
    source_map = json.loads(made.source_map)
    assert source_map["sources"] == ["site:/assets/a.ts"]
    assert source_map["sourcesContent"] == [source]


def test_the_environment_does_not_reach_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PECTIN_TEST_SECRET", "secret")
    other = Bun()
    made = bundle(other, {"assets/a.js": "console.log(process.env.PECTIN_TEST_SECRET)"})
    other.close()
    assert "secret" not in made.text
    assert "process.env.PECTIN_TEST_SECRET" in made.text


def test_the_same_comes_out_every_time(bun: Bun) -> None:
    count = 40
    files: dict[str, str | bytes] = {
        "assets/a.js": "".join(f"import {{ f{n} }} from './m{n}.js'; f{n}();" for n in range(count))
    }
    for n in range(count):
        files[f"assets/m{n}.js"] = f"const own = {n}; export function f{n}(a) {{ return a + own }}"
    assert len({bundle(bun, files).text for _ in range(5)}) == 1


def test_every_mistake_that_can_be_seen_is_told_with_its_place(bun: Bun) -> None:
    findings = fail(
        bun,
        {
            "assets/a.js": "import './b.js';\nimport 'react';\nimport './gone.js';",
            "assets/b.js": "\nlet b = ;",
        },
    )
    places = [(finding.path, finding.line, finding.column) for finding in findings]
    assert places == [("assets/a.js", 2, 9), ("assets/a.js", 3, 9), ("assets/b.js", 2, 9)]


@pytest.mark.parametrize(
    "source",
    [
        "import { readFileSync as f } from 'node:fs' with { type: 'macro' }; f('/etc/hostname')",
        "import { readFileSync as f } from 'fs' with { type: 'm\\x61cro' }; f('/etc/hostname')",
        "import { readFileSync as f } from 'macro:fs'; f('/etc/hostname')",
        "import { run } from 'MODULE' with { type: 'macro' }; run()",
    ],
)
def test_no_code_of_a_site_runs_while_it_is_built(bun: Bun, tmp_path: Path, source: str) -> None:
    module, mark = tmp_path / "run.mjs", tmp_path / "mark"
    write = f"require('fs').writeFileSync({json.dumps(str(mark))}, '')"
    module.write_text(f"{write};\nexport function run() {{ {write} }}\n")
    findings = fail(bun, {"assets/a.js": source.replace("MODULE", str(module))})
    assert "macros are not run" in " ".join(finding.message for finding in findings)
    assert not mark.exists()


def test_text_of_all_kinds_goes_through(bun: Bun) -> None:
    made = bundle(bun, {"assets/a.js": 'console.log("ä\u2028\\n😀", `${1}\\\\`)'}, minify=False)
    assert "ä" in made.text
    assert "\\uD83D\\uDE00" in made.text


def test_a_fork_has_a_bundler_of_its_own(bun: Bun) -> None:
    files: dict[str, str | bytes] = {"assets/a.js": "console.log(1)"}
    bundle(bun, files)
    child = os.fork()
    if child == 0:
        os._exit(0 if bundle(bun, files).text else 1)
    assert bundle(bun, files).text
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_packages_are_taken_in_be_they_modules_or_not(bun: Bun) -> None:
    packages = {
        "node_modules/old/package.json": '{"main": "m.js"}',
        "node_modules/old/m.js": "const x = require('./x'); module.exports = { answer: x.y + 1 };",
        "node_modules/old/x.js": "exports.y = require('new').base;",
        "node_modules/new/package.json": '{"exports": {"import": "./e.mjs", "require": "./c.cjs"}}',
        "node_modules/new/e.mjs": "export const base = 40, other = 'other';",
        "node_modules/new/c.cjs": "exports.base = 41;",
    }
    entry = "assets/a.js"
    source = "import old from 'old'; import { base } from 'new'; console.log(old.answer, base)"
    files = AssetFiles(frozenset({entry}), MemorySource({entry: source}), FilesInMemory(packages))
    made = bun.bundle(
        entry, files, str, whole=True, minify=False, source_map=False, development=False
    )
    assert "exports.base = 41" in made.text
    assert "base = 40" in made.text
    assert "require(" not in made.text.replace("__require(", "")


def test_a_package_that_is_missing_or_closed_is_told_at_the_import(bun: Bun) -> None:
    packages = {"node_modules/p/package.json": '{"exports": {"./a": "./a.js"}}'}
    entry = "assets/a.js"
    source = "import 'p';\nimport 'p/b';\nimport 'q';"
    files = AssetFiles(frozenset({entry}), MemorySource({entry: source}), FilesInMemory(packages))
    with pytest.raises(CompileFailed) as failed:
        bun.bundle(entry, files, str, whole=True, minify=True, source_map=False, development=False)
    assert [finding.line for finding in failed.value.findings] == [1, 2, 3]
