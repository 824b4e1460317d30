"""Pectin sets the Jamstack: builds a site, publishes it atomically, serves it from the edge."""

__version__ = "0.1.0"
