"""Forms, grammars and headings of further marketplaces, letters and papers, each told in words of its own."""

import pytest

from listing_preflight.complaint.letter import LONGEST_WORD, read_letter
from listing_preflight.complaint.reading.notice import read


def said(text, name="n.txt"):
    return read(read_letter(name, text.encode()))


def values(spans):
    return [s.value for s in spans]


def mail(sender, receiver, body, more=""):
    return f"From: {sender}\nTo: {receiver}\n{more}Subject: Notice\nMIME-Version: 1.0\n\n{body}\n"


@pytest.mark.parametrize(
    ("sender", "platform", "site", "line", "ids"),
    [
        ("ip@flipkart.com", "flipkart", "flipkart.com", "FSNs : TORG7Q2WZKPLM4XD\n       TORG7Q2WZB5HTN9C", ["TORG7Q2WZKPLM4XD", "TORG7Q2WZB5HTN9C"]),
        ("no-reply@trendyolmail.com", "trendyol", "trendyol.com", "Ürün içerik ID: 771203344", ["771203344"]),
        ("seller@ozon.ru", "ozon", "ozon.ru", "Товары (SKU):\n1550234471 — Фонарь садовый", ["1550234471"]),
        ("claims@wb.ru", "wildberries", "wildberries.ru", "Артикул WB: 330118842", ["330118842"]),
        ("ipr@notice.alibaba.com", "alibaba", "alibaba.com", "https://www.alibaba.com/product-detail/Garden-lamp_1600123456789.html", ["https://www.alibaba.com/product-detail/Garden-lamp_1600123456789.html"]),
        ("brand@rakuten.co.jp", "rakuten", "rakuten.co.jp", "■対象商品ページ\nhttps://item.rakuten.co.jp/akari-ya/lamp-02/", ["https://item.rakuten.co.jp/akari-ya/lamp-02/"]),
        ("help@coupang.com", "coupang", "coupang.com", "등록상품 ID: 7712034455", ["7712034455"]),
    ],
)  # fmt: skip
def test_further_marketplaces_have_forms(sender, platform, site, line, ids):
    text = mail(
        sender,
        "shop@pinecove.example",
        f"Complaint ID: AB-2026-7712\nRights owner: Moonfern Lighting, Inc.\nTrademark: MOONFERN\n{line}\n",
    )
    notice = said(text, "n.eml")
    assert (notice.platform, notice.marketplace, values(notice.listings)) == (platform, site, ids)


ANSWERED = """We removed your offer.
Complaint ID: 20081234567
Rights owner: Moonfern Lighting, Inc.
Rights owner email: legal@moonfern.example
ASIN: B0TESTQ1XZ
{quoted}"""


@pytest.mark.parametrize(
    "quoted",
    [
        "> On Mon, Nov 9, 2026, Pine Cove\n> <shop@pinecove.example> wrote:\n>\n> Please look into B0TESTQ2YZ too, nobody reported it.",
        "> From: Pine Cove <shop@pinecove.example>\n> B0TESTQ2YZ is another thing.",
        "> Von: Pine Cove <shop@pinecove.example>\n> Gesendet: 9. November 2026\n> Das Angebot B0TESTQ2YZ ist etwas anderes.",
        "> Pada hari itu\n> Dari: Pine Cove\n> From: <shop@pinecove.example>\n> B0TESTQ2YZ",
    ],
)
def test_what_the_receiver_wrote_before_is_no_part_of_the_notice(quoted):
    text = mail("notice@amazon.com", "shop@pinecove.example", ANSWERED.format(quoted=quoted))
    assert values(said(text, "n.eml").listings) == ["B0TESTQ1XZ"]


def test_what_was_not_read_is_said_and_a_letter_that_fills_the_mail_is_read():
    before = "> On Mon, Nov 9, 2026, Pine Cove\n> <shop@pinecove.example> wrote:\n>\n> Please look again."
    read = read_letter(
        "n.eml", mail("notice@amazon.com", "shop@pinecove.example", ANSWERED.format(quoted=before)).encode()
    )
    assert any("not read" in note for note in read.notes)
    below = "On Mon, Nov 9, 2026, Pine Cove <shop@pinecove.example> wrote:\n> who are you?\n\n"
    letter = mail("notice@amazon.com", "shop@pinecove.example", below + ANSWERED.format(quoted=""))
    assert values(said(letter, "n.eml").listings) == ["B0TESTQ1XZ"]


