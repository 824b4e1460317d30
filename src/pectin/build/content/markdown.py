"""The body of a document as HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from pyromark import Markdown, Options

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.content.autolinks import find_autolinks, link_bare_urls
from pectin.build.content.document import Content, Document
from pectin.build.content.footnotes import find_undefined, gather_footnotes, take_notes
from pectin.build.content.headings import Headings, find_ids
from pectin.build.content.highlight import Highlighter
from pectin.build.content.images import ImageFault, RenderImage, replace_images
from pectin.build.content.link_targets import (
    Resolve,
    Targets,
    Written,
    resolve_targets,
)
from pectin.build.content.raw_html import (
    drop_scripts,
    drop_unsafe_urls,
    escape_raw_html,
    may_script,
)
from pectin.build.content.references import list_references
from pectin.build.content.shortcodes import (
    Expansion,
    ShortcodeCall,
    has_shortcodes,
    parse_shortcodes,
)
from pectin.build.content.spans import Span, find_literal
from pectin.build.content.text import MORE, summarize, unescape
from pectin.build.content.wiki_links import find_wiki_links, make_wiki_parser, write_links
from pectin.values.place import Lines, Place
from pectin.values.problem import Problem, Severity

RenderShortcode = Callable[[ShortcodeCall], str]
"""Takes one use of a shortcode and returns its HTML."""

_GFM = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
)
_TASK = re.compile(r'<li>(\n?<p>)?<input disabled="" type="checkbox"( checked="")?/>')
_TASK_OR_ALERT = re.compile(r"\[[!xX\s]")
# Style attributes would need a Content-Security-Policy that allows them.
_ALIGNED = ' style="text-align: '
_ALIGNMENT = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')
_NOTE_BEGINS = 'class="footnote-definition"'
_ALERT = 'class="markdown-alert-'
_QUOTE_OR_ALERT = re.compile(
    r'<blockquote(?: class="markdown-alert-(note|tip|important|warning|caution)">|\b)'
    r"|(</blockquote>)"
)
_WORD = re.compile(r"[^\s\"'<>{}#=]+")
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\](:?)")


class Fragment(NamedTuple):
    """Markdown as `html`, the footnotes in it by label, and the unsafe URLs that were dropped."""

    html: str
    notes: Mapping[str, str]
    unsafe: tuple[str, ...]


class MarkdownRenderer:
    """Renders bodies by one site's options.

    It keeps no state of a page, so that threads may share it; `highlighter` remembers code.
    """

    def __init__(self, options: MarkdownOptions, highlighter: Highlighter | None = None) -> None:
        self._options = options
        flags = _GFM | Options.ENABLE_SMART_PUNCTUATION if options.smart_punctuation else _GFM
        self._plain = Markdown(options=flags)
        self._wiki = make_wiki_parser(flags) if options.wiki_links else None
        if options.highlight:
            painter = highlighter or Highlighter()
            self._painting = Markdown(options=flags, highlight=painter.render_code)
        else:
            self._painting = self._plain

    def render_content(
        self,
        document: Document,
        *,
        resolve_link: Resolve | None = None,
        render_shortcode: RenderShortcode | None = None,
        render_image: RenderImage | None = None,
    ) -> tuple[Content, tuple[Problem, ...]]:
        """The content of `document`, and what is wrong with it, each problem placed.

        `resolve_link` gets the target of each link and image that is neither absolute nor only
        a fragment. Without `render_shortcode`, braces are text; without `render_image`, images are as
        they are written. The body of an `.html` file
        stays as it is but for its shortcodes and the ids of its headings.
        """
        return _Page(self, document, resolve_link, render_shortcode, render_image).render()

    def render_text(self, text: str) -> str:
        """`text` as HTML, apart from any page: links, headings and braces stay as they are."""
        html, notes, _ = self.render_markdown(text)
        return gather_footnotes(html, notes)[0] if notes else html

    def render_markdown(self, text: str) -> Fragment:
        """`text` as HTML, with its footnotes apart."""
        if self._options.autolinks:
            text = link_bare_urls(text, self._plain)
        if not self._options.raw_html and "<" in text:
            text = escape_raw_html(text, self._plain)
        may_have_code = "`" in text or "~" in text
        render = (self._painting if may_have_code else self._plain).html
        html = render(text)
        unsafe: tuple[str, ...] = ()
        if not self._options.raw_html:
            html, unsafe = drop_unsafe_urls(html)
        elif may_script(html):
            html, unsafe = drop_scripts(text, render, self._plain)
        if _ALIGNED in html:
            html = _ALIGNMENT.sub(r'<\1 align="\2">', html)
        notes: Mapping[str, str] = {}
        if _NOTE_BEGINS in html:
            has_raw = self._options.raw_html
            html, notes = take_notes(html, self._plain.events(text), has_raw=has_raw)
        if _TASK_OR_ALERT.search(text):
            html = _render_boxes(html)
            notes = {label: _render_boxes(note) for label, note in notes.items()}
        return Fragment(html, notes, unsafe)

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

    @property
    def options(self) -> MarkdownOptions:
        """What the site chose."""
        return self._options

    def locate_links(
        self, document: Document, key: Callable[[str], str] = unquote
    ) -> Callable[[str], Sequence[Written]]:
        """Tells for a target where in `document` a link or image has it.

        Two targets are the same when `key` makes the same of them.
        """
        lines = document.lines()
        markdown = None if document.is_html else self._plain
        bare = (
            find_autolinks(document.body, markdown) if markdown and self._options.autolinks else ()
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
    ) -> None:
        self._renderer = renderer
        self._document = document
        self._body = document.body
        self._is_html = document.is_html
        self._resolve_link = resolve_link
        self._render_shortcode = render_shortcode
        self._render_image = render_image
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

    def render(self) -> tuple[Content, tuple[Problem, ...]]:
        html = self._render_body()
        if self._may_have_notes:
            html = self._gather_footnotes(html)
        html, headings = self._mark_headings(html)
        self._tell_links()
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
            self._body, self._render_fragment, self._render_shortcode, self._place
        )
        text = self._expansion.take_out(pieces)
        return self._expansion.put_back(self._render_fragment(text))

    def _render_fragment(self, text: str) -> str:
        """A stretch of the body as HTML, its links resolved."""
        if self._is_html:
            return text
        text = self._renderer.write_wiki_links(text)
        html, notes, unsafe = self._renderer.render_markdown(text)
        self._unsafe.extend(unsafe)
        for label, note in notes.items():
            self._notes.setdefault(label, self._resolve_links(note))
        return self._resolve_links(html)

    def _resolve_links(self, html: str) -> str:
        if self._expansion is not None:
            html = self._expansion.put_into_tags(html)
        if self._render_image is not None and "<img " in html:
            html, faults = replace_images(html, self._render_image)
            self._images.extend(faults)
        if self._resolve_link is not None and self._may_have_links:
            html, broken = resolve_targets(html, self._resolve_link)
            self._broken.extend(broken)
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
        taken = find_ids(html) if self._is_rich or self._may_have_notes else []
        headings = Headings(taken, anchors=self._renderer.options.heading_anchors)
        if len(taken) != len(headings.ids):
            self._tell_duplicates(taken)
        return headings.mark(html, is_rich=self._is_rich), headings

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


def _render_boxes(html: str) -> str:
    """`html` with its tasks and alerts as GitHub has them."""
    return _render_alerts(_TASK.sub(_render_task, html))


def _render_task(task: re.Match[str]) -> str:
    """The beginning of a task, with the words that a screen reader says for its box."""
    paragraph, checked = task[1] or "", task[2] or ""
    label = "Completed task" if checked else "Incomplete task"
    return (
        f'<li class="task-list-item">{paragraph}'
        f'<input disabled="" type="checkbox"{checked} aria-label="{label}"/>'
    )


def _render_alerts(html: str) -> str:
    """`html` with GitHub's alerts as boxes that have a title."""
    if _ALERT not in html:
        return html
    alerts: list[bool] = []

    def render(tag: re.Match[str]) -> str:
        if tag[2]:
            return "</div>" if alerts and alerts.pop() else tag[0]
        alerts.append(tag[1] is not None)
        return _open_alert(tag[1]) if tag[1] else tag[0]

    html = _QUOTE_OR_ALERT.sub(render, html)
    return html + "</div>" * alerts.count(True)


def _open_alert(kind: str) -> str:
    title = f'<p class="alert-title">{kind.capitalize()}</p>'
    return f'<div class="alert alert-{kind}" role="note">\n{title}'
