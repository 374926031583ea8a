"""Verdicts as Arrow rows: the columns that people query, and the line of the report as it is."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import pyarrow as pa

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap
from listing_preflight.reports.jsonl import line
from listing_preflight.reports.records import Record, gap_record, listing_record

_MARK = pa.struct([(name, pa.string()) for name in ("id", "name", "owner", "list")])
_WORK = pa.struct([(name, pa.string()) for name in ("id", "kind", "owner", "number", "list")])
_FINDING = pa.struct(
    [
        *((name, pa.string()) for name in ("rule", "rule_name", "kind", "severity", "confidence", "legal_risk", "platform_risk", "use")),
        ("mark", _MARK), ("work", _WORK), ("others", pa.int32()),
        *((name, pa.string()) for name in ("cause", "message", "fingerprint", "suppressed")),
    ]
)  # fmt: skip
_GAP = pa.struct([("kind", pa.string()), ("field", pa.string()), ("index", pa.int32()), ("detail", pa.string())])
SCHEMA = pa.schema(
    [
        ("type", pa.string()), ("id", pa.string()), ("marketplace", pa.string()), ("source_file", pa.string()), ("source_row", pa.int64()),
        ("first", pa.bool_()), ("decision", pa.string()), ("findings", pa.list_(_FINDING)), ("gaps", pa.list_(_GAP)),
        ("unread", pa.int32()), ("not_requested", pa.int32()), ("dropped", pa.int32()), ("line", pa.string()),
    ]
)  # fmt: skip
"""`type` is listing or gap (a row that is no listing); `first` marks the first line of an input row, which has one for each
marketplace; `line` is the line of schema preflight.report/1; the rest are its parts, and the counts that its summary tells."""
_PARTS = tuple(field.name for field in _FINDING)
Row = dict[str, Any]


def row(result: Verdict | Gap, *, first: bool, explain: bool) -> Row:
    """One result as a row of SCHEMA."""
    return _gap_row(result) if isinstance(result, Gap) else _listing_row(result, first=first, explain=explain)


def _listing_row(verdict: Verdict, *, first: bool, explain: bool) -> Row:
    told = listing_record(verdict, explain=explain)
    return _listing_columns(told, line(told)) | {
        "first": first, "unread": len(told["unread"]), "not_requested": verdict.not_requested, "dropped": len(verdict.dropped) + verdict.passed_over,
    }  # fmt: skip


def _listing_columns(told: Record, text: str) -> Row:
    """What a line says of a listing, as columns."""
    return {
        "type": "listing", "id": told["id"], "marketplace": told["marketplace"], "source_file": told["source"]["file"],
        "source_row": told["source"]["row"], "decision": told["decision"],
        "findings": [{name: found.get(name) for name in _PARTS} for found in told["findings"]],
        "gaps": [{name: gap.get(name) for name in ("kind", "field", "index", "detail")} for gap in told["gaps"]],
        "line": text,
    }  # fmt: skip


def _gap_row(gap: Gap) -> Row:
    text = line(gap_record(gap))
    told = orjson.loads(text)
    source = told["source"] or {}
    return {
        "type": "gap", "source_file": source.get("file"), "source_row": source.get("row"), "first": True, "findings": [],
        "gaps": [{"kind": told["kind"], "field": None, "index": None, "detail": told["detail"]}],
        "unread": 0, "not_requested": 0, "dropped": 0, "line": text,
    }  # fmt: skip


def batch(rows: Iterable[tuple[Row, Mapping[str, Any]]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows, each with the columns that are kept from the input, as one Arrow batch."""
    whole = [{**kept, **told} for told, kept in rows]
    try:
        return pa.RecordBatch.from_pylist(whole, schema=schema)
    except UnicodeEncodeError:  # lone surrogates: columns can hold no more of them than the line does
        return pa.RecordBatch.from_pylist([*map(_as_its_line, whole)], schema=schema)


def _as_its_line(row: Row) -> Row:
    """A row whose columns say what its line says, which is valid UTF-8 whatever the seller wrote."""
    return row | _listing_columns(orjson.loads(row["line"]), row["line"]) if row["type"] == "listing" else row