def test_what_a_receiver_sends_on_is_read():
    quoted = (
        "---------- Forwarded message ----------\nFrom: <notice@amazon.com>\nTo: <shop@pinecove.example>\n\n"
        + ANSWERED.format(quoted="")
    )
    assert values(said(mail("shop@pinecove.example", "law@firm.example", quoted), "n.eml").listings) == ["B0TESTQ1XZ"]


def test_stock_numbers_are_joined_with_ids_and_are_none():
    lines = "ASIN: B0TESTQ1XZ, B0TESTQ2YZ\nSKU: PC-11-GN, PC-11-RD\nTitle: Lantern"
    table = "ASIN\tSKU\tTitle\nB0TESTQ1XZ\tPC-11-GN\tLantern\nB0TESTQ2YZ\tPC-11-RD\tLantern"
    for told in (lines, table):
        notice = said(
            mail(
                "notice@amazon.com",
                "shop@pinecove.example",
                f"We removed your listing for trademark infringement.\n{told}\nRights owner: Moonfern, Inc.\n",
            ),
            "n.eml",
        )
        assert values(notice.listings) == ["B0TESTQ1XZ", "B0TESTQ2YZ"]
        assert [(i, s.value) for i, s in notice.stock_numbers] == [
            ("B0TESTQ1XZ", "PC-11-GN"),
            ("B0TESTQ2YZ", "PC-11-RD"),
        ]


def test_a_stock_number_before_its_id_is_joined_with_it_though_the_subject_names_an_id():
    notice = said(
        "Subject: Your Amazon listing B0TESTQ2YZ was removed\n\nYour listings infringe the trademark Moonfern.\n\n"
        "SKU: PC-11-GN\nASIN: B0TESTQ1XZ\nSKU: PC-11-RD\nASIN: B0TESTQ2YZ\n"
    )
    assert {i: s.value for i, s in notice.stock_numbers} == {"B0TESTQ1XZ": "PC-11-GN", "B0TESTQ2YZ": "PC-11-RD"}


def test_unequal_stock_numbers_are_joined_with_nothing():
    notice = said(
        "We removed your Amazon listing for trademark infringement.\nASIN: B0TESTQ1XZ, B0TESTQ2YZ\nSKU: PC-11-GN\n"
    )
    assert notice.stock_numbers == ()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Your earlier case REF-2025-8812 about another brand is closed.", ["CN-2026-4410"]),
        ("Ihre frühere Beschwerde BS-2025-8812 ist abgeschlossen.", ["CN-2026-4410"]),
        ("Ref: MSGID_7712aa90_4", ["CN-2026-4410"]),
        ("Your other case REF-2026-8813 is open too.", ["CN-2026-4410", "REF-2026-8813"]),
        ("As our previous letter says, case REF-2026-8813 will not be closed.", ["CN-2026-4410", "REF-2026-8813"]),
    ],
)
def test_closed_cases_and_numbers_of_mails_are_no_complaint_ids(line, wanted):
    text = f"We removed your listing on a report of a rights owner.\nClaim number: CN-2026-4410\n{line}\nRights owner: Moonfern, Inc.\n"
    assert values(said(text).complaint_ids) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sygn. akt XXII GW 77/26\nSąd Okręgowy w Gdańsku\nPOSTANOWIENIE", "XXII GW 77/26"),
        (
            "CABINET LEROUX AVOCATS\n\nN/réf. 26.4410 TLX\nMise en demeure au nom de notre cliente la société Verrier SAS.",
            "26.4410 TLX",
        ),
        ("Tikettinumero on TKT-55120.\nEdustamme päämiestämme.", "TKT-55120"),
    ],
)
def test_signs_of_files_are_complaint_ids(text, wanted):
    assert wanted in values(said(text).complaint_ids)


NUMBERS = [
    ("Patente de invención NC2021/0007731, Superintendencia de Industria y Comercio", "NC20210007731", "CO"),
    ("Giấy chứng nhận đăng ký quyền tác giả: số 5510/2024/QTG", "5510/2024/QTG", None),
    ("저작권 등록번호 제C-2024-011223호", "C-2024-011223", None),
    ("znak towarowy zarejestrowany pod numerem R.277 104 (UPRP)", "R.277104", "PL"),
    ("A védjegyet a Szellemi Tulajdon Nemzeti Hivatala 212 654 lajstromszámon jegyezte be.", "212654", "HU"),
    ("Право: марка с рег. № 117 902, Патентно ведомство на Република България", "117902", "BG"),
]


