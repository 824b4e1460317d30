"""The search index of a site, which browsers load in pieces."""
