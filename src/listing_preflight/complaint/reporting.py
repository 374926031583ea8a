"""The other side: a report of a rights owner, field by field for a platform's form, with checks of the own right first."""

import datetime
import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.assessing import seller_told
from listing_preflight.complaint.case import Case
from listing_preflight.complaint.catalogue import Offer, read_catalogue
from listing_preflight.complaint.elements import Seen, asserted, look
from listing_preflight.complaint.forms import data
from listing_preflight.errors import UsageError
from listing_preflight.judging import cover, force, territory
from listing_preflight.judging.authority import Sale, failed_limit, names
from listing_preflight.judging.goods import of_listing
from listing_preflight.judging.seller import Seller, read_seller
from listing_preflight.model.mark import Mark
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import marketplace
from listing_preflight.text.fold import folded_key

LEVELS = {
    "product": "the mark stands on the product or its packaging",
    "offer": "the offer of one seller on a page that may stay",
    "page": "the words of the page use the mark for other goods",
}


class Reported(NamedTuple):
    """Files written, what must be settled before the report can be sent, what could not be read, drafts that a person edited."""

    files: tuple[str, ...]
    problems: tuple[str, ...]
    gaps: tuple[str, ...]
    edited: tuple[str, ...]


def platforms() -> tuple[str, ...]:
    """The forms that are known."""
    return tuple(data("reporting/forms.yaml"))


def report(own: str, against: Path, platform: str, level: str, seller: Path, out: Path, day: datetime.date) -> Reported:
    """Write report-N.md, one for each part of the form's limit, and report.json."""
    form: Mapping[str, Any] = data("reporting/forms.yaml")[platform]
    who = read_seller(seller)
    mark = next((m for m in who.own if folded_key(m.name) == folded_key(own)), None)
    if mark is None:
        raise UsageError(f"{own!r} is not among own_marks", where=str(seller), remedy="Name a mark of the seller file")
    if level not in form["levels"]:
        raise UsageError(
            f"{platform} takes no report at the level {level}",
            where="--level",
            remedy=f"Levels are {', '.join(form['levels'])}",
        )
    held = read_catalogue(against)
    offers, gaps = held.offers, tuple(f"{g.detail} ({g.origin.file if g.origin else against.name})" for g in held.gaps)
    seen = list(look([o.listing for o in offers], [asserted(mark)], (), day, images=False))
    carrying = [(o, s) for o, s in zip(offers, seen, strict=True) if s.places]
    mine = [o for o, _ in carrying if _is_authorised(mark, o, who, day)]
    meant = [(o, s) for o, s in carrying if o not in mine]
    told = seller_told(seller)
    problems = [*_right(mark, [o for o, _ in meant], form, day), *_ids(meant, form), *_lacking(told, form)]
    problems += [] if meant else ["no listing carries the mark"]
    size = form["limits"].get("listings", max(1, len(meant)))
    case = Case(out)
    old = sorted(p.name for p in out.glob("report-*.md"))
    edited = tuple(n for n in old if not case.is_ours(n))
    case.drop(*old)
    files: list[str] = []
    free = (f"report-{n}.md" for n in itertools.count(1) if f"report-{n}.md" not in edited)
    for n in range(0, len(meant), size):
        name = next(free)
        case.put(name, _text(form, mark, level, meant[n : n + size], told, problems))
        files.append(name)
    case.write("report.json", {
        "platform": platform, "level": level, "mark": mark.name, "listings": [_id(o, form) for o, _ in meant],
        "left_out": [o.listing.id for o in mine], "problems": problems, "gaps": list(gaps), "source": form["source"], "seen": str(form["seen"]), "confidence": form["confidence"],
    })  # fmt: skip
    case.log("report", {"platform": platform, "files": {k: v for n in files for k, v in case.digest(n).items()}}, day)
    return Reported((*files, "report.json"), tuple(problems), gaps, edited)


def _is_authorised(mark: Mark, offer: Offer, who: Seller, day: datetime.date) -> bool:
    """Whether the owner allowed a sale under this mark: an entry about it names the listing or the shop, and no limit fails."""
    site, goods = marketplace(offer.listing.marketplace), of_listing(offer.listing)
    sale = Sale(offer.listing, goods, site, day, frozenset())
    entries = [a for a in who.authorisations if names(a, mark) and (a.skus or a.marketplaces)]
    return any(failed_limit(a, sale, site.offices) in (None, "document") for a in entries)


