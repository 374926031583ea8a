"""The importers: a new one is one file and one line here."""

import importlib
from typing import cast

from listing_preflight.errors import UsageError
from listing_preflight.watchlists.registers.record import Importer

IMPORTERS = {
    "uspto-tdxf": "uspto_tdxf",
    "euipo-xml": "euipo_xml",
    "csv": "table",
}


def importer(name: str) -> Importer:
    """The importer of a format; UsageError for one that is not built."""
    if name not in IMPORTERS:
        raise UsageError(
            f"{name!r} is not a format", where="watchlist import", remedy=f"Formats: {', '.join(IMPORTERS)}"
        )
    try:
        return cast("Importer", importlib.import_module(f"{__package__}.{IMPORTERS[name]}"))
    except ImportError as e:
        raise missing(e) from None


def missing(error: ImportError) -> UsageError:
    """The error for a library of the registers extra that is not there."""
    return UsageError(f"{error.name} is not installed", remedy='pip install "listing-preflight[registers]"')
