"""A stretch of Markdown as HTML, by a site's options."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from msgspec import Struct, field
from pyromark import Markdown, Options

from pectin.build.configuration.model import SANITIZE, MarkdownOptions
from pectin.build.content.attributes import Attributes
from pectin.build.content.autolinks import link_bare_urls
from pectin.build.content.block_attributes import give_block_attributes, take_block_attributes
from pectin.build.content.code_blocks import (
    CodeBlock,
    Fences,
    fill_block,
    render_code_block,
    take_fences,
)
from pectin.build.content.external_links import mark_external
from pectin.build.content.footnotes import gather_footnotes, take_notes
from pectin.build.content.formulas import MATH, render_formula, render_formulas
from pectin.build.content.highlight import Highlighter
from pectin.build.content.hooks import Hooks, mark_code, render_hooks, set_raw_apart
from pectin.build.content.inclusion import ReadFile
from pectin.build.content.raw_html import (
    change_raw_html,
    drop_scripts,
    drop_unsafe_urls,
    escape_raw_html,
    list_raw_html,
    may_script,
)
from pectin.build.content.sanitizing import Held, Sanitizer, list_dropped
from pectin.build.content.slips import Slip

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
# Style attributes would need a Content-Security-Policy that allows them.
_ALIGNED = ' style="text-align: '
_ALIGNMENT = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')
_NOTE_BEGINS = 'class="footnote-definition"'
_FORMULA = 'class="math math-'
_TASK_OR_ALERT = re.compile(r"\[[!xX\s]")
_ALERT = 'class="markdown-alert-'
_QUOTE_OR_ALERT = re.compile(
    r'<blockquote(?: class="markdown-alert-(note|tip|important|warning|caution)([^"]*)"([^<>]*)>|\b)'
    r"|(</blockquote>)"
)


class Fragment(Struct):
    """A stretch of Markdown while it becomes HTML.

    `notes` are its footnotes, by label. `unsafe` are the URLs that were dropped. `blocks` are the
    blocks of code that hooks are for; `held` has what is not to be cleaned.
    """

    text: str
    html: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    unsafe: Sequence[str] = ()
    blocks: list[CodeBlock] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    held: Held = field(default_factory=Held)


class FragmentRenderer:
    """Renders stretches of Markdown. It keeps no state of a page, so that threads may share it."""

    def __init__(self, options: MarkdownOptions, highlighter: Highlighter | None = None) -> None:
        self._options = options
        self.flags = _GFM | Options.ENABLE_SMART_PUNCTUATION if options.smart_punctuation else _GFM
        if options.math:
            self.flags |= Options.ENABLE_MATH
        self._highlighter = (highlighter or Highlighter()) if options.highlight else None
        self._external = dict(options.external_links)
        self.parser = Markdown(options=self.flags)
        self._sanitizer = Sanitizer() if options.raw_html == SANITIZE else None
        self._painting = self.parser
        if self._highlighter is not None:
            self._painting = Markdown(options=self.flags, highlight=self._highlighter.render_code)

    def render(self, text: str) -> str:
        """`text` as HTML, apart from any page."""
        fragment = self.begin(text, None, None)
        html = self.end(fragment.html, fragment, None)
        notes = {label: self.end(note, fragment, None) for label, note in fragment.notes.items()}
        return gather_footnotes(html, notes)[0] if notes else html

    def begin(
        self,
        text: str,
        hooks: Hooks | None,
        read_file: ReadFile | None,
        fill_tags: Callable[[str], str] = str,
    ) -> Fragment:
        """`text` as HTML in which every URL is as it was written, and which `end` has to finish.

        `read_file` reads the files that blocks of code show. `fill_tags` puts what stands for others in
        attributes there, where HTML is cleaned.
        """
        options = self._options
        is_trusted = options.raw_html is True
        if options.autolinks:
            text = link_bare_urls(text, self.parser)
        if not options.raw_html and "<" in text:
            text = escape_raw_html(text, self.parser)
        fences = take_fences(text, self.parser, is_trusted=is_trusted)
        text, attributes = take_block_attributes(fences.text, self.parser)
        if hooks is not None and is_trusted and "<" in text:
            text = change_raw_html(text, self.parser, set_raw_apart)
        fragment = Fragment(text, slips=list(fences.slips))
        engine = self._choose_engine(fences, hooks, read_file, fragment)
        html = engine.html(text)
        if not is_trusted:
            html, fragment.unsafe = drop_unsafe_urls(html)
        elif may_script(html):
            html, fragment.unsafe = drop_scripts(text, engine.html, self.parser)
        if _ALIGNED in html:
            html = _ALIGNMENT.sub(r'<\1 align="\2">', html)
        notes: Mapping[str, str] = {}
        if _NOTE_BEGINS in html:
            has_raw = bool(options.raw_html)
            html, notes = take_notes(html, self.parser.events(text), has_raw=has_raw)
        if self._sanitizer is not None and "<" in text:
            raw = list_raw_html(text, self.parser)
            fragment.slips += chain.from_iterable(map(list_dropped, raw))
        fragment.html = self._complete(html, attributes, fragment, fill_tags)
        fragment.notes = {
            label: self._complete(note, attributes, fragment, fill_tags)
            for label, note in notes.items()
        }
        return fragment

    def clean_page(self, html: str, fill_tags: Callable[[str], str]) -> tuple[str, list[Slip]]:
        """The body `html` of a page that is no Markdown, and what is wrong with it."""
        if self._sanitizer is None:
            return html, []
        return self._clean(html, self._sanitizer, fill_tags), list(list_dropped(html))

    def _clean(self, html: str, sanitizer: Sanitizer, fill_tags: Callable[[str], str]) -> str:
        cleaned = sanitizer.clean(html)
        filled = fill_tags(cleaned)
        # What was put into an attribute may have made it another.
        return cleaned if filled == cleaned else sanitizer.clean(filled)

    def _complete(
        self,
        html: str,
        attributes: Sequence[Attributes],
        fragment: Fragment,
        fill_tags: Callable[[str], str],
    ) -> str:
        """`html`, of the fragment or of a note in it, cleaned, with what Markdown's parser does not know."""
        if self._sanitizer is not None:
            html = self._clean(html, self._sanitizer, fill_tags)
        if self._options.math and _FORMULA in html:
            html, slips = render_formulas(html)
            fragment.slips += slips
        if attributes:
            is_trusted = self._options.raw_html is True
            html = give_block_attributes(html, attributes, is_trusted=is_trusted)
        return fragment.held.put_back(html)

    def end(self, html: str, fragment: Fragment, hooks: Hooks | None) -> str:
        """`html`, which `begin` made of the fragment or of a note, with all that needs URLs resolved."""
        if self._external:
            html = mark_external(html, self._external, self._options.own_hosts)
        if hooks is not None:
            html = render_hooks(html, hooks, fragment.blocks, self._render_block)
        if _TASK_OR_ALERT.search(fragment.text):
            html = _render_alerts(_TASK.sub(_render_task, html))
        return html

    def _choose_engine(
        self, fences: Fences, hooks: Hooks | None, read_file: ReadFile | None, fragment: Fragment
    ) -> Markdown:
        """What renders the fragment's text, and adds the blocks of code that hooks are for to it."""
        text = fragment.text
        if "`" not in text and "~" not in text and "    " not in text and "\t" not in text:
            return self.parser
        hooks = hooks if hooks is not None and hooks.has_code else None
        has_formulas = self._options.math and MATH in text
        is_plain = not fences.fences and hooks is None and not has_formulas
        if is_plain and self._sanitizer is None:
            return self._painting

        def render(word: str | None, code: str) -> str:
            block, slips = fill_block(fences.read(word, code), read_file)
            fragment.slips += slips
            if hooks is None or hooks.find_code(block.language) is None:
                return self._render_special(block, fragment) or self._render_block(block)
            fragment.blocks.append(block)
            return mark_code(len(fragment.blocks) - 1)

        if self._sanitizer is not None:
            return Markdown(options=self.flags, highlight=fragment.held.painter(render))
        return Markdown(options=self.flags, highlight=render)

    def _render_special(self, block: CodeBlock, fragment: Fragment) -> str:
        """A block of code that is a formula; "" for all others, and where it cannot be read."""
        if not self._options.math or block.language != MATH:
            return ""
        html, slip = render_formula(block.code, is_display=True)
        if slip is not None:
            fragment.slips.append(slip)
        return f"<p>{html}</p>\n" if html else ""

    def _render_block(self, block: CodeBlock) -> str:
        return render_code_block(block, self._highlighter)


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
        if tag[4]:
            return "</div>" if alerts and alerts.pop() else tag[0]
        alerts.append(tag[1] is not None)
        return _open_alert(tag[1], tag[2], tag[3]) if tag[1] else tag[0]

    html = _QUOTE_OR_ALERT.sub(render, html)
    return html + "</div>" * alerts.count(True)


def _open_alert(kind: str, classes: str, attributes: str) -> str:
    title = f'<p class="alert-title">{kind.capitalize()}</p>'
    return f'<div class="alert alert-{kind}{classes}" role="note"{attributes}>\n{title}'
