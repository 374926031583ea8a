"""Addresses, handles and copyright notices of others in pictures; silence for the seller's own and the goods' marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.detectors import watermarks
from listing_preflight.images.looked import Frame, Line, Looked
from listing_preflight.model.listing import Picture


def owners(text):
    return [s.owner for s in watermarks.see_known_text(Picture(index=0, text=text))]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("www.quellar-store.com", "quellarstore"), ("QUELLAR-STORE.COM", "quellarstore"), ("www.kessmo.net", "kessmo"),
        ("https://kessmo.de/angebot?x", "kessmo"), ("shop at kessmo.shop today", "kessmo"), ("kessmo.co.uk", "kessmo"),
        ("kessmo.fr", "kessmo"), ("info@kessmo.pl", "kessmo"), ("kessmo.myshopify.com", "kessmo"),
        ("www.etsy.com/shop/KessmoArt", "kessmoart"), ("instagram.com/kessmo.photos", "kessmophotos"),
        ("@kessmo_photos", "kessmophotos"), ("follow @Kessmo on Instagram", "kessmo"), ("© Kessmo Studio", "kessmostudio"),
        ("(c) 2024 Kessmo", "kessmo"), ("Copyright 2019-2024 by Kessmo Ltd", "kessmoltd"),
    ],
)  # fmt: skip
def test_stamps_and_whose_they_are(text, owner):
    assert owners(text) == [owner]


@pytest.mark.parametrize(
    "text",
    [
        "1.5 l", "12.5cm", "quality.At home", "premium.It is", "e.g. red", "No.1", "v2.0", "USB 3.2", "Size M.Blue", "a.m.",
        "® Kessmo", "Kessmo®", "Kessmo@", "2 @ 5.99", "@ 20", "© 2024", "© All rights reserved", "www.energystar.gov",
        "Mr. Coffee", "ver.com.it.is", "etsy.com", "C Kessmo",
    ],
)  # fmt: skip
def test_what_is_no_stamp(text):
    assert owners(text) == []


@given(st.text(max_size=60))
def test_any_text_is_read_and_spans_hold(text):
    for stamp in watermarks.see_known_text(Picture(index=0, text=text)):
        assert text[stamp.hit.place.start : stamp.hit.place.end] == stamp.hit.seen


@pytest.mark.parametrize(
    "text", ["a+" * 200_000, "©2019" + " " * 200_000, "a-" * 200_000, "a." * 200_000, "x@" * 200_000]
)
def test_no_text_makes_the_search_run_on_and_on(text):
    """Each took minutes or hours where a pattern went back over all it had seen."""
    assert owners(text) == []


def frame(*lines):
    return Looked(frames=(Frame(number=2, size=(800, 600), lines=lines),))


def line(text, y=10, h=30, score=0.95):
    return Line(text=text, score=score, box=(10, y, 18 * len(text), h), height=h)


def test_place_size_and_company_of_a_stamp():
    (stamp,) = watermarks.see(Picture(index=3, path="a.png"), frame(line("www.kessmo.net", y=200)))
    place = stamp.hit.place
    assert (place.path, place.index, place.frame, place.box) == ("a.png", 3, 2, (10, 200, 252, 30))
    assert (place.height, place.print, stamp.on_goods, stamp.hit.steps) == (0.0375, "label", False, {"ocr"})
    (stamp,) = watermarks.see(Picture(index=0), frame(line("KESSMO", h=80), line("www.kessmo.net", y=200)))
    assert stamp.on_goods


def test_a_line_that_is_not_surely_read_is_no_stamp():
    assert watermarks.see(Picture(index=0), frame(line("www.kessmo.net", score=0.7))) == ()


@pytest.fixture
def stamped(scan):
    def run(text="www.quellar-store.com", second=None, extra=(), **more):
        images = [{"text": second or "dishwasher safe"}, {"text": text}] if second is not None else [{"text": text}]
        row = {"id": "1", "marketplace": "amazon.com", "title": "Garlic press", "brand": "Striderly", "images": images}
        listing = scan(row | more, extra=extra).listings[0]
        return [f for f in listing["findings"] if f["rule"] == "PW002"], listing

    return run


def test_a_stamp_of_others_in_the_main_picture_is_looked_at_and_cites_the_rule(stamped):
    (finding,), listing = stamped()
    assert (finding["severity"], finding["platform_risk"], finding["kind"]) == ("medium", "medium", "wording")
    assert ("mark" in finding, "work" in finding, listing["decision"]) == (False, False, "review")
    assert [r["rule"] for r in finding["reasons"] if r["code"] == "policy-rule"] == ["AMZ-IM-02"]
    assert "www.quellar-store.com" in finding["message"]
    (other,), _ = stamped(marketplace="etsy.com")
    assert (other["severity"], other["platform_risk"]) == ("medium", "low")


@pytest.mark.parametrize(
    ("limit", "severity"), [("", "high"), ("categories: [21], ", "high"), ("categories: [9], ", "medium"), ("locale: [DE], ", "medium")]
)  # fmt: skip
def test_a_rule_of_ones_own_raises_a_stamp_within_its_limits(stamped, tmp_path, limit, severity):
    (tmp_path / "my.yaml").write_text(
        'pack: {platform: etsy, version: "1"}\nrules:\n  - {id: X-1, fields: [image], construct: {reasons: [stamp-in-main-picture]}, '
        + limit
        + "effect: block, text: t, source: s, seen: 2026-01-01, confidence: high}\n"
    )
    (finding,), _ = stamped(marketplace="etsy.com", category="Kitchen", extra=("--policy", tmp_path / "my.yaml"))
    assert finding["severity"] == severity


def test_several_places_of_one_owner_are_one_finding(stamped):
    (finding,), _ = stamped("www.kessmo.net", second="@kessmo")
    assert [e["index"] for e in finding["evidence"]] == [0, 1]
    assert len(stamped("www.kessmo.net", second="@other_shop")[0]) == 2


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"brand": "Quellar"}, "stamp-own"), ({"manufacturer": "Quellar Store Ltd"}, "stamp-own"),
        ({"title": "Quellar garlic press"}, "stamp-own"), ({"seller": {"own_brands": ["Quellar Store"]}}, "stamp-own"),
        ({"text": "www.veltora.com", "title": "Veltora sneakers"}, "stamp-own"),
        ({"text": "VELTORA www.veltora.com"}, "stamp-of-mark"), ({"text": "amazon.com/stores/amazon"}, "stamp-of-marketplace"),
    ],
)  # fmt: skip
def test_silence_has_its_reason(stamped, more, why):
    findings, listing = stamped(extra=["--explain"], **more)
    assert findings == []
    assert why in [d["reason"] for d in listing["dropped"]]


def test_the_sellers_own_name_in_the_seller_file(stamped, tmp_path):
    (tmp_path / "seller.yaml").write_text("seller: {name: Quellar Store}\n")
    assert stamped(extra=["--seller", tmp_path / "seller.yaml"])[0] == []
    claimed = {"seller": {"own_brands": ["Quellar Store"]}}
    assert len(stamped(extra=["--seller-claims", "ignore"], **claimed)[0]) == 1
