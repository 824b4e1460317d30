from pectin.build.encoding import parse_text


def test_the_byte_order_mark_is_not_text() -> None:
    assert parse_text("a.md", b"\xef\xbb\xbfPlum") == ("Plum", ())


def test_bytes_that_are_not_utf_8_are_told_where_they_stand() -> None:
    text, (problem,) = parse_text("content/a.md", b"one\ntwo \xe9t\xe9\n")
    assert text == "one\ntwo \ufffdt\ufffd\n"
    assert str(problem.place) == "content/a.md:2:5"
    assert problem.message == "byte 0xe9 is not UTF-8"
