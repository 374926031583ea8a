"""The mapped words say what the lists that they are written from say; languages know their words as they are inflected."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.errors import ListError
from listing_preflight.storage.mapped import Sections, Writer
from listing_preflight.storage.replacing import replacing
from listing_preflight.text.hashing import hash_texts
from listing_preflight.text.tongues import Fingerprints, fingerprints, tongues
from listing_preflight.text.vocabulary import Vocabulary, vocabulary
from listing_preflight.text.wordtable import WordTable, hash_word, packed
from tests.text.lists import listed

LISTED = listed()
SLOW = Vocabulary(LISTED)
QUESTIONS = ("is_word", "is_english", "is_whole", "is_usual", "is_common", "frequency")
STRANGE_WORDS = 20_000
MOST_TAKEN = 0.005
"""Share of strange words that may pass for words of one language."""


def test_every_listed_word_is_known_with_its_traits():
    fast = vocabulary()._words
    assert {w for w, traits in LISTED.words.items() if fast.get(w) != traits} == set()


@pytest.mark.parametrize("kind", ["any", "usual", "common"])
def test_the_hashes_are_those_of_the_lists(kind):
    assert vocabulary().hashes(kind).tolist() == LISTED.hashes(kind).tolist()


@given(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(sorted(LISTED.words)[::97]).flatmap(lambda w: st.sampled_from([w, w + "s", w[1:]])),
    )
)
def test_the_mapped_words_answer_as_the_lists(word):
    assert [getattr(vocabulary(), q)(word) for q in QUESTIONS] == [getattr(SLOW, q)(word) for q in QUESTIONS]


@given(st.text(max_size=40))
def test_one_word_is_hashed_as_many_are(word):
    assert hash_word(word) == hash_texts([word])[0]


def test_a_long_string_is_no_word():
    assert not vocabulary().is_word("a" * 100_000)


def test_a_damaged_file_is_told(tmp_path):
    path = tmp_path / "words.bin"
    with replacing(path) as out:
        writer = Writer(out)
        writer.add_all("words", packed(LISTED.words))
        writer.finish({})
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(ListError, match="damaged"):
        WordTable.open(path)


@given(st.sets(st.text("abcdefgh", min_size=1, max_size=6), min_size=1))
def test_fingerprints_know_all_of_their_words(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("words") / "some.bin"
    with replacing(path) as out:
        writer = Writer(out)
        writer.add_all("x", fingerprints(words))
        writer.finish({})
    known = Fingerprints(Sections(path).at("x"))
    assert all(w in known for w in words)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("forelle", "de"), ("charmanter", "de"), ("domgartens", "de"), ("babyschlafsack", "de"), ("hundehalsband", "de"), ("watermantel", "nl"),
        ("megamat", "nl"), ("kettingslot", "nl"), ("antimacchia", "it"), ("spinel", "en"), ("pumba", "en"), ("بيبي", "ar"), ("barnvagnspase", "sv"),
        ("kahvikuppi", "fi"), ("regnjakke", "no"), ("vandflaske", "da"), ("ayakkabilarin", "tr"), ("buty", "pl"), ("chaussures", "fr"),
        ("zapatillas", "es"), ("sapatos", "pt"), ("boty", "cs"), ("pantofilor", "ro"), ("кроссовки", "ru"), ("кросівки", "uk"),
        ("παπουτσια", "el"), ("sepatunya", "id"), ("taska", "hu"), ("taskaban", "hu"),
    ],
)  # fmt: skip
def test_a_word_of_the_language(word, language):
    assert vocabulary().speaks(word, (language,))
    assert vocabulary().speaks(word, None)


@pytest.mark.parametrize(
    "word",
    [
        "addidas",
        "addias",
        "adiddas",
        "nikee",
        "channell",
        "pandorra",
        "swarovsky",
        "samsong",
        "rolexx",
    ],
)
def test_a_misspelt_brand_is_no_word_of_any_language(word):
    assert not vocabulary().speaks(word, None)


def test_an_unknown_language_knows_nothing():
    assert not vocabulary().speaks("forelle", ("xx",))


def test_a_strange_word_seldom_passes_for_one_of_the_language():
    draw = random.Random(3)
    for code in tongues().codes:
        strange = ["".join(draw.choices("bcdfghjklmnpqrstvwxz", k=9)) for _ in range(STRANGE_WORDS // 10)]
        taken = sum(vocabulary().speaks(w, (code,)) for w in strange)
        assert taken <= MOST_TAKEN * len(strange), code
