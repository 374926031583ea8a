"""Ids in columns, two owners, firms beside persons, and families that other rules told wrongly."""

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading import houses
from listing_preflight.complaint.reading.listing_words import find as named
from listing_preflight.complaint.reading.notice import read
from listing_preflight.complaint.reading.page import Page, has_words

CLAIM = "The rights owner Velmora Ltd (ip@velmora.example) reports that your listings infringe the trade mark VELMORA. We removed them. Complaint ID: 77120044\n\n"


def said(text):
    return read(read_letter("n.txt", text.encode()))


def ids(text):
    return [s.value for s in said(text).listings]


@pytest.mark.parametrize(
    "table",
    [
        "Réf. boutique        Libellé               Page\nQRT4400120011        Sac rouge             a\nQRT4400120028        Sac bleu              b\n",
        "Kohde            Nimi\nQRT4400120011    Puukko\nQRT4400120028    Tuppi\n",
        "| Nr | Vara |\n|----|------|\n| QRT4400120011 | Lampa röd |\n| QRT4400120028 | Lampa blå |\n",
    ],
)
def test_a_column_of_ids_is_read_whatever_its_head_says(table):
    assert ids(CLAIM + table) == ["QRT4400120011", "QRT4400120028"]


@pytest.mark.parametrize("head", ["Invoice", "Precio", "Registration", "数量"])
def test_a_column_of_other_numbers_is_none(head):
    assert ids(f"{CLAIM}{head}          Name\nQRT4400120011    a\nQRT4400120028    b\n") == []


def test_ids_are_given_as_they_are_written():
    text = CLAIM + "Item number      Title\n1673 5520 8814   Print\n1673 5520 9027   Towel\n"
    assert ids(text) == ["1673 5520 8814", "1673 5520 9027"]


def test_an_id_below_its_title_and_a_label_above_values_are_read():
    found = said(
        "Violation type          Suspected copy of a design\nSource                  Rights holder complaint\nStatus of appeal        Not submitted\nRights holder           Velmora Ltd\n"
        + CLAIM
        + "Product: Lantern, amber\nID: 1732905518840077\n"
    )
    assert found.people.complainant.value == "Velmora Ltd"
    assert [s.value for s in found.listings] == ["1732905518840077"]


@pytest.mark.parametrize(
    ("value", "first"),
    [
        ("Velmora Ltd and Oskra Holdings Ltd", "Velmora Ltd"),
        ("Velmora S.r.l. e Oskra S.p.A.", "Velmora S.r.l."),
        ("Velmora GmbH sowie Herr Tom Oskra", "Velmora GmbH"),
        ("株式会社ベルモラ および 小野 美咲", "株式会社ベルモラ"),
        ("Ann Velmora and Tom Oskra (joint authors)", "Ann Velmora"),
        ("Velmora and Oskra Ltd", "Velmora and Oskra Ltd"),
        ("Velmora GmbH & Co. KG", "Velmora GmbH & Co. KG"),
    ],
)
def test_of_two_owners_the_first_counts(value, first):
    owner = read_letter("n.txt", value.encode()).folded.raw_span(0, len(value))
    assert houses.first_owner(owner).value == first
    assert said(f"Rights owner: {value}\n{CLAIM.partition('(')[2]}").people.complainant.value == first


@pytest.mark.parametrize(
    ("agent", "firm"),
    [
        ("Reported by: Ann Moss of Talonwatch Legal LLP", "Talonwatch Legal LLP"),
        ("Pemohon\nKuasa: Rangga Wibisono, S.H. (Wibisono & Partners)", "Wibisono & Partners"),
        ("代理人:青葉国際特許事務所 弁理士 佐伯 亮", "青葉国際特許事務所"),
        ("Representative: Talonwatch Legal LLP / Ann Moss, tel. 020 7946 0001", "Talonwatch Legal LLP"),
    ],
)
def test_of_a_person_and_a_firm_the_firm_speaks(agent, firm):
    found = said(
        f"Rights owner: Velmora Ltd\n{agent}\nItem ID: 1732905518840077\nTrade mark: VELMORA\nWe removed it.\n"
    )
    assert found.people.agent.value == firm


@pytest.mark.parametrize("lead", ["c/o", "p/a"])
def test_who_is_written_to_for_an_owner_is_its_agent(lead):
    found = said(
        f"Rights owner: Velmora Ltd, {lead} Hallow Quay\nItem ID: 1732905518840077\nTrade mark: VELMORA\nWe removed it.\n"
    )
    assert (found.people.complainant.value, found.people.agent.value) == ("Velmora Ltd", "Hallow Quay")


