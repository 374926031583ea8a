"""The columns of an imported register, and records to and from them."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from listing_preflight.model.mark import Registration
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.registers.number import plain_number
from listing_preflight.watchlists.registers.record import Record

SCHEMA = "preflight.register/1"
METADATA = b"preflight"
"""Key of the file's metadata: one JSON object, `schema` first."""
_FIELDS = (
    ("office", pa.string()), ("number", pa.string()), ("classes", pa.list_(pa.int8())), ("status", pa.string()),
    ("filed", pa.date32()), ("registered", pa.date32()), ("expires", pa.date32()), ("goods", pa.string()),
    ("excluded_goods", pa.string()), ("disclaimed", pa.list_(pa.string())), ("supplemental", pa.bool_()),
    ("designated", pa.list_(pa.string())),
)  # fmt: skip
REGISTRATION = pa.struct(_FIELDS)
COLUMNS = pa.schema([
    ("id", pa.string()), ("stamp", pa.string()), ("work", pa.bool_()), ("name", pa.string()), ("kind", pa.string()),
    ("owner", pa.string()), ("aliases", pa.list_(pa.string())), ("numbers", pa.list_(pa.string())),
    ("registrations", pa.list_(REGISTRATION)), ("images", pa.list_(pa.string())), ("locarno", pa.list_(pa.string())),
    ("keys", pa.list_(pa.string())), ("plain_numbers", pa.list_(pa.string())),
])  # fmt: skip
"""`keys` are the folded name and aliases, `plain_numbers` the numbers without punctuation: what search looks in."""


def table(records: Sequence[Record]) -> pa.Table:
    """Records as columns."""
    columns: dict[str, Sequence[Any]] = dict(zip(Record._fields, zip(*records, strict=True), strict=True))
    rows = columns.pop("registrations")
    columns["keys"] = [_keys(r) for r in records]
    columns["plain_numbers"] = [[plain_number(n) for n in r.numbers] for r in records]
    arrays = {name: pa.array(values, COLUMNS.field(name).type) for name, values in columns.items()}
    arrays["registrations"] = _registrations(rows)
    return pa.Table.from_arrays([arrays[name] for name in COLUMNS.names], schema=COLUMNS)


def _keys(record: Record) -> list[str]:
    names = (record.name, *record.aliases) if record.aliases else (record.name,)
    return [key for name in names if name and (key := folded_key(name))]


def _registrations(rows: Sequence[tuple[Registration, ...]]) -> pa.Array:
    offsets, total = [0], 0
    for some in rows:
        total += len(some)
        offsets.append(total)
    flat = [r for some in rows for r in some]
    arrays = [pa.array(_values(name, flat), kind) for name, kind in _FIELDS]
    structs = pa.StructArray.from_arrays(arrays, fields=list(REGISTRATION))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), structs, type=pa.list_(REGISTRATION))


def _values(name: str, rows: Sequence[Registration]) -> list[Any]:
    values = [getattr(r, name) for r in rows]
    return [None if v is None else sorted(v) for v in values] if name in ("classes", "designated") else values


def records(batch: pa.RecordBatch | pa.Table) -> Iterator[Record]:
    """Columns as records."""
    for row in batch.select(Record._fields).to_pylist():
        row["registrations"] = tuple(_registration(r) for r in row["registrations"])
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        yield Record(**values)


def _registration(row: dict[str, Any]) -> Registration:
    classes = row.pop("classes")
    return Registration(
        **{**row, "disclaimed": tuple(row["disclaimed"]), "designated": frozenset(row["designated"])},
        classes=None if classes is None else frozenset(classes),
    )
