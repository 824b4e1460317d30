"""What a build is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from pectin.build.assets.compilers import Compilers
from pectin.build.images.images import ImageTools
from pectin.build.search.ports import SearchIndexer
from pectin.build.site.visibility import BuildOptions
from pectin.build.source import SourceTree
from pectin.build.traces.cache import Cache
from pectin.build.workers import Workers
from pectin.values.output import Sink


class Order(Struct, frozen=True, kw_only=True):
    """What to build, and with what; as `build` takes it."""

    source: SourceTree
    today: date
    emit: Sink
    theme: Mapping[str, str]
    options: BuildOptions
    workers: Workers
    cache: Cache
    compilers: Compilers
    image_tools: ImageTools
    indexer: SearchIndexer | None
