"""Verdicts as rows: the columns say what the line says, whatever the seller wrote."""

import json

import pytest

from listing_preflight.model.finding import Verdict
from listing_preflight.model.listing import Gap, Listing, Origin, Text

pytest.importorskip("pyarrow", reason="needs the spark extra")


def verdict(identity):
    listing = Listing(id=identity, origin=Origin(file="shop", row=1), texts=(Text("title", "Bag"),))
    gap = Gap(kind="missing", detail=f"picture of {identity}", origin=listing.origin, field="image", index=0)
    return Verdict(listing=listing, marketplace="amazon.com", decision="incomplete", gaps=(gap,))


@pytest.mark.parametrize("identity", ["A", "鞋", "a\ud800b", "\x00\u2028"])
def test_columns_say_what_the_line_says(identity):
    from listing_preflight.spark import rows

    results = [
        verdict("plain"),
        Gap(kind="bad-row", detail="no listing", origin=Origin(file="shop", row=2)),
        verdict(identity),
    ]
    told = rows.batch(((rows.row(one, first=True, explain=False), {}) for one in results), rows.SCHEMA).to_pylist()
    assert [row["type"] for row in told] == ["listing", "gap", "listing"]
    for row in (told[0], told[2]):
        line = json.loads(row["line"])
        assert (row["id"], row["decision"]) == (line["id"], "incomplete")
        assert [gap["detail"] for gap in row["gaps"]] == [gap["detail"] for gap in line["gaps"]]
        assert (row["first"], row["unread"], row["not_requested"], row["dropped"]) == (True, 0, 0, 0)
