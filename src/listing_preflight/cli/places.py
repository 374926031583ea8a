"""Where the data that travels with the program lies."""

from listing_preflight.watchlists.bundled import bundled

__all__ = ["bundled"]
