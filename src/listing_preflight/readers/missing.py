"""What is said where a format needs a library that is not installed."""

from listing_preflight.errors import UnreadableError

REMEDY = 'Run pip install "listing-preflight[formats]"'


class MissingError(UnreadableError):
    """A format that only an extra reads."""


def missing(library: str, what: str) -> MissingError:
    """The error for a library that is not there."""
    return MissingError(f"{what} need {library}, which is not installed", remedy=REMEDY)
