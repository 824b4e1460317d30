"""Pages through the author's templates, and what templates may ask."""
