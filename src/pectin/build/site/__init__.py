"""Documents as a site: where each page is, what lists it, what it is next to."""
