"""What `pectin.toml` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pectin.build.configuration.written_rules import WrittenRules
from pectin.build.languages import find_direction
from pectin.build.positions import Step, find_key, find_value
from pectin.build.source import CONFIG_FILE
from pectin.build.urls import encode_path
from pectin.values.place import Place, place_at
from pectin.values.problem import Severity
from pectin.values.site import SiteName

PLACEHOLDERS = ("year", "month", "day", "slug", "title", "filename", "section", "sections")
"""What a permalink may have after a colon."""

FeedFormat = Literal["rss", "atom", "jsonfeed"]
Direction = Literal["ltr", "rtl"]
ImageFormat = Literal["avif", "webp"]
PlaceholderKind = Literal["color", "blur", "none"]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A way to group pages. `name` is the key in front matter, plural: `tags`.

    `slug` is its part of URLs, made of the name where it is None. `terms` maps what pages call a
    term, as a slug, to the name that it has in one language.
    """

    name: str
    title: str
    paginate_by: int | None = None
    feed: bool = True
    slug: str | None = None
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionNames:
    """What a section is called in one language, where no `_index.md` says it."""

    title: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site. `code` is its tag (BCP 47), `label` its own name for itself.

    `prefix` is the first part of its URLs, `folder` the folder of `content/` that is all in it; both
    may be "". `has_fallback` says that pages which are not translated are shown in the default
    language. `sections` is by the path of a section below `content/`.
    """

    code: str
    label: str
    direction: Direction = "ltr"
    weight: int = 0
    prefix: str = ""
    folder: str = ""
    has_fallback: bool = False
    sections: Mapping[str, SectionNames] = field(default_factory=dict)
    is_default: bool = True

    @property
    def home_url(self) -> str:
        """The path that all its URLs begin with, as HTML has it."""
        return f"/{encode_path(self.prefix)}/" if self.prefix else "/"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of a menu; lighter ones come first. `position` counts from 0, as they are written.

    It leads to `url`, or to the `page` of a source file below `content/`, whose title is its name
    where it has none. `parent` is the identifier or the name of the entry that it is below.
    """

    name: str = ""
    url: str = ""
    weight: int = 0
    identifier: str = ""
    parent: str = ""
    page: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Feeds:
    """Which feeds are made, and how many of the newest pages each has."""

    formats: tuple[FeedFormat, ...] = ("rss", "atom")
    limit: int = 20
    full_content: bool = True


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """A form that pages are published in. `suffix` has no dot; `base_name` is `index` for most.

    `is_plain_text` says that its templates escape nothing. `rel` is the relation of a link to it
    (`alternate`), "" where pages need no link to it. `template` is the one that renders it, None
    where it is found by its name.
    """

    name: str
    media_type: str
    suffix: str
    base_name: str = "index"
    is_plain_text: bool = False
    rel: str = "alternate"
    template: str | None = None

    @property
    def file_name(self) -> str:
        """The name of its file in a page's folder."""
        return f"{self.base_name}.{self.suffix}"

    @property
    def is_html(self) -> bool:
        """Whether browsers show it as a page."""
        return self.media_type.partition(";")[0] == "text/html"


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """Whether pages can be searched, and what of them: CSS selectors of elements.

    `language` is that of all pages, "" where each says its own. `include_characters` are those that
    words may have beside letters and digits.
    """

    enabled: bool = False
    root_selector: str = ""
    exclude_selectors: tuple[str, ...] = ()
    language: str = ""
    include_characters: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """What makes pages related: `weights` of taxonomies, of keys of front matter, and of `date`.

    At most `limit` pages have at least the weight `threshold` in common with a page. Without
    `include_newer` they are older than it.
    """

    limit: int = 5
    threshold: int = 1
    include_newer: bool = True
    weights: Mapping[str, int] | None = None


SANITIZE: Final = "sanitize"
RawHtml = bool | Literal["sanitize"]
"""What becomes of the HTML that writers write: it passes (True), is cleaned, or is shown as text (False)."""


_STRICTNESS: Final = (True, SANITIZE, False)


def choose_stricter(first: RawHtml | None, second: RawHtml | None) -> RawHtml | None:
    """That of the two which lets less through; None is that nothing is said."""
    said = [value for value in (first, second) if value is not None]
    return max(said, key=_STRICTNESS.index, default=None)


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """How Markdown is read. `raw_html` lets HTML through, which CommonMark requires, shows it as text, or
    cleans it.

    `autolinks` makes links of bare URLs and mail addresses, `math` makes formulas of what stands
    between dollars. `external_links` are the attributes of
    links that lead to none of `own_hosts`.
    """

    highlight: bool = True
    smart_punctuation: bool = True
    raw_html: RawHtml = True
    heading_anchors: bool = False
    wiki_links: bool = False
    autolinks: bool = True
    math: bool = False
    external_links: tuple[tuple[str, str], ...] = ()
    own_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssetSettings:
    """What becomes of assets. `browsers` are queries (https://browsersl.ist), or none.

    `bundle` puts what a stylesheet or a script imports into it.
    """

    bundle: bool = False
    browsers: tuple[str, ...] = ()
    source_maps: bool = False


