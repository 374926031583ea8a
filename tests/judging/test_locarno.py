"""What a design is registered for beside what a listing sells."""

import datetime

import pytest

from listing_preflight.judging import locarno
from listing_preflight.judging.goods import of_listing
from listing_preflight.model.listing import Listing, Origin, Text
from listing_preflight.model.mark import Registration, Work
from listing_preflight.model.tri import Tri


def design(*classes, office="US"):
    row = Registration(
        office=office, number="D1", classes=None, status="registered", registered=datetime.date(2020, 1, 1)
    )
    return Work(id="d", list="l", kind="design", locarno=classes, registrations=(row,), rights="stated")


def goods(title, category=None):
    return of_listing(
        Listing(id="x", origin=Origin(file="f"), category=category, texts=(Text(field="title", value=title),))
    )


@pytest.mark.parametrize(
    ("classes", "title", "answer"),
    [
        (("02-04",), "Running shoes", Tri.YES),
        (("02-04",), "Garden chair", Tri.NO),
        (("06-01", "02-04"), "Garden chair", Tri.YES),
        (("32-00",), "Running shoes", Tri.UNKNOWN),
        ((), "Running shoes", Tri.UNKNOWN),
        (("02-04",), "Zzyqx", Tri.UNKNOWN),
    ],
)
def test_the_class_of_a_design_is_held_against_the_goods(classes, title, answer):
    assert locarno.sells(design(*classes), goods(title)) is answer


def test_only_article_bound_rights_end_at_other_articles():
    chair = goods("Garden chair")
    assert locarno.is_outside(design("02-04"), chair)
    assert not locarno.is_outside(design("02-04", office="EM"), chair)
    assert not locarno.is_outside(design("06-01"), chair)
