"""Listings of one content are judged once: whatever a verdict hangs on must keep them apart."""

import json

import pytest

from tests.conftest import listing

BASE = {**listing("NIKE dupe shoes with Pegasus foam"), "bullets": ["soft"], "search_terms": "lego", "attributes": {"look": "Veltora"}}  # fmt: skip
LIKE = [
    {}, {"marketplace": "amazon.de"}, {"marketplace": "etsy.com"}, {"marketplace": None}, {"category": "Toys"}, {"category": None},
    {"seller": {"authorised": ["NIKE"]}}, {"seller": {"own_brands": ["Lego"]}}, {"images": [{"text": "NIKE"}]},
    {"attributes": {"feel": "Veltora"}}, {"attributes": {"look": "Veltora", "feel": "Veltora"}}, {"brand": "NIKE"}, {"search_terms": "LEGO"},
    {"bullets": ["soft", "soft"]}, {"bullets": [], "description": "soft"}, {"id": "SHOE-1"}, {"id": "MUG-1"}, {},
]  # fmt: skip


def rows():
    made = [{**BASE, "id": f"S{n}", **change} for n, change in enumerate(LIKE * 2)]
    return [{k: v for k, v in row.items() if v is not None} for row in made]


def without_place(row):
    row.pop("source")
    for finding in row["findings"]:
        for e in finding["evidence"]:
            e.pop("source", None)
    return json.dumps(row)


@pytest.mark.parametrize(
    "extra",
    [
        (), ("--explain",), ("--marketplace", "amazon.de", "--marketplace", "amazon.com"), ("--seller-claims", "ignore"),
        ("--seller", "seller.yaml"), ("--workers", "2"),
    ],
    ids=lambda e: "".join(e[:1]),
)  # fmt: skip
def test_listings_that_repeat_are_judged_as_if_each_stood_alone(scan, tmp_path, monkeypatch, extra):
    (tmp_path / "letter.txt").write_text("letter")
    (tmp_path / "seller.yaml").write_text(
        "authorisations:\n  - {mark: NIKE, kind: licence, skus: [SHOE-*], document: letter.txt}\n"
    )
    monkeypatch.chdir(tmp_path)
    together = [without_place(r) for r in scan(*rows(), extra=extra).listings]
    repeats = rows()[len(LIKE) :]
    alone = [without_place(r) for row in repeats for r in scan(row, extra=() if "2" in extra else extra).listings]
    assert together[len(together) // 2 :] == alone
    assert len(set(alone)) == len(alone)


def test_evidence_tells_the_row_of_its_own_listing(scan):
    found = scan(BASE, {**BASE, "id": "S2"}).listings
    told = [{e["source"]["row"] for f in r["findings"] for e in f["evidence"]} for r in found]
    assert told == [{1}, {2}]
