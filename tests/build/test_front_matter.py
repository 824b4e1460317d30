import gc
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.content.document import FrontMatter
from pectin.build.content.front_matter import parse_document, split_date_prefix
from pectin.values.problem import Problem, Severity

PATH = "content/plum.md"


def read(source: str) -> FrontMatter:
    document, problems = parse_document(PATH, source, {"tags", "authors"})
    assert problems == ()
    return document.head.front_matter


def complain(source: str) -> Problem:
    _, (problem,) = parse_document(PATH, source, {"tags"})
    return problem


@pytest.mark.parametrize(
    "source",
    [
        "---\ntitle: Plum\ndate: 2024-05-01\ntags: [jam]\nrating: 5\n---\nBody\n",
        '+++\ntitle = "Plum"\ndate = 2024-05-01\ntags = ["jam"]\nrating = 5\n+++\nBody\n',
        '{"title": "Plum", "date": "2024-05-01", "tags": ["jam"], "rating": 5}\nBody\n',
    ],
)
def test_the_three_syntaxes_say_the_same(source: str) -> None:
    document, problems = parse_document(PATH, source, {"tags"})
    assert problems == ()
    assert document.head.front_matter == FrontMatter(
        title="Plum",
        date=date(2024, 5, 1),
        taxonomies={"tags": ("jam",)},
        params={"rating": 5},
    )
    assert document.body == "Body\n"


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("", ""),
        ("Only text\n", "Only text\n"),
        ("---\n---\nBody", "Body"),
        ("---\n\n# nothing said\n---\nBody", "Body"),
        ("---\r\ntitle: A\r\n---\r\nBody\r\n", "Body\r\n"),
        ("\ufeff---\ntitle: A\n---\nBody", "Body"),
        ("--- \ntitle: A\n---\t\nBody", "Body"),
        ("----\nnot a fence\n", "----\nnot a fence\n"),
        ("{{ figure() }}\n", "{{ figure() }}\n"),
        ("{% note() %}\n", "{% note() %}\n"),
        ("---\ntitle: A\n---", ""),
        ("{}\nBody", "Body"),
    ],
)
def test_the_body_begins_below_the_front_matter(source: str, body: str) -> None:
    document, problems = parse_document(PATH, source, ())
    assert (document.body, problems) == (body, ())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ('"2024-05-01"', date(2024, 5, 1)),
        ("2024-05-01T10:30:00Z", datetime(2024, 5, 1, 10, 30, tzinfo=UTC)),
        ("2024-05-01 10:30", datetime(2024, 5, 1, 10, 30)),  # noqa: DTZ001 - as written
        (
            "2024-05-01 10:30:00 +0200",
            datetime(2024, 5, 1, 10, 30, tzinfo=timezone(timedelta(hours=2))),
        ),
    ],
)
def test_a_date_is_read_in_each_iso_form(written: str, meant: date) -> None:
    assert read(f"---\ndate: {written}\n---\n").date == meant


def test_terms_may_stand_at_the_top_or_under_taxonomies() -> None:
    assert read("---\ntags: [a, b]\n---").taxonomies == {"tags": ("a", "b")}
    assert read("---\ntaxonomies:\n  tags: [a, b]\n---").taxonomies == {"tags": ("a", "b")}
    assert read("---\nauthors: Anna\ntags: [2024, a, a]\n---").taxonomies == {
        "authors": ("Anna",),
        "tags": ("2024", "a"),
    }


def test_the_authors_own_keys_are_params_wherever_they_stand() -> None:
    source = "---\nrating: 5\nparams:\n  tittle: yes\n  deep: {a: 1}\n---"
    assert read(source).params == {"rating": 5, "tittle": "yes", "deep": {"a": 1}}


def test_a_key_without_a_value_says_nothing() -> None:
    assert read("---\ntitle:\ntags:\n---") == FrontMatter()


def test_dates_of_ones_own_are_text_as_yaml_1_2_has_them() -> None:
    assert read('---\nmade: 2024-05-01\ncode: "12:30"\n---').params == {
        "made": "2024-05-01",
        "code": "12:30",
    }


