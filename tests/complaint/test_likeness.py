"""Titles like a cited one: reordered, cut, misspelt; and none that only share a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.complaint.likeness import NEAR, Titles
from listing_preflight.model.listing import Listing, Origin, Text

OTHERS = [
    "Wool Socks, Two Pairs",
    "Dog Harness Size M",
    "Oak Puzzle for Children",
    "Whistling Kettle 2.3 L",
    "Path Light, Black",
]


def titles(*values):
    return Titles(
        [
            Listing(id=str(n), origin=Origin(file="x", row=n), texts=(Text(field="title", value=v),))
            for n, v in enumerate(values)
        ]
    )


@pytest.mark.parametrize(
    "copy",
    [
        "Amber Glass Garden Lantern",
        "Garden Lantern",
        "Gadren Lantren, Amber Galss",
        "Garden Lanterns, Amber Glasss",
        "Grden Latern, Ambr Glas",
    ],
)
def test_an_altered_title_is_the_most_like(copy):
    best = titles("Garden Lantern, Amber Glass", copy, *OTHERS).like([0])
    assert best[0].at == 1
    assert best[0].score >= NEAR


def test_a_number_that_is_another_is_no_misspelling():
    assert titles("Bolt M12345", "Bolt M12346", "Nut M99999").like([0])[0].score < 1.0


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=30), min_size=2, max_size=6))
def test_scores_lie_between_0_and_1_and_a_copy_scores_most(values):
    held = titles(*values, values[0])
    found = held.like([0], least=0.0)
    assert all(0.0 <= a.score <= 1.0 for a in found)
    same = [a.score for a in found if a.at == len(values)]
    assert not same or same[0] == max(a.score for a in found)
