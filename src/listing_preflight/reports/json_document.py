"""One JSON document {"run", "listings", "gaps", "summary"} of the same objects as the JSON Lines report."""

from typing import IO

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap
from listing_preflight.reports.jsonl import line
from listing_preflight.reports.records import Record, gap_record, listing_record, run_record, summary_record
from listing_preflight.reports.run import Result, RunInfo, Summary, Telling


class JsonDocument:
    """Writes listings as they come; file-level gaps wait for the end."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._telling = out, telling
        self._gaps: list[str] = []
        self._first = True

    def begin(self, run: RunInfo) -> None:
        """Open the document."""
        self._out.write('{"run":' + line(run_record(run)) + ',\n"listings":[')

    def add(self, result: Result) -> None:
        """A listing, or a gap that is kept."""
        if isinstance(result, Verdict):
            self._out.write(("\n" if self._first else ",\n") + line(self._record(result)))
            self._first = False
        elif isinstance(result, Gap):
            self._gaps.append(line(gap_record(result)))

    def end(self, summary: Summary) -> None:
        """Close the document."""
        gaps = ",\n".join(self._gaps)
        self._out.write(f'],\n"gaps":[{gaps}],\n"summary":' + line(summary_record(summary)) + "}\n")

    def _record(self, verdict: Verdict) -> Record:
        return listing_record(verdict, explain=self._telling.explain, words=self._telling.words)
