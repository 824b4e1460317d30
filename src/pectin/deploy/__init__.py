"""Turns an OutputTree into a Snapshot, decides which blobs are missing, moves refs."""
