"""Names in scripts without spaces, stretched or vowelled, with several look-alikes; and aliases that are everyday words."""

import pytest

from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.naive import NaiveMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.resolving import resolve
from listing_preflight.text.vocabulary import vocabulary


def found(alias, text, *, name="Zorvane"):
    forms = make_forms([Spelling(alias, name, False)], vocabulary())
    matches = IndexMatcher(forms, vocabulary()).find(text)
    assert matches == NaiveMatcher(forms, vocabulary()).find(text)
    return [(m.kind, text[m.start : m.end]) for m in resolve(matches)[0]]


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        ("ซอร์เวน", "รองเท้าซอร์เวนราคาถูก"), ("ຊໍເວນ", "ເກີບຊໍເວນໃໝ່"), ("ហ្ស័រវ៉ែន", "ស្បែកជើងហ្ស័រវ៉ែនថ្មី"), ("ဇော်ဗိန်း", "ဖိနပ်ဇော်ဗိန်းအသစ်"),
        ("佐瓦尼", "新款佐瓦尼运动鞋"), ("ゾルヴァーネ", "新品ゾルヴァーネスニーカー"), ("조르베인", "새로운조르베인신발"),
        ("Zorvane", "รองเท้าZorvaneใหม่"), ("Zorvane", "ເກີບZorvaneໃໝ່"), ("Zorvane", "ស្បែកជើងZorvaneថ្មី"), ("Zorvane", "ဖိနပ်Zorvaneအသစ်"),
        ("เซอร์เวนอิ๊วบางกอก", "ยาดมสูตรเดียวกับเซอร์เวนอิ๊วบางกอกกลิ่นหอม"), ("ゾルヴァーネブリティッシュオーガニック", "新品ゾルヴァーネブリティッシュオーガニック石鹸"),
        ("Zorvane", "新款Zorvane鞋"), ("Zorvane", "新品Zorvaneの靴"),
    ],
)  # fmt: skip
def test_a_name_inside_text_without_spaces(alias, text):
    assert found(alias, text) == [("exact", alias)]


@pytest.mark.parametrize("written", ["زورفيـن", "زـورـفـيـن", "زُورْفِين", "زُورْفَيْنٌ", "زورفین", "ﺯﻭﺭﻓﻴﻦ"])
def test_arabic_stretched_vowelled_or_in_other_letters(written):
    assert found("زورفين", f"حذاء {written} جديد") == [("exact", written)]


@pytest.mark.parametrize("written", ["Zоrvаne", "Ζοrνane", "Z0rv4ne", "Zοrv@ne", "ZОRVАNЕ", "Zο𝗋vаne", "z0rv@n3"])
def test_several_look_alikes_in_one_name(written):
    assert found("Zorvane", f"new {written} bag") == [("visual", written)]


@pytest.mark.parametrize("alias", ["май", "август", "популярный", "大众", "流行", "五月", "مايو", "شعبي"])
def test_an_alias_that_is_an_everyday_word_needs_context(alias):
    (form,) = make_forms([Spelling(alias, "Zorvane", False)], vocabulary())
    assert form.common


@pytest.mark.parametrize("alias", ["зорвейн", "самсунг", "сони", "三星", "ソニー", "任天堂", "삼성", "سامسونج"])
def test_an_alias_that_is_the_name_alone_does_not(alias):
    (form,) = make_forms([Spelling(alias, "Zorvane", False)], vocabulary())
    assert not form.common


def test_a_name_of_its_own_stays_what_its_list_says():
    (form,) = make_forms([Spelling("август", "август", False)], vocabulary())
    assert not form.common


@pytest.mark.parametrize("written", ["ETİ", "Eti", "eti"])
def test_a_short_name_with_the_turkish_capital_is_met_in_small_letters(written):
    assert found("ETİ", f"{written} bisküvi", name="ETİ") == [("exact", written)]
