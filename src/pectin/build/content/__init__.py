"""From the bytes of source files to documents, and from their bodies to HTML."""
