from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from pectin.adapters.memory_source import MemorySource
from pectin.build.assets.files import AssetFiles
from pectin.build.assets.packages import ClosedPackage, find_in_packages

MAIN = "assets/main.js"


class FilesInMemory:
    """Packages by the paths of their files."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def has(self, path: str) -> bool:
        return path in self._files

    def read(self, path: str) -> bytes:
        return self._files[path].encode()


def find(
    specifier: str,
    files: Mapping[str, Any],
    importer: str = MAIN,
    *,
    is_required: bool = False,
) -> str | None:
    texts = {
        f"node_modules/{path}": text if isinstance(text, str) else json.dumps(text)
        for path, text in files.items()
    }
    found = AssetFiles(frozenset(), MemorySource({}), FilesInMemory(texts))
    return find_in_packages(specifier, importer, found, is_required=is_required)


@pytest.mark.parametrize(
    ("manifest", "file"),
    [
        ({"main": "m.js", "module": "e.mjs"}, "e.mjs"),
        ({"main": "m.js", "module": "e.mjs", "browser": "b.js"}, "b.js"),
        ({"main": "m"}, "m.js"),
        ({"main": "dist"}, "dist/index.js"),
        ({}, "index.js"),
        ({"exports": "./e.mjs", "main": "m.js"}, "e.mjs"),
        ({"exports": {".": "./e.mjs"}}, "e.mjs"),
        ({"exports": {"node": "./m.js", "browser": "./b.js"}}, "b.js"),
        ({"exports": {".": {"types": "./x.d.ts", "import": {"default": "./e.mjs"}}}}, "e.mjs"),
        ({"exports": [{"deno": "./m.js"}, "./b.js"]}, "b.js"),
    ],
)
def test_a_package_says_where_it_begins(manifest: dict[str, Any], file: str) -> None:
    files = dict.fromkeys(["m.js", "e.mjs", "b.js", "index.js", "dist/index.js"], "")
    package = {f"p/{name}": text for name, text in files.items()}
    assert find("p", {"p/package.json": manifest, **package}) == f"node_modules/p/{file}"


def test_what_is_required_may_be_another_file() -> None:
    exports = {"import": "./e.mjs", "require": "./m.cjs"}
    files = {"p/package.json": {"exports": exports}, "p/e.mjs": "", "p/m.cjs": ""}
    assert find("p", files) == "node_modules/p/e.mjs"
    assert find("p", files, is_required=True) == "node_modules/p/m.cjs"


def test_names_may_have_scopes_and_paths() -> None:
    files = {"@s/p/package.json": {}, "@s/p/lib/x.js": ""}
    assert find("@s/p/lib/x", files) == "node_modules/@s/p/lib/x.js"


def test_the_longest_pattern_of_exports_wins() -> None:
    exports = {"./*": "./any/*.js", "./icons/*.svg.js": "./i/*.js", "./icons/*": "./no/*.js"}
    files = {"p/package.json": {"exports": exports}, "p/i/a.js": "", "p/any/b/c.js": ""}
    assert find("p/icons/a.svg.js", files) == "node_modules/p/i/a.js"
    assert find("p/b/c", files) == "node_modules/p/any/b/c.js"


@pytest.mark.parametrize("exports", [{"./a": "./a.js"}, {".": None}, {".": "../out.js"}, {}])
def test_what_a_package_does_not_export_is_closed(exports: dict[str, Any]) -> None:
    with pytest.raises(ClosedPackage, match="`p`"):
        find("p", {"p/package.json": {"exports": exports}, "p/index.js": "", "out.js": ""})


def test_a_package_has_its_own_version_of_another() -> None:
    files = {
        "p/package.json": {},
        "p/index.js": "",
        "p/node_modules/q/package.json": {},
        "p/node_modules/q/index.js": "",
        "q/package.json": {},
        "q/index.js": "",
    }
    assert find("q", files) == "node_modules/q/index.js"
    inner = find("q", files, "node_modules/p/lib/deep.js")
    assert inner == "node_modules/p/node_modules/q/index.js"


def test_a_package_that_is_not_there_is_none() -> None:
    assert find("p", {}) is None
    assert find("p", {"p/package.json": "{", "p/index.js": ""}) == "node_modules/p/index.js"
