"""CSV for spreadsheets: UTF-8 with a mark of it, cells that are no formulas, the seller's columns first."""

import csv
from typing import IO

from listing_preflight.reports.run import Result, RunInfo, Summary, Telling
from listing_preflight.reports.table import Table, safe


class CsvTable:
    """Writes at the end, when the columns are known."""

    def __init__(self, out: IO[str], telling: Telling) -> None:
        self._out, self._table = out, Table(telling.words)

    def begin(self, run: RunInfo) -> None:
        """Spreadsheets take a file for UTF-8 by its first character."""
        self._out.write("\ufeff")

    def add(self, result: Result) -> None:
        """Rows of a listing, or of a gap."""
        self._table.add(result)

    def end(self, summary: Summary) -> None:
        """Header and rows."""
        writer = csv.writer(self._out, lineterminator="\n")
        writer.writerow(map(safe, self._table.header()))
        for row in self._table.rows():
            writer.writerow(map(safe, row))
