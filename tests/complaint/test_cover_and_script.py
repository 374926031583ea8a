"""Words with which somebody passes a notice on, and texts in letters that no reader knows."""

import pytest

from listing_preflight.complaint.letter import TEXT_MOST, read_letter, unread, unread_script
from listing_preflight.complaint.reading import deadlines
from listing_preflight.complaint.reading.notice import read
from listing_preflight.complaint.reading.page import Page

FORWARDED = """From: Ann <ann@shop.example>
To: Bob <bob@shop.example>
Subject: {subject}

Can you pull the file by Monday?

---------- Forwarded message ----------
From: eBay <ebay@ebay.com>
To: orders@shop.example
Subject: Your listing was removed

The rights owner Tallow Inc. reported your listing 204719938812 for trademark infringement.
Please reply within 7 days.
"""


def periods(text: str) -> list[str]:
    return [d.words.value for d in read(read_letter("n.eml", text.encode())).deadlines]


def test_what_a_colleague_asks_above_a_forwarded_notice_is_no_period_of_it():
    assert periods(FORWARDED.format(subject="FW: Your listing was removed")) == ["within 7 days"]


def test_a_text_in_letters_of_no_reader_is_said_not_to_be_read():
    letter = read_letter("n.txt", "உங்கள் பட்டியல் நீக்கப்பட்டது. வர்த்தக முத்திரை மீறல் புகார்.".encode())
    assert unread(letter.notes)
    assert "tamil" in unread(letter.notes)[0]


def test_letters_of_readers_are_read():
    for text in (
        "Bonjour",
        "Здраво",
        "Γεια",
        "שלום",
        "سلام",
        "नमस्ते",
        "สวัสดี",
        "こんにちは",
        "你好",
        "안녕하세요",
        "",
        "1234",
    ):
        assert unread_script(text) is None


def test_serbian_letters_are_told_from_bulgarian_ones():
    text = (
        "Поштовани, носилац права је пријавио ваш оглас због повреде жига. Молимо вас да одговорите у року од 7 дана."
    )
    assert read(read_letter("n.txt", text.encode())).language == "sr"


def told(sentence: str, language: str) -> list[tuple[str, str | None, str]]:
    page = Page(read_letter("n.txt", f"{sentence}\n".encode()), "unknown", None, language)
    return [(d.words.value, d.date, d.purpose) for d in deadlines.find(page, "owner complaint", "Tallow Inc.")]


def test_the_day_on_which_listings_are_taken_down_otherwise_is_told():
    assert told("Andernfalls nehmen wir die Artikel zum 23.06.2026 offline.", "de") == [
        ("zum 23.06.2026", "2026-06-23", "answer")
    ]
    assert told("The mark was registered on 14 December 2016.", "en") == []


def test_points_in_time_that_no_date_names_are_told():
    for sentence, language, words in (
        ("Please reply before the month is out.", "en", "before the month is out"),
        ("Reply no later than 11:59 p.m. on the fifth business day.", "en", "fifth business day"),
        ("Reageer uiterlijk overmorgen.", "nl", "uiterlijk overmorgen"),
        ("Ответьте до Нового года.", "ru", "до Нового года"),
    ):
        [(found, date, purpose)] = told(sentence, language)
        assert words in found
        assert (date, purpose) == (None, "answer")


def test_a_sum_beside_a_period_makes_it_one_of_money():
    assert [purpose for _, _, purpose in told("Please transfer 450 EUR within 10 days.", "en")] == ["unknown"]


TAMIL = "உங்கள் பட்டியல் நீக்கப்பட்டது. வர்த்தக முத்திரை மீறல் புகார். "


@pytest.mark.parametrize("before", [0, 5_990, 6_001, 60_000, TEXT_MOST - 6_000])
def test_letters_of_no_reader_are_seen_wherever_they_stand(before):
    text = ("Please read what follows. " * (before // 26 + 1))[:before] + TAMIL * 60
    assert unread_script(text) == "tamil"
    assert unread_script(text + "Kind regards, the team of the shop. " * 2_000) == "tamil"


def test_a_name_in_a_long_text_is_not_what_it_is_written_in():
    assert unread_script("204719938812, " * 1_000 + "Please reply. " * 2_000 + "தமிழ் விளக்கு") is None
    assert unread_script("Please reply. " * 1_000 + "204719938812, " * 1_000 + "தமிழ் விளக்கு") is None
