"""The whole loop: scan, decide, a clean scan, the mark's record changes, the finding is back."""

import pytest

from tests.conftest import MARKS
from tests.review.paging import paged

SHOE = {"id": "SHOE-1", "marketplace": "amazon.com", "category": "Shoes", "title": "Veltora running shoes"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("classes: [25, 28], territories: [US], status: registered", "reopened"),
        ("classes: [25], territories: [US], status: registered, owner: Another Ltd", "reopened"),
    ],
)
def test_scan_review_clean_scan_and_back(preflight, marks, write, tmp_path, change, said):
    catalog, report, folder = write("shop.jsonl", SHOE), tmp_path / "report.jsonl", tmp_path / "decisions"
    told = ("-w", marks, "--no-images", "--date", "2026-11-29")
    assert preflight("scan", catalog, *told, "-q", "-o", f"jsonl:{report}").code == 1
    with paged(report, folder, [marks], tmp_path / "copies", catalog=[catalog]) as page:
        cause = page.client.get("/queue").json()["rows"][0]["cause"]
        sent = {"cause": cause, "status": "false match", "scope": "cause", "author": "Ada", "reason": "our own word"}
        assert page.client.post("/decide", json=sent).status_code == 201
    clean = preflight("scan", catalog, *told, "-f", "jsonl", "--suppressions", folder)
    assert clean.code == 0
    assert clean.listings[0]["decision"] == "pass"
    assert "false match" in clean.listings[0]["findings"][0]["suppressed"]
    was = "id: veltora, name: Veltora, classes: [25], territories: [US], status: registered"
    assert was in MARKS
    marks.write_text(MARKS.replace(was, f"id: veltora, name: Veltora, {change}"), "utf-8")
    back = preflight("scan", catalog, *told, "-f", "jsonl", "--suppressions", folder)
    assert back.code == 1
    assert back.listings[0]["findings"][0]["suppressed"] is None
    assert said in back.err
    with paged(report, folder, [marks], tmp_path / "copies", catalog=[catalog]) as page:
        row = page.client.get("/queue").json()["rows"][0]
        assert row["open"] == 1
        told = page.client.get(f"/cause/{row['cause']}").json()
        assert [h["ended"] for h in told["held"]] == ["mark"]
        assert page.client.get("/state").json()["lists"]["changed"] == ["marks"]
