"""The rules are those of the HTML standard, and what they are tried on is what people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.inspection.inspection import inspect_html


def list_flaws(html: str) -> list[tuple[str, str]]:
    found = inspect_html(html, is_secure=True).flaws
    return [(flaw.code, html[flaw.start :].partition(">")[0] + ">") for flaw in found]


VALID = [
    "<p>one<p>two<div>three</div>",
    "<p>one<ul><li>two</ul>",
    "<ul><li>one<li>two<ul><li>three</ul></ul>",
    "<ol><li><p>one</p></li></ol>",
    "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
    "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
    "<table><caption>x</caption><tr><th>a<td>b<tr><td>c</table>",
    "<table><thead><tr><td>a</thead><tbody><tr><td><table><tr><td>b</table></table>",
    "<a href='/'><div><h2>A card</h2></div></a>",
    "<p><a href='/'><span>x</span></a> <ins>y</ins></p>",
    "<details><summary><h3>x</h3></summary><p>y</p></details>",
    "<fieldset><legend><h2>x</h2></legend></fieldset>",
    "<figure><picture><source srcset='a'><img src='b' alt=''></picture><figcaption>x</figcaption></figure>",
    "<select><optgroup label='a'><option>b<option>c<optgroup label='d'><option>e</select>",
    "<ruby>a<rp>(<rt>b<rp>)</ruby>",
    "<svg viewBox='0 0 1 1'><g><title>x</title><path d='M0 0'/></g></svg>",
    "<svg/><p>x</p>",
    "<math><mrow><mi>x</mi></mrow></math>",
    "<script>if (a < b) document.write('<div>')</script>",
    "<textarea><div></textarea><style>a > b {}</style><!-- <p><div> -->",
    "<template><li>x</li><tr></tr></template>",
    "<my-card><li>x</li></my-card><button><span>x</span></button>",
    "<label>x <input><button>y</button></label>",
    "<p title='a > b'>x</p><br/><img src=a.png alt=x />",
    "<!doctype html><html><head><title>x</title><body><main><p>x</main>",
    "<video><source src='a'><track src='b'><p>no video</p></video>",
    "<P>one</P><DIV>two</div>",
    "<hgroup><p>a</p><h1>b</h1></hgroup>",
]


@pytest.mark.parametrize("html", VALID)
def test_what_the_standard_allows_is_not_told(html: str) -> None:
    assert list_flaws(html) == []


INVALID = [
    ("<p><div>x</div></p>", "bad-nesting", "<div>"),
    ("<p><b><ul><li>x</ul></b></p>", "bad-nesting", "<ul>"),
    ("<p>a<p>b</p></p>", "bad-nesting", "<p>"),
    ("<a href='/'>x <a href='/y'>y</a></a>", "bad-nesting", "<a href='/y'>"),
    ("<a href='/'><button>x</button></a>", "bad-nesting", "<button>"),
    ("<button><span><a href='/'>x</a></span></button>", "bad-nesting", "<a href='/'>"),
    ("<span><div>x</div></span>", "bad-nesting", "<div>"),
    ("<h2><p>x</p></h2>", "bad-nesting", "<p>"),
    ("<h2>x <h3>y</h3></h2>", "bad-nesting", "<h3>"),
    ("<span><a href='/'><div>x</div></a></span>", "bad-nesting", "<div>"),
    ("<div><li>x</li></div>", "bad-nesting", "<li>"),
    ("<ul><p>x</p></ul>", "bad-nesting", "<p>"),
    ("<ul><ul><li>x</ul></ul>", "bad-nesting", "<ul>"),
    ("<dl><p>x</p></dl>", "bad-nesting", "<p>"),
    ("<table><div>x</div></table>", "bad-nesting", "<div>"),
    ("<table><td>x</table>", "bad-nesting", "<td>"),
    ("<div><tr></tr></div>", "bad-nesting", "<tr>"),
    ("<picture><p>x</p></picture>", "bad-nesting", "<p>"),
    ("<div><figcaption>x</figcaption></div>", "bad-nesting", "<figcaption>"),
    ("<form><div><form></form></div></form>", "bad-nesting", "<form>"),
    ("<article><main>x</main></article>", "bad-nesting", "<main>"),
    ("<label><label>x</label></label>", "bad-nesting", "<label>"),
    ("<label>x</label><a href='/'><textarea></textarea></a>", "bad-nesting", "<textarea>"),
    ("<p><em>x</p>", "unclosed-element", "<em>"),
    ("<div><p>x</p>", "unclosed-element", "<div>"),
    ("<div/>x", "unclosed-element", "<div/>"),
    ("<b><i>x</b></i>", "unclosed-element", "<i>"),
    ("<ul><li><b>x<li>y</ul>", "unclosed-element", "<b>"),
    ("<svg><g>", "unclosed-element", "<svg>"),
    ("</div>", "stray-end-tag", "</div>"),
    ("<div></p></div>", "stray-end-tag", "</p>"),
    ("<br></br>", "stray-end-tag", "</br>"),
    ("<div><table><tr><td></div></table></div>", "stray-end-tag", "</div>"),
]


@pytest.mark.parametrize(("html", "code", "tag"), INVALID)
def test_what_it_does_not_allow_is_told_once_at_its_tag(html: str, code: str, tag: str) -> None:
    assert list_flaws(html) == [(code, tag)]


INLINE = st.recursive(
    st.sampled_from(["word", "<br>", "<img src=a alt=b>", "&lt;p&gt;", "<!-- <div> -->"]),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["b", "em", "span", "code", "q"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
BLOCK = st.recursive(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2", "pre"]), INLINE),
    lambda inner: st.builds(
        str.format,
        st.sampled_from(
            [
                "<div>{0}</div>",
                "<ul><li>{0}</li></ul>",
                "<table><tr><td>{0}</td></tr></table>",
                "<dl><dt>x<dd>{0}</dl>",
                "<a href='/'></a><section>{0}</section>",
            ]
        ),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)


@given(BLOCK)
def test_whatever_is_nested_by_the_rules_is_not_told(html: str) -> None:
    assert list_flaws(html) == []


@given(BLOCK, st.data())
def test_an_end_tag_that_is_taken_away_is_told(html: str, data: st.DataObject) -> None:
    needed = [f"</{name}>" for name in ("div", "h2", "section", "ul", "b", "em", "table", "a")]
    present = [tag for tag in needed if tag in html]
    if not present:
        return
    tag = data.draw(st.sampled_from(present))
    assert list_flaws(html.replace(tag, "", 1))
