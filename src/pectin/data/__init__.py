"""What a loader, a `data/*.py` of a site, is written with; docs/data.md has an example of each."""

from pectin.data.context import LoaderContext
from pectin.data.declaration import Data, LoaderError, loader
from pectin.data.feeds import fetch_feed
from pectin.data.graphql import fetch_graphql
from pectin.data.http import ByCursor, ByLink, ByPage, fetch_json
from pectin.data.sql import query_sql

__all__ = [
    "ByCursor",
    "ByLink",
    "ByPage",
    "Data",
    "LoaderContext",
    "LoaderError",
    "fetch_feed",
    "fetch_graphql",
    "fetch_json",
    "loader",
    "query_sql",
]
