"""The reports of a small catalog, byte for byte; PREFLIGHT_REWRITE_GOLDEN=1 writes them anew."""

import json
import os
import pathlib
import re

import pytest

from listing_preflight import __version__
from listing_preflight.reports.formats import FORMATS
from tests.conftest import ROOT

HERE = pathlib.Path(__file__).parent


def told(out):
    """A report without what differs between installations: the version, and what names were looked for with."""
    return re.sub(r'("core": ?)"\w+"', r'\1"compiled"', out.read_text("utf-8").replace(__version__, "X"))


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if not one.binary])
def test_report(preflight, tmp_path, form, monkeypatch):
    monkeypatch.chdir(ROOT)
    out = tmp_path / "report"
    args = ("--ocr", "off", "--explain", "--date", "2026-11-24", "-q", "-o", f"{form}:{out}")
    assert preflight("scan", HERE / "catalog.jsonl", "-w", HERE / "marks.yaml", *args).code == 4
    written = told(out)
    golden = HERE / f"report.{form}"
    if os.environ.get("PREFLIGHT_REWRITE_GOLDEN"):
        golden.write_text(written, "utf-8")
    assert written == golden.read_text("utf-8")


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_report_in_chinese(preflight, tmp_path, form, monkeypatch):
    monkeypatch.chdir(ROOT)
    out = tmp_path / "report"
    args = ("--ocr", "off", "-v", "--date", "2026-11-24", "--lang", "zh-Hans", "-q", "-o", f"{form}:{out}")
    assert preflight("scan", HERE / "catalog.jsonl", "-w", HERE / "marks.yaml", *args).code == 4
    written = told(out)
    golden = HERE / f"report.zh-Hans.{form}"
    if os.environ.get("PREFLIGHT_REWRITE_GOLDEN"):
        golden.write_text(written, "utf-8")
    assert written == golden.read_text("utf-8")


def test_workbook(preflight, tmp_path, monkeypatch):
    from openpyxl import load_workbook

    monkeypatch.chdir(ROOT)
    out = tmp_path / "report.xlsx"
    args = ("--ocr", "off", "--date", "2026-11-24", "--lang", "en", "-q", "-o", f"xlsx:{out}")
    assert preflight("scan", HERE / "catalog.jsonl", "-w", HERE / "marks.yaml", *args).code == 4
    sheets = {s.title: [[c or "" for c in row] for row in s.iter_rows(values_only=True)] for s in load_workbook(out)}
    written = json.dumps(sheets, ensure_ascii=False, indent=1)
    golden = HERE / "report.xlsx.json"
    if os.environ.get("PREFLIGHT_REWRITE_GOLDEN"):
        golden.write_text(written, "utf-8")
    assert written == golden.read_text("utf-8")
