"""Agents and owners in sentences, periods, marks, and what is no notice."""

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read

HEAD = "Hello,\nwe removed your listing after a report of a rights owner.\nItem number: 256012345678\n"


def said(text):
    return read(read_letter("n.txt", text.encode()))


def listed(text):
    return said(f"{HEAD}{text}\nThe eBay team\n")


def agent(text):
    return (told := listed(text).people.agent) and told.value


def owner(text):
    return (told := listed(text).people.complainant) and told.value


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Titular: Vento Nero, S.L.\nRepresentante: Letrada doña Amalia Zubieta", "Amalia Zubieta"),
        ("Правообладатель: ООО «Тихая Гавань»\nПредставитель: патентный поверенный Олег Рябинин", "Олег Рябинин"),
        ("Nositelj prava: Modra Luka d.o.o.\nZastupnik: odvjetnica Iva Matić", "Iva Matić"),
    ],
)
def test_a_trade_before_a_persons_name_is_none_of_it(line, name):
    assert agent(line) == name


@pytest.mark.parametrize(
    "line", ["Rights owner: Corda SA, Av. Rio Branco\n44, Lisboa", "Rights owner: Corda SA\nAv. Rio Branco, 44, Lisboa"]
)
def test_an_avenue_is_no_lawyer(line):
    assert agent(line) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Rights owner: Blednik sp. z o.o., Gdynia", "Blednik sp. z o.o."),
        ("Rights owner: Morski Val d.o.o., Novi Grad", "Morski Val d.o.o."),
        ("The notice was sent by Odile Marchais, owner of the rights.", "Odile Marchais"),
        ("L'avis a été envoyé par Odile Marchais, titulaire des droits.", "Odile Marchais"),
        (
            "The order was issued in a case brought by Gannet Lamps, Inc. concerning the mark GANNET.",
            "Gannet Lamps, Inc.",
        ),
    ],
)
def test_owners_in_sentences_and_before_their_town(line, name):
    assert owner(line) == name


def test_a_firm_that_a_line_ends_in_is_read_whole():
    text = "Gannet Lamps, LLC, which is in this matter represented by Ines Calloway of Harrow\nPike PLLC, states that your lids infringe its patent U.S. 11,904,111."
    assert agent(text) == "Harrow Pike PLLC"


@pytest.mark.parametrize(
    "sentence",
    [
        "If you do not receive an answer within 5 business days, contact us.",
        "Se non ricevi risposta entro 5 giorni lavorativi, contattaci.",
        "Jeśli nie otrzymasz odpowiedzi w ciągu 5 dni, napisz do nas.",
        "Om du inte får svar inom 5 dagar, kontakta oss.",
        "Unless the owner tells us of a legal action within 10 days, the listing may come back.",
        "Sauf si elle nous informe d'une action en justice dans les 10 jours ouvrés, la fiche pourra être rétablie.",
    ],
)
def test_a_wait_for_somebody_else_is_asked_of_nobody(sentence):
    assert {d.purpose for d in listed(f"Rights owner: Corda SA\n\n{sentence}").deadlines} == {"unknown"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Загрузите документы (договор, накладные от правообладателя) в течение 3 рабочих дней с даты этого письма.",
        "กรุณายื่นหลักฐาน เช่น ใบกำกับภาษีจากเจ้าของสิทธิ ภายใน 5 วันทำการนับจากวันที่ได้รับอีเมลนี้",
        "Pozivate se da se u roku od 10 dana izjasnite pristajete li na uništenje robe.",
    ],
)
def test_papers_of_the_owner_do_not_make_a_period_the_owners(sentence):
    assert [d.purpose for d in listed(f"Rights owner: Corda SA\n\n{sentence}").deadlines] == ["answer"]


def test_a_hebrew_month_behind_its_preposition_is_a_day():
    found = listed("Rights owner: Corda SA\n\nעליכם למסור את המלאי עד ליום 6 בדצמבר 2026.").deadlines
    assert [(d.date, d.purpose) for d in found] == [("2026-12-06", "stock")]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Reg. mark: SALT LARK, TMA1,400,222 (Canada)", ["SALT LARK"]),
        ("主張された権利: こうさぎどん　商標登録第6111222号（日本国特許庁）", ["こうさぎどん"]),
        ("العلامات: واحة الفجر، FAJRAWA", ["واحة الفجر", "FAJRAWA"]),
        (
            "Subject matter: SALT LARK, SALT LARK RED FEATHER (word marks and device)",
            ["SALT LARK", "SALT LARK RED FEATHER"],
        ),
        ("Legal name: Otto Brandis\nTrademark: SALT LARK", ["SALT LARK"]),
        ("Het woordmerk SALT LARK is ingeschreven.\nKenmerk BOL-IE-40771", ["SALT LARK"]),
    ],
)
def test_marks_are_told_from_what_stands_beside_them(text, marks):
    assert [m.value for m in listed(text).marks] == marks


def test_a_refusal_is_told_in_portuguese():
    text = "Olá,\nanalisamos o recurso que você enviou em 9 de novembro e decidimos não reativar o anúncio.\nTitular: Corda SA\nMarca: CORDA\nItem number: 256012345678\neBay\n"
    assert said(text).family == "refusal of an appeal"


def test_a_retraction_sent_on_is_no_refusal():
    text = (
        HEAD
        + "Rights owner: Corda SA\nMark: CORDA\nYour appeal can be sent here. Forwarded retractions cannot be accepted.\nThe eBay team\n"
    )
    assert said(text).family == "owner complaint"


def test_a_check_of_their_own_is_a_finding_in_swedish():
    text = "Hej!\nVid en rutinkontroll hittade vi en vara på temu.com med ett varumärke i titeln. Ingen rättighetshavare har klagat. Varan visas inte längre.\nVaru-ID: 601100447182111\nMärke som hittats: LJUSVIK\nTemu\n"
    assert said(text).family == "platform finding"


@pytest.mark.parametrize(
    "text",
    [
        "Policy update\nWe're updating our Intellectual Property Policy for Walmart.com.\nWhat a claim will look like\nClaim ID: IPC-111111 (sample)\nRights owner: Example Brand Inc.\nContact: name@brand.example\nItem: 123456789\nItems are unpublished.\n",
        "Hej,\nvi mangler en faktura. Varernes mærke skal stå på den, så vi kan se, at det er originale varer. Der er ikke rejst nogen sag.\nAfsender: Tangshan Yarn Co., Ltd.\nReferencenummer: 7711-DK-1\n",
    ],
)
def test_a_sample_and_a_parcel_are_no_notices(text):
    assert said(text).family == "not a notice"


def test_what_a_letter_encloses_tells_no_level():
    text = (
        HEAD
        + "Rights owner: Corda SA\nMark: CORDA\nThe goods infringe the mark.\nEnclosures: extract of the mark, pictures\neBay\n"
    )
    assert said(text).level is None or said(text).level[0] != "image"
