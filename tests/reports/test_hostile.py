"""Seller text may not inject into a terminal or a report, whatever the format."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import jsonschema
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.reports.formats import FORMATS
from listing_preflight.reports.github import command
from listing_preflight.reports.markdown import plain
from listing_preflight.reports.plain import in_json, visible
from listing_preflight.reports.table import safe
from tests.conftest import ROOT
from tests.reports.hostile import HOSTILE, write

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TEXTS = [name for name, one in FORMATS.items() if not one.binary]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Every text report of hostile listings in a file of a hostile name."""
    from listing_preflight.cli import main as cli_main
    from tests.conftest import MARKS

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "marks.yaml").write_text(MARKS, "utf-8")
    source = write(folder / "h\x1b[2J\n::error::x,:%.jsonl")
    outs = [x for f in TEXTS for x in ("-o", f"{f}:{folder / f}")]
    assert cli_main._run(["scan", str(source), "-w", str(folder / "marks.yaml"), "-q", "-v", *outs]) in (1, 4)
    return {f: (folder / f).read_bytes().decode("utf-8") for f in TEXTS}


@pytest.mark.parametrize("form", TEXTS)
def test_no_report_carries_raw_controls(reports, form):
    assert not CONTROL.search(reports[form])


def test_every_line_of_json_reads(reports):
    assert len([orjson.loads(one) for one in reports["jsonl"].splitlines()]) == len(HOSTILE) + 2
    assert len(orjson.loads(reports["json"])["listings"]) == len(HOSTILE)
    assert len(orjson.loads(reports["gitlab"])) >= len(HOSTILE) - 1


def test_sarif_is_valid(reports):
    schema = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(reports["sarif"]))


def test_xml_is_valid(reports):
    suite = ET.fromstring(reports["junit"])
    assert len(suite.findall(".//testcase")) == len(HOSTILE)


def test_no_annotation_is_forged(reports):
    lines = reports["github"].splitlines()
    assert all(re.match(r"::(error|warning|notice) (file=[^:,\n]*,line=\d+,)?title=[^:,\n]*::", one) for one in lines)
    assert not any("set-output" in one.split("::")[1] for one in lines)


def test_no_cell_is_a_formula(reports):
    rows = list(csv.reader(io.StringIO(reports["csv"].removeprefix("\ufeff"))))
    assert len(rows) > len(HOSTILE)
    assert not [c for row in rows for c in row if c.lstrip(' "\u3000')[:1] in tuple("=+-@\t＝＋－＠")]


def test_markup_stays_text(reports):
    page = reports["html"].replace('<script>"use strict";', "", 1)
    assert not re.search(r"<(script|img|a)\b(?![^>]*(src=\"data:|href=\"(#|https://)))", page)
    assert "[bold]" in reports["text"]
    assert not re.search(r"(?<!\\)<(?!!-- -->)", reports["markdown"])


def test_visible_keeps_ordinary_text():
    assert visible("Größe 耐克 – ok") == "Größe 耐克 – ok"
    assert visible("a\x1bb\u202ec") == "a\\x1bb\\u202ec"


def test_escaped_json_reads_back():
    value = {"t": "\x9b \u2028 \ud800"}
    assert json.loads(in_json(json.dumps(value, ensure_ascii=False))) == value


ANY = st.text(
    st.characters(codec=None) | st.sampled_from("=+-@\t\r\n\x1b\x9b:%,|<>[]()`*\\\ud800\u2028\u202e"), max_size=40
)


@given(ANY)
def test_a_cell_never_begins_a_formula(text):
    assert safe(text).lstrip(" \"'\u00a0\u3000")[:1] not in tuple("=+-@\t\r\n＝＋－＠") or safe(text).startswith("'")


@given(ANY, ANY, ANY)
def test_a_command_is_one_line_that_ends_where_it_should(title, file, text):
    made = command("error", title, file, 3, text)
    assert made.count("\n") == 1
    assert not CONTROL.search(made)
    assert made.split("::", 2)[1].count(",") == (2 if file else 0)


@given(ANY)
def test_a_cell_of_markdown_has_no_row_of_its_own(text):
    made = plain(text)
    assert "\n" not in made
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<\[`](?!!-- -->)", made)
