"""Pectin sets the Jamstack: builds a site, publishes it atomically, serves it from the edge."""
