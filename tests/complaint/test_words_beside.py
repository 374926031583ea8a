"""What stands beside a value takes nothing from it: advice behind an accusation, a reply address, headings in capitals."""

import re

import pytest

from listing_preflight.complaint import blocks
from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading import periods, speaking
from listing_preflight.complaint.reading.notice import read


def said(text):
    return read(read_letter("n.txt", text.encode()))


@pytest.mark.parametrize(
    "advice",
    [
        "Your listing infringes the trademark VELMORA; if you believe that this is wrong, write to us.",
        "We removed the listing because it infringes the trademark VELMORA. Learn more about counterfeit goods.",
        "Ihr Angebot verletzt die Marke VELMORA, weitere Informationen zur Rechtsverletzung finden Sie hier.",
    ],
)
def test_a_notice_that_also_advises_is_a_notice(advice):
    text = f"Hello,\nwe removed your listing after a report of a rights owner.\nItem number: 256012345678\n{advice}\nThe eBay team\n"
    assert said(text).family != "not a notice"


def test_advice_alone_is_no_notice():
    text = "Dear reader,\nlearn more about how to spot counterfeit goods.\nIf you think that goods are counterfeit, you can report them.\n"
    assert said(text).family == "not a notice"


@pytest.mark.parametrize("advice", ["If you believe otherwise, write to us.", "For more information see our pages."])
def test_a_letter_without_a_listing_that_also_advises_is_a_notice(advice):
    told = f"Your goods are counterfeit and infringe our rights; {advice[0].lower()}{advice[1:]}"
    assert said(LETTER.format(above="", below=told)).family == "owner complaint"


LETTER = """Brandt & Partner Rechtsanwälte LLP
12 Harbour Street, London

{above}

Dear Sirs,

We act for our client Velmora Ltd, owner of the trade mark VELMORA (EUTM 018 977 412). Your offer infringes it.
{below}

Yours faithfully
Brandt & Partner Rechtsanwälte LLP
"""


@pytest.mark.parametrize(
    "words",
    [
        "Please reply by e-mail: mail@brandt.example",
        "Répondez par courriel : mail@brandt.example",
        "Antworten Sie per E-Mail: mail@brandt.example",
        "We can be reached by email mail@brandt.example",
    ],
)
def test_an_address_that_asks_for_the_answer_is_the_contact(words):
    contact = said(LETTER.format(above="", below=words)).people.contact
    assert contact is not None
    assert contact.value == "mail@brandt.example"


@pytest.mark.parametrize(
    "words",
    [
        "By e-mail: shop@pinecove.example",
        "By registered post and by email: shop@pinecove.example",
        "Einschreiben und per E-Mail: shop@pinecove.example",
        "A mezzo raccomandata A/R e PEC: shop@pinecove.example",
    ],
)
def test_an_address_that_the_letter_was_sent_to_is_no_contact(words):
    assert said(LETTER.format(above=words, below="")).people.contact is None


@pytest.mark.parametrize(
    "heading",
    ["RECLAMAÇÃO SOBRE USO DA MARCA", "DIGA ME", "POWER BANK 512 KB", "CABLE OF 20 ANS", "ALIMENTATION 10 ANS"],
)
def test_a_heading_in_capitals_is_no_company(heading):
    people = said(f"{heading}\n\nSeu anúncio 18812345 viola a marca VELMORA.\n").people
    assert people.complainant is None


@pytest.mark.parametrize("company", ["Nordlys ANS", "NORDLYS, SIA", "Kovacs Bt"])
def test_rare_legal_forms_are_read_where_they_are_names(company):
    found = said(
        f"Amazon\nWe removed your offer B0TESTQ1XZ.\nIt was reported on behalf of {company}.\n"
    ).people.complainant
    assert found is not None
    assert found.value == company


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("von Rohr Patentanwälte", "von Rohr Patentanwälte"),
        ("rzecznik patentowy Jan Lis", "Jan Lis"),
        ("avocate de la Tour", "de la Tour"),
        ("Partner, Brandt LLP", "Brandt LLP"),
    ],
)
def test_an_agents_name_keeps_its_particles(written, bare):
    assert speaking.bare_agent(Span(written, 0, len(written))).value == bare


def test_a_legal_form_at_the_end_is_a_word():
    assert not re.search(blocks.COMPANY_END, "Assembled in the USA")
    assert re.search(blocks.COMPANY_END, "Velmora SA")
    assert re.search(blocks.COMPANY_END, "威摩有限公司")


@pytest.mark.parametrize("words", ["2 ledničky", "3 версии", "4 marcasite", "5 decals", "6 mayonnaises", "7 литров"])
def test_words_that_begin_like_months_are_none(words):
    assert not re.fullmatch(periods.day_pattern(), words, re.IGNORECASE)


@pytest.mark.parametrize(
    "words",
    ["2. ledna", "3 вересня 2026", "5. října 2026", "9 grudnia", "9 Aralık 2026", "1er août", "4 de março", "3. Jänner 2027", "5 maaliskuuta", "5 lipca"],
)  # fmt: skip
def test_days_are_read_with_the_endings_of_their_months(words):
    assert re.fullmatch(periods.day_pattern(), words, re.IGNORECASE)


def test_a_site_whose_name_is_a_number_has_listings():
    found = said("Hello,\nthe photos of 1688 610012345678 were copied; a rights owner reported it and we removed it.\n")
    assert [s.value for s in found.listings] == ["610012345678"]


def test_a_word_of_customs_decides_nothing_that_accusing_sentences_say():
    told = "The trade mark is used without authorisation in the title of your page.\nA detention of goods by customs is another matter."
    level = said(LETTER.format(above="", below=told)).level
    assert level is not None
    assert level[0] == "detail page"


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("Rights owner contact: Velmora Brand Protection, ip@velmora.example", "Velmora Brand Protection"),
        ("Rights owner contact: Odette Varga, ip@velmora.example", None),
        ("Die Firma Velmora Innovate C.V. hat das gemeldet.", "Velmora Innovate C.V."),
    ],
)
def test_owners_beside_their_contacts_and_with_their_legal_forms(line, owner):
    found = said(f"Amazon\nWe removed your listing B0TESTQ1XZ for trademark infringement.\n{line}\n").people.complainant
    assert (found and found.value) == owner
