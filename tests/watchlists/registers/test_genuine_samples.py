"""Genuine samples (US government, EUIPO open data): every one imports; a table of fields compared by hand."""

from pathlib import Path

import pytest
import yaml

pytest.importorskip("lxml", reason="needs the registers extra")

from listing_preflight.watchlists.registers.record import Record, Skipped, Told
from listing_preflight.watchlists.registers.registry import importer

SHARED = Path(__file__).parents[4] / "shared" / "data" / "registers"
TABLE = yaml.safe_load(Path(__file__).with_name("hand_compared.yaml").read_text("utf-8"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the samples are not part of the project: ../shared/data/registers"),
]


def _read(name):
    return list(importer("uspto-tdxf" if name.startswith("uspto") else "euipo-xml").read(SHARED / name, Told()))


def test_the_table_has_twenty_records():
    assert sum(map(len, TABLE.values())) >= 20


@pytest.mark.parametrize("name", sorted(TABLE))
def test_fields_are_those_compared_by_hand(name):
    found = {r.id: r for r in _read(name) if isinstance(r, Record)}
    assert set(found) == set(TABLE[name])
    for key, wanted in TABLE[name].items():
        assert _fields(found[key]) == wanted, key


def _fields(record):
    (row,) = record.registrations
    return {
        "name": record.name,
        "kind": record.kind,
        "owner": record.owner,
        "numbers": list(record.numbers),
        "status": row.status,
        "classes": None if row.classes is None else sorted(row.classes),
        "filed": row.filed,
        "registered": row.registered,
        "expires": row.expires,
        "aliases": list(record.aliases),
        "disclaimed": list(row.disclaimed),
    }


def test_the_record_without_a_mark_is_named():
    assert [i for i in _read("uspto/tdxf_trimmed_edge_records.xml") if isinstance(i, Skipped)] == [
        Skipped("no-mark", "60000001")
    ]


def test_every_sample_of_euipo_imports():
    files = sorted((SHARED / "euipo" / "xml").glob("*.xml"))
    assert len(files) == 10
    for file in files:
        (record,) = [i for i in _read(f"euipo/xml/{file.name}") if isinstance(i, Record)]
        assert record.work == ("-" in file.stem)


def test_the_flat_table_of_euipo_imports_row_for_row():
    items = list(importer("csv").read(SHARED / "euipo" / "euipo_marks_flat.csv", Told(mapping="euipo-flat")))
    assert sum(isinstance(i, Record) for i in items) == 824 - sum(isinstance(i, Skipped) for i in items)
    assert all(i.reason == "no-mark" for i in items if isinstance(i, Skipped))
