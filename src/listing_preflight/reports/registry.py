"""From the name of a format to a report on a stream."""

import importlib
from typing import IO, Any

from listing_preflight.reports.formats import FORMATS
from listing_preflight.reports.run import Report, Telling


def open_report(name: str, out: IO[Any], telling: Telling) -> Report:
    """A report of the named format on a stream; its module is imported only when it is asked for."""
    one = FORMATS[name]
    module = importlib.import_module(f"{__package__}.{one.module}")
    report: Report = getattr(module, one.maker)(out, telling)
    return report