@dataclass(frozen=True, slots=True)
class Minify:
    """What is written as short as it can be."""

    html: bool = False
    css: bool = False
    js: bool = False


@dataclass(frozen=True, slots=True)
class Qualities:
    """How much of an image survives encoding, from 1 to 100: the scales differ by format."""

    avif: int = 60
    webp: int = 80
    jpeg: int = 80


@dataclass(frozen=True, slots=True)
class ImageOptions:
    """What is made of images that say nothing else.

    `widths` are in pixels. `formats` are offered beside JPEG or PNG, the best first. `markdown`
    says that images in Markdown are treated so too. Larger images are refused.
    """

    widths: tuple[int, ...] = (400, 800, 1200, 1600, 2400)
    formats: tuple[ImageFormat, ...] = ("avif", "webp")
    qualities: Qualities = field(default_factory=Qualities)
    sizes: str = "100vw"
    placeholder: PlaceholderKind = "color"
    markdown: bool = True
    max_megapixels: int = 100


@dataclass(frozen=True, slots=True)
class ExternalChecks:
    """How links to other hosts are followed, by who asks for it.

    `skip` are patterns of URLs, `timeout` and `pause` are in seconds: of one request, and between two to
    one host. A good answer is kept for `keep_days`.
    """

    skip: tuple[str, ...] = ()
    timeout: float = 10.0
    pause: float = 0.5
    keep_days: int = 7
    allow_private: bool = False

    def skips(self, url: str) -> bool:
        """Whether `url` is left out: `*` in a pattern stands for anything."""
        return any(
            re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), url)
            for pattern in self.skip
        )


@dataclass(frozen=True, slots=True)
class Config:
    """A site's configuration.

    `url` is the canonical origin, without a slash at the end; a path after the host is an error.
    `permalinks` maps a section's path (`blog`, or "" for every page) to a pattern
    (`/:year/:month/:slug/`). `defaults` are tables of front matter for documents, the weakest first. `severities` maps a problem's code to how grave it is; "off" is None.
    `outputs` has the formats of pages by their kind, where they are not HTML alone, `output_formats`
    the site's own by name. With `git_lastmod` git tells when pages were changed. `keep_deploys` is how many deploys `gc` retains. `text` is what it was read from.
    `language` is the code of the default language; `languages` are all, in the order in which
    readers are offered them. `editions` has, by code, the configuration as a language has it.
    `steps` lead to the table of the language that it is of, `own` are the keys that are read there.
    """

    name: SiteName
    title: str
    url: str
    description: str = ""
    language: str = "en"
    author: str = ""
    domains: tuple[str, ...] = ()
    paginate_by: int | None = None
    taxonomies: tuple[Taxonomy, ...] = ()
    permalinks: Mapping[str, str] = field(default_factory=dict)
    menus: Mapping[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    defaults: tuple[Mapping[str, Any], ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    feeds: Feeds = field(default_factory=Feeds)
    outputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    output_formats: Mapping[str, OutputFormat] = field(default_factory=dict)
    search: SearchOptions = field(default_factory=SearchOptions)
    related: Related = field(default_factory=Related)
    markdown: MarkdownOptions = field(default_factory=MarkdownOptions)
    assets: AssetSettings = field(default_factory=AssetSettings)
    minify: Minify = field(default_factory=Minify)
    images: ImageOptions = field(default_factory=ImageOptions)
    rules: WrittenRules = field(default_factory=WrittenRules)
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    git_lastmod: bool = False
    external_checks: ExternalChecks = field(default_factory=ExternalChecks)
    keep_deploys: int = 30
    languages: tuple[Language, ...] = ()
    editions: Mapping[str, Config] = field(default_factory=dict, repr=False)
    steps: tuple[Step, ...] = ()
    own: frozenset[str] = frozenset()
    text: str = field(default="", compare=False, repr=False)

    @property
    def spoken(self) -> Language:
        """The language that this configuration is in."""
        found = (language for language in self.languages if language.code == self.language)
        direction = find_direction(self.language)
        return next(found, None) or Language(self.language, self.language, direction)

    def edition(self, code: str) -> Config:
        """The configuration as the language `code` has it."""
        return self.editions.get(code, self)

    def place_key(self, *steps: Step) -> Place:
        """Where `pectin.toml` has the key that `steps` lead to."""
        return place_at(CONFIG_FILE, self.text, find_key(self.text, self._lead(steps)))

    def place(self, *steps: Step, item: str = "") -> Place:
        """Where `pectin.toml` has the value of the key that `steps` lead to, or `item` in it."""
        return place_at(CONFIG_FILE, self.text, find_value(self.text, self._lead(steps), item=item))

    def _lead(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return (*self.steps, *steps) if steps[0] in self.own else steps
