"""What stands beside a value takes nothing from it: advice behind an accusation, a reply address, headings in capitals."""

import pytest

from listing_preflight.complaint.letter import read_letter
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
