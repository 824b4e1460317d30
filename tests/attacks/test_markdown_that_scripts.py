"""Row 29: Markdown that scripts, by link titles, URLs, raw HTML, SVG and heading ids."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.front_matter import parse_document
from pectin.build.content.markdown import MarkdownRenderer

TRUSTED = MarkdownRenderer(MarkdownOptions(heading_anchors=True))
UNTRUSTED = MarkdownRenderer(MarkdownOptions(raw_html=False, heading_anchors=True))

ELEMENTS = frozenset(
    """a blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img input li ol p pre section
    span strong sup table tbody td th thead tr ul""".split()  # noqa: SIM905 - a list for readers
)
ATTRIBUTES = frozenset(
    """alt aria-label checked class data-lang disabled href id role src start style title
    type""".split()  # noqa: SIM905 - as above
)

SCRIPTS = frozenset({"javascript", "vbscript"})
NOT_FROM_STRANGERS = SCRIPTS | {"data", "blob", "file", "filesystem"}


def scheme_of(url: str) -> str:
    """The scheme that a browser sees (WHATWG URL 4.4): blanks around and breaks in it go."""
    seen = re.sub("[\t\n\r]", "", url.strip("".join(map(chr, range(0x21)))))
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", seen)
    return scheme[1].lower() if scheme else ""


class Reader(HTMLParser):
    """What a browser finds: (element, attribute, value), and elements with no attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.elements: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.found += [(tag, name, value or "") for name, value in attrs]


def read(body: str, renderer: MarkdownRenderer) -> Reader:
    document, _ = parse_document("content/a.md", "\n" + body, ())
    content, _ = renderer.render_content(document, resolve_link=lambda target: target)
    titles = "".join(title for _, _, title in content.headings)
    return Reader(content.html + content.summary + titles)


def check_harmless(page: Reader) -> None:
    assert page.elements <= ELEMENTS
    for element, attribute, value in page.found:
        assert attribute in ATTRIBUTES, (element, attribute)
        if attribute in {"href", "src"}:
            is_picture = element == "img" and value.lower().startswith("data:image/")
            assert is_picture or scheme_of(value) not in NOT_FROM_STRANGERS


@pytest.mark.parametrize("renderer", [TRUSTED, UNTRUSTED])
@pytest.mark.parametrize(
    "body",
    [
        "[a](/b 't\" onmouseover=alert(1) x=\"')",
        '[a](/b "t\\" onx=1")',
        "[a](/b 't&quot; onx=1')",
        "![a\" onerror=1](/b 't\"><script>x</script>')",
        '[a](</b" onx=1>)',
        "[a](/b&quot;onx=1)",
        '[a]: /b "t\\" onx=1"\n\n[a]',
        '# A" onx=1 <',
        '# A {#b" .c"}',
        "# A {#b' .c'}",
        "# `<script>`",
        '```py" onx=1\nx = "<script>"\n```',
        "```<script>\nx\n```",
        'x[^a" onx=1]\n\n[^a" onx=1]: y\n',
        "x[^<script>]\n\n[^<script>]: y\n",
        '| a" onx=1 |\n|:--|\n| b |\n',
        '<https://x.org/"onx=1>',
    ],
)
def test_no_text_breaks_out_of_its_attribute(body: str, renderer: MarkdownRenderer) -> None:
    """Row 29, Hugo CVE-2024-32875: a title or an id that ends its attribute."""
    page = read(body, renderer)
    assert not any(name.startswith("on") or name == "x" for _, name, _ in page.found)
    assert "script" not in page.elements


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<svg onload=alert(1)>",
        "<img src=x onerror=alert(1)>",
        "a <img src=x onerror=alert(1)> b",
        "<svg><script>alert(1)</script></svg>",
        '<a href="javascript:alert(1)">x</a>',
        "<!--><script>alert(1)</script>-->",
        "<style>*{background:url(javascript:alert(1))}</style>",
        "- <iframe srcdoc='<script>'>\n> <b onx=1>\n",
        "<details open ontoggle=alert(1)>",
        "<!-- more --><script>alert(1)</script>",
        "a\n\n<!-- more -->\n<script>alert(1)</script>",
        "# A {onclick=alert(1)}",
        "# A {style=x onfocus=alert(1) tabindex=1}",
        "> [!NOTE]\n> <script>alert(1)</script>\n",
        "x[^1]\n\n[^1]: <script>alert(1)</script>\n",
        "| <b onx=1> |\n|---|\n| [a](javascript:x) |\n",
    ],
)
def test_nothing_from_an_untrusted_writer_runs(body: str) -> None:
    """Row 29: raw HTML, SVG and script URLs, where `raw_html` is off."""
    check_harmless(read(body, UNTRUSTED))


