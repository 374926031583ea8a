"""The offices' states: each code once, and the traps."""

from collections import Counter

import pytest

from listing_preflight.policy.store import load

US = load("statuses.yaml")["US"]
FORCE = {code: force for force, codes in US.items() for code in codes}


def test_all_169_codes_of_the_uspto_stand_once():
    counted = Counter(code for codes in US.values() for code in codes)
    assert len(counted) == 169
    assert set(counted.values()) == {1}


@pytest.mark.parametrize(
    ("code", "force"),
    [
        ("700", "registered"),
        ("778", "registered"),
        ("780", "registered"),
        ("790", "contested"),
        ("779", "pending"),
        ("763", "pending"),
        ("410", "pending"),
        ("413", "pending"),
        ("710", "dead"),
        ("900", "dead"),
        ("000", "unknown"),
        ("715", "unknown"),
        ("717", "registered"),
    ],
)
def test_traps(code, force):
    assert FORCE[code] == force


@pytest.mark.parametrize("office", sorted(load("statuses.yaml")))
def test_no_state_is_mapped_twice(office):
    assert max(Counter(s for states in load("statuses.yaml")[office].values() for s in states).values()) == 1
