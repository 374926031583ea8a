"""The traps of the USPTO's daily file."""

import datetime

import pytest

pytest.importorskip("lxml", reason="needs the registers extra")

from listing_preflight.watchlists.registers import uspto_tdxf
from listing_preflight.watchlists.registers.record import Record, Skipped, Told
from listing_preflight.watchlists.registers.statements import understand
from tests.watchlists.registers import make


@pytest.fixture
def one(tmp_path):
    def read(**parts):
        file = make.write(tmp_path / "apc.zip", make.TDXF.format(make.tdxf_case(**parts)))
        return next(i for i in uspto_tdxf.read(file, Told()) if isinstance(i, (Record, Skipped)))

    return read


@pytest.mark.parametrize(
    ("drawing", "name"),
    [
        ("1000", "ZORVELLA"),
        ("3000", "ZORVELLA"),
        ("4", "ZORVELLA"),
        ("5", "ZORVELLA"),
        ("0", "ZORVELLA"),
        ("2000", ""),
        ("6", ""),
    ],
)
def test_drawings_without_words_have_no_name(one, drawing, name):
    assert one(drawing=drawing).name == name


def test_a_record_without_a_mark_is_skipped_and_a_drawing_is_not(one):
    assert one(mark="") == Skipped("no-mark", "90000001")
    assert one(mark="", drawing="2").numbers == ("90000001", "7000001")


def test_classes_of_one_state_are_one_registration(one):
    rows = one(classes=(("009", "6"), ("025", "2"), ("035", "7"), ("042", "6"))).registrations
    assert {(r.status, tuple(sorted(r.classes))) for r in rows} == {
        ("US:700", (9, 42)),
        ("dead", (25,)),
        ("unknown", (35,)),
    }


def test_goods_follow_the_state_of_their_class(one):
    said = (("GS0091", "Phones"), ("GS0251", "Shoes"))
    rows = {r.status: r.goods for r in one(classes=(("009", "6"), ("025", "2")), statements=said).registrations}
    assert rows == {"US:700": "[009] Phones", "dead": "[025] Shoes"}


def test_goods_that_were_deleted_added_or_left_out(one):
    row = one(statements=(("GS0251", "Shoes [ and belts ] *, hats* ((excluding boots))"),)).registrations[0]
    assert (row.goods, row.excluded_goods) == ("[025] Shoes , hats", "excluding boots")


def test_expiry_is_ten_years_from_renewal_and_twenty_for_old_terms(one):
    assert one().registrations[0].expires == datetime.date(2030, 1, 7)
    assert one(header="<renewal-date>20260107</renewal-date>").registrations[0].expires == datetime.date(2036, 1, 7)


def test_a_term_that_ended_before_the_office_spoke_is_not_kept(one):
    assert one(header="<renewal-date>20100107</renewal-date>").registrations[0].expires is None


def test_a_madrid_extension_has_its_international_number(one):
    rest = (
        "<international-registration><international-registration-number>1234567</international-registration-number>"
        "<international-renewal-date>20300101</international-renewal-date></international-registration>"
    )
    record = one(rest=rest)
    assert record.numbers == ("90000001", "7000001", "1234567")
    assert record.registrations[0].expires == datetime.date(2030, 1, 1)
    assert record.registrations[1].designated == frozenset({"US"})


def test_the_supplemental_register_is_said(one):
    assert one(header="<supplemental-register-in>T</supplemental-register-in>").registrations[0].supplemental


@pytest.mark.parametrize(
    ("text", "day"),
    [("18790000", None), ("19000100", None), ("20240229", "2024-02-29"), ("20230229", None), ("", None), (None, None)],
)
def test_dates_that_are_half_known_are_unknown(text, day):
    assert uspto_tdxf.iso(text) == day


def test_the_latest_owner_is_the_owner(one):
    rest = (
        "<case-file-owners>"
        + "".join(
            f"<case-file-owner><party-type>{t}</party-type><party-name>{n}</party-name></case-file-owner>"
            for t, n in ((10, "First"), (31, "Latest"), (31, "Partner"), (30, "Registrant"))
        )
        + "</case-file-owners>"
    )
    assert one(rest=rest).owner == "Latest; Partner"


@pytest.mark.parametrize(
    ("code", "text", "aliases"),
    [
        ("PM0001", "ZOR VELA; SORVELLA", ("ZOR VELA", "SORVELLA")),
        ("TR0000", 'The English translation of "ZORVELLA HAUS" in the mark is "GOLDEN HOUSE".', ("GOLDEN HOUSE",)),
        ("TR0000", 'The English translation of the word "HAUS" in the mark is "HOUSE".', ()),
        ("TR0000", 'The wording "ZORVELLA HAUS" has no meaning in a foreign language.', ()),
        ("TLIT00", 'The non-Latin characters in the mark transliterate to "ZUO WEI LA".', ("ZUO WEI LA",)),
        ("PM0001", "HAUS", ()),
    ],
)
def test_other_forms_become_aliases_but_never_a_part_or_a_disclaimed_word(code, text, aliases):
    said = understand("ZORVELLA HAUS", ((code, text), ("D10000", '"HAUS"')))
    assert said.aliases == aliases
    assert said.disclaimed == ("HAUS",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"SHOES" AND "HATS"', ("SHOES", "HATS")),
        ("NO CLAIM IS MADE TO THE EXCLUSIVE RIGHT TO USE SHOES APART FROM THE MARK AS SHOWN", ("SHOES",)),
        ("RACER", ("RACER",)),
    ],
)
def test_disclaimers_are_read_in_every_form(text, words):
    assert understand("X", (("D00000", text),)).disclaimed == words


def test_a_record_with_a_text_of_eleven_megabytes(one):
    assert len(one(statements=(("GS0251", ", ".join(map(str, range(1_500_000)))),)).registrations[0].goods) > 11_000_000