@pytest.mark.parametrize(("line", "value", "office"), NUMBERS)
def test_numbers_in_the_forms_of_their_registers(line, value, office):
    found = said(f"We removed your listing.\nRights owner: Moonfern Lighting, Inc.\n{line}\n").numbers
    assert [(n.value, n.office) for n in found] == [(value, office)]


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Ireland UC. Immatriculée sous le n° 512340.",
        "société Verrier SAS, immatriculée au RCS de Lyon sous le n° 512 340 118",
        "Zapsaná v KRS pod č. 0000512340",
        "cégjegyzékszáma: 19-10-512340",
    ],
)
def test_numbers_of_companies_are_no_rights(line):
    assert (
        said(f"Nous avons retiré votre annonce pour contrefaçon de marque.\nMarque : LUMEFOUGERE\n{line}\n").numbers
        == ()
    )


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Moonfern Lighting S.p.A., Via dei Tigli 17, Como", "Moonfern Lighting S.p.A."),
        ("„Лунна папрат“ АД, гр. Русе", "„Лунна папрат“ АД"),
        ("Kancelaria Patentowa Brzoza i Wspólnicy, ul. Lipowa 4, Opole", "Kancelaria Patentowa Brzoza i Wspólnicy"),
    ],
)
def test_an_address_behind_a_name_is_no_part_of_it(value, wanted):
    assert (
        said(f"We removed your listing.\nRights owner: {value}\nTrademark: MOONFERN\n").people.complainant.value
        == wanted
    )


def test_who_reports_says_for_whom():
    people = said(
        "Hei,\nEdustamme Kuusaniemi Valaisin Oy:tä, joka omistaa tavaramerkin KUUVALO.\nIlmoittaja: Patenttitoimisto Hirvi Oy, Aino Laine, aino@hirvi.example\nTuotteet ovat väärennöksiä, poistakaa ne.\n"
    ).people
    assert (people.complainant.value, people.agent.value) == ("Kuusaniemi Valaisin Oy", "Patenttitoimisto Hirvi Oy")


def test_the_agent_of_a_party_named_by_its_case():
    text = "Kontakt: znaki@brzoza.example\nPełnomocnik wnioskodawcy: Kancelaria Patentowa Brzoza i Wspólnicy\nWnioskodawca: Paprotka sp. z o.o.\nNaruszenie znaku towarowego, prosimy o usunięcie oferty.\n"
    people = said(text).people
    assert (people.complainant.value, people.agent.value) == (
        "Paprotka sp. z o.o.",
        "Kancelaria Patentowa Brzoza i Wspólnicy",
    )


def test_a_copy_goes_to_whom_an_answer_may_go():
    body = "Complainant: Moonfern S.p.A.\nThe Complainant is represented by Tanner Holm IP s.r.o. You may write to ida@tannerholm.example about a settlement.\nTrademark infringement: the domain name moonfern-sale.example was registered to sell copies (UDRP)."
    notice = said(mail("udrp@adr.eu", "owner@moonfern-sale.example", body, "Cc: ida@tannerholm.example\n"), "n.eml")
    assert notice.people.contact.value == "ida@tannerholm.example"
    assert notice.people.agent.value == "Tanner Holm IP s.r.o."
    assert values(notice.listings) == ["moonfern-sale.example"]


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("La parola «Lumefélce» compare nel titolo senza autorizzazione del titolare del marchio.", ["Lumefélce"]),
        ('El título menciona "Lunafronda" como si fuera la marca del producto.', ["Lunafronda"]),
        ("Marca: Genérico", []),
        ("■対象ブランド\nLUNAFERN（ルナファーン）", ["LUNAFERN", "ルナファーン"]),
        ("De artikelen worden aangeboden als producten van Maanvaren, terwijl het om namaak gaat.", ["Maanvaren"]),
    ],
)
def test_marks_that_words_lead_to(line, marks):
    text = f"Item number: 256012345678\n{line}\nWe removed the listing for trademark infringement.\n"
    assert values(said(text).marks) == marks


def test_a_watermark_is_no_trademark():
    notice = said(
        "Denúncia de direito autoral.\nMotivo: as fotos foram copiadas com a marca d'água apagada\nAnúncio: 4001234567\nTitular do direito: Lente Clara Ltda.\n"
    )
    assert set(notice.kinds) == {"copyright"}


