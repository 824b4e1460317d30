"""`pectin.toml`, and what configuration and front matter are read with."""
