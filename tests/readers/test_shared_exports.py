"""Real exports beside the project: every product one listing, no crash."""

import csv

import pytest

from listing_preflight.model.listing import Gap
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from tests.conftest import SHARED

EXPORTS = SHARED / "data/exports"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="no shared exports beside the project"),
]
SHOPIFY = sorted(EXPORTS.glob("shopify/*.csv"))
AMAZON = sorted(EXPORTS.glob("amazon/listings_report/*.txt"))


@pytest.mark.parametrize("path", SHOPIFY, ids=lambda p: p.name)
def test_shopify(path):
    items = list(read_path(path, path.name, ReadOptions()))
    with path.open(encoding="utf-8-sig", newline="") as file:
        handles = [row["Handle"] for row in csv.DictReader(file) if row["Handle"]]
    assert not [i for i in items if isinstance(i, Gap)]
    assert len(items) == len(set(handles))


@pytest.mark.parametrize("path", AMAZON, ids=lambda p: p.name)
def test_amazon(path):
    items = list(read_path(path, path.name, ReadOptions()))
    rows = [line for line in path.read_text("utf-8").splitlines()[1:] if line.strip()]
    assert len(items) == len(rows)
    assert not [i for i in items if isinstance(i, Gap) or i.gaps]
