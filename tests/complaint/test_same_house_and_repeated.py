"""Who passes a notice on within one house, and which periods of a subject line the text repeats."""

import re

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading import computed, deadlines
from listing_preflight.complaint.reading.notice import read
from listing_preflight.complaint.reading.page import Page

PASSED_ON = """From: {sender}
To: {to}
Subject: FW: Tallow trade mark

Your listing 204719938812 infringes my client's trade mark TALLOW. Please reply within 7 days, by 14 December 2026.

---------- Forwarded message ----------
From: Mia <mia@tallow.example>
To: {first}
Subject: Tallow trade mark

They still sell our lamps. Please write to them by 3 December 2026.
"""


def periods(text):
    return [d.words.value for d in read(read_letter("n.eml", text.encode())).deadlines]


@pytest.mark.parametrize(
    ("sender", "to", "first"),
    [
        ("Voss <voss@vosslaw.example>", "bob@shop.example", "voss@vosslaw.example"),
        ("Voss <voss@vosslaw.example>", "bob@shop.example, desk@vosslaw.example", "voss@vosslaw.example"),
        ("Voss <voss@vosslaw.example>", "bob@shop.example\nCc: desk@vosslaw.example", "voss@vosslaw.example"),
        ("Voss <voss@gmail.com>", "bob@gmail.com", "voss@gmail.com"),
        ("Ann <ann@shop.example>", "bob@shop.example.com", "orders@shop.example"),
        ("Ann <ann@shop.example>", "bob@shop.example", "orders@shop.example.com"),
    ],
)
def test_what_another_house_asks_above_a_mail_that_it_passes_on_binds(sender, to, first):
    assert any("within 7 days" in told for told in periods(PASSED_ON.format(sender=sender, to=to, first=first)))


@pytest.mark.parametrize("to", ["bob@shop.example", "Bob <BOB@Shop.Example>, eve@shop.example"])
def test_what_is_asked_within_one_house_is_no_period(to):
    told = periods(PASSED_ON.format(sender="Ann <ann@shop.example>", to=to, first="orders@shop.example"))
    assert not any("within 7 days" in one for one in told)


SUBJECT = """From: Voss <voss@vosslaw.example>
To: bob@shop.example
Subject: Trade mark: reply {one}

Your listing 204719938812 infringes the trade mark TALLOW of our client Tallow Inc. Please reply {other}.
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("within two days", "within fourteen days"),
        ("within 7 hours", "within 7 days"),
        ("within 7 days", "within 7 business days"),
        ("by tomorrow noon", "before the month is out"),
        ("by 3 December", "by 4 December"),
    ],
)
def test_a_period_of_the_subject_that_the_text_does_not_repeat_is_told(one, other):
    assert len(periods(SUBJECT.format(one=one, other=other))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("within two days", "in 2 days"),
        ("within 14 days", "within fourteen (14) days"),
        ("by tomorrow noon", "By tomorrow noon"),
        ("by 3 December", "no later than 3 December"),
        ("within 7 days", "within 7 days from receipt of this letter"),
    ],
)
def test_a_period_of_the_subject_that_the_text_repeats_is_told_once(one, other):
    assert len(periods(SUBJECT.format(one=one, other=other))) == 1


def test_how_long_a_period_lasts():
    assert computed.amount("within fourteen days") == computed.amount("in 14 days") == (14, "days")
    assert computed.amount("u roku od petnaest dana") == computed.amount("za petnaest dana") is not None
    assert computed.amount("u roku od petnaest dana") != computed.amount("u roku od deset dana")
    assert computed.amount("u roku od deset sati") != computed.amount("u roku od deset dana")
    assert computed.amount("within eleven days of a notice") != computed.amount("within a day")
    assert computed.amount("without delay") is None


def test_periods_of_a_page_are_told_in_their_order():
    text = SUBJECT.format(one="within 7 hours", other="within 7 days and by 14 December 2026")
    page = Page(read_letter("n.eml", text.encode()), "letter", None, "en")
    starts = [d.words.start for d in deadlines.find(page, "owner complaint", "Tallow Inc.")]
    assert len(starts) == 3
    assert starts == sorted(starts)
    assert re.search("7 hours", text).start() > starts[0]
