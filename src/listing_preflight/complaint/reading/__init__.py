"""What a notice says: one file per kind of value, each a span of the text."""
