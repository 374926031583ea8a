"""The list of output formats."""

from typing import IO

from listing_preflight.reports.run import Report

FORMATS = ("text", "jsonl", "json")


def open_report(name: str, out: IO[str], *, explain: bool) -> Report:
    """A report of the named format on a stream; each module is imported only when it is asked for."""
    if name == "jsonl":
        from listing_preflight.reports.jsonl import JsonLines

        return JsonLines(out, explain=explain)
    if name == "json":
        from listing_preflight.reports.json_document import JsonDocument

        return JsonDocument(out, explain=explain)
    from listing_preflight.reports.text import TextReport

    return TextReport(out, explain=explain)
