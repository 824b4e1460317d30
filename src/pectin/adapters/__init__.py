"""Everything that touches the world: disk, LMDB, the watcher, the clock."""
