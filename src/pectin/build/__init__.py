"""Turns a SourceTree into an OutputTree and Problems: the same bytes every time."""
