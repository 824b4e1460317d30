"""Terms, and the pages that have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pectin.build.configuration.model import Config, Taxonomy
from pectin.build.content.document import FrontMatter
from pectin.build.content.documents import Documents
from pectin.build.problems import Problems
from pectin.build.site.model import Grouping, Kind, Page, Term
from pectin.build.site.outputs import Outputs
from pectin.build.slugs import slugify
from pectin.build.urls import collision_key, encode_path, file_for

_BETWEEN_WORDS = re.compile(r"[\s_-]+")


def group_pages(
    pages: Sequence[Page],
    config: Config,
    documents: Documents,
    problems: Problems,
    outputs: Outputs,
) -> tuple[Grouping, ...]:
    """Every taxonomy of `config` with the terms that `pages`, the newest first, use.

    All of them are in the language of `config`.

    Terms that differ only in case or in what stands between words are one (`Jam`, `jam`); it has
    the name that is first by path. Others whose slugs are equal are a problem (`C`, `C++`).
    """
    by_path = sorted(pages, key=lambda page: page.source)
    ranks = {page: rank for rank, page in enumerate(pages)}
    return tuple(
        _group(taxonomy, _Naming(taxonomy, documents, problems), by_path, ranks, config, outputs)
        for taxonomy in config.taxonomies
    )


def _group(
    taxonomy: Taxonomy,
    naming: _Naming,
    pages: Iterable[Page],
    ranks: Mapping[Page, int],
    config: Config,
    outputs: Outputs,
) -> Grouping:
    slug = taxonomy.slug or slugify(taxonomy.name) or taxonomy.name
    url = f"{config.spoken.home_url}{encode_path(slug)}/"
    members: dict[str, dict[Page, None]] = {}
    for page in pages:
        for name in page.front_matter.taxonomies.get(taxonomy.name, ()):
            if slug := naming.slug_of(name, page):
                members.setdefault(slug, {})[page] = None
    names = naming.names
    terms = [
        _make_term(
            taxonomy,
            names[slug],
            slug,
            url,
            sorted(members[slug], key=ranks.__getitem__),
            config,
            outputs,
        )
        for slug in sorted(names, key=lambda slug: (names[slug].casefold(), slug))
    ]
    url, forms = outputs.of(Kind.TAXONOMY, url, FrontMatter(), None)
    head = Page(
        Kind.TAXONOMY,
        taxonomy.title,
        url,
        file_for(url),
        taxonomy.name,
        folder=taxonomy.name,
        language=config.language,
        key=f"taxonomy {taxonomy.name}",
        outputs=forms,
    )
    return Grouping(taxonomy, head, tuple(terms))


class _Naming:
    """Gives the terms of one taxonomy their slugs; `names` has each term's name by its slug."""

    def __init__(self, taxonomy: Taxonomy, documents: Documents, problems: Problems) -> None:
        self._taxonomy = taxonomy.name
        self._terms = {slugify(name): term for name, term in taxonomy.terms.items()}
        self._documents = documents
        self._problems = problems
        self._slugs: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def slug_of(self, name: str, page: Page) -> str:
        """The slug of the term that `page` calls `name`; "" where it can have none."""
        slug = self._slugs.get(name)
        if slug is None:
            shown = self._terms.get(slugify(name), name) if self._terms else name
            slug = self._slugs[name] = slugify(shown)
            self._check(shown, slug, page)
        return slug

    def _check(self, name: str, slug: str, page: Page) -> None:
        if not slug:
            message = "has no letter or digit to make a URL of"
            self._report("bad-term", name, message, "name it with letters or digits", page)
            return
        other = self.names.setdefault(slug, name)
        if _fold(other) != _fold(name):
            message = f"would have the URL of the term {other!r}"
            hint = "rename one of them, or write them alike where they mean the same"
            self._report("term-collision", name, message, hint, page)

    def _report(self, code: str, name: str, message: str, hint: str, page: Page) -> None:
        key = self._taxonomy
        place = self._documents.place_key(page.head, key, name) if page.head else None
        self._problems.report(code, f"the term {name!r} of `{key}` {message}", hint, place)


def _fold(name: str) -> str:
    """Equal for names that readers take for one."""
    return _BETWEEN_WORDS.sub(" ", collision_key(name))


def _make_term(
    taxonomy: Taxonomy,
    name: str,
    slug: str,
    url: str,
    pages: Iterable[Page],
    config: Config,
    outputs: Outputs,
) -> Term:
    term_url = f"{url}{encode_path(slug)}/"
    term_url, forms = outputs.of(Kind.TERM, term_url, FrontMatter(), None)
    head = Page(
        Kind.TERM,
        name,
        term_url,
        file_for(term_url),
        slug,
        folder=taxonomy.name,
        paginate_by=taxonomy.paginate_by or config.paginate_by,
        feed=taxonomy.feed,
        language=config.language,
        key=f"term {taxonomy.name}/{_find_common_name(taxonomy, slug)}",
        outputs=forms,
    )
    return Term(name, slug, head, tuple(pages))


def _find_common_name(taxonomy: Taxonomy, slug: str) -> str:
    """What the term with `slug` is called in all languages."""
    found = (slugify(name) for name, term in taxonomy.terms.items() if slugify(term) == slug)
    return next(found, slug)