def test_designs_that_are_patented_are_no_inventions():
    told = "Карточки скрыты: внешний вид совпадает с промышленным образцом правообладателя.\nПатент РФ: № 133224\nЗаявитель: ИП Орлова Нина Павловна\nАртикул WB: 330118842\n{}"
    assert "patent" not in said(told.format("")).kinds
    assert "patent" in said(told.format("Нарушен также патент на изобретение № 2733224.\n")).kinds


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("If we do not receive a signed form within three weeks of the date of this message, your listing will be removed.", "answer"),
        ("Veranlassen Sie die Rücksendung oder Entsorgung innerhalb von 30 Tagen nach Erhalt dieser Nachricht.", "stock"),
        ("Units in our warehouse will become eligible for disposal after 15 January 2027.", "stock"),
        ("Ответьте в разделе «Претензии правообладателей» до 2 декабря 2026 года.", "answer"),
        ("Zażalenie można wnieść w terminie tygodnia od dnia doręczenia.", "answer"),
    ],
)  # fmt: skip
def test_deadlines_by_who_is_asked(line, wanted):
    text = f"We removed your listing on a report of trademark infringement.\nItem number: 256012345678\nRights owner: Moonfern, Inc.\n\n{line}\n"
    assert [d.purpose for d in said(text).deadlines] == [wanted]


@pytest.mark.parametrize(
    "line",
    [
        "Answer no later than December 14, 2026 (20 calendar days after commencement).",
        "You may answer until December 14, 2026. You may ask for an additional four calendar days.",
    ],
)
def test_how_a_day_was_counted_and_more_time_are_no_deadlines(line):
    text = f"We removed your listing on a report of trademark infringement.\nItem number: 256012345678\nRights owner: Moonfern, Inc.\n{line}\n"
    assert [d.date for d in said(text).deadlines] == ["2026-12-14"]


@pytest.mark.parametrize(
    "text",
    [
        "Order confirmation 2026-7712\nLantern Moonfern®, original with licence label, reg. no. 318 442\nReport damage within 14 days to help@lampworks.example, with your complaint number.\n",
        "Dear seller,\na buyer left a rating: the box had another brand, is it the original?\nASIN: B0TESTQ1XZ\nThis is not a warning; nobody reported an infringement.\nAmazon.com\n",
    ],
)
def test_orders_and_ratings_are_no_notices(text):
    assert said(text).family == "not a notice"


def test_a_court_that_grants_security_orders():
    text = "Sygn. akt XXII GW 77/26\n\nPOSTANOWIENIE\n\nSąd Okręgowy w Gdańsku\nz wniosku: Paprotka sp. z o.o.\nz udziałem obowiązanego: Jan Kos\n\npostanawia: udzielić zabezpieczenia przez zakazanie obowiązanemu oferowania lamp ze znakiem towarowym PAPROTKA w serwisie allegro.pl, oferta 16890442000\n"
    notice = said(text)
    assert (notice.family, notice.platform, notice.people.complainant.value) == (
        "court order",
        "letter",
        "Paprotka sp. z o.o.",
    )


@pytest.mark.parametrize("letter", ["a", "Z", "7", "商", "_"])
def test_a_word_that_nobody_writes_is_skipped_and_named(letter):
    text = f"We removed your listing for trademark infringement.\nComplaint ID: 20081234567\n{letter * 10_000}\nASIN: B0TESTQ1XZ\n"
    got = read_letter("n.txt", text.encode())
    notice = read(got)
    assert any(str(LONGEST_WORD) in note for note in got.notes)
    assert values(notice.listings) == ["B0TESTQ1XZ"]
    start, end = notice.listings[0].start, notice.listings[0].end
    assert got.folded.raw[start:end] == "B0TESTQ1XZ"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("हमें चाँदफर्न लाइटिंग प्राइवेट लिमिटेड की ओर से शिकायत मिली है कि आप नकली लैंप बेच रहे हैं।\nFSN: TORG7Q2WZKPLM4XD\n", "चाँदफर्न लाइटिंग प्राइवेट लिमिटेड"),
        ("Ricorso di LUMEFELCE S.P.A., titolare del marchio LUMEFELCE. Le offerte violano il marchio, vi diffidiamo.\n", "LUMEFELCE S.P.A."),
    ],
)  # fmt: skip
def test_owners_of_further_legal_forms(text, owner):
    assert said(text).people.complainant.value == owner


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("To dispute this report, provide a court judgment or a licence no later than December 11, 2026.", ["answer"]),
        ("若您認為權利人有誤認情形,請於 2026/10/19 前提出申訴。", ["answer"]),
        ("Lojistik merkezlerimizdeki 63 adet ürün için 05.01.2027 tarihine kadar iade emri oluşturun.", ["stock"]),
        ("Bei Zuwiderhandlung Ordnungshaft bis zu sechs Monaten.", []),
    ],
)
def test_what_periods_are_for_in_more_sentences(line, wanted):
    text = f"We removed your listing on a report of trademark infringement.\nItem number: 256012345678\nRights owner: Moonfern, Inc.\n\n{line}\n"
    assert [d.purpose for d in said(text).deadlines] == wanted
