"""Owners, marks and numbers in the forms in which notices write them; and that many ids are read as few are."""

import pytest

from listing_preflight.complaint.case import Facts
from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read

HEAD = "Hello,\nwe removed your listing after a report of a rights owner.\nItem number: 256012345678\n"


def said(text):
    return read(read_letter("n.txt", text.encode()))


def listed(text):
    return said(f"{HEAD}{text}\nThe eBay team\n")


def test_a_fact_is_kept_once_and_each_step_counts_its_own():
    facts = Facts([{"id": "F001", "field": "mark", "value": "CORVANE", "source": {"file": "a"}}])
    assert facts.add("mark", "CORVANE", {"file": "a"}) == "F001"
    assert facts.add("mark", "CORVANE", {"file": "b"}) == "F002"
    assert facts.add("record", {"n": [1, 2]}, {"list": "x"}, prefix="A") == "A001"
    assert facts.add("record", {"n": [1, 2]}, {"list": "x"}, prefix="A") == "A001"
    assert [row["id"] for row in facts.without("A").rows] == ["F001", "F002"]


def test_a_mark_is_found_at_the_mention_of_its_number_that_has_one():
    text = "Registration No. 4183302. Number 4183302-7 is another. The mark PELLOWICK (No. 4183302) is ours."
    assert [m.value for m in listed(text).marks] == ["PELLOWICK"]


@pytest.mark.parametrize("ids", [["256012345001", "2560123450012"], ["256012345001", "256012345002"]])
def test_stock_numbers_stand_with_their_own_ids(ids):
    rows = "".join(f"Item: {one} | SKU: LAMP-{n}\n" for n, one in enumerate(ids))
    told = said(f"Hello,\nwe removed your listings after a report of a rights owner.\n{rows}The eBay team\n")
    assert [(one, number.value) for one, number in told.stock_numbers] == [
        (one, f"LAMP-{n}") for n, one in enumerate(ids) if one in [s.value for s in told.listings]
    ]


def test_owners_bear_no_open_quotation_no_department_and_no_town():
    told = listed("The rights owner says:\n“Orrin Vale Kilns Ltd owns the mark ORRIN VALE, No. 4183302.”")
    assert told.people.complainant
    assert told.people.complainant.value == "Orrin Vale Kilns Ltd"
    eastern = listed("権利者: 株式会社あけぼの硝子 法務部\nE-mail: houmu@akebono-garasu.example")
    assert eastern.people.complainant
    assert eastern.people.complainant.value == "株式会社あけぼの硝子"
    hindi = listed("शिकायतकर्ता: नीलकमल वस्त्र लिमिटेड, जयपुर")
    assert hindi.people.complainant
    assert hindi.people.complainant.value == "नीलकमल वस्त्र लिमिटेड"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("Rights owner: Corda SA\nVertreter: Rechtsanwälte Prof. Dr. Hagebusch, Lindwurm & Partner", "Rechtsanwälte Prof. Dr. Hagebusch, Lindwurm & Partner"),
        ("Complainant: Corda Lamps Ltd\nSent by: Quill Street Protection (appointed agent)", "Quill Street Protection"),
        ("Rights owner: Corda Lamps Ltd\nShould anything about this removal be unclear to you, write to their agent:\nName: Fenwick Rights Desk", "Fenwick Rights Desk"),
    ],
)  # fmt: skip
def test_agents_keep_titles_inside_and_are_told_by_what_a_bracket_or_a_sentence_calls_them(lines, name):
    agent = listed(lines).people.agent
    assert agent
    assert agent.value == name


def test_a_price_or_safety_notice_without_a_right_is_the_platforms_own():
    price = said(
        "Walmart Marketplace\nListing notice\n\nWe unpublished 1 of your items. Our system found that it breaks our pricing rules.\n"
        "Item ID: 5168820411\nThis is not about intellectual property.\nDispute it within 6 business days.\n"
    )
    assert (price.family, [*price.kinds], price.people.complainant) == ("platform finding", ["policy"], None)


def test_a_german_refusal_is_one_and_what_the_quoted_mails_asked_for_is_over():
    told = said(
        "Von: eBay <kundenservice@ebay.de>\nAn: laden@beispiel.example\nBetreff: AW: Einspruch\n\nGuten Tag,\n\n"
        "wir haben Ihren Einspruch gegen die Löschung des Angebots 256012345678 geprüft. Wir können ihm nicht abhelfen.\n"
        "Die Ware im Lager holen Sie bitte bis zum 03.02.2026 ab.\n\n"
        "> Am 12.01.2026 um 09:12 schrieb eBay:\n> Uns liegt eine Meldung der Torfmoor Textil AG wegen Verletzung der Marke TORFMOOR vor.\n"
        "> Bitte nehmen Sie bis zum 20.01.2026 Stellung.\n"
    )
    assert told.family == "refusal of an appeal"
    assert [(d.words.value, d.purpose) for d in told.deadlines] == [("bis zum 03.02.2026", "stock")]


@pytest.mark.parametrize(
    ("sentence", "purposes"),
    [
        ("Sie können die Ware bis zum 9. Mai 2026 zurücksenden lassen.", ["stock"]),
        ("If we receive nothing from the rights owner within 14 days, we may restore the item.", ["unknown"]),
        ("Rückerstattung: die Gebühr erstatten wir bis zum 9. Mai 2026.", ["unknown"]),
        ("Items usually appear again within 36 hours.", []),
    ],
)
def test_whom_a_period_binds(sentence, purposes):
    assert [d.purpose for d in listed(sentence).deadlines] == purposes


def test_numbers_in_groups_of_polish_and_benelux_registers():
    told = listed("Design: wzór przemysłowy Rp. 31 407\nThe mark QUILLON (BX 1391 224) is ours.")
    assert {(n.value, n.office) for n in told.numbers} >= {("1391224", "BX")}
    assert any(n.type == "design" and "31" in n.value and "407" in n.value for n in told.numbers)


def test_an_address_may_be_spelled_out():
    told = listed("Rights owner: Corda Lamps Ltd\nPlease write to rights [at] corda-lamps.example for questions.")
    assert told.people.contact
    assert told.people.contact.value == "rights [at] corda-lamps.example"


def test_a_country_is_no_mark():
    assert "日本" not in [m.value for m in listed("权利:日本外观设计 1698254,注册商标“青槐”").marks]


def test_who_writes_from_a_hosts_box_for_reports_is_no_platform_and_no_owner():
    told = said(
        "From: Nordhost <abuse@nordhost.example>\nTo: shop@seller.example\nSubject: Notice under article 16\n\n"
        "We pass on a notice of illegal content on your site, sent by a law firm for its client.\n"
        "Complainant: Corda Lamps Ltd\nPage: https://seller.example/lamp\nTrademark: CORDA, No. 4183302\n"
    )
    assert told.platform == "unknown"


def test_goods_from_outside_the_economic_area_are_parallel_imports():
    assert "parallel import" in listed("The goods were imported from outside the EEA without consent.").kinds


@pytest.mark.parametrize(
    ("value", "both"),
    [("«ветреница» VETRENITSA", {"ветреница", "VETRENITSA"}), ("TOKOYAMA/とこやま", {"TOKOYAMA", "とこやま"})],
)
def test_a_mark_in_two_scripts_side_by_side_is_two_spellings(value, both):
    assert {m.value for m in listed(f"Trademark: {value}").marks} == both
