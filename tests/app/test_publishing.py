"""Publishing a folder, and what is done with what was published."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pectin import __version__
from pectin.adapters.output_folder import MARKER
from pectin.app.history import compare, list_history, list_moves, roll_back
from pectin.app.publishing import Attempt, publish_site
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.app.stores import NotAStore, StoreMissing, list_sites, open_store
from pectin.app.upkeep import collect_garbage, rebuild, verify_store
from pectin.build.progress import Progress
from pectin.deploy.errors import DeployNotFound, RefMoved
from pectin.deploy.model import Deploy
from pectin.values.errors import SourceError
from pectin.values.site import SiteName


def publish(settings: Settings, **options: str) -> Attempt:
    return publish_site(settings, make_request(settings), **options)


def deploy_of(attempt: Attempt) -> Deploy:
    assert attempt.published
    return attempt.published.deploy


def edit(settings: Settings, text: str) -> Settings:
    (settings.source / "content" / "about.md").write_text(text)
    return replace(settings, now=settings.now + 60)


def test_a_published_site_is_live_with_its_provenance(settings: Settings) -> None:
    deploy = deploy_of(publish(settings, message="First", author="Berta"))
    history = list_history(settings)
    assert (history.site, history.live, history.deploys) == ("plum", deploy.snapshot, (deploy,))
    assert (deploy.message, deploy.author, deploy.created_at) == ("First", "Berta", settings.now)
    assert deploy.provenance.version == __version__
    assert deploy.provenance.source is not None
    assert list_sites(settings.store) == ["plum"]


def test_only_what_is_committed_is_published_as_the_commit(settings: Settings) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", settings.source, *arguments], check=True)

    identity = ("-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    git("init", "-q")
    git("add", "content", "pectin.toml")
    git(*identity, "commit", "-q", "-m", "Add plums")
    edited = deploy_of(publish(edit(settings, "More plums.")))
    assert (edited.message, edited.provenance.commit) == ("", None)
    git(*identity, "commit", "-q", "-a", "-m", "More plums")
    edit(settings, "Plums, the most.")
    git(*identity, "commit", "-q", "-a", "-m", "Most plums")
    committed = deploy_of(publish(settings))
    assert committed.message == "Most plums"
    assert committed.provenance.commit


def test_an_unchanged_site_writes_nothing(settings: Settings) -> None:
    publish(settings)
    again = publish(replace(settings, now=settings.now + 60))
    assert again.published
    assert (again.published.unchanged, again.new_blobs, again.new_bytes) == (True, 0, 0)
    assert len(list_history(settings).deploys) == 1


def test_a_site_with_an_error_is_not_published_and_the_live_one_stays(settings: Settings) -> None:
    live = deploy_of(publish(settings))
    attempt = publish(edit(settings, "[x](nope.md)"))
    assert attempt.published is None
    assert [problem.code for problem in attempt.problems] == ["broken-link"]
    assert list_history(settings).live == live.snapshot


def test_whoever_is_second_is_told(settings: Settings) -> None:
    """Attack row 38."""
    publish(settings)
    edited = edit(settings, "Theirs.\n")
    command = [sys.executable, "-c", "from pectin.cli.main import main; main()", "publish", "-q"]

    def interfere(progress: Progress) -> None:
        if progress.done == 0:
            subprocess.run(command, cwd=settings.source, check=True, timeout=60)

    with pytest.raises(RefMoved):
        publish_site(edited, make_request(edited, report=interfere))
    assert len(list_history(settings).deploys) == 2


def test_many_sites_share_a_store(settings: Settings) -> None:
    publish(settings)
    publish(replace(settings, site=SiteName("pear")))
    assert list_sites(settings.store) == ["pear", "plum"]


def test_a_rollback_and_back(settings: Settings) -> None:
    first = deploy_of(publish(settings))
    second = deploy_of(publish(edit(settings, "More.\n")))
    assert roll_back(settings, None).id == first.id
    assert list_history(settings).live == first.snapshot
    assert roll_back(settings, second.id[:6]).id == second.id


def test_two_deploys_are_compared(settings: Settings) -> None:
    first = deploy_of(publish(settings))
    second = deploy_of(publish(edit(settings, "More.\n")))
    older, newer, found = compare(settings)
    assert (older.id, newer.id) == (first.id, second.id)
    assert "/about/index.html" in found.changed
    assert (found.added, found.removed) == ((), ())
    back, forth, reverse = compare(settings, second.id, first.id)
    assert (back.id, forth.id, reverse) == (second.id, first.id, found)


def test_what_the_live_deploy_changed_is_told_after_a_rollback_too(settings: Settings) -> None:
    first = deploy_of(publish(settings))
    edited = edit(settings, "More.\n")
    second = deploy_of(publish(edited))
    again = edit(edited, "---\ntitle: About\n---\nOn plums.\n")
    assert deploy_of(publish(again)).id == first.id
    older, newer, _ = compare(again)
    assert (older.id, newer.id) == (second.id, first.id)
    assert roll_back(again, None).id == second.id
    older, newer, _ = compare(again)
    assert (older.id, newer.id) == (first.id, second.id)


def test_a_site_that_was_named_and_is_not_there_is_told(settings: Settings) -> None:
    publish(settings)
    for read in (list_history, list_moves):
        with pytest.raises(DeployNotFound, match="pear was never published"):
            read(replace(settings, site=SiteName("pear")))


def test_a_site_that_was_never_published_has_an_empty_history(settings: Settings) -> None:
    publish(replace(settings, site=SiteName("pear")))
    assert list_history(settings).deploys == ()
    assert list_moves(settings) == ("plum", ())


def test_a_deploy_that_there_is_not_is_told(settings: Settings) -> None:
    publish(settings)
    with pytest.raises(DeployNotFound, match="no deploy before"):
        compare(settings)
    with pytest.raises(DeployNotFound, match="'feed'"):
        compare(settings, "feed")
    with pytest.raises(DeployNotFound):
        roll_back(settings, None)


def test_the_same_source_builds_the_same_id_wherever_it_lies(
    settings: Settings, tmp_path: Path
) -> None:
    publish(settings)
    moved = replace(settings, source=settings.source.rename(tmp_path / "elsewhere"))
    store = replace(moved, store=tmp_path / "elsewhere" / ".pectin", now=settings.now + 9999)
    found = rebuild(store, make_request(store))
    assert found.rebuilt == found.published.snapshot
    assert found.differences.changed == ()


def test_a_rebuild_on_a_later_day_is_for_the_day_of_the_deploy(settings: Settings) -> None:
    templates = settings.source / "templates"
    templates.mkdir()
    (templates / "page.html").write_text("<p>Built on {{ today }}</p>\n")
    publish(settings)
    later = replace(settings, today=settings.today + timedelta(days=40))
    found = rebuild(later, make_request(later))
    assert found.rebuilt == found.published.snapshot
    assert deploy_of(publish(later)).snapshot != found.rebuilt


def test_another_source_builds_another_id_and_leaves_no_trace(settings: Settings) -> None:
    first = deploy_of(publish(settings))
    edited = edit(settings, "More.\n")
    found = rebuild(edited, make_request(edited), first.id)
    assert found.rebuilt != first.snapshot
    assert "/about/index.html" in found.differences.changed
    assert collect_garbage(settings).blobs > 0
    assert verify_store(settings).problems == ()
    assert list_history(settings).live == first.snapshot


def test_a_source_with_errors_cannot_be_rebuilt(settings: Settings) -> None:
    publish(settings)
    with pytest.raises(SourceError):
        rebuild(settings, make_request(edit(settings, "[x](nope.md)")))


def test_garbage_collection_keeps_as_many_deploys_as_it_is_told(settings: Settings) -> None:
    for number in range(4):
        settings = edit(settings, f"{number}\n")
        publish(settings)
    assert collect_garbage(settings).deploys == 0
    assert collect_garbage(settings, keep=2).deploys == 2
    assert len(list_history(settings).deploys) == 2


def test_a_site_says_in_its_configuration_how_many_deploys_to_keep(settings: Settings) -> None:
    config = settings.source / "pectin.toml"
    config.write_text(config.read_text() + "\n[deploys]\nkeep = 1\n")
    for number in range(3):
        settings = edit(settings, f"{number}\n")
        publish(settings)
    assert collect_garbage(settings).deploys == 2


def test_reading_commands_do_not_make_a_store(settings: Settings) -> None:
    for read in (list_history, verify_store, collect_garbage):
        with pytest.raises(StoreMissing):
            read(settings)
    assert not settings.store.exists()


def test_a_store_is_closed_when_something_fails(settings: Settings) -> None:
    with pytest.raises(ValueError, match="plum"), open_store(settings.store):
        raise ValueError("plum")
    publish(settings)


def test_a_folder_without_a_store_is_no_store_and_stays_as_it_is(settings: Settings) -> None:
    settings.store.mkdir()
    for read in (list_history, verify_store, collect_garbage):
        with pytest.raises(StoreMissing, match="no store in"):
            read(settings)
    assert list(settings.store.iterdir()) == []


def test_a_server_may_wait_for_the_first_site_only_where_one_is_to_be_expected(
    settings: Settings, tmp_path: Path
) -> None:
    assert list_sites(settings.store) == []
    (tmp_path / "there").mkdir()
    assert list_sites(tmp_path / "there") == []
    for mistaken in (tmp_path / "nowhere", tmp_path / "nowhere" / "store"):
        with pytest.raises(StoreMissing):
            list_sites(mistaken)
    assert not (tmp_path / "nowhere").exists()


def test_no_store_is_made_in_what_a_build_replaces(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    with pytest.raises(NotAStore), open_store(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [MARKER]


@pytest.mark.parametrize("name", ["content", "pectin.toml"])
def test_no_store_is_made_among_other_files(name: str, settings: Settings) -> None:
    before = sorted(settings.source.rglob("*"))
    with pytest.raises(NotAStore), open_store(settings.source / name):
        pass
    with pytest.raises(NotAStore):
        list_sites(settings.source)
    assert sorted(settings.source.rglob("*")) == before


def test_what_is_hidden_or_the_systems_own_is_in_no_stores_way(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    (tmp_path / ".gitignore").write_text("*\n")
    for _ in range(2):
        assert list_sites(tmp_path) == []
