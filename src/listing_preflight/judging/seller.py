"""What a seller may do, with proof: the seller file, and whether it covers exactly this sale."""

import datetime
import fnmatch
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listing_preflight.errors import ListError
from listing_preflight.judging.goods import Goods
from listing_preflight.model.finding import Reason
from listing_preflight.model.listing import Listing, SellerClaim
from listing_preflight.model.mark import Mark, Registration
from listing_preflight.policy.marketplaces import Marketplace, members
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists import yaml_lines
from listing_preflight.watchlists.entries import OFFICES, EntryError, check_keys, make_mark

_FIELDS = frozenset(
    "mark owner work kind classes territories marketplaces skus from until document sha256 invoice note".split()
)
_KINDS = ("licence", "letter", "invoice", "own-picture", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """One permission with its limits; None means that a limit does not exist."""

    mark: str | None
    owner: str | None
    work: str | None
    kind: str
    classes: frozenset[int] | None
    territories: frozenset[str] | None
    marketplaces: frozenset[str] | None
    skus: tuple[str, ...]
    starts: datetime.date | None
    ends: datetime.date | None
    document: str | None
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The seller file: own marks as marks with registrations, and authorisations."""

    name: str
    own: tuple[Mark, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Whether a sale is covered; `reason` says by what, or which limit failed; None where nothing was said."""

    covered: bool
    reason: Reason | None = None


def read_seller(path: Path) -> Seller:
    """A validated seller file; ListError names file, line and field."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror})", where=str(path)) from None
    except UnicodeDecodeError:
        raise ListError("is not UTF-8", where=str(path), remedy="Save the seller file as UTF-8") from None
    try:
        data = json.loads(text) if path.suffix == ".json" else yaml_lines.load(path, text)
    except json.JSONDecodeError as e:
        raise ListError(f"is not JSON: {e.msg}", where=f"{path}:{e.lineno}") from None
    if not isinstance(data, Mapping):
        raise ListError("must be a mapping with seller, own_marks or authorisations", where=str(path))
    try:
        check_keys(data, frozenset({"seller", "own_marks", "authorisations"}))
        rows = data.get("own_marks") or []
        own = tuple(make_mark(_plain(r, path, "own_marks"), "seller", "stated") for r in rows)
    except EntryError as e:
        raise ListError(str(e), where=str(path)) from None
    found = tuple(_authorisation(_plain(r, path, "authorisations"), r, path) for r in data.get("authorisations") or [])
    return Seller(name=str((data.get("seller") or {}).get("name") or ""), own=own, authorisations=found)


def _plain(row: object, path: Path, where: str) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise ListError(f"{where}: an entry must be a mapping", where=str(path))
    return {k: v for k, v in row.items() if k != yaml_lines.LINE}


def _authorisation(row: Mapping[str, Any], raw: Mapping[str, Any], path: Path) -> Authorisation:
    where = f"{path}:{raw.get(yaml_lines.LINE, '?')}"
    try:
        check_keys(row, _FIELDS)
        if not any(row.get(k) for k in ("mark", "owner", "work")):
            raise EntryError("mark", "is missing; name a mark, an owner or a work")
        if row.get("kind", "other") not in _KINDS:
            raise EntryError("kind", f"{row['kind']!r} is not one of {', '.join(_KINDS)}")
        starts, ends = _day(row, "from"), _day(row, "until")
        if starts and ends and ends < starts:
            raise EntryError("until", f"{ends} is before from {starts}")
        return Authorisation(
            mark=row.get("mark"), owner=row.get("owner"), work=row.get("work"), kind=str(row.get("kind", "other")),
            classes=_set(row, "classes", int), territories=_offices(row), marketplaces=_set(row, "marketplaces", str),
            skus=tuple(map(str, row.get("skus") or ())), starts=starts, ends=ends, document=row.get("document"),
            fault=_document_fault(row, path.parent),
        )  # fmt: skip
    except EntryError as e:
        raise ListError(f"authorisation: {e}", where=where) from None


def _day(row: Mapping[str, Any], key: str) -> datetime.date | None:
    value = row.get(key)
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise EntryError(key, f"{value!r} is not a date like 2026-01-31") from None


def _set(row: Mapping[str, Any], key: str, kind: type) -> frozenset[Any] | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        return frozenset(kind(v) for v in (value if isinstance(value, list) else [value]))
    except ValueError:
        raise EntryError(key, f"{value!r} is not a list of {kind.__name__}") from None


def _offices(row: Mapping[str, Any]) -> frozenset[str] | None:
    found = _set(row, "territories", str)
    if found is not None and (bad := found - OFFICES):
        raise EntryError("territories", f"{min(bad)!r} is not an office code (WIPO ST.3)")
    return found


def _document_fault(row: Mapping[str, Any], folder: Path) -> str | None:
    """Why the document does not prove anything: missing or changed; None where it is as it was or none is named."""
    name, digest = row.get("document"), row.get("sha256")
    if not name:
        return None
    try:
        data = (folder / str(name)).read_bytes()
    except OSError:
        return "document-missing"
    if digest and hashlib.sha256(data).hexdigest() != str(digest).lower().removeprefix("sha256:"):
        return "document-changed"
    return None


def authority(
    marks: Mark,
    listing: Listing,
    goods: Goods,
    site: Marketplace,
    *,
    seller: Seller | None,
    trust: bool,
    day: datetime.date,
) -> Authority:
    """Whether the seller may use the mark in this sale."""
    claim = listing.seller
    if trust and (claim.own_brands or claim.authorised) and (claimed := _claimed(marks, claim)):
        return Authority(covered=True, reason=Reason(code="authority-asserted", params={"as": claimed}))
    if seller is None:
        return Authority(covered=False)
    if own := _own(marks, goods, site, seller):
        return own
    failed: Reason | None = None
    for one in seller.authorisations:
        if not _names(one, marks):
            continue
        limit = _failed_limit(one, listing, goods, site, day)
        if limit is None:
            params = {"kind": one.kind, "document": one.document or ""}
            return Authority(covered=True, reason=Reason(code="authority-covered", params=params))
        failed = failed or Reason(code="authority-not-covered", params={"limit": limit, "kind": one.kind})
    return Authority(covered=False, reason=failed)


def _claimed(mark: Mark, claim: SellerClaim) -> str | None:
    keys = {folded_key(mark.name), *(folded_key(a.name) for a in mark.aliases)}
    if any(folded_key(b) in keys for b in claim.own_brands):
        return "own brand"
    return "authorised" if any(folded_key(b) in keys for b in claim.authorised) else None


def _own(mark: Mark, goods: Goods, site: Marketplace, seller: Seller) -> Authority | None:
    """An own mark silences its own classes and territories, never an earlier mark of somebody else in force there."""
    own = next((m for m in seller.own if folded_key(m.name) == folded_key(mark.name)), None)
    if own is None:
        return None
    if not own.registrations:
        return Authority(covered=True, reason=Reason(code="authority-own", params={"document": ""}))
    rows = [r for r in own.registrations if not r.classes or not goods.likely or goods.likely & r.classes]
    if not rows:
        return Authority(covered=False, reason=Reason(code="own-mark-other-goods"))
    if not site.offices <= _covered(frozenset(r.office for r in rows if r.office)):
        return Authority(covered=False, reason=Reason(code="own-mark-other-territory"))
    if _earlier(mark, rows):
        return Authority(covered=False, reason=Reason(code="own-mark-later"))
    return Authority(covered=True, reason=Reason(code="authority-own", params={"document": rows[0].number or ""}))


def _earlier(mark: Mark, own: list[Registration]) -> bool:
    theirs = [d for r in mark.registrations if (d := r.filed or r.registered)]
    ours = [d for r in own if (d := r.filed or r.registered)]
    return bool(theirs and ours and min(theirs) < min(ours))


def _names(one: Authorisation, mark: Mark) -> bool:
    if one.owner is not None and (mark.owner or "").casefold() != str(one.owner).casefold():
        return False
    if one.mark is None:
        return one.owner is not None
    return str(one.mark) == f"{mark.list}:{mark.id}" or folded_key(str(one.mark)) == folded_key(mark.name)


def _failed_limit(
    one: Authorisation, listing: Listing, goods: Goods, site: Marketplace, day: datetime.date
) -> str | None:
    """The first limit that does not cover the sale, or None."""
    if one.fault:
        return one.fault
    if one.starts and day < one.starts:
        return "from"
    if one.ends and day > one.ends:
        return "until"
    if one.classes is not None and not goods.likely & one.classes:
        return "classes"
    if one.territories is not None and not (site.known and site.offices <= _covered(one.territories)):
        return "territories"
    if one.marketplaces is not None and site.name not in {m.casefold() for m in one.marketplaces}:
        return "marketplaces"
    if one.skus and not any(fnmatch.fnmatchcase(listing.id, pattern) for pattern in one.skus):
        return "skus"
    return None


def _covered(offices: frozenset[str]) -> frozenset[str]:
    return offices | (members() if "EM" in offices else frozenset())
