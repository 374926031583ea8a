"""The reports of a small catalog, byte for byte; PREFLIGHT_REWRITE_GOLDEN=1 writes them anew."""

import os
import pathlib

import pytest

from listing_preflight import __version__
from tests.conftest import ROOT

HERE = pathlib.Path(__file__).parent


@pytest.mark.parametrize("form", ["text", "jsonl", "json"])
def test_report(preflight, tmp_path, form, monkeypatch):
    monkeypatch.chdir(ROOT)
    out = tmp_path / "report"
    args = ("--ocr", "off", "--explain", "--date", "2026-11-24", "-q", "-o", f"{form}:{out}")
    assert preflight("scan", HERE / "catalog.jsonl", "-w", HERE / "marks.yaml", *args).code == 4
    written = out.read_text("utf-8").replace(f'"version":"{__version__}"', '"version":"X"')
    golden = HERE / f"report.{form}"
    if os.environ.get("PREFLIGHT_REWRITE_GOLDEN"):
        golden.write_text(written, "utf-8")
    assert written == golden.read_text("utf-8")
