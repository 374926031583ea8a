"""Looking for changed marks in many listings at once misses none that looking at each one finds, other names of the lists around them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.cli.sieving import Sieve, in_question, words_of
from listing_preflight.cli.touching import LISTINGS, Looking, Touching
from listing_preflight.detectors.marks_in_text import MarksInText
from listing_preflight.detectors.marks_over_fields import MarksOverFields
from listing_preflight.model.listing import Listing, Origin, Passing, Text
from listing_preflight.model.mark import Mark
from listing_preflight.text import tokens
from listing_preflight.text.core import core
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import make_forms
from listing_preflight.text.sift import laid, sift_of
from listing_preflight.text.stream import read
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.spellings import spellings

CHANGED = [Mark(id=name, name=name, list="l") for name in ("Zorvexa", "Quorvane", "Blue Kessel Works", "Velt", "乐高")]
OTHERS = [Mark(id=name, name=name, list="l") for name in ("Nikelle", "Tombrik", "Kessel")]
PARTS = (
    "Zorvexa zorvexa ZORV3XA Zor vexa Zorvexas Zorvexanikelle tombrikquorvane Quorvane Quovrane quor vane Blue Kessel Works blue kessel "
    "works Velt velts 乐高 乐 高 bag shoes for the soft réd strap <b>Zor</b>vexa Quor&shy;vane Nikelle Tombrik . ! a 4 ｚｏｒｖｅｘａ Ζorvexa"
).split()
FIELDS = ("brand", "title", "bullets", "bullets", "description")


def tables(marks):
    words = vocabulary()
    return Tables(make_forms(spellings(marks), words), words)


def made(chance, number):
    texts = [Text(field, " ".join(chance.choices(PARTS, k=chance.randint(1, 5))), n) for n, field in enumerate(FIELDS)]
    return Listing(id=str(number), origin=Origin(file=""), texts=tuple(chance.sample(texts, chance.randint(1, 5))))


def test_nothing_that_stands_in_a_listing_is_missed():
    chance = random.Random(11)
    every = tables([*CHANGED, *OTHERS])
    texts = MarksInText(IndexMatcher.over(every, vocabulary()))
    over_fields = MarksOverFields(every.forms_of, vocabulary())
    touching = Touching(CHANGED, every.glue)
    sieve = touching.sieve
    names = {m.name for m in CHANGED}
    listings = [made(chance, n) for n in range(3000)]
    seen = texts.see(listings)
    stands = {
        n
        for n, (one, found) in enumerate(zip(listings, seen, strict=True))
        if names & {h.form for h in (*found.hits, *(hit for hit, _ in found.yielded), *over_fields.see(one))}
    }
    (told,) = touching.begin([[words_of(one) for one in listings]])
    assert stands <= set(told())
    assert 100 < len(stands) < len(set(told())) + 1 < 2990
    if sieve is not None:
        left = sieve.left(listings)
        (again,) = touching.begin([[words for _, words in left]])
        assert {left[n][0] for n in again()} >= stands
        assert len(left) < 2990


class Broken(Sieve):
    """A sieve that fails."""

    def __init__(self):
        self.failed = False

    def left(self, _):
        raise ValueError("a damaged table")


def test_a_sieve_that_fails_rules_nothing_out_and_says_so_once(capsys):
    listings, broken = [made(random.Random(3), n) for n in range(5)], Broken()
    every = [(n, words_of(one)) for n, one in enumerate(listings)]
    assert in_question(broken, listings) == in_question(broken, listings) == in_question(None, listings) == every
    assert capsys.readouterr().err.count("sifting for changed names failed") == 1


@pytest.mark.skipif(core().module is None, reason="without the compiled core nothing is sifted")
def test_sifting_rules_out_no_text_that_the_matcher_finds_a_name_in():
    chance = random.Random(5)
    known = tables(CHANGED)
    sift, matcher = sift_of(known, vocabulary()), IndexMatcher.over(known, vocabulary())
    signs = ("", " ", " ", " ", "-", "\n", "$", "!", "@", "\u00ad", "\u200b", ".", "\u3000", "'", "é", "x" * 70)
    texts = [
        "".join(part + chance.choice(signs) for part in chance.choices(PARTS, k=chance.randint(0, 9)))
        for _ in range(4000)
    ]
    texts += ["", "\n", "bag", "\ud800", "a" * 5000]
    found = sift.sift(texts)
    hits = [bool(matches) for matches in matcher.find_all(texts)]
    assert [t for t, hit, suspect in zip(texts, hits, found.suspect.tolist(), strict=True) if hit and not suspect] == []
    assert 500 < sum(hits) < len(texts) - 500
    assert not found.suspect[hits.index(False) : len(texts)].all()
    again = sift.sift(texts)
    assert all((a == b).all() for a, b in zip(found, again, strict=True))
    for text, is_read, first, last in zip(texts, *(c.tolist() for c in found[1:]), strict=True):
        tokens = read(text).plain
        assert not is_read or [first, last] == ([tokens.hashes[0], tokens.hashes[-1]] if len(tokens.hashes) else [0, 0])


@pytest.mark.skipif(core().module is None, reason="without the compiled core nothing is sifted")
def test_a_vocabulary_that_starts_anew_rules_out_no_more(monkeypatch):
    known = tables(CHANGED)
    sift = sift_of(known, vocabulary())
    monkeypatch.setattr(tokens, "LIMIT", 4)
    for _ in range(3):
        assert sift.sift(["Zorvexa bag", "Soft straps for the bag", "Quovrane"]).suspect.tolist() == [True, False, True]


def test_a_lot_of_nothing_touches_nothing():
    touching = Touching(CHANGED, frozenset())
    (told,) = touching.begin([[((), ()), ((("title", "", 0),), ("",))]])
    assert told() == ()


@given(texts=st.lists(st.text(alphabet="ab 乐\ud800\n", max_size=5), min_size=1, max_size=6))
def test_texts_are_cut_as_they_were_laid(texts):
    found = laid(texts)
    cut = found.cut()
    assert [cut(n) for n in range(len(texts))] == [found.text(n) for n in range(len(texts))] == texts


class _Nobody:
    """Who must not be asked."""

    def submit(self, jobs):
        raise AssertionError(jobs)


def test_what_passes_already_is_looked_through_by_nobody():
    seen = [Passing(id=f"S{n}", origin=Origin(file="f", row=n), title="Bag") for n in range(2 * LISTINGS)]
    assert [*Looking(_Nobody(), 1).through(seen)] == seen
