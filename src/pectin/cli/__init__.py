"""One file per command: parses arguments, calls `app`, prints."""
