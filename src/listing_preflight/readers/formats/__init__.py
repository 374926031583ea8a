"""One file per export format: how it is recognised and how its columns, keys or elements are read."""
