"""Goods that changed their class are compared under the edition of the day of filing."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.judging import editions, goods

OLD, NEW = datetime.date(2024, 5, 2), datetime.date(2026, 1, 1)


def test_sunglasses_were_in_class_9_and_are_in_class_10():
    found = goods.of_texts("", "Polarised sunglasses")
    assert editions.classes_as_of(found.likely, found.moved, OLD) == {9}
    assert editions.classes_as_of(found.likely, found.moved, NEW) == {10}
    assert editions.classes_as_of(found.likely, found.moved, None) == {9, 10}


def test_goods_that_did_not_move_stay():
    found = goods.of_texts("", "Desk lamp")
    assert found.moved == ()
    assert editions.classes_as_of(found.likely, found.moved, NEW) == found.likely


@given(st.frozensets(st.integers(1, 45)), st.dates())
def test_without_a_move_nothing_changes(classes, day):
    assert editions.classes_as_of(classes, (), day) == classes
