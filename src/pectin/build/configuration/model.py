"""What `pectin.toml` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pectin.build.positions import Step, find_key, find_value
from pectin.build.source import CONFIG_FILE
from pectin.values.place import Place, place_at
from pectin.values.problem import Severity
from pectin.values.rules import Rules
from pectin.values.site import SiteName

PLACEHOLDERS = ("year", "month", "day", "slug", "title", "filename", "section", "sections")
"""What a permalink may have after a colon."""

FeedFormat = Literal["rss", "atom"]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A way to group pages. `name` is the key in front matter, plural: `tags`."""

    name: str
    title: str
    paginate_by: int | None = None
    feed: bool = True


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
class MarkdownOptions:
    """How Markdown is read. `raw_html` lets HTML through, which CommonMark requires.

    `autolinks` makes links of bare URLs and mail addresses.
    """

    highlight: bool = True
    smart_punctuation: bool = True
    raw_html: bool = True
    heading_anchors: bool = False
    autolinks: bool = True


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
class Config:
    """A site's configuration.

    `url` is the canonical origin, without a slash at the end; a path after the host is an error.
    `permalinks` maps a section's path (`blog`, or "" for every page) to a pattern
    (`/:year/:month/:slug/`). `defaults` are tables of front matter for documents, the weakest first. `severities` maps a problem's code to how grave it is; "off" is None.
    `keep_deploys` is how many deploys `gc` retains. `text` is what it was read from.
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
    markdown: MarkdownOptions = field(default_factory=MarkdownOptions)
    assets: AssetSettings = field(default_factory=AssetSettings)
    minify: Minify = field(default_factory=Minify)
    rules: Rules = field(default_factory=Rules)
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    keep_deploys: int = 30
    text: str = field(default="", compare=False, repr=False)

    def place_key(self, *steps: Step) -> Place:
        """Where `pectin.toml` has the key that `steps` lead to."""
        return place_at(CONFIG_FILE, self.text, find_key(self.text, steps))

    def place(self, *steps: Step, item: str = "") -> Place:
        """Where `pectin.toml` has the value of the key that `steps` lead to, or `item` in it."""
        return place_at(CONFIG_FILE, self.text, find_value(self.text, steps, item=item))
