"""Rendered pages looked through: their elements, titles, headings, and what links to them."""
