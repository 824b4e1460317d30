from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.data.conftest import Asked, Reply, Server

from pectin.data import ByCursor, ByLink, ByPage, LoaderContext, LoaderError, fetch_json


def test_json_is_fetched_with_parameters_and_fields(context: LoaderContext, server: Server) -> None:
    server.respond = lambda _: Reply({"a": [1, {"b": None}]})
    headers = {"Authorization": f"Bearer {context.secret('TOKEN')}"}
    found = fetch_json(context, f"{server.url}/x?k=v", params={"q": "plum & fig"}, headers=headers)
    assert found == {"a": [1, {"b": None}]}
    (asked,) = server.asked
    assert asked.query == {"k": "v", "q": "plum & fig"}
    assert asked.headers["authorization"] == "Bearer s3cret-value"


def test_a_part_of_the_answer_is_taken(context: LoaderContext, server: Server) -> None:
    server.respond = lambda _: Reply({"data": [{"jams": [1, 2]}]})
    assert fetch_json(context, server.url, items="data.0.jams") == [1, 2]
    with pytest.raises(
        LoaderError, match=r"no `jam` where `data\.0\.jam` was looked for: there is `jams`"
    ):
        fetch_json(context, server.url, items="data.0.jam")


def list_by_link(asked: Asked) -> Reply:
    page = int(asked.query.get("page", "1"))
    link = f'</jams?page={page + 1}>; rel="next", </jams>; rel="first"' if page < 3 else ""
    return Reply([page * 10, page * 10 + 1], headers={"Link": link} if link else {})


def list_by_cursor(asked: Asked) -> Reply:
    at = int(asked.query.get("from", "1"))
    return Reply({"items": [at], "meta": {"next": str(at + 1) if at < 3 else None}})


def list_by_page(asked: Asked) -> Reply:
    page = int(asked.query["p"])
    return Reply({"items": [page, page] if page < 2 else [page]})


def test_pages_follow_links(context: LoaderContext, server: Server) -> None:
    server.respond = list_by_link
    found = fetch_json(context, f"{server.url}/jams", paging=ByLink())
    assert found == [10, 11, 20, 21, 30, 31]


def test_pages_follow_a_cursor(context: LoaderContext, server: Server) -> None:
    server.respond = list_by_cursor
    paging = ByCursor("meta.next", "from")
    assert fetch_json(context, server.url, items="items", paging=paging) == [1, 2, 3]


def test_pages_follow_their_number(context: LoaderContext, server: Server) -> None:
    server.respond = list_by_page
    paging = ByPage("p", first=0, size=2)
    assert fetch_json(context, server.url, items="items", paging=paging) == [0, 0, 1, 1, 2]
    server.respond = lambda asked: Reply([1] if int(asked.query["page"]) < 3 else [])
    assert fetch_json(context, server.url, paging=ByPage()) == [1, 1]


def test_pages_that_lead_in_a_circle_or_never_end_are_told(
    context: LoaderContext, server: Server
) -> None:
    server.respond = lambda _: Reply([1], headers={"Link": '</>; rel="next"'})
    with pytest.raises(LoaderError, match="leads to itself"):
        fetch_json(context, f"{server.url}/", paging=ByLink())
    server.respond = lambda _: Reply([1])
    with pytest.raises(LoaderError, match="more than 3 pages"):
        fetch_json(context, server.url, paging=ByPage(), most_pages=3)


def test_a_token_does_not_follow_a_link_to_another_host(
    context: LoaderContext, server: Server
) -> None:
    server.respond = lambda _: Reply([1], headers={"Link": "<http://127.0.0.2:9/>; rel=next"})
    with pytest.raises(LoaderError, match=r"leads on to another host, http://127\.0\.0\.2:9"):
        fetch_json(context, server.url, paging=ByLink())


def test_a_page_that_is_no_list_is_told(context: LoaderContext, server: Server) -> None:
    server.respond = lambda _: Reply({"items": [1]})
    with pytest.raises(LoaderError, match="is no list: say with `items` where the list is"):
        fetch_json(context, server.url, paging=ByPage())


@pytest.mark.parametrize(
    ("validator", "field"),
    [({"ETag": '"1"'}, "if-none-match"), ({"Last-Modified": "Sat, 01 Aug 2026 00:00:00 GMT"}, "if-modified-since")],
)  # fmt: skip
def test_what_is_unchanged_is_not_sent_again(
    context: LoaderContext, server: Server, validator: dict[str, str], field: str
) -> None:
    def respond(asked: Asked) -> Reply:
        return Reply(status=304) if field in asked.headers else Reply(["plum"], headers=validator)

    server.respond = respond
    assert [fetch_json(context, server.url) for _ in range(2)] == [["plum"], ["plum"]]
    assert server.asked[1].headers[field] == next(iter(validator.values()))


def test_no_secret_is_kept_with_a_response(
    context: LoaderContext, server: Server, tmp_path: Path
) -> None:
    server.respond = lambda _: Reply(["plum"], headers={"ETag": '"1"'})
    fetch_json(context, server.url, params={"key": context.secret("TOKEN")})
    (kept,) = (tmp_path / "responses").iterdir()
    assert "s3cret" not in kept.read_text() + kept.name
    server.respond = lambda _: Reply([context.secret("TOKEN")], headers={"ETag": '"1"'})
    fetch_json(context, f"{server.url}/echo")
    assert list((tmp_path / "responses").iterdir()) == [kept]


def test_it_is_tried_again_after_a_fault_of_the_server(
    context: LoaderContext, server: Server
) -> None:
    replies = [Reply(status=503, headers={"Retry-After": "0"}), Reply(status=502), Reply([1])]
    server.respond = lambda _: replies.pop(0)
    assert fetch_json(context, server.url) == [1]


def test_the_last_answer_is_told_when_nothing_helps(context: LoaderContext, server: Server) -> None:
    server.respond = lambda _: Reply(
        {"error": "jam s3cret-value"}, status=429, headers={"Retry-After": "0"}
    )
    with pytest.raises(
        LoaderError, match=r'answered 429 Too Many Requests: \{"error": "jam <TOKEN>"\}'
    ):
        fetch_json(context, server.url, retries=1)
    assert len(server.asked) == 2


def test_a_fault_of_the_client_is_told_at_once_and_without_secrets(
    context: LoaderContext, server: Server
) -> None:
    server.respond = lambda _: Reply(b"", status=404)
    with pytest.raises(LoaderError, match=r"\?key=<TOKEN> answered 404 Not Found$"):
        fetch_json(context, server.url, params={"key": "s3cret-value"})
    assert len(server.asked) == 1


def test_nobody_there_is_told(context: LoaderContext, server: Server) -> None:
    server.close()
    with pytest.raises(LoaderError, match="did not answer: NewConnectionError"):
        fetch_json(context, server.url, retries=0)


def test_an_answer_that_grows_is_cut_off(context: LoaderContext, server: Server) -> None:
    bomb = gzip.compress(b"[" + b" " * (4 << 20) + b"]")
    server.respond = lambda _: Reply(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(LoaderError, match="answered more than 1,048,576 bytes"):
        fetch_json(context, server.url, most_bytes=1 << 20)


def test_what_is_not_json_is_told(context: LoaderContext, server: Server) -> None:
    server.respond = lambda _: Reply(b"<html>")
    with pytest.raises(LoaderError, match="answered what is not JSON: Expecting value"):
        fetch_json(context, server.url)


def test_only_http_is_spoken(context: LoaderContext) -> None:
    with pytest.raises(LoaderError, match="is not an http"):
        fetch_json(context, "file:///etc/passwd")
