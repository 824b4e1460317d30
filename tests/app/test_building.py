"""Building a folder: problems of the disk among them, and plain files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pectin.adapters.folder_source import FolderSource
from pectin.app.building import build_folder, check_site, render_redirect
from pectin.app.publishing import publish_site
from pectin.app.requests import make_request, read_config
from pectin.app.settings import Settings
from pectin.app.stores import open_existing_store
from pectin.values.errors import SourceError
from pectin.values.site import PRODUCTION, SiteName


def test_problems_of_the_folder_are_problems_of_the_build(settings: Settings) -> None:
    """Attack row 30."""
    (settings.source / "static").mkdir()
    (settings.source / "static" / "passwd").symlink_to("/etc/passwd")
    built = check_site(settings, make_request(settings))
    assert [problem.code for problem in built.problems] == ["link-leads-out"]


def test_a_problem_of_the_folder_is_as_grave_as_the_configuration_says(
    settings: Settings,
) -> None:
    for name in ("a.html", "A.html"):
        (settings.source / "templates").mkdir(exist_ok=True)
        (settings.source / "templates" / name).touch()
    config = settings.source / "pectin.toml"
    plain = config.read_text()
    for said, severities in (("warning", ["warning"]), ("error", ["error"]), ("off", [])):
        config.write_text(f'{plain}\n[check]\ncase-collision = "{said}"\n')
        problems = check_site(settings, make_request(settings)).problems
        assert [problem.severity for problem in problems] == severities


def test_names_that_become_one_url_are_told_once(settings: Settings) -> None:
    (settings.source / "static").mkdir()
    for name in ("a.txt", "A.txt"):
        (settings.source / "static" / name).touch()
    built = check_site(settings, make_request(settings))
    assert [problem.code for problem in built.problems] == ["duplicate-url"]


def test_the_environment_is_not_part_of_a_site(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Attack row 30."""
    monkeypatch.setenv("PLUM_SECRET", "s3cr3t-of-the-environment")
    page = "{{ env is defined }}{{ environ is defined }}{{ getenv is defined }}{{ os is defined }}"
    (settings.source / "templates").mkdir()
    (settings.source / "templates" / "page.html").write_text(page)
    build_folder(settings, make_request(settings), tmp_path / "out")
    about = (tmp_path / "out" / "about" / "index.html").read_text()
    assert about.strip().lower() == "false" * 4


def test_the_name_that_was_given_wins(settings: Settings) -> None:
    source = FolderSource(settings.source)
    assert read_config(source, settings).name == "plum"
    given = Settings(
        settings.source, settings.store, SiteName("pear"), settings.now, settings.today, ""
    )
    assert read_config(source, given).name == "pear"


def test_a_configuration_with_errors_raises_all_of_them(settings: Settings) -> None:
    (settings.source / "pectin.toml").write_text('name = "Plum Jam"\nurl = 3\n')
    with pytest.raises(SourceError) as raised:
        read_config(FolderSource(settings.source), settings)
    assert len(raised.value.problems) == 3


