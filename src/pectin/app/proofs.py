"""What the cache of builds is worth: why a page is rendered, and that nothing is wrong for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgspec import structs

from pectin.adapters.folder_source import FolderSource
from pectin.app.building import build_site
from pectin.app.caching import Unwritten, open_cache
from pectin.app.collector import pause_collector
from pectin.app.images import make_lookup_tools
from pectin.app.loading import open_source
from pectin.app.requests import Request, has_errors, read_config
from pectin.app.settings import Settings
from pectin.app.stores import open_existing_store
from pectin.build.builder import Build
from pectin.build.explanations import Explanation
from pectin.values.digest import compute_digest
from pectin.values.errors import Family, PectinError, SourceError
from pectin.values.output import OutputFile, read_body


class PageNotFound(PectinError):
    """There is no page by the name that was given."""

    code = "page-not-found"
    title = "No such page"
    family = Family.CLIENT


@dataclass(frozen=True, slots=True)
class Proof:
    """A build with the cache against one without. `differences` are paths; none when all is well.

    `rendered` of `files` had to be rendered with the cache.
    """

    files: int
    rendered: int
    differences: tuple[str, ...]


@pause_collector()
def explain_page(settings: Settings, request: Request, name: str) -> tuple[Explanation, ...]:
    """Why the next publish renders the page `name` (its source or its URL), or does not.

    Nothing is kept of the build that finds it out. Raises PageNotFound, StoreMissing.
    """
    asked = replace(
        request,
        options=structs.replace(request.options, explain=name),
        image_tools=make_lookup_tools(request.image_tools),
    )
    found = _build(settings, open_source(settings), asked).explanations
    if not found:
        raise PageNotFound(
            f"no page is called {name!r}",
            hint="name its source, as in content/fruit/plum.md, or its URL, as in /fruit/plum/",
        )
    return found


@pause_collector()
def prove_cache(settings: Settings, request: Request) -> Proof:
    """The site built with the cache and without, every byte compared.

    Raises SourceError when the site has errors, and StoreMissing.
    """
    made: dict[str, bytes] = {}
    wanted: dict[str, bytes] = {}
    source = open_source(settings)
    built = _build(settings, source, request, made)
    clean = build_site(source, request, lambda file: _keep(file, wanted))
    if has_errors(clean.problems) and built.problems == clean.problems:
        raise SourceError("the source has errors", clean.problems)
    paths = sorted(made.keys() | wanted.keys())
    differences = tuple(path for path in paths if made.get(path) != wanted.get(path))
    if (built.rules, built.problems) != (clean.rules, clean.problems):
        differences += ("(the rules, or the problems)",)
    return Proof(clean.files, built.rendered, differences)


def _build(
    settings: Settings,
    source: FolderSource,
    request: Request,
    made: dict[str, bytes] | None = None,
) -> Build:
    site = read_config(source, settings).name
    with (
        open_existing_store(settings.store) as store,
        open_cache(settings.store, store, site) as cache,
    ):
        kept = {} if made is None else made
        return build_site(source, request, lambda file: _keep(file, kept), Unwritten(cache))


def _keep(file: OutputFile, kept: dict[str, bytes]) -> None:
    kept[file.path] = compute_digest(read_body(file.body))
