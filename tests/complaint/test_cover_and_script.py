"""Words with which somebody passes a notice on, and texts in letters that no reader knows."""

from listing_preflight.complaint.letter import read_letter, unread, unread_script
from listing_preflight.complaint.reading.notice import read

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
