"""Folding: what it makes of characters, and that every place leads back to the seller's own text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.text import markup
from listing_preflight.text.fold import fold, folded_key, plain_words

TEXT = st.text(alphabet=st.characters(), max_size=60)


def words(text, reading="plain"):
    return [t.text for t in getattr(fold(text), reading).tokens]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Nike's Air-Max", ["nike", "s", "air", "max"]), ("Größe Straße", ["grosse", "strasse"]), ("NIKE™", ["nike"]),
        ("Ｎｉｋｅ", ["nike"]), ("𝐍𝐢𝐤𝐞", ["nike"]), ("N\u200bi\u00adke", ["nike"]), ("N̶i̶k̶e̶", ["nike"]), ("İstanbul", ["istanbul"]),
        ("耐克鞋", ["耐", "克", "鞋"]), ("ﾅｲｷ", ["ナ", "イ", "キ"]), ("ないき", ["ナ", "イ", "キ"]), ("ガ", ["ガ"]), ("古馳", ["古", "驰"]),
        ("नाइकी", ["नाइकी"]), ("L'Oréal", ["l", "oreal"]), ("3 m", ["3", "m"]), ("\u202eekiN", ["ekin"]), ("!!!", []),
    ],
)  # fmt: skip
def test_plain(text, plain):
    assert words(text) == plain


@pytest.mark.parametrize(
    ("text", "visual"),
    [
        ("Nіkе", ["nike"]), ("Adid@s", ["adid@s"]), ("🅽🅸🅺🅴", ["nike"]), ("🇳🇮🇰🇪", ["nike"]), ("ɴɪᴋᴇ", ["nike"]),
        ("$hein", ["$hein"]), ("Cheap!", ["cheap"]), ("a + b", ["a", "b"]),
    ],
)  # fmt: skip
def test_visual(text, visual):
    assert words(text, "visual") == visual


@given(TEXT)
def test_places_lead_back(text):
    for reading in fold(text):
        last = 0
        for token in reading.tokens:
            assert last <= token.start < token.end <= len(text)
            last = token.end
            assert folded_key(text[token.start : token.end]) or reading is not fold(text).plain


@given(TEXT)
def test_plain_words_are_the_plain_reading(text):
    assert list(plain_words(text)) == words(text)


@given(TEXT)
def test_folding_twice_changes_nothing(text):
    once = " ".join(words(text))
    assert folded_key(once) == folded_key(text)


@given(st.text(alphabet="ab<>&;/ #x1pbi\n", max_size=40))
def test_shown_text_leads_back_to_what_was_written(value):
    page = markup.visible(value)
    for i in range(len(page.text)):
        start, end = page.span(i, i + 1)
        assert 0 <= start < end <= len(value)
    if "<" not in value and "&" not in value:
        assert page.text == value


def test_markup_inside_a_name():
    value = "<p>N<b>I</b>K&#69; shoes</p><script>NIKE</script>"
    page = markup.visible(value)
    at = page.text.index("NIKE")
    start, end = page.span(at, at + 4)
    assert value[start:end] == "N<b>I</b>K&#69;"
    assert page.text.count("NIKE") == 1
