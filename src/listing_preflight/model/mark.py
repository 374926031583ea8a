"""Protected marks and works, and the registrations that protect them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Rights = Literal["official", "stated", "assumed"]
KINDS = (
    "word", "slogan", "phrase", "character", "person", "title", "figurative", "badge", "standard", "product-line",
)  # fmt: skip
CREATIONS = frozenset({"title", "character", "person", "slogan", "phrase"})
"""Kinds of marks that are works, persons and sayings: what goods show, no part of them and no device."""
STATUSES = ("registered", "pending", "dead", "generic", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One right at one office (WIPO ST.3 code); `office` None means that it is said to hold everywhere."""

    office: str | None
    number: str | None = None
    classes: frozenset[int] | None = None
    status: str = "unknown"
    """One of STATUSES, an office code such as "US:710", or "unstated": nobody says, and the user's word is taken."""
    filed: datetime.date | None = None
    registered: datetime.date | None = None
    expires: datetime.date | None = None
    goods: str | None = None
    excluded_goods: str | None = None
    disclaimed: tuple[str, ...] = ()
    supplemental: bool = False
    designated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another form of a mark's name; it can be an ordinary word where the name is not."""

    name: str
    common_word: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One protected name of one owner in one list; `common_word` None means that nobody has said."""

    id: str
    list: str
    name: str
    kind: str = "word"
    owner: str | None = None
    parent: str | None = None
    aliases: tuple[Alias, ...] = ()
    famous: bool = False
    common_word: bool | None = None
    requires: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()
    never_near: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    """Words behind the name with which it is an ordinary expression ("subway tile")."""
    part_of: tuple[str, ...] = ()
    """Goods of other makers in which it is named as a part."""
    permitted_use: str | None = None
    registrations: tuple[Registration, ...] = ()
    images: tuple[str, ...] = ()
    rights: Rights = "stated"
    source: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A protected picture (copyright) or design, or one that is known to be harmless; `images` are files or hashes."""

    id: str
    list: str
    kind: Literal["image", "design", "harmless"]
    owner: str | None = None
    title: str | None = None
    images: tuple[str, ...] = ()
    registrations: tuple[Registration, ...] = ()
    locarno: tuple[str, ...] = ()
    rights: Rights = "stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """One loaded list: its marks and works, and the digest of the bytes that it came from.

    Those of a compiled list are made when they are asked for; `gallery` is the file in which its pictures are made ready,
    `pictured` the numbers of the marks that have any.
    """

    name: str
    digest: str
    version: str | None = None
    date: str | None = None
    rights: Rights = "stated"
    offices: frozenset[str] = frozenset()
    licence: str | None = None
    source: str | None = None
    folder: str = ""
    marks: Sequence[Mark] = field(default=())
    works: Sequence[Work] = field(default=())
    gallery: str = ""
    pictured: Sequence[int] = ()
