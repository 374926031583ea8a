"""Find addresses, handles and copyright notices in the words of pictures: what a shop or author stamps on its own."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.detectors.prints import height, kind
from listing_preflight.images.looked import Frame, Line, Looked
from listing_preflight.images.ocr.doubt import READ
from listing_preflight.images.source import named
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Picture
from listing_preflight.text.fold import folded_key

SURE = 0.8
"""Confidence that a line needs: a dot or an @ is quickly read into texture."""
LEAST_LETTERS = 3
_PLAIN_ENDINGS = "com net org shop store biz info online"
"""Endings that make an address of a name also without www: no word of a sentence that lost its blank looks like one."""
_ADDRESS = re.compile(
    r"""(?<![\w.@+-])(?P<www>https?://(?:www\.)?|www\.)?(?P<user>[\w.+-]+@)?
    (?P<host>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?P<ending>[a-z]{2,12}))
    (?P<path>/[\w./%-]*)?(?![\w@])""",
    re.IGNORECASE | re.VERBOSE,
)
_HANDLE = re.compile(r"(?<![\w@.])@(?P<name>[a-z_][\w.]{3,29})(?![\w@])", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)\s*+(?:by\s++)?(?:(?:19|20)\d\d\s*+(?:[-–]\s*+(?:19|20)?\d\d\s*+)?,?\s*+)?(?:by\s++)?"
    r"(?P<name>[^\W\d_][\w&'’.-]*(?:\s+[^\W\d_][\w&'’.-]*){0,3})",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"all", "alle", "notice", "protected", "reserved", "rights", "tous"})
_SHARED = frozenset(
    "myshopify shopify etsy ebay amazon aliexpress alibaba 1688 taobao tmall shopee lazada temu instagram facebook "
    "tiktok pinterest youtube twitter x weebly wixsite wordpress blogspot bigcartel redbubble".split()
)
"""Hosts of many shops and people: whose the place is stands before or behind them."""
_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "ac", "or", "ne"})
_OFFICIAL = frozenset({"gov", "edu", "int", "mil"})


class Stamp(NamedTuple):
    """A stamp in one picture: whose it is (folded), the hit, and whether larger letters say the same name there."""

    owner: str
    hit: Hit
    on_goods: bool


def see_known_text(picture: Picture) -> tuple[Stamp, ...]:
    """Stamps in text that the listing says is in the picture."""
    text = picture.text or ""
    return tuple(
        Stamp(owner, _hit(match, text, what, Place(field="image", index=picture.index, start=match.start(), end=match.end())), False)
        for what, owner, match in _found(text)
    )  # fmt: skip


def see(picture: Picture, looked: Looked) -> tuple[Stamp, ...]:
    """Stamps in the lines that were surely read."""
    return tuple(stamp for frame in looked.frames for stamp in _frame(picture, frame))


def _frame(picture: Picture, frame: Frame) -> Iterator[Stamp]:
    read = [line for line in frame.lines if line.score >= READ]
    for line in read:
        for what, owner, match in _found(line.text) if line.score >= SURE else ():
            place = Place(
                field="image", index=picture.index, start=match.start(), end=match.end(), path=named(picture),
                frame=frame.number, box=line.box, height=round(height([line]) / max(1, *frame.size), 4),
                print=kind([line], read, frame.size),
            )  # fmt: skip
            larger = [one for one in read if height([one]) > 1.3 * height([line])]
            yield Stamp(owner, _hit(match, line.text, what, place), any(_says(one, owner) for one in larger))


def _says(line: Line, owner: str) -> bool:
    said = folded_key(line.text).replace(" ", "")
    return len(said) >= LEAST_LETTERS and (owner in said or (len(said) > LEAST_LETTERS and said in owner))


def _found(text: str) -> Iterator[tuple[str, str, re.Match[str]]]:
    """What kind of stamp it is, whose, and where."""
    for match in _ADDRESS.finditer(text):
        if _is_address(match, text) and (owner := _owner(match)):
            yield "address", owner, match
    for match in _HANDLE.finditer(text):
        if owner := _key(match["name"]):
            yield "handle", owner, match
    for match in _NOTICE.finditer(text):
        if match["name"].split()[0].casefold() not in _NO_NAMES and (owner := _key(match["name"])):
            yield "notice", owner, match


def _is_address(match: re.Match[str], text: str) -> bool:
    ending = match["ending"].casefold()
    if ending in _OFFICIAL:
        return False
    if match["www"] or match["user"]:
        return True
    # Elsewhere two words that lost their blank look alike: a country's ending counts where it is the whole line.
    even = match["host"] in (match["host"].lower(), match["host"].upper())
    return ending in _PLAIN_ENDINGS.split() or (len(ending) == 2 and even and match.group() == text.strip())


def _owner(match: re.Match[str]) -> str | None:
    """The name that an address was registered under, or that of the place at a host of many."""
    labels = match["host"].casefold().split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    labels = [x for x in labels if x != "www"] or labels
    if labels[-1] in _SHARED:
        places = [*labels[:-1], *(x for x in (match["path"] or "").split("/") if x not in ("", "shop", "stores", "p"))]
        return _key(places[-1]) if places else None
    return _key(labels[-1])


def _key(name: str) -> str | None:
    key = folded_key(name).replace(" ", "")
    return key if len(key) >= LEAST_LETTERS and any(c.isalpha() for c in key) else None


def _hit(match: re.Match[str], text: str, what: str, place: Place) -> Hit:
    return Hit(
        key=what, form=match.group(), common=False, kind="stamp", place=place, seen=match.group(),
        steps=frozenset({"ocr"}) if place.box else frozenset(), score=1.0, before=text[: match.start()],
        after=text[match.end() :],
    )  # fmt: skip
