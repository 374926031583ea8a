"""The committed schema of preflight.report/1 holds for what is written."""

import importlib.resources
import json

import jsonschema
import pytest

from tests.conftest import ROOT, listing

SCHEMA = json.loads(
    importlib.resources.files("listing_preflight.reports")
    .joinpath("schema", "preflight.report.1.json")
    .read_text("utf-8")
)
ROWS = (
    listing("NIKE style shoes compatible with LEGO", search_terms="lego"),
    listing("Apple pie", id="S2", images=[{"path": "none.jpg"}]), listing("Plain", id="S3", images=[{"text": "NIKE"}]),
)  # fmt: skip


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_line(scan):
    validator = jsonschema.Draft202012Validator({**SCHEMA["$defs"]["line"], "$defs": SCHEMA["$defs"]})
    rows = scan(*ROWS, extra=("--explain",)).rows
    assert {r["type"] for r in rows} == {"run", "listing", "summary"}
    for row in rows:
        validator.validate(row)


def test_the_document(preflight, marks, write):
    path = write("x.jsonl", *ROWS)
    path.write_text(path.read_text("utf-8") + "broken\n", "utf-8")
    document = json.loads(preflight("scan", path, "-w", marks, "-f", "json").out)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["gaps"]


@pytest.mark.parametrize("change", [{"decision": "clean"}, {"findings": None}])
def test_another_document_is_refused(scan, change):
    row = scan(ROWS[0]).listings[0] | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator({"$ref": "#/$defs/listing", "$defs": SCHEMA["$defs"]}).validate(row)


def test_the_golden_reports_hold():
    document = json.loads((ROOT / "tests/golden/report.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
