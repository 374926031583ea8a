"""LibreOffice opens the tables: every cell is the text that was written, no formula is evaluated."""

import csv
import os
import subprocess

import pytest

from tests.conftest import MARKS
from tests.reports.hostile import HOSTILE, write
from tests.reports.required import program


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_formula_is_evaluated(preflight, tmp_path, form):
    office = program("libreoffice", "soffice", "libreoffice")
    (tmp_path / "marks.yaml").write_text(MARKS, "utf-8")
    source, made = write(tmp_path / "h.jsonl"), tmp_path / f"r.{form}"
    assert preflight("scan", source, "-w", tmp_path / "marks.yaml", "-q", "-o", f"{form}:{made}").code in (1, 4)
    into = tmp_path / "opened"
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,true"  # the last but one saves formulas as formulas
    args = [
        office,
        f"-env:UserInstallation=file://{tmp_path / 'profile'}",
        "--headless",
        "--convert-to",
        filters,
        "--outdir",
        str(into),
    ]
    if form == "csv":
        args.insert(3, "--infilter=CSV:44,34,76,1,,0,false,true,false")
    subprocess.run(
        [*args, str(made)], check=True, capture_output=True, timeout=180, env=os.environ | {"HOME": str(tmp_path)}
    )
    rows = list(csv.reader((into / "r.csv").read_text("utf-8-sig").splitlines()))
    cells = [c for row in rows for c in row]
    assert len(rows) > len(HOSTILE)
    assert not [c for c in cells if c.startswith(("#", "Err:"))]
    assert any("cmd|" in c for c in cells)
    assert any("HYPERLINK(" in c for c in cells)
    assert any("1+1 NIKE" in c for c in cells)