@pytest.mark.parametrize(
    ("head", "place", "line", "message", "hint"),
    [
        ("title: A\ndraft: no", "3:8", "draft: no", "`draft` must be true or false", "`true`"),
        ("date: yesterday", "2:7", "date: yesterday", "`date` must be a date", "2024-05-01"),
        ("date: 2024-02-30", "2:7", "date: 2024-02-30", "not a day", "2024-05-01"),
        ("weight: heavy", "2:9", "weight: heavy", "whole number", "10"),
        ("title: 1.10", "2:8", "title: 1.10", "must be text", "quotes"),
        ("title: [a]", "2:8", "title: [a]", "must be text, not a list", "quotes"),
        ("slug: a/b", "2:7", "slug: a/b", "cannot be 'a/b'", "hyphens"),
        ("url: //evil.example/", "2:6", "url: //evil.example/", "another host", "/fruit/plum/"),
        ("aliases: [/a, ../b]", "2:15", "aliases: [/a, ../b]", "begin with `/`", "this site"),
        ("template: ../x.html", "2:11", "template: ../x.html", "not the name of a", "templates/"),
        ("sort_by: size", "2:10", "sort_by: size", "cannot be 'size'", "`weight`"),
        ("paginate_by: 0", "2:14", "paginate_by: 0", "1 or more", ""),
        ("tags: [1.5]", "2:8", "tags: [1.5]", "must be text", "quotes"),
        ("tags:\n  - a\n  - true", "4:5", "  - true", "must be text", "quotes"),
        ("taxonomies:\n  tags: [a, {b: c}]", "3:9", "  tags: [a, {b: c}]", "a term", "quotes"),
        ("a: '!!x'\nb:  !!x c", "3:5", "b:  !!x c", "invalid tag", "quotes"),
        ("a: !!int 3\nb: [!!int x]", "3:5", "b: [!!int x]", "for '!!int' tag", "quotes"),
        ("taxonomies: jam", "2:13", "taxonomies: jam", "must be a table", "taxonomies: {"),
        ("title: Jam: a story", "2:11", "title: Jam: a story", "mapping values", "quotes"),
        ("title: `Jam`", "2:8", "title: `Jam`", "unexpected character", "quotes"),
        ("a:\n\t- b", "3:2", "\t- b", "tabs disallowed", "spaces"),
        ("title: A\ntitle: B", "3:1", "title: B", "`title` is given twice", "one of them"),
        ("- a", "2:1", "- a", "is a list, not keys", "title:"),
    ],
)
def test_an_error_in_the_head_shows_its_line_and_what_to_do(
    head: str, place: str, line: str, message: str, hint: str
) -> None:
    problem = complain(f"---\n{head}\n---\nBody\n")
    assert str(problem.place) == f"{PATH}:{place}"
    assert problem.place is not None
    assert problem.place.text == line
    assert message in problem.message
    assert hint in problem.hint
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("source", "place", "line"),
    [
        ("---\ntitle: A\n\nText\n", "1:1", "---"),
        ("+++\na = \n+++\n", "2:5", "a = "),
        ("+++\na = 1\nb = 2024-13-01\n+++\n", "3:9", "b = 2024-13-01"),
        ('{\n  "a": 1,\n  b\n}\n', "3:3", "  b"),
        ('{"title": "A",\n "date": 5}\nBody', "2:10", ' "date": 5}'),
    ],
)
def test_every_syntax_places_its_errors_in_the_file(source: str, place: str, line: str) -> None:
    problem = complain(source)
    assert str(problem.place) == f"{PATH}:{place}"
    assert problem.place is not None
    assert problem.place.text == line


@pytest.mark.parametrize(
    ("key", "meant"),
    [("tittle", "title"), ("titel", "title"), ("lastmod", "updated"), ("weigth", "weight")],
)
def test_a_slip_of_a_known_key_is_a_warning(key: str, meant: str) -> None:
    problem = complain(f"---\n{key}: x\n---\n")
    assert problem.severity is Severity.WARNING
    assert f"did you mean `{meant}`?" in problem.hint
    assert str(problem.place) == f"{PATH}:2:1"


