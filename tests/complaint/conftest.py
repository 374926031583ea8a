"""An invented case: a notice, a list, a catalogue and a seller file."""

import datetime
import json
import shutil

import pytest

from listing_preflight.complaint.assessing import assess
from listing_preflight.complaint.opening import open_case
from listing_preflight.complaint.similar import compare
from tests.conftest import ROOT

DAY = datetime.date(2026, 11, 5)
NOTICES = ROOT / "fixtures" / "notices"
LIST = """list: {name: invented, version: "2026.11"}
marks:
  - {id: moonfern, name: MOONFERN, owner: "Moonfern Lighting, Inc.", registrations: [{office: US, number: "9345671", classes: [11], status: registered, filed: 2024-05-01, goods: lamps}]}
"""
SELLER = """seller: {name: Pine Cove Ltd, address: "1 Pine Road, Dover", country: GB, telephone: "+44 1234 567890", email: shop@pinecove.example}
authorisations:
  - {mark: MOONFERN, kind: invoice, skus: ["PC-9*"], document: docs/invoice.pdf, invoice: {date: 2026-03-01, supplier: Lamp Works, lines: [{sku: PC-9, quantity: 4}]}}
"""
ROWS = [
    {
        "id": "PC-1",
        "title": "Garden Lantern, Amber Glass",
        "brand": "Moonfern",
        "attributes": {"asin": "B0TESTQ1XZ", "first_listed": "2023-01-01"},
    },
    {"id": "PC-2", "title": "Path Light, Black", "search_terms": "moon fern lantern"},
    {"id": "PC-3", "title": "Garden Lantern, Clear Glass"},
    {"id": "PC-4", "title": "Replacement Glass for Moonfern lantern"},
    {"id": "PC-5", "title": "Wool Socks, Two Pairs", "category": "Clothing > Socks"},
    {"id": "PC-9", "title": "Moonfern Lantern, Green", "brand": "Moonfern"},
    {"id": "PC-6", "title": "M00NFERN wall light", "attributes": {"first_listed": "2025-02-02"}},
]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The files of the case, and the case opened, assessed and compared, once for all tests."""
    root = tmp_path_factory.mktemp("invented")
    (root / "marks.yaml").write_text(LIST, "utf-8")
    (root / "docs").mkdir()
    (root / "docs/invoice.pdf").write_bytes(b"%PDF-1.4 invented")
    (root / "seller.yaml").write_text(SELLER, "utf-8")
    rows = [{"marketplace": "amazon.com", "category": "Home > Lighting", **r} for r in ROWS]
    (root / "listings.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    notice = NOTICES / "amazon-block.eml"
    told = notice.read_bytes().replace(b"9,345,671", b"US Reg. No. 9,345,671")
    open_case(root / "case", [(notice.name, told)], marketplace=None, received=None, day=DAY)
    assess(
        root / "case",
        [root / "marks.yaml"],
        root / "listings.jsonl",
        seller=root / "seller.yaml",
        day=None,
        today=DAY,
        images=False,
    )
    compare(root / "case", root / "listings.jsonl", images=False, day=DAY)
    return root


@pytest.fixture
def files(made, tmp_path):
    """A copy of the files, the case among them."""
    return shutil.copytree(made, tmp_path / "files")


@pytest.fixture
def case(files):
    """A case that was opened, assessed and compared."""
    return files / "case"
