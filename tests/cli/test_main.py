"""The command as a process: what it prints where, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

CONFIG = 'name = "plum"\ntitle = "Plum"\nurl = "https://plum.example"\n'
COMMAND = (sys.executable, "-c", "from pectin.cli.main import main; main()")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "pectin.toml").write_text(CONFIG)
    (root / "content" / "about.md").write_text("---\ntitle: About\n---\nOn plums.\n")
    return root


def make_environment(extra: Mapping[str, str]) -> dict[str, str]:
    kept = ("PATH", "PYTHONPATH", "HOME")
    return {**{name: os.environ[name] for name in kept if name in os.environ}, **extra}


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=make_environment(environment),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )


def break_site(site: Path) -> None:
    (site / "content" / "broken.md").write_text("A [jam](nope.md).\n")


def test_publish_deploys_diff_rollback_verify_and_gc_work_from_the_sites_folder(site: Path) -> None:
    first = run(site, "publish", "-m", "First", "--author", "Anna")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("plum is live: ")
    assert run(site, "publish").stdout.startswith("plum is unchanged: ")
    (site / "content" / "about.md").write_text("More.\n")
    assert run(site, "publish", "--author", "Berta").returncode == 0
    listed = run(site, "deploys").stdout.splitlines()
    assert len(listed) == 3
    assert listed[1].startswith("*  ")
    assert "~ /about/index.html" in run(site, "diff").stdout.splitlines()
    assert run(site, "verify").stdout.startswith("Sound: ")
    assert run(site, "verify", "--rebuild").stdout.startswith("Reproduced: ")
    assert run(site, "rollback").stdout.endswith(" (First).\n")
    rebuilt = run(site, "verify", "--rebuild")
    assert rebuilt.returncode == 1
    assert "~ /about/index.html" in rebuilt.stdout.splitlines()
    collected = run(site, "gc", "--keep", "1").stdout.splitlines()
    assert collected[0].startswith("Dropped 0 deploys")
    assert collected[1:] == ["Kept 1 older deploy beside the newest, being live."]


def test_the_history_has_every_publish_and_rollback(site: Path) -> None:
    run(site, "publish", "-m", "One", "--author", "Ann")
    (site / "content" / "about.md").write_text("More.\n")
    run(site, "publish", "-m", "Two", "--author", "Ann")
    run(site, "rollback", "--author", "Bob")
    run(site, "publish", "--author", "Cid")
    moves = json.loads(run(site, "deploys", "--history", "--json").stdout)
    told = [(move["kind"], move["author"], move["message"]) for move in moves]
    assert told == [
        ("publish", "Cid", ""),
        ("rollback", "Bob", ""),
        ("publish", "Ann", "Two"),
        ("publish", "Ann", "One"),
    ]
    assert [move["after"] for move in moves[1:]] == [move["before"] for move in moves[:3]]
    assert moves[3]["before"] is None
    lines = run(site, "deploys", "--history").stdout.splitlines()
    assert [line.split()[2] for line in lines[1:]] == ["publish", "rollback", "publish", "publish"]
    assert moves[1]["after"][:12] in lines[2]
    kept = json.loads(run(site, "deploys", "--json").stdout)
    assert [(deploy["author"], deploy["message"]) for deploy in kept] == [
        ("Ann", "Two"),
        ("Ann", "One"),
    ]


def test_no_message_and_no_author_can_command_the_terminal(site: Path) -> None:
    evil = "a\x1b[31mb\nc\u202ed"
    run(site, "publish", "-m", evil, "--author", evil)
    (site / "content" / "about.md").write_text("More.\n")
    run(site, "publish", "-m", evil, "--author", evil)
    for arguments in (["deploys"], ["deploys", "--history"], ["rollback"]):
        said = run(site, *arguments).stdout
        assert "a\u241b[31mb\u240ac\ufffdd" in said
        assert not {"\x1b", "\u202e"} & set(said)
    assert json.loads(run(site, "deploys", "--json").stdout)[0]["message"] == evil


def test_the_folder_of_a_new_site_is_told_as_a_shell_takes_it(tmp_path: Path) -> None:
    folder = tmp_path / "My Café & Co's"
    said = run(tmp_path, "new", str(folder)).stdout
    (line,) = [line for line in said.splitlines() if line.startswith("  cd ")]
    assert shlex.split(line) == ["cd", str(folder)]
    assert 'title = "My Café & Co\'s"' in (folder / "pectin.toml").read_text(encoding="utf-8")


def test_a_site_that_is_started_here_needs_no_change_of_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dot"
    folder.mkdir()
    assert run(folder, "new", ".").stdout == "Started dot here. Next:\n\n  pectin dev\n\n"


def test_the_path_of_a_new_page_is_all_that_is_printed(site: Path, tmp_path: Path) -> None:
    page = run(site, "new", "page", "blog/a fig.md", "--title", "Figs")
    assert (page.returncode, page.stdout, page.stderr) == (0, "content/blog/a fig.md\n", "")
    assert 'title: "Figs"' in (site / "content/blog/a fig.md").read_text()
    section = run(tmp_path, "new", "section", "fruit", "--source", "site")
    assert section.stdout == "site/content/fruit/_index.md\n"
    editor = f"{shlex.quote(sys.executable)} -c 'import sys; print(open(sys.argv[1]).read())'"
    edited = run(site, "new", "page", "pear", "--edit", EDITOR=editor)
    assert edited.stdout.partition("\n")[0] == "content/pear.md"
    assert 'title: "Pear"' in edited.stdout


def test_without_an_editor_nothing_is_started(site: Path) -> None:
    assert run(site, "new", "page", "pear", "--edit").returncode == 3
    assert not (site / "content/pear.md").exists()


def test_a_site_may_be_called_as_what_can_be_started(tmp_path: Path) -> None:
    assert run(tmp_path, "new", "page").returncode == 2
    assert run(tmp_path, "new", "--title", "Page", "page").returncode == 0
    assert run(tmp_path, "new", "site", "section").stdout.startswith("Started section in section")
    assert 'title = "Page"' in (tmp_path / "page/pectin.toml").read_text()


def test_a_site_and_a_store_can_be_named_from_anywhere(site: Path, tmp_path: Path) -> None:
    options = ("--source", str(site), "--site", "pear")
    assert run(tmp_path, "publish", *options, "--store", str(tmp_path / "s")).returncode == 0
    listed = run(tmp_path, "deploys", *options, "--json", PECTIN_STORE=str(tmp_path / "s"))
    assert [deploy["site"] for deploy in json.loads(listed.stdout)] == ["pear"]
    assert not (site / ".pectin").exists()


def test_json_is_the_whole_of_standard_output(site: Path, tmp_path: Path) -> None:
    published = json.loads(run(site, "publish", "--json").stdout)
    assert (published["ok"], published["unchanged"], published["problems"]) == (True, False, [])
    assert json.loads(run(site, "publish", "--json").stdout)["unchanged"] is True
    (deploy,) = json.loads(run(site, "deploys", "--json").stdout)
    assert (deploy["live"], deploy["snapshot"]) == (True, published["deploy"]["snapshot"])
    assert json.loads(run(site, "check", "--json").stdout) == {"ok": True, "problems": []}
    assert json.loads(run(site, "verify", "--json").stdout)["ok"] is True
    assert json.loads(run(site, "verify", "--rebuild", "--json").stdout)["ok"] is True
    assert json.loads(run(site, "gc", "--json").stdout)["deploys"] == 0
    built = json.loads(run(site, "build", "--json", "--out", str(tmp_path / "out")).stdout)
    assert (built["ok"], built["pages"] > 0) == (True, True)
    (site / "content" / "about.md").write_text("More.\n")
    run(site, "publish")
    assert "/about/index.html" in json.loads(run(site, "diff", "--json").stdout)["changed"]


def test_json_has_the_problems_too(site: Path, tmp_path: Path) -> None:
    break_site(site)
    for arguments in (["check"], ["publish"], ["build", "--out", str(tmp_path / "out")]):
        done = run(site, *arguments, "--json")
        assert (done.returncode, done.stderr) == (1, "")
        record = json.loads(done.stdout)
        assert record["ok"] is False
        assert [problem["code"] for problem in record["problems"]] == ["broken-link"]
        assert (record.get("pages", 0), record.get("files", 0)) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["publish", "--source", "nowhere"], 3, "source-missing"),
        (["check", "--source", "nowhere"], 3, "source-missing"),
        (["build", "--out", "content"], 3, "output-refused"),
        (["deploys", "--store", "nowhere"], 3, "store-missing"),
        (["gc", "--store", "nowhere"], 3, "store-missing"),
        (["verify", "--store", "nowhere"], 3, "store-missing"),
        (["verify", "--rebuild", "--deploy", "ff"], 4, "deploy-not-found"),
        (["diff"], 4, "deploy-not-found"),
        (["rollback"], 4, "deploy-not-found"),
        (["deploys", "--site", "pear"], 4, "deploy-not-found"),
        (["deploys", "--site", "pear", "--history"], 4, "deploy-not-found"),
    ],
)
def test_a_failure_is_json_too(site: Path, arguments: list[str], status: int, code: str) -> None:
    run(site, "publish")
    done = run(site, *arguments, "--json")
    assert (done.returncode, done.stderr) == (status, "")
    error = json.loads(done.stdout)["error"]
    assert (error["code"], error["problems"]) == (code, [])
    assert error["message"]
    assert error["hint"]


def test_check_tells_programs_and_may_be_strict(site: Path) -> None:
    (site / "content" / "about.md").write_text("## About\n\n#### Too deep\n")
    assert run(site, "check").returncode == 0
    log = run(site, "check", "--sarif")
    (found,) = json.loads(log.stdout)["runs"][0]["results"]
    assert (log.returncode, found["ruleId"], found["level"]) == (0, "heading-order", "warning")
    strict = run(site, "check", "--strict", "--json")
    assert (strict.returncode, json.loads(strict.stdout)["ok"]) == (1, False)
    assert run(site, "check", "--sarif", "--json").returncode == 2


def test_a_failure_in_json_has_the_problems_that_led_to_it(site: Path) -> None:
    (site / "pectin.toml").write_text("name = ")
    for arguments in (["publish"], ["deploys"], ["rollback"]):
        done = run(site, *arguments, "--json")
        assert (done.returncode, done.stderr) == (1, "")
        (problem,) = json.loads(done.stdout)["error"]["problems"]
        assert problem["place"]["file"] == "pectin.toml"


def test_a_rollback_answers_in_json(site: Path) -> None:
    first = json.loads(run(site, "publish", "--json").stdout)["deploy"]
    (site / "content" / "about.md").write_text("More.\n")
    run(site, "publish")
    done = json.loads(run(site, "rollback", "--json").stdout)
    assert (done["ok"], done["deploy"]["id"], done["deploy"]["live"]) == (True, first["id"], True)


def test_problems_are_the_answer_of_check_and_beside_the_answer_of_publish(site: Path) -> None:
    break_site(site)
    checked, published = run(site, "check"), run(site, "publish")
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout.splitlines()[:5] == [
        "error[broken-link]: `nope.md` leads nowhere",
        " --> content/broken.md:1:9",
        "  |",
        "1 | A [jam](nope.md).",
        "  |         ^",
    ]
    assert checked.stdout.endswith("\n1 error\n")
    assert (published.returncode, published.stdout) == (1, "")
    assert published.stderr.endswith("\n1 error\nNothing was published.\n")


def test_quiet_prints_nothing_when_all_is_well(site: Path) -> None:
    for arguments in (["publish"], ["check"], ["verify"], ["gc"]):
        done = run(site, *arguments, "-q")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["deploys"], 3, "error[store-missing]"),
        (["serve", "--store", "nowhere/store"], 3, "error[store-missing]"),
        (["verify", "--store", "content"], 3, "error[store-missing]"),
        (["gc", "--store", "content"], 3, "error[store-missing]"),
        (["check", "--source", "nowhere"], 3, "error[source-missing]"),
        (["publish", "--site", "Plum Jam"], 2, "--site"),
        (["new", "x", "--site", "Plum Jam"], 2, "--site"),
        (["build", "--out", "content"], 3, "error[output-refused]"),
        (["dev", "--host", "0.0.0.0"], 3, "error[host-refused]"),
        (["new", "."], 3, "error[folder-refused]"),
        (["new", "x", "--starter", "jam"], 2, "--starter"),
        (["new", "page", "about.md"], 3, "error[document-refused]"),
        (["new", "page", "x.md", "--archetype", "jam"], 3, "error[archetype-missing]"),
        (["new", "page"], 2, "PATH"),
        (["new", "page", "x.md", "--source", "nowhere"], 3, "error[source-missing]"),
        (["build"], 2, "--out"),
        (["build", "--out", "x", "--site", "jam"], 2, "--site"),
        (["build", "--out", "stored", "--store", "stored"], 3, "error[output-refused]"),
        (["serve", "--domain", "x y"], 2, "--domain"),
        (["rollback", "--author", "--json"], 3, "error[store-missing]"),
        (["jam"], 2, "jam"),
        (["gc", "--keep", "0"], 2, "--keep"),
        (["check", "--jam"], 2, "--jam"),
        (["rollback", ""], 2, "DEPLOY"),
        (["rollback", "jam"], 2, "DEPLOY"),
        (["serve", "--workers", "100000"], 2, "--workers"),
        (["serve", "--workers", "0"], 2, "--workers"),
        (["diff", ""], 2, "BEFORE"),
        (["verify", "--rebuild", "--deploy", ""], 2, "--deploy"),
        (["publish", "--store", ""], 2, "--store"),
        (["serve", "--store", "content"], 3, "error[not-a-store]"),
    ],
)
def test_an_error_has_its_exit_code_and_no_traceback(
    site: Path, arguments: list[str], code: int, said: str
) -> None:
    done = run(site, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_configuration_does_not_keep_the_only_site_of_a_store_from_its_way_back(
    site: Path,
) -> None:
    run(site, "publish", "-m", "First")
    (site / "content" / "about.md").write_text("More.\n")
    run(site, "publish")
    with (site / "pectin.toml").open("a") as config:
        config.write("x = [\n")
    assert run(site, "rollback").stdout.endswith(" (First).\n")
    assert run(site, "deploys").returncode == 0
    refused = run(site, "gc")
    assert refused.returncode == 1
    assert "say with --keep" in refused.stderr
    assert run(site, "gc", "--keep", "5").returncode == 0
    (site / "other").mkdir()
    (site / "other" / "pectin.toml").write_text(CONFIG.replace("plum", "pear"))
    run(site / "other", "publish", "--store", str(site / ".pectin"))
    refused = run(site, "rollback")
    assert refused.returncode == 1
    assert "name the site with --site" in refused.stderr


@pytest.mark.parametrize(
    ("store", "reason"),
    [("/proc/x", "nothing can be made in /proc"), ("content/about.md/x", "about.md is a file")],
)
def test_a_place_where_no_store_can_be_is_told_with_what_is_in_the_way(
    site: Path, store: str, reason: str
) -> None:
    done = run(site, "publish", "--store", store)
    assert done.returncode == 3
    assert "error[store]: no store can be made at " in done.stderr
    assert reason in done.stderr
    assert "Errno" not in done.stderr
    assert "--store" in done.stderr


def test_how_many_deploys_to_keep_is_a_number_from_1(site: Path) -> None:
    done = run(site, "gc", "--keep", "0")
    assert "0 deploys cannot be kept: say a whole number from 1" in done.stderr


def test_a_rollback_to_nothing_is_a_conflict(site: Path) -> None:
    run(site, "publish")
    done = run(site, "rollback", "feed")
    assert done.returncode == 4
    assert "error[deploy-not-found]" in done.stderr
    assert "= hint: " in done.stderr


def test_a_rollback_to_what_is_live_says_that_there_is_nothing_to_do(site: Path) -> None:
    run(site, "publish")
    live = run(site, "deploys").stdout.splitlines()[1].split()[1]
    done = run(site, "rollback", live)
    assert done.returncode == 4
    assert "error[already-live]" in done.stderr
    assert "= hint: there is nothing to do" in done.stderr


def test_a_diff_names_every_deploy_that_it_cannot_find(site: Path) -> None:
    run(site, "publish")
    done = run(site, "diff", "01234567", "76543210")
    assert done.returncode == 4
    assert "'01234567'" in done.stderr
    assert "'76543210'" in done.stderr


def test_a_site_inside_another_is_started_and_told_of(site: Path) -> None:
    done = run(site, "new", "other")
    assert done.returncode == 0
    assert f"note: it is inside the site in {site}" in done.stderr
    assert run(site.parent, "new", "beside").stderr == ""


def test_every_command_says_in_the_same_words_which_deploy_it_cannot_find(site: Path) -> None:
    run(site, "publish")
    asked = (
        ["diff", "01234567"],
        ["rollback", "01234567"],
        ["verify", "--rebuild", "--deploy", "01234567"],
    )
    told = {run(site, *arguments).stderr for arguments in asked}
    assert len(told) == 1
    assert told.pop().splitlines() == [
        "error[deploy-not-found]: no retained deploy has an id that begins with '01234567'",
        "  = hint: `pectin deploys` lists those that there are",
    ]


def damage(site: Path) -> None:
    """Publish a large file, then change it in the store."""
    (site / "static").mkdir()
    (site / "static" / "large.bin").write_bytes(bytes(2 << 20))
    run(site, "publish")
    (blob,) = [path for path in (site / ".pectin").rglob("*") if path.stat().st_size == 2 << 20]
    blob.write_bytes(b"\1" * (2 << 20))


def test_damage_is_told_once_with_its_path_and_the_remedy(site: Path) -> None:
    damage(site)
    done = run(site, "verify")
    assert done.returncode == 3
    assert done.stdout.count("error[") == 1
    assert "error[corrupt-blob]" in done.stdout
    assert "note: plum needs it (live) for /large.bin\n" in done.stdout
    assert "hint: run `pectin verify --repair`, then publish the same source again\n" in done.stdout


def test_what_was_damaged_is_dropped_and_published_again(site: Path) -> None:
    damage(site)
    repaired = run(site, "verify", "--repair")
    assert repaired.returncode == 3
    assert repaired.stdout.endswith(
        "\nDropped 1 damaged item. Next: publish the same source again.\n"
    )
    lacking = run(site, "verify")
    assert (lacking.returncode, "error[blob-missing]" in lacking.stdout) == (3, True)
    restored = run(site, "publish")
    assert restored.returncode == 0
    assert restored.stdout.endswith(" is live.\nRestored 1 blob that the store had lost.\n")
    assert run(site, "verify").returncode == 0


@pytest.mark.parametrize("options", [("--deploy", "ab"), ("--rebuild", "--repair")])
def test_options_that_do_not_go_together_are_a_usage_error(
    site: Path, options: tuple[str, ...]
) -> None:
    assert run(site, "verify", *options).returncode == 2


def run_failing(site: Path, error: str, debug: str = "") -> subprocess.CompletedProcess[str]:
    """`pectin check` with `error` raised in the midst of it."""
    script = (
        "import pectin.app.building as b, sys\n"
        f"def fail(*_, **__): raise {error}\n"
        "b.check_site = fail\n"
        "from pectin.cli.main import main\n"
        "sys.argv = ['pectin', 'check']\n"
        "main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=site,
        env=make_environment({"PECTIN_DEBUG": debug}),
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize(("debug", "traceback"), [("", False), ("1", True)])
def test_a_bug_is_told_without_a_traceback_unless_it_is_asked_for(
    site: Path,
    debug: str,
    traceback: bool,  # noqa: FBT001  # as pytest gives it
) -> None:
    done = run_failing(site, "ZeroDivisionError('jam')", debug)
    assert done.returncode == 70
    assert ("Traceback" in done.stderr) is traceback
    assert "ZeroDivisionError: jam" in done.stderr


def test_ctrl_c_ends_a_command_quietly_with_a_code_of_its_own(site: Path) -> None:
    done = run_failing(site, "KeyboardInterrupt")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_what_the_system_refuses_is_not_told_as_a_bug(site: Path) -> None:
    done = run_failing(site, "PermissionError(13, 'Permission denied', 'jam')")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error[system]: jam: Permission denied\n  = hint: ")


def test_a_reader_that_has_enough_is_no_error(site: Path) -> None:
    for number in range(800):
        (site / "content" / f"{number}.md").write_text("[x](nope.md)\n")
    with subprocess.Popen(
        [*COMMAND, "check"], cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("arguments", [["deploys"], ["deploys", "--json"], ["--help"]])
def test_a_pipe_that_closed_ends_the_command_quietly(site: Path, arguments: list[str]) -> None:
    run(site, "publish")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=site,
        check=False,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=120,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is full")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_answer_that_the_disk_has_no_room_for_is_the_operators(
    site: Path, options: list[str]
) -> None:
    run(site, "publish")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "deploys", *options],
            cwd=site,
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
    assert done.returncode == 3
    assert done.stderr.startswith("error[system]: No space left on device\n")


def test_source_date_epoch_decides_what_is_in_the_future(site: Path) -> None:
    (site / "content" / "later.md").write_text("---\ndate: 2040-01-01\n---\n")
    before = run(site, "check", SOURCE_DATE_EPOCH="1000000000").stdout
    after = run(site, "check", SOURCE_DATE_EPOCH="2500000000").stdout
    assert int(after.split()[3]) == int(before.split()[3]) + 1
    assert run(site, "check", SOURCE_DATE_EPOCH="soon").returncode == 3


def run_on_terminal(site: Path, *arguments: str, **environment: str) -> bytes:
    """What `pectin` prints when both its streams are a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=site,
        env=make_environment({"TERM": "xterm-256color", **environment}),
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:
            pass  # how Linux says that the other side of a terminal is closed
    os.close(ours)
    return shown


def test_colour_is_for_terminals_and_no_color_is_honoured(site: Path) -> None:
    break_site(site)
    assert b"\x1b[1;31merror[broken-link]" in run_on_terminal(site, "check")
    assert b"\x1b[1;31m" not in run_on_terminal(site, "check", NO_COLOR="1")
    assert "\x1b" not in run(site, "check").stdout


def test_the_version_is_that_of_the_package() -> None:
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    version = run(Path.cwd(), "--version").stdout.strip().removeprefix("pectin ")
    assert f'version = "{version}"' in project.read_text(encoding="utf-8")


def test_help_imports_nothing_that_is_slow() -> None:
    script = (
        "import sys\n"
        "from pectin.cli.main import make_application\n"
        "make_application()(['--help'], standalone_mode=False)\n"
        "slow = {'rich', 'granian', 'minijinja', 'lmdb', 'msgspec', 'asyncio', 'watchfiles'}\n"
        "print(sorted(slow & sys.modules.keys()), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    assert done.stderr == "[]\n"
    assert "Exit codes:" in done.stdout
