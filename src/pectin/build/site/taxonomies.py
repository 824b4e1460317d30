"""Terms, and the pages that have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pectin.build.configuration.model import Config, Taxonomy
from pectin.build.problems import Problems
from pectin.build.site.model import Grouping, Kind, Page, Term
from pectin.build.slugs import slugify
from pectin.build.urls import encode_path, file_for
from pectin.values.place import Place


def group_pages(pages: Sequence[Page], config: Config, problems: Problems) -> tuple[Grouping, ...]:
    """Every taxonomy of `config` with the terms that `pages`, the newest first, use.

    Terms whose slugs are equal are one (`Jam`, `jam`); it has the name that is first by path.
    """
    by_path = sorted(pages, key=lambda page: page.source)
    ranks = {page: rank for rank, page in enumerate(pages)}
    return tuple(
        _group(taxonomy, by_path, ranks, config, problems) for taxonomy in config.taxonomies
    )


def _group(
    taxonomy: Taxonomy,
    pages: Iterable[Page],
    ranks: Mapping[Page, int],
    config: Config,
    problems: Problems,
) -> Grouping:
    url = f"/{encode_path(slugify(taxonomy.name) or taxonomy.name)}/"
    names: dict[str, str] = {}
    members: dict[str, dict[Page, None]] = {}
    slugs: dict[str, str] = {}
    for page in pages:
        for name in page.front_matter.taxonomies.get(taxonomy.name, ()):
            slug = slugs.get(name) or slugs.setdefault(name, slugify(name))
            if not slug:
                _report_nameless(taxonomy, name, page, problems)
                continue
            names.setdefault(slug, name)
            members.setdefault(slug, {})[page] = None
    terms = [
        _make_term(
            taxonomy, names[slug], slug, url, sorted(members[slug], key=ranks.__getitem__), config
        )
        for slug in sorted(names, key=lambda slug: (names[slug].casefold(), slug))
    ]
    head = Page(
        Kind.TAXONOMY, taxonomy.title, url, file_for(url), taxonomy.name, folder=taxonomy.name
    )
    return Grouping(taxonomy, head, tuple(terms))


def _make_term(
    taxonomy: Taxonomy, name: str, slug: str, url: str, pages: Iterable[Page], config: Config
) -> Term:
    term_url = f"{url}{encode_path(slug)}/"
    head = Page(
        Kind.TERM,
        name,
        term_url,
        file_for(term_url),
        slug,
        folder=taxonomy.name,
        paginate_by=taxonomy.paginate_by or config.paginate_by,
        feed=taxonomy.feed,
    )
    return Term(name, slug, head, tuple(pages))


def _report_nameless(taxonomy: Taxonomy, name: str, page: Page, problems: Problems) -> None:
    problems.report(
        "bad-term",
        f"the term {name!r} of `{taxonomy.name}` has no letter or digit to make a URL of",
        "name it with letters or digits",
        Place(page.source),
    )
