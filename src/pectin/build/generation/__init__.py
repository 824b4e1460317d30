"""Pages made from data: one document stands for a document for each item of a list."""