@pytest.mark.parametrize("renderer", [TRUSTED, UNTRUSTED])
@pytest.mark.parametrize(
    "body",
    [
        "[a](javascript:alert(1))",
        "[a](JAVA&#115;CRIPT:alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](&#1;javascript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](javascript&colon;alert(1))",
        "[a](javascript://x.org/%0aalert(1))",
        "[a](vbscript:x)",
        "<javascript:alert(1)>",
        "[a]\n\n[a]: javascript:alert(1)",
        "![a](javascript:alert(1))",
        "[![a](b.png)](javascript:alert(1))",
        "# [a](javascript:alert(1))",
        "- [ ] [a](javascript:alert(1))",
        "x[^1]\n\n[^1]: [a](javascript:alert(1))\n",
        "`<` [a](javascript:alert(1))",
    ],
)
def test_no_link_of_markdown_runs_whoever_writes_it(body: str, renderer: MarkdownRenderer) -> None:
    """Row 29: script URLs, by the default options too."""
    page = read(body, renderer)
    assert page.elements & {"a", "img"}
    links = [(name, value) for _, name, value in page.found if name in {"href", "src"}]
    assert not any(scheme_of(value) in SCRIPTS for _, value in links)


@pytest.mark.parametrize(
    "body",
    [
        "[b](data:text/html,x)",
        "![a](data:text/html;base64,x)",
        "[a](data:image/svg+xml,<svg/onload=alert(1)>)",
        "[a](blob:https://x.org/1) [b](file:///etc/passwd)",
    ],
)
def test_no_link_of_an_untrusted_writer_brings_its_own_page(body: str) -> None:
    """Row 29: URLs that carry a document of the writer's, or one of the reader's disk."""
    check_harmless(read(body, UNTRUSTED))


def test_the_oracle_sees_what_a_browser_sees() -> None:
    assert scheme_of(" \x01java\tscr\nipt:x") == "javascript"
    assert scheme_of("/javascript:x") == scheme_of("java%73cript") == ""


@given(
    st.lists(
        st.sampled_from(
            ["<script>", "<svg onload=x>", "<b onx=1>", "</b>", "<!--", "-->", "<!-- more -->", "[a](",
             "![", "](", ")", "javascript:", "data:", "&#9;", "# ", "{#", "{onx=1}", "}", '"', "'", "\\",
             "`", "```\n", "\n", "\n\n", "    ", "> ", "- ", "[^1]", "[^1]: ", "|", "x", " ", "<a ",
             "href=", ">", "&lt;", "&quot;", ": "]
        ),
        max_size=20,
    ).map("".join)
)  # fmt: skip
def test_no_mixture_of_tricks_from_an_untrusted_writer_runs(body: str) -> None:
    """Row 29, by search: only the elements and attributes that Markdown makes come out."""
    check_harmless(read(body, UNTRUSTED))


@given(st.text(st.sampled_from("ab\"'<>&= {}#.`*[]()\\")))
def test_a_heading_never_injects_through_its_id(title: str) -> None:
    """Row 29, Hugo CVE-2026-50133: ids and anchor labels come from the title's text."""
    check_harmless(read(f"# {title}", UNTRUSTED))
