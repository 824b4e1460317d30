"""Assets that are made of other files: of Sass, of modules, of sheets that import each other."""
