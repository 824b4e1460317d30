"""The page about assets shows what there is."""

from __future__ import annotations

import re
from pathlib import Path

from pectin.adapters.memory_source import MemorySource
from pectin.build.assets.files import AssetFiles
from pectin.build.assets.modules import find_module
from pectin.build.configuration.parser import parse_config

PAGE = (Path(__file__).resolve().parents[2] / "docs/assets.md").read_text(encoding="utf-8")
NEEDED = 'name = "jam"\ntitle = "Jam"\nurl = "https://example.org"\n'


def find_block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_settings_are_settings() -> None:
    config, problems = parse_config(NEEDED + find_block("toml"))
    assert problems == ()
    assert config
    assert config.assets.bundle
    assert config.minify.html


def test_every_import_that_is_shown_is_found_where_it_says() -> None:
    block = find_block("ts")
    specifiers = re.findall(r"^import .*?\"([^\"]+)\";", block, re.MULTILINE)
    assert len(specifiers) == len(block.splitlines())

    class Installed:
        def has(self, path: str) -> bool:
            return path.startswith("node_modules/lit/")

        def read(self, path: str) -> bytes:
            return b"{}" if path.endswith(".json") else b""

    paths = ["js/main.ts", "js/jam.ts", "vendor/chart.js", "img/jar.svg", "js/settings.json"]
    sources = {f"assets/{path}": "" for path in paths}
    files = AssetFiles(frozenset(sources), MemorySource(sources), Installed())
    found = [find_module(specifier, "assets/js/main.ts", files) for specifier in specifiers]
    assert found == [
        "assets/js/jam.ts",
        "assets/vendor/chart.js",
        "node_modules/lit/index.js",
        "assets/img/jar.svg",
        "assets/js/settings.json",
        None,
    ]
