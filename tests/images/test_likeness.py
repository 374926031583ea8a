"""Likeness by fitted curves: as sure as the measures are good, and never as sure as the file itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.images.likeness import curves, likeness

BITS = st.integers(0, 128)
SHARES = st.floats(0, 1)


@given(BITS, BITS)
def test_more_bits_apart_are_less_alike(a, b):
    near, far = sorted((a, b))
    for curve in ("hash", "outline"):
        assert 0 <= likeness(curve, bits=far) <= likeness(curve, bits=near) < 1


@given(SHARES, SHARES)
def test_more_agreement_is_more_alike(a, b):
    less, more = sorted((a, b))
    assert likeness("pixels", bits=40, agree=less) <= likeness("pixels", bits=40, agree=more)
    assert likeness("features", agree=less, exact=2, pairs=2) <= likeness("features", agree=more, exact=2, pairs=2)
    logo = {"cells": 4.5, "rarity": 0.1, "variety": 2.5, "even": 0.8, "bare": 0.9, "again": 0.2}
    assert likeness("logo", agree=less, **logo) <= likeness("logo", agree=more, **logo)


def test_a_measure_that_no_curve_has_is_refused():
    with pytest.raises(KeyError):
        likeness("hash", agree=1.0)


def test_every_curve_was_fitted_to_right_and_wrong_pictures():
    assert set(curves()) == {"features", "hash", "logo", "outline", "pixels"}
    assert likeness("hash", bits=0) > 0.99
    assert likeness("hash", bits=90) < 0.5
