"""JSON Lines, schema preflight.report/1: one object a line, in the order of the input."""

from typing import IO

import orjson

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap
from listing_preflight.reports.plain import in_json, is_harmless, without_surrogates
from listing_preflight.reports.records import Record, gap_record, listing_record, run_record, summary_record
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling


def line(record: Record) -> str:
    """One record as one line of valid JSON and valid UTF-8, whatever the seller wrote."""
    try:
        text = orjson.dumps(record)
    except (
        TypeError,
        ValueError,
    ):  # lone surrogates, which valid UTF-8 cannot hold: shown as text, strict readers refuse their escapes
        text = orjson.dumps(without_surrogates(record))
    return text.decode() if is_harmless(text) else in_json(text.decode())


class JsonLines:
    """Writes each result as it comes."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._telling = out, telling

    def begin(self, run: RunInfo) -> None:
        """The run line."""
        self._out.write(line(run_record(run)) + "\n")

    def add(self, result: Result) -> None:
        """A listing or gap line; files set aside are only counted."""
        if isinstance(result, Verdict):
            self._out.write(line(self._record(result)) + "\n")
        elif isinstance(result, Gap):
            self._out.write(line(gap_record(result)) + "\n")

    def end(self, summary: Summary) -> None:
        """The summary line."""
        self._out.write(line(summary_record(summary)) + "\n")

    def _record(self, verdict: Verdict) -> Record:
        return listing_record(verdict, explain=self._telling.explain, words=self._telling.words)
