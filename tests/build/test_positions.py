import pytest

from pectin.build.positions import Step, find_key, find_value, index_values

TOML = """title = "x"
[params]
title = "y"
[[menus.main]]
url = "/a/"
[[menus.main]]
url = "/b/"
[feeds]
limit = 3
"""


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        (("title",), 1),
        (("params", "title"), 3),
        (("menus", "main", 0, "url"), 5),
        (("menus", "main", 1, "url"), 7),
        (("feeds", "limit"), 9),
        (("feeds", "nothing"), 8),
        (("nothing",), 1),
    ],
)
def test_a_key_of_toml_is_found_by_its_steps(steps: tuple[Step, ...], line: int) -> None:
    assert TOML.count("\n", 0, find_key(TOML, steps)) + 1 == line


def test_a_key_of_yaml_at_the_margin_comes_before_one_that_is_indented() -> None:
    source = "params:\n  date: 1\ndate: 2\n"
    assert find_key(source, ("date",)) == source.rindex("date")


def test_a_quoted_key_of_json_is_found() -> None:
    assert find_key('{"a": 1, "date": 5}', ("date",)) == 10


@pytest.mark.parametrize(
    ("source", "steps", "item", "found"),
    [
        ("a: 1\n", ("a",), "", 3),
        ("a:\n  - b\n", ("a",), "", 0),
        ("a:\n  - b\n", ("a",), "b", 7),
        ("a: [b]\n", ("a",), "c", 3),
        ('{"a": 5}', ("a",), "", 6),
        ("[t]\na = 5\n", ("t", "a"), "", 8),
        ("[t]\na = 5\n", ("t",), "", 1),
        ("a = 5\n", (), "", 0),
        ("", ("a",), "", 0),
        ("a:", ("a",), "", 0),
    ],
)
def test_a_value_is_found_after_its_key_or_the_key_is(
    source: str, steps: tuple[Step, ...], item: str, found: int
) -> None:
    assert find_value(source, steps, item=item) == found


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("a: /b/\nc: d e\n", ["/b/"]),
        ("a: [/b/, 'c d']\n", ["/b/", "c d"]),
        ("- /b/ # why\n- c: /d/\r\n", ["/b/", "/d/"]),
        ("a = \"/b/\"\nc = { d = '/e/' }\n", ["/b/", "/e/"]),
        ('{"a": "/b c/"}', ["/b c/"]),
        ("a,b\n/c/,/d/\n", ["a", "b", "/c/", "/d/"]),
        ("a\t/c/\n", ["/c/"]),
        ("a: https://b.org/c\n", ["https://b.org/c"]),
    ],
)
def test_whole_values_are_found_where_they_are_first(source: str, values: list[str]) -> None:
    assert list(index_values(source)) == values
    assert all(source.startswith(text, at) for text, at in index_values(source).items())


@pytest.mark.parametrize("piece", ["\t", " ", ":", "- ", ':"', "a", "-", "['", ": x"])
def test_data_without_end_is_read_once(piece: str) -> None:
    source = piece * (200_000 // len(piece))
    assert len(index_values(source + " x y")) <= len(source)
