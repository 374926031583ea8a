"""Plurals, possessives and case endings of a name are the name; a word that a dictionary has is the word."""

import pytest

from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.naive import NaiveMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.resolving import resolve
from listing_preflight.text.steps import of as steps
from listing_preflight.text.vocabulary import vocabulary

NAMES = ["Nike", "Lego", "Disney", "Sony", "iPhone", "Jeep", "Yeti", "UGG", "Tesla", "Puma", "Adidas", "Найк", "Rolex", "Louis Vuitton", "Gues", "Coache"]  # fmt: skip
FORMS = make_forms([Spelling(n, n, False, True) for n in NAMES], vocabulary())
FAST, SLOW = IndexMatcher(FORMS, vocabulary()), NaiveMatcher(FORMS, vocabulary())


def found(text):
    matches = FAST.find(text)
    assert matches == SLOW.find(text)
    return [(m.form.text, m.kind) for m in resolve(matches)[0]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nikes running shoes men", "Nike"), ("Legos for kids", "Lego"), ("Disneys best", "Disney"), ("Sonys old radio", "Sony"), ("two iPhones", "iPhone"),
        ("Jeeps parts", "Jeep"), ("Yetis cup", "Yeti"), ("warm Uggs", "UGG"), ("Teslas mats", "Tesla"), ("Pumas shoes", "Puma"), ("NIKES' shoes", "Nike"),
        ("Rolexes", "Rolex"), ("Louis Vuittons bag", "Louis Vuitton"),
    ],
)  # fmt: skip
def test_a_plural_is_the_name(text, name):
    assert found(text) == [(name, "plural")]


@pytest.mark.parametrize("written", ["Nike's", "Nike’s", "Nike´s", "Nike`s", "Nike'ın", "Nike-t", "Nike:n"])
def test_a_possessive_holds_the_name(written):
    assert found(f"{written} shoes") == [("Nike", "exact")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Niken kengät", "Nike"), ("Legoen", "Lego"), ("buty Adidasa", "Adidas"), ("Adidasow", "Adidas"), ("Nikeban", "Nike"),
        ("Rolexen", "Rolex"), ("кроссовки Найка", "Найк"), ("Disneyn", "Disney"),
    ],
)  # fmt: skip
def test_a_case_ending_is_the_name(text, name):
    assert found(text) == [(name, "plural")]
    (match,) = resolve(FAST.find(text))[0]
    assert "plural" in steps(match, text[match.start : match.end], html=False)


@pytest.mark.parametrize("text", ["guess what", "two coaches", "legend", "ugges"])
def test_a_word_of_its_own_is_no_plural(text):
    assert "plural" not in {kind for _, kind in found(text)}


def test_an_ordinary_name_takes_no_endings():
    forms = make_forms([Spelling("Apple", "Apple", True)], vocabulary())
    assert IndexMatcher(forms, vocabulary()).find("apples appleen") == []


@pytest.mark.parametrize(("name", "text"), [("UGG", "warm Uggs boots"), ("Yeti", "Yetis cup"), ("Puma", "Pumas shoes")])
def test_a_rare_word_that_is_a_name_has_a_plural_that_needs_context(name, text):
    forms = make_forms([Spelling(name, name, True)], vocabulary())
    (match,) = IndexMatcher(forms, vocabulary()).find(text)
    assert (match.kind, match.form.common) == ("plural", True)
    assert NaiveMatcher(forms, vocabulary()).find(text) == [match]
