"""Seller text may not inject into a terminal or a report."""

import json
import re

import pytest

from listing_preflight.reports.plain import in_json, visible
from tests.conftest import listing

HOSTILE = [
    "=cmd|' /C calc'!A0 NIKE", "\x1b]0;own\x07\x1b[31mNIKE\x1b[0m", "NIKE\n::error::forged", "NIKE</script><script>x</script>",
    "NIKE\u2028\u202e evil", "NIKE \x9b31m", "NIKE \ud800", "[bold]NIKE[/bold]", "NIKE \U000e0041 shoes",
]  # fmt: skip
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("form", ["text", "jsonl", "json"])
def test_no_report_carries_raw_controls(preflight, marks, tmp_path, form):
    rows = [listing(t, id=f"S{i}\x1b[2J", category="Shoes\x07", brand="x\x1b") for i, t in enumerate(HOSTILE)]
    path = tmp_path / "h.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    out = tmp_path / "report"
    code = preflight("scan", path, "-w", marks, "-q", "-o", f"{form}:{out}").code
    assert code in (1, 4)
    text = out.read_bytes().decode("utf-8")
    assert not CONTROL.search(text)
    if form == "jsonl":
        assert len([json.loads(line) for line in text.splitlines()]) == len(HOSTILE) + 2
    if form == "text":
        assert not re.search(r"(?m)^::error::", text)
        assert "[bold]" in text


def test_visible_keeps_ordinary_text():
    assert visible("Größe 耐克 – ok") == "Größe 耐克 – ok"
    assert visible("a\x1bb\u202ec") == "a\\x1bb\\u202ec"


def test_escaped_json_reads_back():
    value = {"t": "\x9b \u2028 \ud800"}
    assert json.loads(in_json(json.dumps(value, ensure_ascii=False))) == value
