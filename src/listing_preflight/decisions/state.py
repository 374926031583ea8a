"""What a decision was made on: a mark as it was registered, a listing as it was written; and what of it has changed."""

import hashlib
from collections.abc import Mapping

from listing_preflight.images.source import PictureError, is_address, read_under
from listing_preflight.model.finding import Finding
from listing_preflight.model.listing import Listing, Picture
from listing_preflight.model.mark import Registration


def target(finding: Finding) -> str | None:
    """LIST:ID of the mark or work that a finding is about; None for wording alone."""
    held = finding.mark or finding.work
    return f"{held.list}:{held.id}" if held else None


def mark_state(finding: Finding) -> str:
    """Owner and registrations in words: what ends a decision that holds until its mark changes. Terms are left out: a renewal is none."""
    held = finding.mark or finding.work
    if held is None:
        return ""
    rows = sorted(map(_registration, held.registrations))
    return "; ".join((f"owner {held.owner or 'not told'}", *rows))


def _registration(one: Registration) -> str:
    classes = f" [{' '.join(map(str, sorted(one.classes)))}]" if one.classes else ""
    return f"{one.office or 'everywhere'} {one.number or '-'} {one.status}{classes}"


def listing_state(listing: Listing) -> dict[str, str]:
    """A digest of each field of a listing, its category and the bytes of its pictures too; not where it stands."""
    parts: dict[str, list[str]] = {}
    for text in listing.texts:
        parts.setdefault(text.field, []).append(f"{text.name or ''}\0{text.value}")
    for picture in listing.pictures:
        parts.setdefault("images", []).append(_picture(picture))
    if listing.category:
        parts["category"] = [listing.category]
    return {name: _digest("\0\0".join(values)) for name, values in sorted(parts.items())}


def _picture(picture: Picture) -> str:
    """What a picture shows: its bytes wherever they lie; its address or text where there are none, its name where they cannot be read."""
    if picture.path is None or is_address(picture.path):
        return picture.path or picture.url or picture.text or ""
    try:
        return hashlib.sha256(read_under(picture.path, picture.roots)).hexdigest()
    except PictureError:
        return f"unread {picture.path}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def changed_mark(finding: Finding, marks: Mapping[str, str]) -> str | None:
    """What is another than when it was decided, in words; None where nothing is."""
    held = target(finding)
    if held is None:
        return None
    if held not in marks:
        return f"another mark bears the name now ({held})"
    now = mark_state(finding)
    return None if now == marks[held] else f"{held} was {marks[held]!r} and is {now!r}"


def changed_fields(listing: Listing, listings: Mapping[str, Mapping[str, str]]) -> str | None:
    """Which fields of the listing are other than when it was decided; None where none is."""
    if listing.id not in listings:
        return "the listing was not there when it was decided"
    was, now = listings[listing.id], listing_state(listing)
    changed = sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))
    return f"the listing changed: {', '.join(changed)}" if changed else None
