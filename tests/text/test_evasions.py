"""A made name is found in every disguise, whole and with a step; without the name ordinary words never yield it."""

import html
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from listing_preflight.text import markup, steps
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.resolving import resolve
from listing_preflight.text.vocabulary import vocabulary
from tests.text.lists import listed

WORDS = vocabulary()
NAMES = [
    "zorvek", "qualim", "daxnup", "wogriv", "bextuk", "miljof", "nupqua", "limzor", "rivdax", "vekwog", "jofbex", "tukmil",
    "zorvekdax", "qualimnup", "wogrivbex", "tukmiljof",
]  # fmt: skip
MATCHERS = {n: IndexMatcher(make_forms([Spelling(n.title(), n.title(), False)], WORDS), WORDS) for n in NAMES}
HOMOGLYPHS = dict(zip("aeopcxyijdqws", "аеорсхуіјԁԛԝѕ", strict=True))
SMALL = dict(zip("abcdefgijklmnoprtuvwz", "ᴀʙᴄᴅᴇꜰɢɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡᴢ", strict=True))
LEET = {"o": "0", "i": "1", "e": "3", "a": "@", "s": "5", "g": "9", "t": "7", "b": "8"}
ACCENTS = {"a": "á", "e": "ê", "i": "ï", "o": "ö", "u": "ū", "n": "ñ", "z": "ž"}


def _all(table):
    return lambda name, _: "".join(table.get(c, c) for c in name)


def _between(sign):
    return lambda name, _: sign.join(name)


def _at(sign):
    return lambda name, at: name[:at] + sign + name[at:]


def _shifted(first):
    return lambda name, _: "".join(chr(first + ord(c) - ord("a")) for c in name)


DISGUISES = {
    "homoglyphs": _all(HOMOGLYPHS), "one homoglyph": lambda n, at: n[:at] + HOMOGLYPHS.get(n[at], n[at]) + n[at + 1 :],
    "full-width": _shifted(0xFF41), "mathematical": _shifted(0x1D41A), "mathematical script": _shifted(0x1D4EA),
    "circled": _shifted(0x24D0), "squared": _shifted(0x1F130), "regional": _shifted(0x1F1E6), "small capitals": _all(SMALL),
    "zero-width": _between("\u200b"), "one zero-width": _at("\u200d"), "soft hyphen": _at("\u00ad"), "filler": _at("\u3164"),
    "struck through": lambda n, _: "".join(c + "\u0336" for c in n), "bidi control": _at("\u200f"), "isolate": _at("\u2066"),
    "accents": lambda n, at: unicodedata.normalize("NFD", _all(ACCENTS)(n, at)), "accents whole": _all(ACCENTS), "leet": _all(LEET),
    "one leet": lambda n, at: n[:at] + LEET.get(n[at], n[at]) + n[at + 1 :],
    "emoji between": _between("🔥"), "stars between": _between("*"), "spaced": _between(" "), "dotted": _between("."),
    "dashes": _between("-"), "split": _at(" "), "split by a sign": _at("·"),
    "glued to a word": lambda n, _: n + "shoes", "after a word": lambda n, _: "shoes" + n, "a number": lambda n, _: n + "2024",
    "a domain": lambda n, _: n + ".com", "a hashtag": lambda n, _: "#" + n, "hashtag of words": lambda n, _: "#" + n + "style",
    "plural": lambda n, _: n + "s", "possessive": lambda n, _: n + "'s", "curly possessive": lambda n, _: n + "’s",
    "trademark": lambda n, _: n + "™", "registered": lambda n, _: n + "®",
    "deletion": lambda n, at: n[:at] + n[at + 1 :], "insertion": _at("e"), "doubled": lambda n, at: n[:at] + n[at] + n[at:],
    "swap": lambda n, at: n[: at - 1] + n[at] + n[at - 1] + n[at + 1 :], "substitution": lambda n, at: n[:at] + "h" + n[at + 1 :],
    "reversed": lambda n, _: "\u202e" + n[::-1] + "\u202c",
    "entities": lambda n, _: "".join(f"&#{ord(c)};" for c in n), "hex entity": lambda n, at: n[:at] + f"&#x{ord(n[at]):x};" + n[at + 1 :],
    "a tag inside": lambda n, at: n[:at] + "<b>" + n[at:] + "</b>", "a comment inside": _at("<!-- x -->"), "a soft-hyphen entity": _at("&shy;"),
}  # fmt: skip
SAME = {"a domain", "a hashtag", "possessive", "curly possessive", "trademark", "registered"}
"""Where the name itself stands letter for letter: only its case tells it from the list."""


