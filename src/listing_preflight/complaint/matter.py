"""What the checks of a complaint look at: the notice, the entries of its right, the cited offers, the seller file."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from listing_preflight.complaint.case import Facts
from listing_preflight.complaint.catalogue import Offer
from listing_preflight.complaint.elements import Seen
from listing_preflight.complaint.records import Found, Head
from listing_preflight.judging.seller import Seller
from listing_preflight.model.mark import Mark, Work
from listing_preflight.policy.marketplaces import Marketplace, marketplace

REGISTERED = frozenset({"trademark", "counterfeit", "design", "patent", "parallel import", "policy"})
"""Kinds that rest on a right of a register; copyright needs none."""


def is_bundled(head: Head) -> bool:
    """Whether a list is one of the many that the program brings and that hold no office's register: together they are one source."""
    return head.bundled and not head.offices


class Check(NamedTuple):
    """One ground: its result, the facts that it rests on, and a sentence that says them."""

    ground: str
    result: str
    facts: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """All that the checks look at.

    `focus` are the entries of the right that the notice names, `numbered` the offices and numbers at which the lists hold a
    number of it, `rights` the entries that hold a complained name, `marks` and `works` what is looked for in listings,
    `texts` the notices' own words by file.
    """

    head: Mapping[str, Any]
    facts: Facts
    focus: tuple[Found, ...]
    by_number: bool
    numbered: Mapping[str, tuple[str, ...]]
    heads: tuple[Head, ...]
    cited: Mapping[str, tuple[Offer, ...]]
    seen: Mapping[str, Seen]
    marks: tuple[Mark, ...]
    rights: tuple[Found, ...]
    works: tuple[Work, ...]
    seller: Seller | None
    day: datetime.date
    images: bool
    texts: Mapping[str, str]

    @property
    def offers(self) -> list[Offer]:
        """The cited offers that the catalogue holds, each once."""
        return list({key(o): o for some in self.cited.values() for o in some}.values())

    @property
    def dates(self) -> str:
        """Every list with its day: what a look-up can be held to."""
        own = [f"{h.name} of {h.date or 'no stated day'}" for h in self.heads if not is_bundled(h)]
        days = Counter(h.date or "no stated day" for h in self.heads if is_bundled(h))
        told = [
            f"{count} bundled list{'s' * (count > 1)} of {day}, complete for no office"
            for day, count in sorted(days.items())
        ]
        return "; ".join([*own, *told]) or "no list"

    @property
    def whole(self) -> frozenset[str]:
        """The offices that the lists together hold completely."""
        return frozenset().union(*(h.offices for h in self.heads))

    @property
    def sure(self) -> bool:
        """Whether the entry found is the one that is meant: by name, or by numbers whose offices are said or all looked through."""
        return not self.by_number or all(
            n["office"] or (n["candidates"] and set(n["candidates"]) <= self.whole) for n in self.head["numbers"]
        )

    @property
    def unfound(self) -> list[Mapping[str, Any]]:
        """The numbers of the notice that no list holds."""
        return [n for n in self.head["numbers"] if not self.numbered.get(n["value"])]

    def sites(self) -> list[Marketplace]:
        """The marketplaces of the cited offers, or that of the notice."""
        names = [o.listing.marketplace or self.head["marketplace"] for o in self.offers] or [self.head["marketplace"]]
        return [marketplace(n) for n in dict.fromkeys(names)]

    def record(self, found: Found) -> str:
        """The fact of an entry that was looked up."""
        rows = [f"{r.office or 'everywhere'} {r.number or ''}: {r.status}".strip() for r in found.rows]
        value = {"name": found.mark.name, "owner": found.mark.owner, "registrations": rows}
        source = {"list": found.head.name, "record": found.mark.id, "digest": found.head.digest}
        return self.facts.add("record", value, source, prefix="A")

    def of(self, *names: str) -> tuple[str, ...]:
        """Ids of the notice's own facts of some fields."""
        return tuple(str(row["id"]) for name in names for row in self.facts.of(name))

    def cite(self, name: str) -> list[str]:
        """Facts of one field of the cited offers, where the catalogue tells it."""
        said = ((o, getattr(o.listing, name, None) or o.told.get(name) or o.listing.id) for o in self.offers)
        return [self.facts.add(f"listing:{name}", value, {**o.where, "field": name}, prefix="A") for o, value in said]


def key(offer: Offer) -> str:
    """An offer's place in the catalogue."""
    return f"{offer.listing.origin.file}#{offer.listing.origin.row}#{offer.listing.id}"


def unknown(ground: str, why: str, facts: Sequence[str] = ()) -> Check:
    """Nothing can be said of a ground, and why."""
    return Check(ground, "unknown", tuple(facts), why)
