"""Headings, labels and counts that stand where marks do and are none; a mark with its reading in brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.mark_headings import is_heading
from listing_preflight.complaint.reading.notice import read


def told(text):
    return [m.value for m in read(read_letter("n.txt", text.encode())).marks]


@pytest.mark.parametrize(
    "words", ["felszólítás", "Abmahnung", "Oficiul Numărul Clase", "Amt, Nummer, Klasse", "3 张", "商品主图第 1", "美国商标注册号", "商標登録番号"]
)  # fmt: skip
def test_headings_and_labels_are_no_marks(words):
    assert is_heading(words)


@pytest.mark.parametrize(
    "words", ["Klasse", "Number One", "3 Brothers", "主图记", "FELSZÓ", "Abmahnhof", "Office Otter"]
)
def test_names_that_hold_such_words_may_be_marks(words):
    assert not is_heading(words)


@given(st.from_regex(r"[B-DF-HJ-NP-TV-Z]{5,9}", fullmatch=True))
def test_a_name_in_capitals_is_no_heading(name):
    assert not is_heading(name)


def test_a_mark_is_told_without_its_reading():
    text = "Yahoo!ショッピングのパトロールで、ブランド「{}」の偽造品である疑いを確認し、商品情報を削除いたしました。\n商品コード:shop_ab-2201\nYahoo!ショッピング\n"
    assert told(text.format("KELVARIS(ケルヴァリス)")) == ["KELVARIS"]
    assert told(text.format("KELVARIS")) == ["KELVARIS"]


def test_heads_of_columns_name_no_mark_and_their_rows_do():
    text = (
        "Subscrisa Luca Dorin & Asociații SPRL, mandatar al societății Valea Mare Cosmetice SA, vă notificăm că produsele încalcă mărcile de mai jos.\n"
        "Marca\tOficiul\tNumărul\tClase\nVALEA MARE\tOSIM\t172 733\t3\n\nOferta: https://www.emag.ro/crema/pd/D7XK4QMBM/\n"
    )
    n = read(read_letter("n.txt", text.encode()))
    assert [m.value for m in n.marks] == ["VALEA MARE"]
    assert n.people.agent.value == "Luca Dorin & Asociații SPRL"
