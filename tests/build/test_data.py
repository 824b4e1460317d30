import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.content.data import DATA_SUFFIXES, parse_data
from pectin.values.problem import Severity


def test_every_syntax_gives_the_same_value() -> None:
    value = {"name": "plum", "grams": [500, 2.5]}
    assert parse_data("data/a.json", b'{"name": "plum", "grams": [500, 2.5]}') == (value, ())
    assert parse_data("data/a.yaml", b"name: plum\ngrams: [500, 2.5]\n") == (value, ())
    assert parse_data("data/a.toml", b'name = "plum"\ngrams = [500, 2.5]\n') == (value, ())


def test_yaml_is_read_by_the_core_schema_of_1_2() -> None:
    value, problems = parse_data("a.yaml", b"a: no\nb: 12:30:45\nc: 2024-05-01\nd: '1'\ne: on\n")
    assert value == {"a": "no", "b": "12:30:45", "c": "2024-05-01", "d": "1", "e": "on"}
    assert problems == ()


@pytest.mark.parametrize("word", ["1_000", "0b11", "0B1", "_1", "1_0.5", "+0x1f", "-0o7", "0X1F"])
def test_numbers_of_yaml_1_1_alone_are_text(word: str) -> None:
    source = f"a: {word}\nb: [{word}, {{c: {word}}}] # {word}\n{word}: |\n  {word} and {word}\nd: '{word}'\n"
    value, problems = parse_data("a.yaml", source.encode())
    body = f"{word} and {word}\n"
    assert value == {"a": word, "b": [word, {"c": word}], word: body, "d": word}
    assert problems == ()


def test_anchors_of_yaml_may_have_underscores_and_its_errors_keep_their_places() -> None:
    assert parse_data("a.yaml", b"a: &x_1 1_0\nb: *x_1\n") == ({"a": "1_0", "b": "1_0"}, ())
    _, (problem,) = parse_data("a.yaml", b"a: 1_0\nb: 1_0: @x\n")
    assert str(problem.place).startswith("a.yaml:2:")
    assert problem.place is not None
    assert problem.place.text == "b: 1_0: @x"


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_of_the_core_schema_stay_numbers(number: float) -> None:
    assert parse_data("a.yaml", f"a: {number!r}\nb: 1_0\n".encode())[0]["a"] == number


def test_a_table_becomes_a_mapping_for_each_row() -> None:
    rows, problems = parse_data("a.csv", b'name,note\r\nplum,"sweet,\nblue"\r\n\r\nfig,\r\n')
    assert rows == [{"name": "plum", "note": "sweet,\nblue"}, {"name": "fig", "note": ""}]
    assert problems == ()


def test_a_table_may_be_separated_by_tabs() -> None:
    assert parse_data("a.tsv", b"a\tb\n1\t2\n") == ([{"a": "1", "b": "2"}], ())


@pytest.mark.parametrize(
    ("path", "source", "place", "line", "message"),
    [
        ("a.json", b'{\n  "a": 1,\n}', "a.json:2:9", '  "a": 1,', "a comma after the last value"),
        ("a.json", b"[1,\n 2, ]", "a.json:2:3", " 2, ]", "a comma after the last value"),
        ("a.json", b"{a: 1}", "a.json:1:2", "{a: 1}", "double quotes"),
        ("a.json", b"[1] // all", "a.json:1:5", "[1] // all", "more text after the end"),
        ("a.json", b"[ // all\n1]", "a.json:1:3", "[ // all", "no comments"),
        ("a.json", b'{"a": 1}\nmore', "a.json:2:1", "more", "more text after the end"),
        ("a.json", b'{"a": NaN}', "a.json:1:1", '{"a": NaN}', "NaN is not JSON"),
        ("a.yaml", b"a: 1\nb: [1\nc: 2\n", "a.yaml:3:2", "c: 2", "illegal placement of ':'"),
        ("a.yaml", b"a: 1\nb: 2\na: 3\n", "a.yaml:3:1", "a: 3", "`a` is given twice"),
        ("a.yaml", "é: @x".encode(), "a.yaml:1:4", "é: @x", "unexpected character"),
        ("a.toml", b'a = 1\nb = "\n"\n', "a.toml:2:5", 'b = "', "quotation mark is not closed"),
        ("a.toml", b'a = "x"\nb = """\ny', "a.toml:2:5", 'b = """', "mark is not closed"),
        ("a.toml", b"# it's\na = ['x', 'y\n]", "a.toml:2:11", "a = ['x', 'y", "not closed"),
        ("a.toml", b"a = 1\n a = 2\n", "a.toml:2:2", " a = 2", "this key is given twice"),
        ("a.toml", b"[a.b]\n[a.b]\n", "a.toml:2:1", "[a.b]", "`a.b` is begun twice"),
        ("a.toml", b"a = 1\nb = \n", "a.toml:2:5", "b = ", "invalid value"),
        ("a.csv", b'a,b\n1,"2\n', "a.csv:2:1", '1,"2', "unexpected end of data"),
        ("a.csv", b"a,a\n1,2\n", "a.csv:1:1", "a,a", "two columns have the name 'a'"),
        ("a.yaml", b"a: 1\nb: \xff\n", "a.yaml:2:4", "b: \ufffd", "not UTF-8"),
    ],
)
def test_an_error_in_data_has_its_line_and_column(
    path: str, source: bytes, place: str, line: str, message: str
) -> None:
    _, (problem,) = parse_data(path, source)
    assert str(problem.place) == place
    assert problem.place is not None
    assert problem.place.text == line
    assert message in problem.message