def found(name, text):
    page = markup.visible(text)
    out = []
    for match in resolve(MATCHERS[name].find(page.text))[0]:
        start, end = page.span(match.start, match.end)
        shown = page.text[match.start : match.end]
        turned = bool(page.turned) and page.turns(match.start, match.end)
        hidden = text[start:end] != (shown[::-1] if turned else shown)
        out.append((match, text[start:end], steps.of(match, shown, html=hidden, turned=turned)))
    return out


@pytest.mark.parametrize("kind", DISGUISES)
@settings(max_examples=25)
@given(
    name=st.sampled_from(NAMES),
    at=st.integers(1, 5),
    before=st.sampled_from(["", "new red ", "(", "für "]),
    after=st.sampled_from(["", " bag", ", neu"]),
)
def test_a_name_in_disguise_is_found_where_it_stands(kind, name, at, before, after):
    written = DISGUISES[kind](name, at)
    assume(not WORDS.is_word(written))
    assume(not kind.startswith("split") or not all(len(p) == 1 or WORDS.is_whole(p) for p in (name[:at], name[at:])))
    here = found(name, before + written + after)
    assert here, written
    match, span, told = here[0]
    assert told, (written, match.kind)
    assert span in written
    if kind == "reversed":
        assert span == written.strip("\u202e\u202c")
    elif kind not in SAME:
        bare = written.removeprefix("#").removesuffix("</b>")
        assert len(span) >= len(bare) - 1, (span, written)


@pytest.mark.parametrize(
    ("name", "text"),
    [("Zorbarn", "zorbam"), ("Zormak", "zorrnak"), ("Wogriv", "vvogriv"), ("Zorwak", "zorvvak"), ("Lildax", "IiIdax"), ("Daxlim", "daxIim"), ("Zordek", "zorclek")],
)  # fmt: skip
def test_letters_that_look_like_others(name, text):
    matcher = IndexMatcher(make_forms([Spelling(name, name, False)], WORDS), WORDS)
    assert {(m.kind, m.start, m.end) for m in resolve(matcher.find("new " + text + " bag"))[0]} == {
        ("visual", 4, 4 + len(text))
    }


@settings(max_examples=100)
@given(st.sampled_from([n for n in NAMES if len(n) >= 9]), st.integers(1, 3), st.integers(5, 7))
def test_two_edits_on_a_long_name(name, a, b):
    written = name[:a] + name[a + 1 : b] + "h" + name[b + 1 :]
    assume(not WORDS.is_word(written))
    assert [(m.kind, span) for m, span, _ in found(name, f"new {written} bag")] == [("edit", written)]


@pytest.mark.parametrize(
    ("alias", "text", "written"),
    [
        ("佐瓦尼龙", "新款佐瓦尼龙运动鞋", "佐瓦尼龙"), ("佐瓦尼龙", "新款佐瓦尼龍運動鞋", "佐瓦尼龍"), ("ゾルヴァーネ", "新品ゾルヴァーネの靴", "ゾルヴァーネ"),
        ("ゾルヴァーネ", "新品ぞるゔぁーねの靴", "ぞるゔぁーね"), ("ゾルヴァーネ", "ｿﾞﾙｳﾞｧｰﾈ靴", "ｿﾞﾙｳﾞｧｰﾈ"), ("조르베인", "새로운 조르베인 신발", "조르베인"),
        ("조르베인", "조르베인의 신발", "조르베인"), ("Зорвейн", "новый зорвейн шоп", "зорвейн"), ("زورفين", "حذاء زورفين جديد", "زورفين"),
        ("זורביין", "נעל זורביין חדש", "זורביין"), ("ซอร์เวน", "รองเท้าซอร์เวนใหม่", "ซอร์เวน"), ("ज़ोरवेन", "नया ज़ोरवेन जूता", "ज़ोरवेन"),
    ],
)  # fmt: skip
def test_aliases_of_other_scripts_in_running_text(alias, text, written):
    matcher = IndexMatcher(make_forms([Spelling(alias, "Zorvane", False)], WORDS), WORDS)
    spans = [
        (text[m.start : m.end], steps.of(m, text[m.start : m.end], html=False)) for m in resolve(matcher.find(text))[0]
    ]
    assert [s for s, _ in spans] == [written]
    assert "alias" in spans[0][1]


ORDINARY = sorted(w for w, t in listed().words.items() if t.usual and w.isascii() and w.isalpha() and len(w) > 2)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(ORDINARY), max_size=60), st.sampled_from([" ", ", ", "\n", "-", "<br>"]))
def test_ordinary_words_never_yield_a_made_name(words, joiner):
    text = markup.visible(html.escape(joiner.join(words)) if joiner != "<br>" else joiner.join(words)).text
    for matcher in MATCHERS.values():
        assert matcher.find(text) == []
