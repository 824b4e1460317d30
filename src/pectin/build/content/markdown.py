"""The body of a document as HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.autolinks import find_autolinks
from pectin.build.content.document import Content, Document
from pectin.build.content.footnotes import find_undefined, gather_footnotes
from pectin.build.content.fragments import Fragment, FragmentRenderer
from pectin.build.content.headings import Headings, find_ids
from pectin.build.content.highlight import Highlighter
from pectin.build.content.hooks import Hooks
from pectin.build.content.images import ImageFault, RenderImage, replace_images
from pectin.build.content.inclusion import CannotInclude, ReadFile, include_file
from pectin.build.content.link_targets import (
    Resolve,
    Targets,
    Written,
    resolve_targets,
)
from pectin.build.content.references import list_references
from pectin.build.content.shortcodes import (
    Expansion,
    ShortcodeCall,
    has_shortcodes,
    parse_shortcodes,
)
from pectin.build.content.slips import Slip
from pectin.build.content.spans import Span, find_literal
from pectin.build.content.text import MORE, summarize, unescape
from pectin.build.content.wiki_links import find_wiki_links, make_wiki_parser, write_links
from pectin.values.place import Lines, Place
from pectin.values.problem import Problem, Severity

RenderShortcode = Callable[[ShortcodeCall], str | None]
"""Takes one use of a shortcode and returns its HTML; None leaves `include` to Pectin."""

_WORD = re.compile(r"[^\s\"'<>{}#=]+")
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\](:?)")


class MarkdownRenderer:
    """Renders bodies by one site's options.

    It keeps no state of a page, so that threads may share it; `highlighter` remembers code.
    `options` is what the site chose, and `fragments` renders what is no whole page.
    """

    def __init__(self, options: MarkdownOptions, highlighter: Highlighter | None = None) -> None:
        self.options = options
        self.fragments = FragmentRenderer(options, highlighter)
        self._plain = self.fragments.parser
        self._wiki = make_wiki_parser(self.fragments.flags) if options.wiki_links else None

    def render_content(
        self,
        document: Document,
        *,
        resolve_link: Resolve | None = None,
        render_shortcode: RenderShortcode | None = None,
        render_image: RenderImage | None = None,
        hooks: Hooks | None = None,
        read_file: ReadFile | None = None,
    ) -> tuple[Content, tuple[Problem, ...]]:
        """The content of `document`, and what is wrong with it, each problem placed.

        `resolve_link` gets the target of each link and image that is neither absolute nor only
        a fragment. Without `render_shortcode`, braces are text; without `render_image`, images are as
        they are written. `hooks` write elements, and `read_file` reads the files that are included.
        The body of an `.html` file stays as it is but for its shortcodes and the ids of its headings.
        """
        page = _Page(self, document, resolve_link, render_shortcode, render_image, hooks, read_file)
        return page.render()

    def render_text(self, text: str) -> str:
        """`text` as HTML, apart from any page: links, headings and braces stay as they are."""
        return self.fragments.render(text)

    def write_wiki_links(self, text: str) -> str:
        """`text` with its wiki links, where the site has them, as links that are to be resolved."""
        return write_links(text, self._wiki) if self._wiki and "[[" in text else text

    def list_targets(self, document: Document) -> list[str]:
        """What the links in the body of `document` lead to, as they are written, in one order.

        Shortcodes are not rendered, so that those in their bodies are among them, and those that they
        make are not.
        """
        body = document.body
        if document.is_html:
            return sorted(list_references(body))
        if not ("[" in body or "<" in body):
            return []
        return sorted(map(unescape, list_references(self._plain.html(self.write_wiki_links(body)))))

    def locate_links(
        self, document: Document, key: Callable[[str], str] = unquote
    ) -> Callable[[str], Sequence[Written]]:
        """Tells for a target where in `document` a link or image has it.

        Two targets are the same when `key` makes the same of them.
        """
        lines = document.lines()
        markdown = None if document.is_html else self._plain
        bare = (
            find_autolinks(document.body, markdown) if markdown and self.options.autolinks else ()
        )
        wiki = find_wiki_links(document.body, self._wiki) if markdown and self._wiki else ()
        targets = Targets(
            document.body,
            markdown,
            key,
            [(link.url, link.start) for link in bare],
            [(link.target, document.body[link.start : link.end], link.start) for link in wiki],
        )
        start = document.head.body_start
        return lambda target: [
            Written(text, lines.place(start + offset)) for text, offset in targets.find(target)
        ]

    def find_literal(self, document: Document) -> Sequence[Span]:
        """The (start, end) offsets in the body where braces mean nothing, in order."""
        return find_literal(document.body, None if document.is_html else self._plain)


class _Page:
    """The rendering of one document."""

    def __init__(
        self,
        renderer: MarkdownRenderer,
        document: Document,
        resolve_link: Resolve | None,
        render_shortcode: RenderShortcode | None,
        render_image: RenderImage | None,
        hooks: Hooks | None,
        read_file: ReadFile | None,
    ) -> None:
        self._read_file = read_file
        self._hooks = hooks
        self._renderer = renderer
        self._document = document
        self._body = document.body
        self._is_html = document.is_html
        self._resolve_link = resolve_link
        self._render_shortcode = render_shortcode
        # A hook for images writes them itself, and may ask for the same.
        has_hook = hooks is not None and hooks.find("image")
        self._render_image = None if has_hook else render_image
        self._expansion: Expansion | None = None
        self._lines: Lines | None = None
        # Without any of these signs a body cannot become what the later passes look for.
        self._is_rich = "<" in self._body or "{" in self._body
        self._may_have_links = self._is_rich or "[" in self._body
        self._may_have_notes = "[" in self._body and "[^" in self._body
        self._problems: list[Problem] = []
        self._broken: list[str] = []
        self._unsafe: list[str] = []
        self._images: list[ImageFault] = []
        self._notes: dict[str, str] = {}
        self._slips: list[Slip] = []

    def render(self) -> tuple[Content, tuple[Problem, ...]]:
        html = self._render_body()
        if self._may_have_notes:
            html = self._gather_footnotes(html)
        html, headings = self._mark_headings(html)
        self._tell_links()
        self._tell_slips()
        cut = None
        if self._is_rich and (mark := MORE.search(html)):
            cut = mark.start()
            html = html[:cut] + html[mark.end() :]
        summary = summarize(html, cut)
        content = Content(html, summary, tuple(headings.flat), frozenset(headings.ids))
        return content, tuple(self._problems)

    def _render_body(self) -> str:
        if self._render_shortcode is None or not has_shortcodes(self._body):
            return self._render_fragment(self._body)
        literal = self._renderer.find_literal(self._document)
        pieces, problems = parse_shortcodes(self._body, literal, self._place)
        self._problems.extend(problems)
        self._expansion = Expansion(
            self._body, self._render_fragment, self._render_call, self._place
        )
        text = self._expansion.take_out(pieces)
        return self._expansion.put_back(self._render_fragment(text))

    def _render_fragment(self, text: str) -> str:
        """A stretch of the body as HTML, its links resolved."""
        if not self._is_html:
            return self._render_markdown(text)
        html, slips = self._renderer.fragments.clean_page(text, self._fill_tags)
        self._slips.extend(slips)
        return html

    def _fill_tags(self, html: str) -> str:
        return self._expansion.put_into_tags(html) if self._expansion else html

    def _render_markdown(self, text: str) -> str:
        text = self._renderer.write_wiki_links(text)
        fragment = self._renderer.fragments.begin(
            text, self._hooks, self._read_file, self._fill_tags
        )
        self._unsafe.extend(fragment.unsafe)
        self._slips.extend(fragment.slips)
        for label, note in fragment.notes.items():
            self._notes.setdefault(label, self._finish(note, fragment))
        return self._finish(fragment.html, fragment)

    def _finish(self, html: str, fragment: Fragment) -> str:
        """`html`, of the fragment or of a note in it, with its links resolved."""
        html = self._fill_tags(html)
        if self._render_image is not None and "<img " in html:
            html, faults = replace_images(html, self._render_image)
            self._images.extend(faults)
        if self._resolve_link is not None and self._may_have_links:
            html, broken = resolve_targets(html, self._resolve_link)
            self._broken.extend(broken)
        return self._renderer.fragments.end(html, fragment, self._hooks)

    def _render_call(self, call: ShortcodeCall) -> str:
        """The HTML of a shortcode; that of `include` is Pectin's own where the site has none."""
        html = self._render_shortcode(call) if self._render_shortcode else ""
        if html is not None:
            return html
        try:
            included = include_file(call.arguments, self._read_file)
        except CannotInclude as error:
            self._report(error.code, str(error), error.hint, call.place)
            return ""
        self._is_rich = True
        self._may_have_notes |= "[^" in included.text
        if included.is_html:
            return included.text
        slips, self._slips = self._slips, []
        html = self._render_markdown(included.text)
        for slip in self._slips:
            self._report(slip.code, slip.message, slip.hint, call.place, slip.severity)
        self._slips = slips
        return html

    def _gather_footnotes(self, html: str) -> str:
        notes: Mapping[str, str] = self._notes
        if self._expansion is not None:
            notes = {label: self._expansion.put_back(note) for label, note in notes.items()}
        html, unused = gather_footnotes(html, notes)
        self._tell_unused(unused)
        self._tell_undefined(find_undefined(html))
        return html

    def _mark_headings(self, html: str) -> tuple[str, Headings]:
        is_rich = self._is_rich or self._hooks is not None
        taken = find_ids(html) if is_rich or self._may_have_notes else []
        hooked = self._hooks if self._hooks and self._hooks.find("heading") else None
        anchors = self._renderer.options.heading_anchors
        headings = Headings(taken, anchors=anchors, render=hooked.render if hooked else None)
        if len(taken) != len(headings.ids):
            self._tell_duplicates(taken)
        return headings.mark(html, is_rich=is_rich), headings

    def _tell_links(self) -> None:
        if self._broken or self._unsafe or self._images:
            locate = self._renderer.locate_links(self._document)
            self._tell_images(locate)
            self._tell_broken(locate)
            self._tell_unsafe(locate)

    def _tell_broken(self, locate: Callable[[str], Sequence[Written]]) -> None:
        for target in dict.fromkeys(self._broken):
            for place in [written.place for written in locate(target)] or (None,):
                message = f"the link to `{target}` leads nowhere"
                hint = "link to a source file, `../fruit/plum.md`, or to a file in its folder"
                self._report("broken-link", message, hint, place)

    def _tell_unsafe(self, locate: Callable[[str], Sequence[Written]]) -> None:
        for url in dict.fromkeys(self._unsafe):
            places = [written.place for written in locate(url)] or (None,)
            message = f"the link to `{url}` was taken out: a browser would run it"
            self._report("unsafe-link", message, "link to a page", places[0], Severity.WARNING)

    def _tell_images(self, locate: Callable[[str], Sequence[Written]]) -> None:
        for fault in dict.fromkeys(self._images):
            severity = Severity.WARNING if fault.code == "missing-alt" else Severity.ERROR
            for place in [written.place for written in locate(fault.target)] or (None,):
                self._report(fault.code, fault.message, fault.hint, place, severity)

    def _tell_slips(self) -> None:
        for slip in dict.fromkeys(self._slips):
            at = self._body.find(slip.written)
            place = self._place(at + slip.offset if at >= 0 else 0)
            self._report(slip.code, slip.message, slip.hint, place, slip.severity)

    def _tell_undefined(self, labels: Sequence[str]) -> None:
        if not labels:
            return
        written = self._find_notes("")
        for label in dict.fromkeys(labels):
            message = f"the footnote `{label}` is not defined"
            hint = f"write `[^{label}]: Its text.` on a line of its own"
            place = self._place(written.get(label, 0))
            self._report("undefined-footnote", message, hint, place, Severity.WARNING)

    def _tell_unused(self, labels: Sequence[str]) -> None:
        if not labels:
            return
        written = self._find_notes(":")
        for label in labels:
            message = f"nothing refers to the footnote `{label}`, so it is left out"
            hint = f"refer to it with `[^{label}]`, or take it away"
            place = self._place(written.get(label, 0))
            self._report("unused-footnote", message, hint, place, Severity.WARNING)

    def _tell_duplicates(self, ids: list[str]) -> None:
        words: dict[str, int] = {}
        for word in _WORD.finditer(self._body):
            words.setdefault(word[0], word.start())
        for identifier, times in Counter(ids).items():
            if times > 1:
                message = f"the id `{identifier}` is given {times} times"
                hint = "an id names one place of a page: rename the others"
                place = self._place(words.get(identifier, 0))
                self._report("duplicate-id", message, hint, place, Severity.WARNING)

    def _find_notes(self, colon: str) -> Mapping[str, int]:
        """The offset at which each label of a footnote is written first, before `colon`."""
        notes: dict[str, int] = {}
        for note in _NOTE.finditer(self._body):
            if note[2] or not colon:
                notes.setdefault(note[1], note.start())
        return notes

    def _place(self, offset: int) -> Place:
        if self._lines is None:
            self._lines = self._document.lines()
        return self._lines.place(self._document.head.body_start + offset)

    def _report(
        self,
        code: str,
        message: str,
        hint: str,
        place: Place | None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        place = place or Place(self._document.path)
        self._problems.append(Problem(code, message, hint, place, severity))
