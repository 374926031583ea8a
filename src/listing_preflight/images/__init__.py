"""Pictures: decode them safely, hash them, read the words in them; always in a worker that can be ended."""
