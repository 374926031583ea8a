"""What letters of any wording say: for whom somebody speaks, whose an id is, which names are marks, what a period is for."""

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.named_marks import CAPITALS
from listing_preflight.complaint.reading.notice import read

LETTER = """{head}

{lead} is the owner of the trade mark VELLIMOR. You sell lamps under that mark without permission on Amazon (ASIN B0TESTQ1XZ).
We demand that you stop within 7 days of receipt of this letter.

{sign}
"""


def said(text, name="notice.txt"):
    return read(read_letter(name, text.encode() if isinstance(text, str) else text))


def letter(
    lead, head="Hartnell Brisco LLP\n1 Mill Lane, York", sign="Hartnell Brisco LLP\nmail@hartnellbrisco.example"
):
    return said(LETTER.format(lead=lead, head=head, sign=sign))


@pytest.mark.parametrize(
    ("lead", "owner"),
    [
        ("We act for Vellimor Lighting Ltd, which", "Vellimor Lighting Ltd"),
        ("Wir vertreten die Vellimor Leuchten GmbH, die unsere Mandantin", "Vellimor Leuchten GmbH"),
        ("Zastupujeme společnost Vellimor Svítidla, a.s., která", "Vellimor Svítidla, a.s."),
        ("Actuamos en representación de Luces Vellimor, S.A. de C.V., que", "Luces Vellimor, S.A. de C.V."),
        ("Kami bertindak untuk dan atas nama PT Vellimor Cahaya, yang", "PT Vellimor Cahaya"),
        ("Мы представляем интересы ООО «Веллимор», которое", "ООО «Веллимор»"),
    ],
)
def test_phrases_that_lead_to_a_client_tell_the_owner(lead, owner):
    people = letter(lead).people
    assert people.complainant
    assert people.complainant.value == owner
    assert people.agent
    assert people.agent.value == "Hartnell Brisco LLP"


def test_a_courts_heading_tells_who_sues():
    text = """UNITED STATES DISTRICT COURT
NORTHERN DISTRICT OF ILLINOIS

VELLIMOR LIGHTING, INC.,
                 Plaintiff,
    v.                          Case No. 1:26-cv-00417
THE PARTNERSHIPS IDENTIFIED ON SCHEDULE "A",
                 Defendants.

TEMPORARY RESTRAINING ORDER

The Court finds that Defendants sold counterfeit VELLIMOR goods (U.S. Reg. No. 6,123,456) and orders that they stop.
Counsel for Plaintiff: Hartnell Brisco LLP, tro@hartnellbrisco.example
"""
    found = said(text)
    assert found.family == "court order"
    assert found.people.complainant
    assert found.people.complainant.value == "VELLIMOR LIGHTING, INC."
    assert [s.value for s in found.marks] == ["VELLIMOR"]


def test_an_id_is_of_the_nearest_word_before_it():
    text = """A rights owner reported your offers on eBay (items 335120449871 and 335120450013) for trademark infringement. We removed them.
Rights owner: Vellimor Lighting Ltd
Your invoice 7712044981 and order 7712044990 were received.
"""
    assert [s.value for s in said(text).listings] == ["335120449871", "335120450013"]


def test_names_go_on_along_a_list_and_masked_ids_are_none():
    found = letter("Our client Vellimor Lighting Ltd owns the marks VELLIMOR, OSTREGA and „Talmira“, and")
    assert [s.value for s in found.marks] == ["VELLIMOR", "OSTREGA", "Talmira"]
    masked = "The rights owner reported B0D4*****7 and B0D4K****M for trademark infringement.\nASIN: B0D4K****M\nAmazon.com removed them."
    assert not said(masked).marks


def test_how_long_something_lasts_is_no_deadline():
    text = """Rights owner: Vellimor Lighting Ltd
ASIN: B0TESTQ1XZ
Infringement type: Trademark
Complaint ID: 18812345670
We removed the listing. Selling is limited to 10 items for 7 days. You can appeal within 14 days of this message.
"""
    assert [(d.words.value, d.purpose) for d in said(text).deadlines] == [("within 14 days of this message", "answer")]


def test_figures_of_other_scripts_and_pages_of_letters_are_read():
    arabic = "تلقينا شكوى بأن المنتج ينتهك العلامة التجارية.\nصاحب الحق: شركة نور للإضاءة\nرقم التسجيل: ٣٨٤٤٧٢\nالعلامة التجارية: نور"
    assert [n.value for n in said(arabic).numbers] == ["384472"]
    turkish = "Hak Sahibi: Çınar Aydınlatma A.Ş.\nŞikayet no: TR-771209\nÜrün bu marka hakkını ihlal ediyor, satıştan kaldırıldı."
    owner = said(turkish.encode("cp1254")).people.complainant
    assert owner
    assert owner.value == "Çınar Aydınlatma A.Ş."


def test_texts_that_only_speak_of_infringements_are_no_notices():
    text = "Your brand VELLIMOR is enrolled. You can report listings that you believe infringe your trademark. Learn more about counterfeits in the help pages."
    assert said(text).family == "not a notice"


def test_a_run_of_capitals_is_read_in_one_way():
    """As many ways as there are letters to part it once took hours over eighty of them."""
    assert CAPITALS.search("A" * 200 + "b") is None
    assert [
        m.group() for m in CAPITALS.finditer("marks ACME-PRO 3 TOOLS and A1B of O’HARA & SONS; no X, no Iphone")
    ] == ["ACME-PRO", "TOOLS", "A1B", "O’HARA & SONS"]
