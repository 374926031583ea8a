"""What the seller's own catalogue and documents say of a complaint."""

from collections.abc import Iterator

from listing_preflight.complaint.catalogue import Offer
from listing_preflight.complaint.matter import Check, Matter, key, unknown
from listing_preflight.complaint.sales import of_mark, of_work
from listing_preflight.judging import authority
from listing_preflight.judging.authority import Authority


def in_listing(matter: Matter) -> Check:
    """Whether a cited listing carries the element in text or picture."""
    ground = "in_listing"
    if not matter.head["listing_ids"]:
        return unknown(ground, "the notice names no listing")
    if not matter.offers:
        return unknown(ground, "no listing that the notice names is in the catalogue", matter.of("listing_ids"))
    if not matter.marks and not matter.works:
        return unknown(ground, "the notice names no word or picture that can be looked for")
    places = [(o, p) for o in matter.offers for p in matter.seen[key(o)].places]
    facts = [
        matter.facts.add(
            f"element:{p.element}", {"listing": o.listing.id, "field": p.field, "text": p.text},
            {**o.where, "field": p.field, "span": p.span}, prefix="A",
        )
        for o, p in places
    ]  # fmt: skip
    if places:
        shown = "; ".join(dict.fromkeys(f"{o.listing.id} {p.field}: {p.text}" for o, p in places))
        return Check(ground, "supports", tuple(facts), shown)
    gaps = [g.detail for o in matter.offers for g in matter.seen[key(o)].gaps]
    pictures = any(o.listing.pictures for o in matter.offers)
    absent = [one for one, found in matter.cited.items() if not found]
    if gaps or absent or (pictures and not matter.images):
        why = "; ".join([*gaps, *(f"{a}: not in the catalogue" for a in absent)]) or "pictures were not looked at"
        return unknown(ground, f"not seen, and not everything was looked at: {why}")
    if "copyright" in matter.head["kinds"] and not matter.works and not matter.marks:
        return unknown(ground, "no picture of the work is at hand")
    cited = matter.cite("title")
    return Check(
        ground, "contradicts", tuple(cited), "none of the cited listings carries the element in any field of the export"
    )


def authorised(matter: Matter) -> Check:
    """Whether a document on file covers the cited sales: then it contradicts the complaint."""
    ground = "authorised"
    if matter.seller is None:
        return unknown(ground, "no seller file was given")
    said = list(_authorities(matter))
    facts = [
        matter.facts.add("authority", dict(a.reason.params) if a.reason else "nothing on file", {"seller": "authorisations", "path": name}, prefix="A")
        for name, _, a in said
    ]  # fmt: skip
    covered = [(name, o) for name, o, a in said if a.covered]
    if covered and len({key(o) for _, o in covered}) == len({key(o) for _, o, _ in said}):
        return Check(
            ground,
            "contradicts",
            tuple(facts),
            "on file for " + "; ".join(dict.fromkeys(f"{o.listing.id} ({name})" for name, o in covered)),
        )
    if covered:
        some = ", ".join(dict.fromkeys(o.listing.id for _, o in covered))
        return Check(ground, "unknown", tuple(facts), f"a document covers only {some}")
    if not matter.offers and any(authority.names(a, m) for a in matter.seller.authorisations for m in matter.marks):
        return unknown(ground, "documents name the mark; the notice names no listing to hold them against")
    limits = "; ".join(dict.fromkeys(f"{name}: {_limit(a)}" for name, _, a in said if a.reason))
    return Check(ground, "supports", tuple(facts), limits or "no document for it is on file")


def _limit(said: Authority) -> str:
    assert said.reason is not None
    limit = said.reason.params.get("limit")
    return (
        f"the {said.reason.params.get('kind', 'document')} does not cover the sale ({limit})"
        if limit
        else said.reason.code
    )


def _authorities(matter: Matter) -> Iterator[tuple[str, Offer, Authority]]:
    """Whether each cited sale is covered: for every right of the complained names, and for every work that it shows."""
    rights = [f.mark for f in matter.rights] or list(matter.marks)
    site, who, day = matter.head["marketplace"], matter.seller, matter.day
    for offer in matter.offers:
        places = matter.seen[key(offer)].places
        for mark in rights:
            yield mark.name, offer, of_mark(mark, offer, site, who, day, frozenset(p.use for p in places))
        shown = {p.element for p in places}
        for work in matter.works:
            if (name := work.title or work.id) in shown:
                yield name, offer, of_work(work, offer, site, who, day)
