"""Copied pictures and designs: what their rights leave of a finding, and what covers a sale."""

import datetime

import pytest

from listing_preflight.judging import pictures
from listing_preflight.judging.authority import Sale
from listing_preflight.judging.goods import of_texts
from listing_preflight.judging.seller import read_seller
from listing_preflight.model.finding import Dropped
from listing_preflight.model.hit import PictureMatch, Place
from listing_preflight.model.listing import Listing, Origin, SellerClaim
from listing_preflight.model.mark import Registration, Work
from listing_preflight.policy.marketplaces import marketplace

DAY = datetime.date(2026, 11, 25)
MATCH = PictureMatch(work="tower", list="mine", known="tower.jpg", place=Place(field="image", index=0), method="hash", score=1.0)  # fmt: skip


def work(kind="image", **row):
    rows = (Registration(**{"office": "US", "status": "registered", **row}),) if row or kind == "design" else ()
    return Work(id="tower", list="mine", kind=kind, title="Tower at Night", owner="Studio", registrations=rows)


def judged(work, seller=None, site="amazon.com", claims=()):
    listing = Listing(id="POSTER-1", origin=Origin(file="x"), seller=SellerClaim(authorised=claims))
    sale = Sale(listing, of_texts("Posters", "Poster"), marketplace(site), DAY, frozenset())
    (found,) = pictures.judge([work], [MATCH], sale, seller=seller, trust=seller is None)
    if isinstance(found, Dropped):
        return "none", {found.reason.code: found.reason.params}
    return found.severity, {r.code: r.params for r in found.reasons}


@pytest.mark.parametrize(
    ("one", "site", "severity", "code"),
    [
        (work(), "amazon.com", "high", "no-rights-data"),
        (work(office="US"), "amazon.com", "high", "known-picture"),
        (work(office="US"), "amazon.de", "none", "no-right-in-territory"),
        (work(office="US"), "nowhere.example", "medium", "cap-territory-unknown"),
        (work("design"), "amazon.com", "medium", "known-design"),
        (work("design", status="pending"), "amazon.com", "low", "cap-pending"),
        (work("design", status="dead"), "amazon.com", "none", "right-dead"),
        (work("design", expires=datetime.date(2020, 1, 1)), "amazon.com", "none", "right-dead"),
    ],
)
def test_rights_of_a_work_limit_its_finding(one, site, severity, code):
    got, reasons = judged(one, site=site)
    assert got == severity
    assert code in reasons


@pytest.fixture
def seller(tmp_path):
    def make(lines):
        (tmp_path / "letter.txt").write_text("letter")
        path = tmp_path / "seller.yaml"
        path.write_text("authorisations:\n  - {" + lines + "}\n")
        return read_seller(path)

    return make


@pytest.mark.parametrize("name", ["tower", "mine:tower", "tower at night"])
def test_a_document_about_the_work_covers_it(seller, name):
    severity, reasons = judged(work(), seller(f"work: '{name}', kind: own-picture, document: letter.txt"))
    assert (severity, "authority-covered" in reasons) == ("none", True)


@pytest.mark.parametrize(
    ("lines", "limit"),
    [
        ("work: tower, document: gone.txt", "document-missing"), ("work: tower", "document"),
        ("work: tower, skus: [MUG-*], document: letter.txt", "skus"), ("work: tower, skus: MUG-*, document: letter.txt", "skus"),
        ("work: tower, until: 2026-11-24, document: letter.txt", "until"),
        ("work: tower, territories: [EM], document: letter.txt", "territories"),
    ],
)  # fmt: skip
def test_a_limit_that_fails_is_named(seller, lines, limit):
    severity, reasons = judged(work(office="US"), seller(lines))
    assert (severity, reasons["authority-not-covered"]["limit"]) == ("high", limit)


def test_a_document_about_something_else_says_nothing(seller):
    for lines in ("work: bridge", "mark: tower", "owner: Studio", "work: tower, owner: Others"):
        severity, reasons = judged(work(), seller(lines + ", document: letter.txt"))
        assert (severity, "authority-not-covered" in reasons) == ("high", False)


def test_the_listings_own_word_is_taken_where_it_is_trusted(seller):
    assert judged(work(), claims=("tower",)) == ("none", {"authority-asserted": {"as": "authorised"}})
    assert judged(work(), seller("mark: X, document: letter.txt"), claims=("tower",))[0] == "high"