@pytest.mark.parametrize("key", ["data", "image", "rating", "late", "plug", "a"])
def test_a_word_of_its_own_is_no_slip(key: str) -> None:
    assert read(f"---\n{key}: x\n---\n").params == {key: "x"}


def test_a_taxonomy_that_the_site_has_not_is_told() -> None:
    problem = complain("---\ntaxonomies:\n  moods: [blue]\n---\n")
    assert (problem.code, str(problem.place)) == ("unknown-taxonomy", f"{PATH}:3:3")


def test_a_wrong_value_leaves_the_others() -> None:
    document, problems = parse_document(PATH, "---\ndraft: x\ntitle: A\nweight: y\n---\nB", ())
    assert document.head.front_matter == FrontMatter(title="A")
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("stem", "parts"),
    [
        ("2024-05-01-plum", (date(2024, 5, 1), "plum")),
        ("2024-05-01_plum", (date(2024, 5, 1), "plum")),
        ("2024-13-01-plum", (None, "2024-13-01-plum")),
        ("2024-05-01", (None, "2024-05-01")),
        ("plum", (None, "plum")),
    ],
)
def test_a_file_name_may_begin_with_its_date(stem: str, parts: tuple[date | None, str]) -> None:
    assert split_date_prefix(stem) == parts


@given(st.text(), st.sampled_from(["", "---\n", "+++\n", "{", "---\ntitle: "]), st.booleans())
def test_any_text_is_a_document(text: str, opening: str, closed: bool) -> None:  # noqa: FBT001 - drawn
    source = opening + text + ("\n---\n" if closed else "")
    document, problems = parse_document(PATH, source, {"tags"})
    assert document.source.endswith(document.body)
    assert all(problem.place and problem.place.line for problem in problems)


def test_each_bad_item_of_a_list_is_told_where_it_stands_and_the_others_hold() -> None:
    source = '---\naliases: [/about/, "http://x/y", "../z"]\n---'
    document, problems = parse_document(PATH, source, ())
    assert document.head.front_matter.aliases == ("/about/",)
    assert [str(problem.place) for problem in problems] == [f"{PATH}:2:21", f"{PATH}:2:35"]


def test_an_item_of_a_list_below_its_key_is_found() -> None:
    assert str(complain("---\naliases:\n  - ../z\n---").place) == f"{PATH}:3:5"


def test_each_wrong_term_is_told_where_it_is_and_the_others_stay() -> None:
    source = "---\ntags: [a3.5, b, 3.5, false]\n---\n"
    document, problems = parse_document(PATH, source, {"tags"})
    assert [str(problem.place) for problem in problems] == [f"{PATH}:2:17", f"{PATH}:2:22"]
    assert document.head.front_matter.taxonomies == {"tags": ("a3.5", "b")}


@pytest.mark.parametrize("half", ["\\ud800", "\\uDC00 b", "\\\\\\ud83c"])
def test_half_of_a_surrogate_pair_is_no_character(half: str) -> None:
    problem = complain(f'{{"title": "a{half}"}}\nBody\n')
    assert "surrogate" in problem.message
    assert problem.place
    assert problem.place.line == 1


def test_both_halves_of_a_pair_are_one_character() -> None:
    front_matter = read('{"title": "a\\ud83c\\udf53", "x": "\\\\ud800"}\nBody\n')
    assert (front_matter.title, front_matter.params) == ("a\U0001f353", {"x": "\\ud800"})


def test_reading_leaves_nothing_for_the_collector() -> None:
    gc.collect()
    gc.disable()  # as it is while a site is built: a circle would hold every page's text
    try:
        read("---\ntitle: Plum\ntags: [jam]\naliases: [/old/]\nmenus: main\n---\nBody\n")
        assert gc.collect() == 0
    finally:
        gc.enable()
