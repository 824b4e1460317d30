"""Why a page was rendered, or was not."""

from __future__ import annotations

from msgspec import Struct

from pectin.build.site.model import Page
from pectin.build.templates.questions import split_kind
from pectin.build.traces.model import Question

_CHANGES = {
    "all-pages": "the pages below {} are others, or changed",
    "ancestors": "a section that {} is in changed",
    "asset": "the asset {} changed",
    "backlinks": "the pages that link to {} are others, or changed",
    "content": "the body of {} changed",
    "data": "the data `{}` changed",
    "data-names": "there are other files in data/{}",
    "feeds": "the feeds of {} changed",
    "file": "the file {} changed",
    "glob": "the pages like {} are others, or changed",
    "file-at": "the file {} is new, gone or published elsewhere",
    "home": "the home page or a section at the top changed",
    "languages": "the site has other languages, or what it says of one changed",
    "items": "the items on this page of the list changed: {}",
    "hooks": "there are other templates in templates/hooks/",
    "layout": "another template renders {} now",
    "menus": "an entry of a menu is new, gone or another",
    "named": "`[[{}]]` leads to another page now, or to none",
    "neighbours": "the previous or the next page of {} changed",
    "origin": "the origin of the site changed",
    "output-layout": "another template renders {} now",
    "outline": "the summary or the headings of {} changed",
    "page": "the front matter, the URL or the files of {} changed",
    "page-at": "the front matter, the URL or the files of {} changed",
    "pages": "the pages of {} are others, or changed",
    "query": "the pages of the list {} are others, or changed",
    "query-made": "the list {} can be made, and could not, or the other way round",
    "picture": "the image {} changed, or is encoded in another way",
    "raw-html": "what becomes of HTML in {} changed",
    "related": "the pages that are related to {} are others, or changed",
    "resource": "the file {} is published elsewhere, or not at all",
    "section": "the section of {} changed",
    "section-at": "the section `{}` changed",
    "sections": "the sections of {} are others, or changed",
    "setting": "`{}` of pectin.toml changed",
    "site-pages": "the pages of the site are others, or changed",
    "slice": "the pages on this page of the list changed: {}",
    "string": "the text `{}` of i18n/ changed",
    "taxonomies": "a term of the site is new, gone or has another number of pages",
    "template": "the template {}, or one that it is made of, changed",
    "term-at": "the term {} is new, gone or has another number of pages",
    "terms": "a term of {} is new, gone or has another number of pages",
    "translations": "the translations of {} are others, or changed",
    "today": "the day is another",
    "url": "the URL of {} changed",
}
"""What a changed answer means, by the kind of the question."""


class Explanation(Struct, frozen=True):
    """Whether the file at `path` has to be rendered, and why. `asked` is what it asked when it was."""

    path: str
    is_rendered: bool
    reason: str
    asked: tuple[Question, ...] = ()


def describe_change(question: Question) -> str:
    """What has changed when the answer to `question` has."""
    kind, subject = question
    return _CHANGES[split_kind(kind)[0]].format(subject.partition("\n")[0])


def is_meant(page: Page, name: str) -> bool:
    """Whether `name` is the source file of `page`, with or without `content/`, or its URL."""
    wanted = name.removeprefix("./")
    return wanted in {page.source, page.source.removeprefix("content/"), page.url, page.path} - {""}
