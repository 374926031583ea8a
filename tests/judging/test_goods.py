"""What a listing sells, in many languages, and how near it comes to a right's goods."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.judging import cover, goods, likeness, nice, nouns
from listing_preflight.model.mark import Registration
from listing_preflight.model.tri import Tri


@pytest.mark.parametrize(
    ("category", "title", "number"),
    [
        ("Health & Beauty > Personal Care > Oral Care > Toothpaste", "", 3),
        ("", "Kinderfahrradhelm blau verstellbar", 9), ("", "Vasos de vidrio 6 piezas", 21),
        ("", "Wiertarki udarowe 800 W", 7), ("", "Детские кроссовки белые", 25), ("", "Mutfak bıçakları", 8),
        ("", "ألعاب للأطفال", 28), ("", "여성용 손목시계", 14), ("", "电动牙刷头", 21), ("", "レディース腕時計", 14),
        ("", "Kampeerstoelen opvouwbaar", 20), ("", "Canne à pêche télescopique", 28), ("", "Tovaglia rotonda cotone", 24),
        ("", "Panela de pressão 5 litros", 21),
    ],
)  # fmt: skip
def test_the_class_of_goods(category, title, number):
    assert number in goods.of_texts(category, title).likely


@pytest.mark.parametrize("title", ["the rock band of the year", "for pet but four pain", "slot sale", "Qqzzx 400"])
def test_words_that_english_uses_for_something_else_say_nothing(title):
    assert 25 not in goods.of_texts("", title).likely


def test_what_stands_after_the_connecting_word_is_not_what_is_sold():
    assert 9 in goods.of_texts("", "Charging cable for bicycle lamp").likely
    assert not goods.of_texts("", "Charging cable for bicycle lamp").likely & {11, 12}


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_an_answer_and_always_the_same(category, title):
    found = goods.of_texts(category, title)
    assert found == goods.of_texts.__wrapped__(category, title)
    assert all(1 <= c <= 45 for c, _ in found.classes)
    assert found.likely <= {c for c, _ in found.classes}


@given(st.text(max_size=60))
def test_probabilities_of_the_model_are_probabilities(text):
    found = nice.ranked(text)
    assert len(found) in (0, 3)
    assert sum(p for _, p in found) <= 1.0001
    assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)


@given(
    st.sampled_from(["leather shoes", "metal screws", "beer", "toys for pets", "soap"]),
    st.sampled_from(["boots", "ale", "bolts of metal", "dog toys"]),
)
def test_likeness_is_the_same_both_ways_and_greatest_with_itself(one, other):
    assert likeness.of(one, other) == pytest.approx(likeness.of(other, one))
    assert likeness.of(one, other) <= likeness.of(one, one) + 1e-6


def test_every_noun_votes_for_classes():
    assert all(votes and all(1 <= c <= 45 for c in votes) for votes in nouns.votes().values())


def row(**more):
    return Registration(**{"office": "US", "status": "registered", **more})


def test_excluded_goods_take_a_class_out_for_themselves_alone():
    right = row(classes=frozenset({28}), excluded_goods="jigsaw puzzles; dice")
    assert cover.of(right, goods.of_texts("", "wooden jigsaw puzzle")).covers is Tri.NO
    assert cover.of(right, goods.of_texts("", "plush toy")).covers is Tri.YES


def test_a_right_without_classes_is_unknown_and_says_so():
    found = cover.of(row(), goods.of_texts("Shoes", ""))
    assert (found.covers, found.reason.code) == (Tri.UNKNOWN, "goods-no-classes")


@pytest.mark.parametrize(("classes", "named"), [({18}, 18), ({25}, 25), ({14, 18}, 18)])
def test_the_class_that_is_named_is_one_of_the_right(classes, named):
    both = goods.Goods(
        classes=((25, 2.0), (18, 1.5)), nouns=("belt",), nontechnical=False, emblem=False, accessory=False
    )
    found = cover.of(Registration(office="US", classes=frozenset(classes), status="registered"), both)
    assert (found.relation, found.reason.params["class"]) == ("equal", named)


def test_every_noun_stands_by_itself():
    """A comma forgotten at the end of a line makes one noun of two, and both are lost."""
    from tests.conftest import ROOT

    for file in sorted((ROOT / "src/listing_preflight/policy/data/nouns").glob("*.yaml")):
        lines = file.read_text("utf-8").split("\n")
        broken = [b for a, b in itertools.pairwise(lines) if b.startswith("  ") and not a.rstrip().endswith((",", ":"))]
        empty = [line for line in lines if ",," in line or ", ," in line]
        assert (file.name, broken, empty) == (file.name, [], [])
