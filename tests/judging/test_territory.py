"""Which rights bind which marketplace."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.judging import territory
from listing_preflight.model.mark import Registration
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import benelux, marketplace, members
from listing_preflight.policy.store import load
from listing_preflight.watchlists.entries import OFFICES

FAMILIES = load("marketplaces.yaml")["families"]
SITES = sorted({f"{name}.{c}" for name, f in FAMILIES.items() for c in f["countries"]})


def row(office, **more):
    return Registration(office=office, status="registered", **more)


@pytest.mark.parametrize("site", SITES)
def test_every_site_of_the_table_has_offices(site):
    found = marketplace(site)
    assert found.known
    assert found.offices <= OFFICES
    assert found.platform == FAMILIES[site.rpartition(".")[0]]["platform"]


@given(st.sampled_from(SITES), st.sampled_from(sorted(OFFICES)))
def test_a_national_right_binds_its_own_country_alone(site, office):
    place, one = marketplace(site), row(office)
    binds = territory.of(one, place, (one,)).binds
    if office in place.offices:
        assert binds is Tri.YES
    elif not territory.spread(frozenset({office})) & place.offices and not (
        office in members() and "EM" in place.offices
    ):
        assert binds is Tri.NO


@given(st.sampled_from(SITES))
def test_unions_bind_their_members(site):
    place = marketplace(site)
    for office, countries in (("EM", members()), ("BX", benelux())):
        if place.home & countries:
            assert territory.of(row(office), place, ()).binds is Tri.YES


@pytest.mark.parametrize(("day", "binds"), [("2020-12-31", Tri.YES), ("2021-01-01", Tri.NO)])
def test_gb_and_eu_marks(day, binds):
    one = row("EM", registered=datetime.date.fromisoformat(day))
    found = territory.of(one, marketplace("amazon.co.uk"), (one,))
    assert found.binds is binds
    assert (found.reason.code == "territory-comparable") is (binds is Tri.YES)


@given(st.text(max_size=30))
def test_any_spelling_has_an_answer(name):
    found = marketplace(name)
    assert found.home <= found.offices


@pytest.mark.parametrize(
    "name", ["amazon.xx", "amason.de", "bazaar.example", "", "amazon", "shopee.com", "otto.fr", None]
)
def test_what_nobody_knows_is_unknown(name):
    assert not marketplace(name).known


@pytest.mark.parametrize(
    ("name", "offices"),
    [
        ("https://www.amazon.de/dp/TEST", {"DE"}), ("benl.ebay.be", {"BE"}), ("de.shein.com", {"DE"}), ("item.taobao.com", {"CN"}),
        ("es.aliexpress.com", {"US", "EM", "GB"}), ("tiktokshop.uk", {"GB"}), ("bol.com", {"NL", "BE"}), ("kdp.amazon.de", {"DE"}),
    ],
)  # fmt: skip
def test_spellings(name, offices):
    assert marketplace(name).offices == offices


@pytest.mark.parametrize(("row", "extra"), [({"marketplace": "amazn.com"}, ()), ({}, ("--marketplace", "amazn.com"))])
def test_the_gate_announces_an_unknown_marketplace(preflight, marks, row, extra):
    text = json.dumps({"id": "1", "title": "Plain shoes", **row}).encode()
    assert "marketplace 'amazn.com' is not known" in preflight("gate", "-w", marks, *extra, stdin=text).err
    fine = json.dumps({"id": "1", "title": "Plain shoes", "marketplace": "amazon.com"}).encode()
    assert "is unknown" not in preflight("gate", "-w", marks, stdin=fine).err
