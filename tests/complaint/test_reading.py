"""Families of what notices say, each with an invented notice or sentence: numbers and offices, listings, people, periods, levels."""

import json

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read
from tests.complaint.conftest import NOTICES

FOLDER = NOTICES / "blind3"
ROWS = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text("utf-8").splitlines()]
HEAD = "Amazon\nA rights owner reported your offer B0TESTQ1XZ. We removed it.\nRights owner name: Velmora Ltd\n"


def said(text):
    return read(read_letter("n.txt", text.encode()))


@pytest.mark.parametrize("row", ROWS, ids=[r["file"] for r in ROWS])
def test_labelled_notices_read_as_labelled(row):
    found = read(read_letter(row["file"], (FOLDER / row["file"]).read_bytes()))
    assert found.family == row["family"]
    if row["family"] == "not a notice":
        return
    assert {(n.value, n.office) for n in found.numbers} == {(n["value"], n["office"]) for n in row["numbers"]}
    assert {s.value for s in found.listings} == set(row["listing_ids"])
    assert {s.value for s in found.complaint_ids} == set(row["complaint_ids"])
    assert {s.value for s in found.marks} == set(row["marks"])
    people = [p and p.value for p in found.people]
    assert people == [row["complainant"], row["agent"], row["contact"]]
    assert (found.level and found.level[0]) == row["level"]
    assert len(found.deadlines) == len(row["deadlines"])
    assert sorted(d.purpose for d in found.deadlines) == sorted(d["for"] for d in row["deadlines"])
    assert {d.date for d in found.deadlines} == {d["date"] for d in row["deadlines"]}


@pytest.mark.parametrize(
    ("words", "value", "office"),
    [
        ("The mark VELMORA is entered at the Benelux Office under number 1 477 203.", "1477203", "BX"),
        ("Die Registernummer der Wortmarke beim Amt der Europäischen Union für geistiges Eigentum lautet 018 977 412.", "018977412", "EM"),
        ("The trade mark is no. 1488321, registered with IP Australia.", "1488321", "AU"),
        ("Its UK filing of 3 March 2026, application no. 4 951 333.", "4951333", "GB"),
        ("The mark is registered in Japan under no. 6788120.", "6788120", "JP"),
        ("1 957 888 sayılı uluslararası tescil ile korunan marka.", "1957888", "WO"),
        ("2.  European Union     019 922 888      VELMORA   Cl. 14", "019922888", "EM"),
        ("The trade mark is registered under no. 6991204.", "6991204", None),
    ],
)  # fmt: skip
def test_an_office_is_that_which_the_words_say(words, value, office):
    assert [(n.value, n.office) for n in said(f"{HEAD}\n{words}\n").numbers] == [(value, office)]


@pytest.mark.parametrize(
    "words",
    [
        "The mark is used on goods of order 4477120 and invoice no. 2026104.",
        "Our trade mark costs: 1.204.600 EUR, account 118204771.",
        "Partner ID 10001488203, policy 10013882, telephone +44 1204 556 771.",
    ],
)
def test_numbers_of_trade_are_no_rights(words):
    assert said(f"{HEAD}\n{words}\n").numbers == ()


@pytest.mark.parametrize(
    "words",
    [
        "Still for sale and not part of this report: B0TESTAAAA",
        "The genuine item is sold by the brand under B0TESTAAAA.",
        "Das Angebot B0TESTAAAA ist nicht betroffen.",
        "权利人的官方商品 B0TESTAAAA 与本案无关。",
        "Compare B0TESTAAAA (ours).",
    ],
)
def test_listings_that_are_set_aside_are_none(words):
    assert [s.value for s in said(f"{HEAD}\n{words}\n").listings] == ["B0TESTQ1XZ"]


@pytest.mark.parametrize(
    ("words", "period", "purpose"),
    [
        ("Please answer within ten (10) calendar days.", "within ten (10) calendar days", "answer"),
        ("Auskunft erwarten wir binnen weiterer zehn Tage.", "binnen weiterer zehn Tage", "answer"),
        ("Die Herausgabe der Ware erwarten wir innerhalb von 3 Werktagen.", "innerhalb von 3 Werktagen", "stock"),
        ("The points lapse after 90 days.", "after 90 days", "unknown"),
        ("Sans réponse du titulaire sous 5 jours ouvrés, revenez vers nous.", "sous 5 jours ouvrés", "unknown"),
        ("본 서면을 받은 날부터 5영업일 이내에 회신해 주십시오.", "본 서면을 받은 날부터 5영업일 이내에", "answer"),
        ("Belgeyi en geç 9 Aralık 2026 tarihine kadar gönderin.", "en geç 9 Aralık 2026 tarihine kadar", "answer"),
    ],
)
def test_periods_say_what_they_are_for(words, period, purpose):
    assert [(d.words.value, d.purpose) for d in said(f"{HEAD}\n{words}\n").deadlines] == [(period, purpose)]


@pytest.mark.parametrize(
    "words",
    [
        "We keep your funds for 90 days.",
        "Send a receipt not older than 6 months.",
    ],
)
def test_times_for_money_and_ages_of_papers_are_no_periods(words):
    assert said(f"{HEAD}\n{words}\n").deadlines == ()


def test_years_of_the_republic_are_counted_from_1912():
    found = said(f"{HEAD}\n請於民國115年11月30日前回覆，並於同年12月15日前銷毀庫存。\n").deadlines
    assert [(d.date, d.purpose) for d in found] == [("2026-11-30", "answer"), ("2026-12-15", "stock")]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Our mark stands on the packaging of what you sell.", "product or packaging"),
        ("The word is used in the title and the search terms.", "detail page"),
        ("El producto lleva una marca ajena en el título.", "detail page"),
    ],
)
def test_the_level_is_what_the_words_speak_of(words, level):
    found = said(f"{HEAD}Infringement type: Trademark\n\n{words}\n").level
    assert found is not None
    assert found[0] == level


def test_two_rights_on_two_levels_have_no_one_level():
    text = "Reason 1: trademark on the packaging\nReason 2: photos copied in the listing's images\n"
    assert said(f"{HEAD}{text}").level is None


def test_an_agent_who_fills_in_the_form_is_no_owner():
    text = "Etsy removed https://www.etsy.com/listing/1799004512/x after a report:\nYour name: Odette Varga\nYour relationship to the owner: {}\nOwner: Halmi Books LLP\n"
    people = said(text.format("authorised representative")).people
    assert (people.complainant.value, people.agent.value) == ("Halmi Books LLP", "Odette Varga")


def test_a_patent_attorneys_name_is_no_patent():
    text = f"{HEAD}Agent: Kuzgun Patent Ltd. Şti.\nTrademark: VELMORA\nRegistered with the Ufficio Italiano\nBrevetti e Marchi\n"
    assert set(said(text).kinds) == {"trademark"}


@pytest.mark.parametrize(
    "text",
    [
        "Your brand LARKWAY (registration 9277104, class 21) is enrolled. You may now report offers that infringe it, such as B0TESTQ1XZ.\nBrand Registry",
        "Trademark office fee reminder: renew your mark no. 4488123 within 30 days. Pay online.",
        "Amazon: please send the delivery note for B0TESTQ1XZ within 5 days so that units can be booked.",
        "Webinar: how to protect your brand against counterfeits. Join free on 3 December 2026. Unsubscribe",
    ],
)
def test_mails_about_marks_that_complain_of_nothing(text):
    assert said(text).family == "not a notice"
