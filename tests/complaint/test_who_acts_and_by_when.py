"""Sentences, names and cells that were read for what they are not; and long ones that took too long."""

import pytest

from listing_preflight.complaint.html_text import read_html
from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read
from listing_preflight.complaint.reading.where import language, platform

HEAD = "Hello,\nwe removed your listing after a report of a rights owner.\nItem number: 256012345678\n"


def said(text):
    return read(read_letter("n.txt", text.encode()))


def listed(text):
    return said(f"{HEAD}{text}\nThe eBay team\n")


def test_ids_in_a_cell_are_parted_by_its_breaks_and_a_long_one_ends():
    rows = "<table><tr><td>1<td>B0AAAAAAA1<br>B0AAAAAAA2 B0AAAAAAA3<br>Blue lamp<br>with shade<td>mark</tr></table>"
    assert read_html(rows)[0] == "1\tB0AAAAAAA1, B0AAAAAAA2 B0AAAAAAA3, Blue lamp\nwith shade\tmark\n"
    long = "1" * 20_000 + "!"
    assert read_html(f"<table><tr><td>x<td>y<td>{long}<br>t</tr></table>")[0] == f"x\ty\t{long}\nt\n"
    many = "".join(f"B0{n:08}<br>" for n in range(5_000))
    assert read_html(f"<table><tr><td>x<td>y<td>{many}end</tr></table>")[0].count(", ") == 5_000


def test_a_number_on_the_first_line_is_read():
    told = said("Our design is infringed: 디자인 등록번호 30-1234567.\nPlease remove it.\n")
    assert [(n.type, n.office, n.value) for n in told.numbers] == [("design", "KR", "301234567")]


def test_a_word_for_a_case_again_and_again_is_read_through():
    assert said("case#" * 8_000).complaint_ids == ()


LETTER = (
    "Dear Sirs,\nwe act for Zorvix GmbH and write on behalf of our client, the owner of the mark ZORVIX. "
    "Your shop infringes it. We demand that you cease.\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "If we do not hear from you within 7 days, we will take legal action.",
        "In the absence of a response within 10 days our client will start proceedings.",
        "Failing a reply within 5 days, we will commence legal proceedings.",
        "Sollten wir bis zum 4. Dezember 2026 keine Antwort erhalten, werden wir Klage erheben.",
    ],
)
def test_a_suit_that_follows_the_sellers_silence_leaves_the_period_the_sellers(sentence):
    assert [d.purpose for d in said(f"{LETTER}{sentence}\nYours faithfully,\nJ. Hale, Solicitor\n").deadlines] == [
        "answer"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "If we do not receive notice of a lawsuit from the complainant within 10 business days, we will restore your listing.",
        "You may appeal and the complainant must reply within 10 days.",
        "You may appeal this decision, and Zorvix GmbH will answer within 10 days.",
    ],
)
def test_what_the_complainant_has_to_do_binds_the_seller_to_nothing(sentence):
    assert [d.purpose for d in listed(f"Complainant: Zorvix GmbH\n{sentence}").deadlines] == ["unknown"]


def test_the_seller_may_appeal_beside_the_complainant():
    told = listed("Complainant: Zorvix GmbH\nYou may contact the rights owner or appeal within 14 days.")
    assert [d.purpose for d in told.deadlines] == ["answer"]


def test_a_day_until_which_an_offer_holds_is_told():
    told = said(f"{LETTER}The offer remains valid until 10 December 2026.\nYours faithfully,\nJ. Hale, Solicitor\n")
    assert [(d.date, d.purpose) for d in told.deadlines] == [("2026-12-10", "unknown")]


def people(text):
    found = listed(text).people
    return found.complainant and found.complainant.value, found.agent and found.agent.value


def test_who_acts_for_oneself_owns_and_an_unnamed_client_is_nobody():
    assert people("Complainant: Anna Meyer, representing herself") == ("Anna Meyer", None)
    assert people("Complainant: Falke Rechtsanwälte im Namen ihrer Mandantin") == (None, "Falke Rechtsanwälte")
    assert people("Complainant: Falke Bureau Ltd, on behalf of adler AG") == ("adler AG", "Falke Bureau Ltd")


def test_a_name_ends_with_its_line():
    assert people("Complainant: Falke Bureau on behalf of Zorvix\nTools GmbH is the maker.") == (
        "Zorvix",
        "Falke Bureau",
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Klager: Aurel Vantor Malletier, e-post: ip@vantor.example", "Aurel Vantor Malletier"),
        ("権利者：あけぼの株式会社 メール：ip@akebono.example", "あけぼの株式会社"),
        ("権利者：あけぼの株式会社、メール：ip@akebono.example", "あけぼの株式会社"),
    ],
)
def test_the_label_of_a_mail_box_is_none_of_the_name_before_it(line, name):
    assert people(line)[0] == name


def test_compound_words_for_a_registrations_number_and_serbian_periods_in_cyrillic():
    told = said("Õiguste omanik: Zorvix OÜ, EUIPO registreerimisnumber 000015610\n")
    assert [(n.office, n.value) for n in told.numbers] == [("EM", "000015610")]
    assert told.people.complainant
    assert told.people.complainant.value == "Zorvix OÜ"
    assert [d.words.value for d in listed("Рок за одговор: 10 дана").deadlines] == ["10 дана"]
    assert [d.words.value for d in listed("Одговорите у року од 10 дана.").deadlines] == ["у року од 10 дана"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Tiki mugs in your shop infringe our design", None),
        ("Tiki mugs, Tiki bowls and Tiki glasses in your shop infringe our design", None),
        ("Розетка двойная копирует наш дизайн", None),
        ("Tiki Seller Center", "tiki"),
        ("Tiki.vn thông báo", "tiki"),
        ("Rozetka", "rozetka"),
    ],
)
def test_a_platforms_name_that_is_a_word_needs_more_beside_it(line, name):
    found, _form = platform(read_letter("n.txt", f"{line}\nPlease answer within 7 days.\n".encode()))
    assert (found if name else found in ("tiki", "rozetka")) == (name or False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("دکمه کالا گزارش پیگیری چاپ ژرف این کالا حذف شد", "fa"),
        ("ہم نے آپ کی لسٹنگ ہٹا دی ہے کیونکہ یہ ٹریڈ مارک کی خلاف ورزی کرتی ہے", "ur"),
        ("تمت إزالة المنتج الخاص بك بسبب شكوى", "ar"),
    ],
)
def test_urdu_is_no_persian(text, code):
    assert language(text) == code
