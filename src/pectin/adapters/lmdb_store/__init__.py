"""A store in one folder: LMDB for what is small and for every name, files for large blobs."""
