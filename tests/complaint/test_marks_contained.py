"""Words that something contains, labels in brackets, signs and numbers beside them."""

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read

HEAD = "Hello,\nwe hid item 256012345678 after a report.\nRights owner: Tallow Inc.\n"


def said(text):
    return read(read_letter("n.txt", f"{HEAD}{text}\n".encode()))


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ('The title contains "Orvexa", a registered trade mark.', {"Orvexa"}),
        ('The title contains "Free Shipping". It infringes a registered trade mark.', set()),
        ("Inbreuk op het merk. De titel bevat «Gratis verzending».", set()),
    ],
)
def test_phrases_of_trade_are_no_marks(line, marks):
    assert {m.value for m in said(line).marks} == marks


def test_a_label_in_a_bracket_ends_with_it():
    text = "出品者様\n貴店の商品(商品コード:yk-soap-03)につき、商標「ゆきしろ」(登録第6398114号)の侵害の申告がありました。\n"
    notice = read(read_letter("n.txt", text.encode()))
    assert ([n.value for n in notice.numbers], [m.value for m in notice.marks]) == (["6398114"], ["ゆきしろ"])


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("Our ref: RS/OAK/14", "RS/OAK/14"),
        ("J.nr. KL 44812", "KL 44812"),
        ("衡舟律函[2026]第55号", "衡舟律函[2026]第55号"),
    ],
)
def test_signs_of_letters(line, sign):
    assert [i.value for i in said(line).complaint_ids] == [sign]


@pytest.mark.parametrize(
    ("line", "office"),
    [
        ("Marca nacional n.º 688120, ORVEXA, registada no INPI.", "PT"),
        ("Marca ORVEXA, registrada no INPI sob o nº 918447120.", "BR"),
    ],
)
def test_portuguese_offices_by_spelling(line, office):
    text = f"Prezado vendedor,\no seu anúncio 256012345678 foi removido porque o titular Tallow Ltda. afirma que viola a marca.\n{line}\n"
    assert [n.office for n in read(read_letter("n.txt", text.encode())).numbers] == [office]