WITHDRAWN = {
    "en": "Velmora Ltd has withdrawn the complaint. Your listing 285540118832 has been put back.",
    "de": "Die Rechteinhaberin Velmora GmbH hat ihre Beschwerde zurückgenommen. Wir haben das Angebot 285540118832 reaktiviert.",
    "fr": "Le titulaire a retiré sa plainte. Votre annonce 285540118832 a été remise en ligne.",
    "pt": "A denúncia foi retirada pelo titular. O anúncio 285540118832 já está ativo novamente.",
    "fi": "Perumme ilmoituksemme kokonaan. Teidän ei tarvitse tehdä mitään.",
}


@pytest.mark.parametrize("language", WITHDRAWN)
def test_a_withdrawn_complaint_is_none_though_the_old_mail_is_below(language):
    old = (
        "\n\n-----Original Message-----\nFrom: eBay <x@ebay.com>\nSubject: removed\n\n" + CLAIM + "Item: 285540118832\n"
    )
    assert said("eBay\n" + WITHDRAWN[language] + old).family == "not a notice"


def test_how_a_complaint_may_be_withdrawn_does_not_withdraw_it():
    text = (
        "Amazon\n"
        + CLAIM
        + "ASIN: B0TESTQ1XZ\nHow do I get it reactivated?\nIf the owner has withdrawn the complaint, it is reinstated.\n"
    )
    assert said(text).family == "owner complaint"


@pytest.mark.parametrize(
    "text",
    [
        "Temu Seller Center\nThe price of the goods is higher than our price rules allow, so they were taken off the shelf. Goods ID: 601099512334871\nLower it within 3 days.",
        "Amazon\nWe removed the products because their pages make health claims that our supplement policy does not allow.\nASIN: B0TESTQ1XZ\n",
        "Tradera\nVid vår kontroll såg vi att flera objekt saknar CE-märkning, och vi har begränsat din butik.\nObjektnr: 699201144\n",
    ],
)
def test_what_platforms_watch_over_in_goods_is_their_own_finding(text):
    found = said(text)
    assert found.family == "platform finding"
    assert "policy" in found.kinds


@pytest.mark.parametrize(
    "text",
    [
        "Hi,\nyou sit on our listing (ASIN B0TESTQ1XZ). Take your offer off within 24 hours or we place a test order and report you as a counterfeiter.\n",
        "Hola:\nTe has colgado de nuestra ficha (ASIN B0TESTQ1XZ). Retira la oferta o haremos una compra de prueba y te denunciaremos por falsificación.\n",
    ],
)
def test_a_rival_on_the_same_page_is_another_seller(text):
    assert said(text).family == "seller letter"


@pytest.mark.parametrize("line", ["문의: 02-533-7719", "Enquiries, tel. 0161 496 0071", "Case desk: phone 16509328131"])
def test_a_telephone_is_no_case(line):
    text = f"Rights owner: Velmora Ltd\nItem ID: 1732905518840077\nTrade mark: VELMORA\nWe removed it.\n{line}\n"
    assert [s.value for s in said(text).complaint_ids] == []


def test_addresses_and_numbers_alone_say_nothing():
    assert not has_words("1732905518840077 | https://shop.example/p/1?x=lamp")
    assert has_words("1732905518840077 | lamp")
    assert not has_words("A1" * 50_000)


def test_each_phrase_is_looked_for_once_whatever_the_number_of_ids(monkeypatch):
    """Ids by the thousand took the square of their number: the phrases around them are found once for all."""
    from listing_preflight.complaint.reading import others_pages

    made = []
    real = others_pages._places
    monkeypatch.setattr(others_pages, "_places", lambda *args: made.append(args) or real(*args))
    listed = [str(285540110000 + n) for n in range(300)]
    assert len(ids("eBay\n" + CLAIM + "Item number:\n" + "\n".join(listed))) == len(listed)
    assert len(made) == len({id(phrase) for phrase, _ in made})


def test_a_page_names_its_listings_in_prose():
    letter = read_letter("n.txt", b"You offer objekt 698 114 203 and advertentie m2088114477.")
    page = Page(letter, "letter", None, "en")
    assert [page.text[a:b] for a, b in named(page)] == ["698 114 203", "m2088114477"]
