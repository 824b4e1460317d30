"""docs/cli.md names every command and option, and tells the exit codes as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from pectin.build.configuration.parser import parse_config
from pectin.cli.exit_codes import EXIT_CODES, MEANINGS, ExitCode, render_meanings
from pectin.cli.main import make_application
from pectin.values.errors import Family

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS: dict[str, Any] = dict(typer.main.get_command(make_application()).commands)  # type: ignore[attr-defined]  # a group
OPTIONS = [
    (name, option)
    for name, command in COMMANDS.items()
    for one in (command, *getattr(command, "commands", {}).values())
    for parameter in one.params
    for option in parameter.opts
    if option.startswith("-")
]
SHARED = PAGE.partition("## Options that several commands have")[2].partition("\n## ")[0]


def section(command: str) -> str:
    return PAGE.partition(f"## `pectin {command}`\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_a_section_and_a_row(command: str) -> None:
    assert section(command)
    assert f"(#pectin-{command})" in PAGE


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_explained(command: str, option: str) -> None:
    assert re.search(rf"[` ]{option}\b", section(command) + SHARED)


def test_every_option_that_is_explained_exists() -> None:
    known = {option for _, option in OPTIONS} | {"--version", "--help", "-h"}
    assert set(re.findall(r"`(-{1,2}[a-z]+(?:-[a-z]+)*)\b", PAGE)) <= known


def test_the_exit_codes_are_those_of_the_table() -> None:
    table = PAGE.partition("## Exit codes")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", table, re.MULTILINE)
    assert rows == [(str(int(code)), meaning) for code, meaning in MEANINGS.items()]
    assert all(f"{code:>5}  {meaning}" in render_meanings() for code, meaning in MEANINGS.items())


def test_every_code_has_a_meaning_and_every_family_a_code() -> None:
    assert set(MEANINGS) == set(ExitCode)
    assert set(EXIT_CODES) == set(Family)


def test_gc_names_the_setting_as_pectin_toml_has_it() -> None:
    (keep,) = [option.help for option in COMMANDS["gc"].params if option.name == "keep"]
    ((key, table),) = re.findall(r"(\w+) of \[(\w+)\] in pectin.toml", keep)
    required = 'name = "a"\ntitle = "A"\nurl = "https://a.example"\n'
    config, problems = parse_config(f"{required}[{table}]\n{key} = 7\n")
    assert problems == ()
    assert config
    assert config.keep_deploys == 7
