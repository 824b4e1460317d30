"""What renders the pages in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from pectin.build.configuration.outputs import list_plain_suffixes
from pectin.build.content.documents import Documents
from pectin.build.images.images import Images
from pectin.build.site.assets import Assets
from pectin.build.site.index import SiteIndex
from pectin.build.site.model import Page, Site
from pectin.build.site.sites import Sites
from pectin.build.source import SourceTree
from pectin.build.templates.arguments import guard_filters, guard_functions
from pectin.build.templates.bodies import Bodies
from pectin.build.templates.covers import Covers
from pectin.build.templates.data_folder import Data
from pectin.build.templates.diagnosis import Diagnosis, Tools
from pectin.build.templates.environment import make_environment
from pectin.build.templates.events import Events
from pectin.build.templates.filters import make_filters
from pectin.build.templates.fixed import fix
from pectin.build.templates.functions import Functions
from pectin.build.templates.library import Templates
from pectin.build.templates.markdown_memory import MarkdownMemory
from pectin.build.templates.paginators import Paginators
from pectin.build.templates.pictures import Pictures
from pectin.build.templates.queries import Queries
from pectin.build.templates.questions import localize
from pectin.build.templates.site_view import SiteView
from pectin.build.templates.source_texts import SourceTexts
from pectin.build.templates.views import Views
from pectin.build.traces.cache import Cache
from pectin.build.traces.recorder import Recorder
from pectin.values.place import Place


class Materials(Struct, frozen=True):
    """What pages are made of beside the site's values."""

    documents: Documents
    templates: Templates
    assets: Assets
    images: Images
    data: Data
    texts: SourceTexts
    source: SourceTree
    cache: Cache


class Setting(Struct, frozen=True):
    """What pages in all languages have in common. `peers` are the views of each language.

    `markdown` is a filter, `current` gives the page that is being rendered, `list_linking` the pages
    that link to one, `origin` what URLs begin with, and `recorder` is told each question.
    """

    sites: Sites
    bodies: Bodies
    markdown: Callable[..., Any]
    current: Callable[[], Page | None]
    list_linking: Callable[[Page], Sequence[Page]]
    origin: str
    today: date
    recorder: Recorder
    markdown_memory: MarkdownMemory
    peers: dict[str, Views] = field(default_factory=dict)


class Engine:
    """The views, functions and filters of one language, and Jinja with them."""

    def __init__(
        self, site: Site, index: SiteIndex, materials: Materials, setting: Setting
    ) -> None:
        code = site.config.language
        is_default = code == setting.sites.config.language
        note = setting.recorder.note
        self.note = note if is_default else localize(note, code)
        self.queries = Queries(
            site,
            index,
            setting.sites,
            setting.bodies,
            materials.assets,
            materials.images,
            materials.data,
            materials.texts,
            origin=setting.origin,
            markdown=setting.markdown_memory,
            note=self.note,
            list_linking=setting.list_linking,
        )
        self.views = setting.peers[code] = Views(self.queries, setting.recorder, setting.peers)
        self.paginators = Paginators(self.views)
        self.pictures = Pictures(self.queries, setting.current)
        documents = materials.documents

        def find_place(page: Page, key: str) -> Place | None:
            return documents.place_key(page.head, key) if page.head else None

        covers = Covers(self.queries, self.pictures, find_place)
        functions = Functions(self.queries, self.views, self.pictures, Events(find_place), covers)
        filters: Mapping[str, Callable[..., Any]] = {
            **make_filters(code),
            "absolute_url": functions.absolute_url,
            "markdown": setting.markdown,
        }
        variables = {"site": SiteView(self.views), "today": fix(setting.today)}
        self.tools = Tools(
            {**guard_functions(functions.by_name()), **variables},
            guard_filters(filters),
        )
        self.diagnosis = Diagnosis(materials.templates, self.tools)
        self.environment = make_environment(
            materials.templates.load,
            self.tools.functions,
            self.tools.filters,
            list_plain_suffixes(site.config.output_formats.values()),
        )
