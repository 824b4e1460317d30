"""`pectin new page` and `pectin new section`: documents from archetypes, where nothing was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.conftest import write

from pectin.app.archetypes import ArchetypeMissing, ArchetypeUnreadable
from pectin.app.building import check_site
from pectin.app.creation import DocumentRefused, start_page, start_section
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.values.errors import SourceError

LANGUAGES = '\nlanguage = "en"\nauthor = "Ada"\n[languages.de]\nfolder = "de"\n'


def list_files(site: Path) -> set[str]:
    return {
        path.relative_to(site).as_posix()
        for path in (site / "content").rglob("*")
        if path.is_file()
    }


def test_a_page_has_a_title_a_date_and_is_a_draft(settings: Settings, site: Path) -> None:
    assert start_page(settings, "content/blog/plum-jam.md") == "content/blog/plum-jam.md"
    text = (site / "content/blog/plum-jam.md").read_text(encoding="utf-8")
    assert text == '---\ntitle: "Plum jam"\ndate: 2026-09-21\ndraft: true\n---\n'


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("content/fig.md", "content/fig.md"),
        ("fig.md", "content/fig.md"),
        ("./fig", "content/fig.md"),
        ("blog//fig.html", "content/blog/fig.html"),
        ("blog/fig/", "content/blog/fig/index.md"),
        ("blog/fig/index.md", "content/blog/fig/index.md"),
        ("content/a/b/fig", "content/a/b/fig.md"),
        ("été", "content/été.md"),
    ],
)
def test_a_page_may_be_named_from_the_site_or_from_its_content(
    given: str, made: str, settings: Settings, site: Path
) -> None:
    before = list_files(site)
    assert start_page(settings, given) == made
    assert list_files(site) - before == {made}


def test_a_page_may_be_named_with_its_whole_path(settings: Settings, site: Path) -> None:
    assert start_page(settings, str(site / "content" / "fig.md")) == "content/fig.md"
    assert start_page(settings, f"{site}/blog/fig/") == "content/blog/fig/index.md"


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("blog/2024-05-01-plum-jam.md", "title: Plum jam, date: 2024-05-01, slug: plum-jam"),
        ("blog/2024-05-01-plum-jam/", "title: Plum jam, date: 2024-05-01, slug: plum-jam"),
        ("Plum_Jam.md", "title: Plum Jam, date: 2026-09-21, slug: plum-jam"),
    ],
)
def test_title_date_and_slug_come_from_the_name(
    given: str, title: str, settings: Settings, site: Path
) -> None:
    write(
        site,
        {"archetypes/default.md": "title: {{ title }}, date: {{ date }}, slug: {{ slug }}"},
    )
    made = start_page(settings, given)
    assert (site / made).read_text(encoding="utf-8") == title


def test_the_nearest_archetype_wins(settings: Settings, site: Path) -> None:
    write(
        site,
        {
            "archetypes/default.md": "default {{ section }}",
            "archetypes/blog.md": "blog {{ path }}",
            "archetypes/blog/notes.md": "notes {{ title|upper }}",
            "archetypes/wide.md": "wide",
            "archetypes/_index.md": "any section {{ title }}",
            "archetypes/blog/_index.md": "section {{ title }} in {{ section }}",
        },
    )
    read = {
        given: (site / start_page(settings, given)).read_text(encoding="utf-8")
        for given in ("x.md", "fruit/x.md", "blog/x.md", "blog/a/b.md", "blog/notes/x.md")
    }
    assert list(read.values()) == [
        "default ",
        "default fruit",
        "blog content/blog/x.md",
        "blog content/blog/a/b.md",
        "notes X",
    ]
    wide = start_page(settings, "blog/w.md", archetype="wide")
    assert (site / wide).read_text(encoding="utf-8") == "wide"
    for given, text in (("fruit", "any section Fruit"), ("blog/old", "section Old in blog/old")):
        made = start_section(settings, given)
        assert made == f"content/{given}/_index.md"
        assert (site / made).read_text(encoding="utf-8") == text


def test_a_folder_is_the_archetype_of_a_bundle(settings: Settings, site: Path) -> None:
    write(
        site,
        {
            "archetypes/trip/index.md": "# {{ title }}\n",
            "archetypes/trip/maps/map.svg": "<svg>{{ title }}</svg>",
            "archetypes/trip/_index.md": "no part of it",
            "archetypes/trip/.hidden": "",
            "archetypes/trip/deep/index.md": "another archetype",
        },
    )
    assert start_page(settings, "trip/alps") == "content/trip/alps/index.md"
    made = {path for path in list_files(site) if "alps" in path}
    assert made == {"content/trip/alps/index.md", "content/trip/alps/maps/map.svg"}
    assert (site / "content/trip/alps/index.md").read_text(encoding="utf-8") == "# Alps\n"
    assert "{{" in (site / "content/trip/alps/maps/map.svg").read_text(encoding="utf-8")
    with pytest.raises(ArchetypeMissing, match="`trip`"):
        start_page(settings, "trip/alps-2.md", archetype="trip")


def test_a_name_may_have_a_language(settings: Settings, site: Path) -> None:
    config = site / "pectin.toml"
    needed, _, rest = config.read_text(encoding="utf-8").partition("\n\n")
    config.write_text(f"{needed}{LANGUAGES}\n{rest}", encoding="utf-8")
    write(
        site,
        {"archetypes/blog.md": "{{ title }} {{ language }} {{ section }} {{ author }}"},
    )
    for given, text in {
        "blog/fig.md": "Fig en blog Ada",
        "blog/fig.de.md": "Fig de blog Ada",
        "de/blog/pear.md": "Pear de blog Ada",
        "blog/plum/index.de.md": "Plum de blog Ada",
    }.items():
        made = start_page(settings, given)
        assert made == f"content/{given}"
        assert (site / made).read_text(encoding="utf-8") == text


def test_what_is_there_is_never_written_over(settings: Settings, site: Path) -> None:
    write(site, {"content/blog/fig/index.md": "Figs.\n", "content/blog/_index.md": "Blog.\n"})
    before = {path: (site / path).read_bytes() for path in list_files(site)}
    for given in ("about.md", "about.html", "about/", "about", "blog/fig.md", "blog/fig/"):
        with pytest.raises(DocumentRefused, match="is there already"):
            start_page(settings, given)
    for given in ("blog", "about", "blog/fig", "content/blog/_index.md"):
        with pytest.raises(DocumentRefused, match="is there already"):
            start_section(settings, given)
    assert {path: (site / path).read_bytes() for path in list_files(site)} == before


@pytest.mark.parametrize(
    "given",
    [
        "", ".", "content", "content/", "../x.md", "a/../../x.md", "/etc/x.md", "x.markdown", "x.MD",
        "x.txt", "_index.md", "blog/_index.md", "index.md", "content/index.md", ".hidden.md", "a?.md",
        "a\n.md", "node_modules/x.md", ".md",
    ],
)  # fmt: skip
def test_a_name_that_no_page_can_have_writes_nothing(
    given: str, settings: Settings, site: Path
) -> None:
    before = list_files(site)
    with pytest.raises(DocumentRefused):
        start_page(settings, given)
    assert list_files(site) == before


@pytest.mark.parametrize("given", ["", "content", "content/_index.md", "../x", "blog.md", ".git"])
def test_a_name_that_no_section_can_have_writes_nothing(given: str, settings: Settings) -> None:
    with pytest.raises(DocumentRefused):
        start_section(settings, given)


def test_mistakes_in_an_archetype_have_their_place(settings: Settings, site: Path) -> None:
    write(site, {"archetypes/default.md": "---\ntitle: x\n---\n{{ titel }}\n"})
    with pytest.raises(SourceError) as told:
        start_page(settings, "fig.md")
    (problem,) = told.value.problems
    assert (problem.code, str(problem.place)) == ("undefined", "archetypes/default.md:4")
    assert "`title`" in problem.hint
    write(site, {"archetypes/default.md": "---\ntitle: {{ title }}: now\n---\n"})
    with pytest.raises(SourceError) as told:
        start_page(settings, "fig.md")
    (problem,) = told.value.problems
    assert problem.code == "front-matter-syntax"
    assert str(problem.place).startswith("archetypes/default.md:2")
    (site / "archetypes/default.md").write_bytes(b"\xff")
    with pytest.raises(ArchetypeUnreadable, match="UTF-8"):
        start_page(settings, "fig.md")
    assert not (site / "content/fig.md").exists()


def test_a_missing_archetype_is_told_with_the_one_that_was_meant(
    settings: Settings, site: Path
) -> None:
    write(site, {"archetypes/recipe.md": ""})
    with pytest.raises(ArchetypeMissing) as told:
        start_page(settings, "fig.md", archetype="recipes")
    assert "`recipe`" in told.value.hint


def test_no_symbolic_link_brings_in_or_leads_out(
    settings: Settings, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (site / "archetypes").mkdir()
    (site / "archetypes/default.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(ArchetypeUnreadable, match="outside"):
        start_page(settings, "fig.md")
    (site / "archetypes/default.md").unlink()
    (tmp_path / "elsewhere").mkdir()
    (site / "content/away").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DocumentRefused, match="outside"):
        start_page(settings, "away/fig.md")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_what_was_started_has_no_problems(settings: Settings) -> None:
    start_section(settings, "blog", title='Jam: a "diary" & more')
    start_page(settings, "blog/fig.md", title="No: 'quotes' \\ # here")
    start_page(settings, "blog/pear/")
    built = check_site(settings, make_request(settings, drafts=True))
    assert built.problems == ()