def test_plain_files_have_a_page_for_each_plain_redirect(
    settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert build_folder(settings, make_request(settings), out).problems == ()
    assert (out / "about" / "index.html").is_file()
    assert 'href="/about/?a=1&amp;b=&lt;2&gt;"' in (out / "old" / "index.html").read_text()
    assert not (out / "years").exists()


def test_an_error_leaves_the_folder_as_it_was(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_folder(settings, make_request(settings), out)
    before = sorted(out.rglob("*"))
    (settings.source / "content" / "new.md").write_text("[x](nope.md)\n")
    built = build_folder(settings, make_request(settings), out)
    assert [problem.code for problem in built.problems] == ["broken-link"]
    assert sorted(out.rglob("*")) == before


def test_drafts_and_future_pages_are_built_when_they_are_asked_for(settings: Settings) -> None:
    (settings.source / "content" / "a.md").write_text("---\ndraft: true\n---\n")
    (settings.source / "content" / "b.md").write_text("---\ndate: 2099-01-01\n---\n")
    plain = check_site(settings, make_request(settings))
    all_of_it = check_site(settings, make_request(settings, drafts=True))
    assert all_of_it.pages == plain.pages + 2


def test_an_alias_has_a_page_that_leads_to_the_first_form_of_its_page(
    settings: Settings, tmp_path: Path
) -> None:
    page = settings.source / "content" / "data.md"
    page.write_text("---\naliases: [/was/, /gone.html]\noutputs: [json, text]\n---\nData.\n")
    built = build_folder(settings, make_request(settings), tmp_path / "out")
    assert built.problems == ()
    for name in ("was/index.html", "gone.html"):
        assert 'url=/data/index.json"' in (tmp_path / "out" / name).read_text()
    assert (tmp_path / "out/data/index.json").exists()
    assert not (tmp_path / "out/data/index.html").exists()


def test_a_redirects_page_cannot_be_broken_out_of() -> None:
    """Attack row 9."""
    page = render_redirect('/"><script>alert(1)</script>')
    assert b"<script" not in page


def test_the_example_magazine_has_nothing_wrong_with_it(settings: Settings) -> None:
    folder = Path(__file__).parents[2] / "examples" / "preserve"
    magazine = replace(settings, source=folder)
    built = check_site(magazine, make_request(magazine))
    assert (built.pages > 100, built.problems) == (True, ())


def test_pages_are_looked_through_when_they_are_checked_and_not_when_they_are_built(
    settings: Settings, tmp_path: Path
) -> None:
    (settings.source / "content" / "about.md").write_text("<b>About\n")
    request = make_request(settings)
    assert [it.code for it in check_site(settings, request).problems] == ["unclosed-element"]
    assert build_folder(settings, request, tmp_path / "out").problems == ()


def test_what_was_published_is_not_rendered_again_to_be_checked(settings: Settings) -> None:
    (settings.source / "content" / "pear.md").write_text("<i>Pears\n")
    request = make_request(settings)
    clean = check_site(settings, request)
    publish_site(settings, request)
    again = check_site(settings, request)
    assert (clean.rendered > 0, again.rendered) == (True, 0)
    assert (again.pages, again.problems) == (clean.pages, clean.problems)
    assert [it.code for it in again.problems] == ["unclosed-element"]
    (settings.source / "content" / "pear.md").write_text("<i>Pears</i>\n")
    assert check_site(settings, request).rendered == 2  # the list shows its summary


def list_files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_built_again_from_what_was_remembered(
    settings: Settings, tmp_path: Path
) -> None:
    out, request = tmp_path / "out", make_request(settings)
    first = build_folder(settings, request, out)
    made = list_files(out)
    again = build_folder(settings, request, out)
    assert (first.rendered > 0, again.rendered) == (True, 0)
    assert (again.pages, again.files, list_files(out)) == (first.pages, first.files, made)
    (settings.source / "content" / "about.md").write_text("On pears.\n")
    changed = build_folder(settings, request, out)
    assert 0 < changed.rendered < first.rendered
    assert "On pears." in (out / "about" / "index.html").read_text()


def test_a_folder_and_a_publish_share_what_they_remember(
    settings: Settings, tmp_path: Path
) -> None:
    request = make_request(settings)
    clean = build_folder(settings, request, tmp_path / "out")
    attempt = publish_site(settings, request)
    assert attempt.published
    with open_existing_store(settings.store) as store:
        assert [ref for _, ref, _ in store.list_refs()] == [PRODUCTION]
    assert build_folder(settings, request, tmp_path / "out").rendered == 0 < clean.rendered


def test_what_only_a_folder_has_is_garbage_and_is_rendered_again(
    settings: Settings, tmp_path: Path
) -> None:
    request = make_request(settings)
    first = build_folder(settings, request, tmp_path / "out")
    made = list_files(tmp_path / "out")
    with open_existing_store(settings.store) as store:
        store.collect([], stale_before=0)
        assert list(store.digests()) == []
    again = build_folder(settings, request, tmp_path / "out")
    assert (again.rendered, list_files(tmp_path / "out")) == (first.rendered, made)


def test_a_folder_is_built_where_nothing_can_be_remembered(
    settings: Settings, tmp_path: Path
) -> None:
    build_folder(settings, make_request(settings), tmp_path / "out")
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "notes.txt").touch()
    (tmp_path / "file").touch()
    for store in (taken, tmp_path / "file" / "store"):
        elsewhere = replace(settings, store=store)
        out = tmp_path / "other"
        assert build_folder(elsewhere, make_request(elsewhere), out).problems == ()
        assert list_files(out) == list_files(tmp_path / "out")
    assert list_files(taken) == {"notes.txt": b""}
