"""Whether a listing sells what a design is registered for, by the design's Locarno class."""

import functools
from collections.abc import Mapping

from listing_preflight.judging.goods import Goods
from listing_preflight.model.finding import Reason
from listing_preflight.model.mark import Work
from listing_preflight.model.tri import Tri
from listing_preflight.policy.store import load

ARTICLE_BOUND = frozenset({"US"})
"""Offices whose design rights hold for the article that they name alone (Curver Luxembourg v. Home Expressions, Fed. Cir. 2019; In re SurgiSil,
Fed. Cir. 2021). A Community design is not limited so (Regulation (EC) 6/2002, art. 36(6))."""


@functools.cache
def _pairs() -> Mapping[str, frozenset[int]]:
    """Nice classes by main class."""
    return {main: frozenset(classes) for main, classes in load("locarno.yaml")["classes"].items()}


def sells(work: Work, goods: Goods) -> Tri:
    """Whether the listing's goods may be of a class that the design is registered for."""
    mains = [one[:2] for one in work.locarno]
    if not mains or not goods.likely or any(main not in _pairs() for main in mains):
        return Tri.UNKNOWN
    return Tri.YES if any(_pairs()[main] & goods.likely for main in mains) else Tri.NO


def reason(work: Work, goods: Goods) -> Reason:
    """What a finding says of it."""
    params = {"classes": ", ".join(work.locarno) or "?", "goods": goods.told() or "?"}
    return Reason(
        {Tri.YES: "locarno-same", Tri.NO: "locarno-other", Tri.UNKNOWN: "locarno-unknown"}[sells(work, goods)], params
    )


def is_outside(work: Work, goods: Goods) -> bool:
    """Whether no right behind the design reaches these goods: every office limits it to its article, and this is another."""
    offices = {r.office for r in work.registrations}
    return bool(offices) and offices <= ARTICLE_BOUND and sells(work, goods) is Tri.NO