def _right(mark: Mark, offers: Sequence[Offer], form: Mapping[str, Any], day: datetime.date) -> list[str]:
    rows = [r for r in mark.registrations if force.of(r, day).live is Tri.YES]
    if not mark.registrations:
        return ["no registration of the mark is in the seller file"]
    out = [] if rows else ["no registration of the mark is in force on this day"]
    for offer in offers:
        site, goods = marketplace(offer.listing.marketplace), of_listing(offer.listing)
        if rows and not any(territory.of(r, site, mark.registrations).binds is Tri.YES for r in rows):
            out.append(f"{offer.listing.id}: no registration reaches {site.name or 'its marketplace'}")
        if rows and all(cover.of(r, goods).covers is Tri.NO for r in rows):
            out.append(f"{offer.listing.id}: no registration covers its goods")
    pattern, office = form.get("number_pattern"), form.get("number_office")
    if pattern and not any((r.office == office) and re.fullmatch(pattern, r.number or "") for r in rows):
        out.append(f"the form takes only a registration of {office} with a number like {pattern}")
    if form.get("registered_only") and rows and all(r.supplemental for r in rows):
        out.append("the form takes no mark of the supplemental register")
    return out


def _ids(meant: Sequence[tuple[Offer, Seen]], form: Mapping[str, Any]) -> list[str]:
    if not form.get("urls_only"):
        return [
            f"{o.listing.id}: no id or address of the marketplace"
            for o, _ in meant
            if not (o.told.get("asin") or o.told.get("item_id") or o.told.get("url"))
        ]
    return [f"{o.listing.id}: the form asks for an address" for o, _ in meant if not o.told.get("url")]


def _lacking(told: Mapping[str, str], form: Mapping[str, Any]) -> list[str]:
    needed = {"reporter": "name", "contact": "email", "address": "address", "telephone": "telephone"}
    return [f"seller file: {needed[f]} is missing" for f in form["fields"] if f in needed and not told.get(needed[f])]


def _id(offer: Offer, form: Mapping[str, Any]) -> str:
    told = offer.told
    return (
        told.get("url", offer.listing.id)
        if form.get("urls_only")
        else told.get("asin") or told.get("item_id") or told.get("url") or offer.listing.id
    )


def _text(
    form: Mapping[str, Any],
    mark: Mark,
    level: str,
    meant: Sequence[tuple[Offer, Seen]],
    told: Mapping[str, str],
    problems: Sequence[str],
) -> str:
    from listing_preflight.reports.plain import visible

    numbers = "; ".join(
        f"{r.office or '?'} {r.number or '?'}, classes {', '.join(map(str, sorted(r.classes or ())))}"
        for r in mark.registrations
    )
    places = "; ".join(f"{o.listing.id}, {p.field}: {p.text}" for o, s in meant for p in s.places[:1])
    value = {
        "reporter": told.get("name"), "contact": told.get("email"), "address": told.get("address"), "telephone": told.get("telephone"), "mark": mark.name,
        "number": numbers, "listings": ", ".join(_id(o, form) for o, _ in meant), "level": LEVELS[level], "description": f"{mark.name} stands here: {places}"[: form["limits"].get("description", 4000)],
        "reasons": f"{mark.name} ({numbers}) stands here: {places}", "marketplace": ", ".join(sorted({o.listing.marketplace or "not said" for o, _ in meant})),
        "goods": "; ".join(sorted({o.listing.category or "" for o, _ in meant} - {""})), "jurisdiction": ", ".join(sorted({r.office or "?" for r in mark.registrations})),
    }  # fmt: skip
    lines = [f"# {form['title']}", ""]
    for name in form["fields"]:
        shown = value.get(name)
        lines.append(
            f"- {name}: {visible(shown)}" if shown else f"- [ ] {name}: to be given, declared or signed by a person"
        )
    lines += [
        "",
        "## Before it is sent",
        "",
        *(f"- {visible(p)}" for p in problems or ["nothing was found lacking"]),
        *(f"- {n}" for n in form["notes"]),
        "",
    ]
    return "\n".join(lines)