def test_a_json_key_given_twice_is_told_and_the_last_one_holds() -> None:
    value, (problem,) = parse_data("a.json", b'{"a": 1,\n "a": 2}')
    assert value == {"a": 2}
    assert str(problem.place) == "a.json:2:3"
    assert problem.severity is Severity.WARNING


def test_a_row_of_another_length_is_told() -> None:
    rows, (problem,) = parse_data("a.csv", b"a,b\n1,2\n1,2,3\n")
    assert rows == [{"a": "1", "b": "2"}, {"a": "1", "b": "2"}]
    assert str(problem.place) == "a.csv:3:1"
    assert problem.severity is Severity.WARNING


def test_deep_json_is_a_problem_and_not_a_crash() -> None:
    value, problems = parse_data("a.json", b"[" * 100_000)
    assert value is None
    assert problems


@given(st.sampled_from(sorted(DATA_SUFFIXES)), st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_are_a_value_or_a_placed_problem(suffix: str, source: bytes) -> None:
    value, problems = parse_data(f"data/a.{suffix}", source)
    assert value is None or problems is not None
    assert all(problem.place and problem.place.line for problem in problems)


@pytest.mark.parametrize(
    ("path", "source", "place", "hint"),
    [
        ("a.yaml", b'a: 1\ntitle: "open\nb: 2\n', "a.yaml:2:8", "close the quotation mark"),
        ("a.yaml", b"a: 'x'\nc:  'open\nb: 2\n", "a.yaml:2:5", "close the quotation mark"),
        ("a.yaml", b"a: 1\n\tb: 2\n", "a.yaml:2:1", "indent with spaces"),
        ("a.yaml", b"a:\n\tb: 2\n", "a.yaml:2:2", "indent with spaces"),
        ("a.yaml", b"- a\nb: 1\n", "a.yaml:2:1", "cannot be mixed"),
        ("a.yaml", b"a: !!x &\n", "a.yaml:1:8", "quotes"),
        ("a.json", b'{"a":\n\n', "a.json:1:6", "a value is text"),
        ("a.json", b"{'a': 1}\n", "a.json:1:2", "double quotes"),
        ("a.json", b'{"a": 1\n', "a.json:1:8", "close the bracket"),
        ("a.json", b'{"a": 1} 2\n', "a.json:1:10", "one list"),
        ("a.toml", b"a = 1 2\n", "a.toml:1:7", "one `key = value`"),
        ("a.toml", b"a\n", "a.toml:1:2", 'write `key = "value"`'),
        ("a.toml", b"a = 1\na = 2\n", "a.toml:2:1", "keep one"),
    ],
)
def test_an_error_of_syntax_is_told_where_it_began_with_what_to_do(
    path: str, source: bytes, place: str, hint: str
) -> None:
    _, (problem,) = parse_data(path, source)
    assert str(problem.place) == place
    assert hint in problem.hint


@given(st.sampled_from(["yaml", "toml", "json"]), st.text(alphabet="a:\"'[]{}-,&*!|>#= \n\t1"))
def test_every_error_of_syntax_says_what_to_do(suffix: str, source: str) -> None:
    _, problems = parse_data(f"a.{suffix}", source.encode())
    assert all(problem.hint for problem in problems)
