"""The pages of a site for whoever writes it: which there are, and why each was rendered last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files

from pectin.build.notes import PageNote


class PageList:
    """What is known of the pages after each build. Written by one thread, read by others."""

    def __init__(self) -> None:
        self._notes: Mapping[str, PageNote] = {}
        self._reasons: Mapping[str, str] = {}
        self._style = _read("page_list.css")
        self._script = _read("page_list.js")

    def replace(self, notes: Iterable[PageNote]) -> None:
        """From now on the pages are `notes`."""
        self._notes = {note.path: note for note in notes}

    def explain(self, reasons: Mapping[str, str]) -> None:
        """`reasons` has why each page was rendered, by path, of those that the last build rendered."""
        self._reasons = reasons

    def mark_of(self, path: str) -> str:
        """Why the page that the decoded `path` of a request leads to will not be published; "" if it will."""
        note = self._notes.get(f"{path}index.html" if path.endswith("/") else path)
        return note.mark if note else ""

    def render(self) -> str:
        """An HTML document, without the end of its body: the pages that were rendered last come first."""
        notes, reasons = self._notes, self._reasons
        ordered = sorted(notes.values(), key=lambda note: (note.path not in reasons, note.path))
        rows = "".join(_render_row(note, reasons.get(note.path, "")) for note in ordered)
        rendered = len(reasons.keys() & notes.keys())
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>Pages</title>"
            f'<link rel="icon" href="data:,"><style>{self._style}</style></head><body>'
            f"<h1>Pages</h1><p>{len(notes):,} pages, of which the last build rendered {rendered:,}."
            '<p><label>Show those with <input type="search" autofocus></label>'
            "<table><thead><tr><th>Page<th>Source<th>Why it was rendered last<tbody>"
            f"{rows}</table><script>{self._script}</script>"
        )


def _read(name: str) -> str:
    return files("pectin.web").joinpath(name).read_text(encoding="utf-8")


def _render_row(note: PageNote, reason: str) -> str:
    mark = f" <mark>{escape(note.mark)}</mark>" if note.mark else ""
    return (
        f'<tr><td><a href="{escape(note.url)}">{escape(note.title)}</a>{mark}'
        f"<small>{escape(note.url)}</small><td>{escape(note.source)}<td>{escape(reason)}"
    )
