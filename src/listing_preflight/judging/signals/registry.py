"""All signals by name; a new family is one file and one line here."""

from collections.abc import Mapping

from listing_preflight.judging.mention import Signal
from listing_preflight.judging.signals import (
    accessories,
    company,
    form,
    goods,
    kind,
    listed,
    parts,
    place,
    senses,
    statement,
    use,
    words,
)

FAMILIES = (place, form, senses, words, listed, company, goods, accessories, parts, use, statement, kind)
SIGNALS: Mapping[str, Signal] = {name: signal for family in FAMILIES for name, signal in family.SIGNALS.items()}
"""Name → predicate; docs/judging.md prints what each asks."""
