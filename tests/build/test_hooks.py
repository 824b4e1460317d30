from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.document import Content
from pectin.build.content.front_matter import parse_document
from pectin.build.content.hooks import KINDS, HookCall, Hooks
from pectin.build.content.markdown import MarkdownRenderer

RENDERER = MarkdownRenderer(MarkdownOptions(external_links=(("rel", "x"),)))


def render(body: str, hooks: Hooks | None) -> Content:
    document, _ = parse_document("content/a.md", "\n" + body, ())
    content, _ = RENDERER.render_content(document, resolve_link=lambda url: f"/{url}", hooks=hooks)
    return content


def calls_of(body: str, *names: str) -> list[HookCall]:
    calls: list[HookCall] = []

    def note(call: HookCall) -> str:
        calls.append(call)
        return call.default

    render(body, Hooks(frozenset(names), note))
    return calls


PIECES = st.sampled_from(
    ["a", " ", "\n", "\n\n", "[b](c.md)", "![d](e.png 't')", "[![f](g)](h)", "# ", "> ", "> [!NOTE]\n> ", "- ",
     "|x|y|\n|-|:-:|\n|1|2|\n", "```py\nz\n```\n", "~~~ {.a}\nz\n~~~\n", "    code", "https://x.org", "[^1]",
     "[^1]: n\n", "<a href='q'>", "</a>", "<blockquote>", "</blockquote>\n", "<table><tr><td>", "<h2>r</h2>",
     "<img src='s' />", "<pre>", "{.k}", "*", "`", "- [x] t\n"]
)  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_hooks_that_write_what_markdown_does_change_nothing(body: str) -> None:
    identity = Hooks(frozenset(KINDS), lambda call: call.default)
    assert render(body, identity).html == render(body, None).html


def test_a_hook_gets_what_markdown_made_and_nothing_that_the_author_wrote() -> None:
    body = (
        "[a](b) <a href='c'>d</a>\n\n<img src='e'>\n\n<blockquote>\n\n# f\n\n</blockquote>\n\n"
        "<h2>g</h2>\n\n<table><tr><td>h</td></tr></table>\n\n<pre>i</pre>\n"
    )
    assert [call.name for call in calls_of(body, *KINDS)] == ["link", "heading"]


def test_a_link_knows_its_resolved_destination_and_its_text() -> None:
    (call,) = calls_of('[*a* & "b"](c?d&e "f")', "link")
    assert call.variables == {
        "destination": "/c?d&amp;e",
        "title": "f",
        "text": "<em>a</em> &amp; “b”",
        "plain": "a & “b”",
        "attributes": {},
    }


def test_a_link_that_leads_out_has_its_attributes() -> None:
    (call,) = calls_of("https://x.org", "link")
    assert call.variables["attributes"] == {"rel": "x"}


def test_what_a_hook_writes_is_no_element_for_another() -> None:
    written = '<a href="x"><blockquote><img src="y" /></blockquote></a>'
    hooks = Hooks(frozenset(KINDS), lambda call: written if call.name == "image" else call.default)
    assert render("> [![a](b)](c)", hooks).html == (
        f'<blockquote>\n<p><a href="/c">{written}</a></p>\n</blockquote>\n'
    )


def test_code_is_for_the_hook_of_its_language_first() -> None:
    body = "```Mermaid\na\n```\n\n```py {.x n=1}\nb\n```\n\n    c\n"
    calls = calls_of(body, "code", "code-mermaid")
    assert [(call.name, call.variables["code"]) for call in calls] == [
        ("code-mermaid", "a\n"),
        ("code", "b\n"),
        ("code", "c\n"),
    ]
    assert calls[1].variables["attributes"] == {"class": "x", "n": "1"}
    assert [call.name for call in calls_of(body, "code-mermaid")] == ["code-mermaid"]


def test_a_table_is_rows_of_cells() -> None:
    (call,) = calls_of("|*a*|b|\n|--:|-|\n|1|2|\n|3||\n{.c}\n", "table")
    assert call.variables["head"] == [
        [{"text": "<em>a</em>", "align": "right"}, {"text": "b", "align": ""}]
    ]
    assert [[cell["text"] for cell in row] for row in call.variables["body"]] == [
        ["1", "2"],
        ["3", ""],
    ]
    assert call.variables["attributes"] == {"class": "c"}


def test_alerts_and_quotes_have_hooks_of_their_own() -> None:
    calls = calls_of("> [!WARNING]\n> Hot.\n{.x}\n\n> Quote.\n", "alert", "blockquote")
    assert [call.name for call in calls] == ["alert", "blockquote"]
    assert calls[0].variables == {
        "type": "warning",
        "title": "Warning",
        "text": "<p>Hot.</p>",
        "attributes": {"class": "x"},
    }


def test_a_heading_knows_its_id_and_is_in_the_table_of_contents() -> None:
    hooks = Hooks(frozenset({"heading"}), lambda call: f"[{call.variables['id']}]")
    content = render("# A\n\n# A {.b}\n", hooks)
    assert content.html == "[a]\n[a-1]\n"
    assert content.headings == ((1, "a", "A"), (1, "a-1", "A"))


def test_the_ids_that_hooks_write_are_ids_of_the_page() -> None:
    hooks = Hooks(frozenset({"link"}), lambda _: '<i id="x">a</i>')
    assert render("[a](b)", hooks).ids == {"x"}
