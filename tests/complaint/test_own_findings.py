"""Mails in which a platform tells of its own rules and checks: a finding of its own, and no complaint; firms by their names."""

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read


def told(text):
    return read(read_letter("n.txt", text.encode()))


PRICES = {
    "en": "Dear seller,\nYour offers below violate our pricing policy: the reference price is misleading.\nASIN: B0TESTQ1XZ\nWe have removed the offers. Correct the price within 5 days.\nAmazon seller support, amazon.com\n",
    "de": "Guten Tag,\ndie folgenden Angebote verstoßen gegen unsere Preisrichtlinien: der Streichpreis ist irreführend.\nASIN: B0TESTQ1XZ\nWir haben die Angebote deaktiviert. Bitte korrigieren Sie den Preis binnen 5 Tagen.\nIhr Amazon-Team, amazon.de\n",
    "tr": "Merhaba,\nAşağıdaki listelemeniz fiyatlandırma politikamıza aykırıdır.\nHBCV00005ZK3QP – Su matarası\nListeleme pasife alınmıştır. 5 gün içinde dönüş yapınız.\nHepsiburada Satıcı Destek, merchant.hepsiburada.com\n",
    "el": "Αγαπητέ έμπορε,\nτο προϊόν online:el:GR:AB-20417 παραβιάζει την πολιτική μας για τις τιμές.\nΤο προϊόν έχει απορριφθεί. Διορθώστε την τιμή εντός 5 ημερών.\nGoogle Merchant Center\n",
    "pl": "Dzień dobry,\noferta 17344120988 narusza nasze zasady dotyczące cen.\nOferta została usunięta. Prosimy poprawić cenę w ciągu 5 dni.\nZespół Allegro, allegro.pl\n",
    "ja": "出品者様\n下記の商品は当社の価格ポリシーに違反しています。\nASIN: B0TESTQ1XZ\n出品を停止しました。5日以内に価格を修正してください。\nAmazon.co.jp テクニカルサポート amazon.co.jp\n",
}  # fmt: skip


@pytest.mark.parametrize("language", PRICES)
def test_a_breach_of_the_platforms_own_rules_is_its_finding(language):
    n = told(PRICES[language])
    assert (n.family, n.people.complainant, n.language) == ("platform finding", None, language)


def test_what_would_break_a_rule_is_no_finding():
    text = "Dear seller,\nif an offer violates our pricing policy, we may remove it. Your offer B0TESTQ1XZ is live and sells well.\nAmazon seller support, amazon.com\n"
    assert told(text).family == "not a notice"


def test_where_nobody_complains_the_platforms_own_company_is_nobody():
    text = (
        "Dobrý den,\npři kontrole jsme zjistili porušení našich podmínek, nikoli o nárok třetí osoby jde.\n"
        "EAN: 8595600104471\nNabídku jsme deaktivovali. Doplňte údaje do 10 dnů.\n\n"
        "Seller Support, https://sellerportal.kaufland.com\nKaufland Marketplace GmbH, Köln\nseller-help@kaufland-marketplace.example\n"
    )
    n = told(text)
    assert (n.family, n.people) == ("platform finding", (None, None, None))


def test_a_patrol_that_mentions_owners_only_as_a_case_is_a_finding():
    text = (
        "尊敬的商家：\n平台在日常巡检中发现，下列商品涉嫌假冒，现已下架。\n商品ID：601099512847733\n涉及品牌：Oakfinch\n"
        "如为权利人投诉，可与权利人协商撤诉；本次暂无投诉方。请在7个自然日内申诉。\nTemu 商家团队 seller.temu.com\n"
    )
    assert told(text).family == "platform finding"


def test_an_owner_who_complains_of_prices_stays_an_owner():
    text = (
        "Dear seller,\nOakfinch Lighting LLC reported that the offer infringes its trademark OAKFINCH, which violates our intellectual property policy.\n"
        "ASIN: B0TESTQ1XZ\nWe removed the offer.\nAmazon seller support, amazon.com\n"
    )
    n = told(text)
    assert (n.family, n.people.complainant.value) == ("owner complaint", "Oakfinch Lighting LLC")


FIRMS = [
    ("Bên khiếu nại: Công ty Cổ phần Gốm Lam Sơn\nNgười đại diện: Công ty Luật TNHH Bình Minh & Cộng sự\n", "Công ty Luật TNHH Bình Minh & Cộng sự"),
    ("Titulaire : Faïences de Valmer SAS\nMandataire : Cabinet Roussel & Dorin, conseils en propriété industrielle\n", "Cabinet Roussel & Dorin"),
    ("Uns hat die Patentanwaltskanzlei Eckholt Brand PartG mbB im Auftrag der Lichthof Werke GmbH eine Meldung übersandt.\n", "Eckholt Brand PartG mbB"),
    ("Rechteinhaber: Lichthof Werke GmbH\nVertreten durch: Kanzlei Eckholt Brand PartG mbB\n", "Kanzlei Eckholt Brand PartG mbB"),
    ("Ürünler hakkında Çamlık Gereçleri A.Ş. vekili Av. Selin Arıkan (Arıkan Hukuk Bürosu) tarafından marka ihlali bildirimi yapılmıştır.\n", "Arıkan Hukuk Bürosu"),
    ("Rights owner: Larkfield Press LLC\nThe reporting party is represented by Olive Marsh of Elmgate IP Services.\n", "Elmgate IP Services"),
    ("Rights owner: Larkfield Press LLC\nThe reporting party is represented by Olive Marsh of Bristol.\n", "Olive Marsh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "agent"), FIRMS)
def test_who_speaks_is_the_firm_by_its_whole_name(text, agent):
    n = told(f"Amazon removed ASIN B0TESTQ1XZ for a trademark complaint.\n\n{text}\nComplaint ID: 18812345670\n")
    assert n.people.agent.value == agent
