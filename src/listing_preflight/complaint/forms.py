"""The platforms' forms as data: names, mail boxes, sites, ids, routes."""

import functools
import importlib.resources
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from listing_preflight.complaint.folded import as_read


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is known of one platform's notices; every pattern finds in folded text."""

    platform: str
    names: tuple[str, ...]
    firms: tuple[str, ...]
    mail_domains: frozenset[str]
    sites: tuple[str, ...]
    site: str | None
    sites_by_language: Mapping[str, str]
    markers: tuple[str, ...]
    listing_ids: tuple[re.Pattern[str], ...]
    listing_urls: tuple[re.Pattern[str], ...]
    reference: tuple[re.Pattern[str], ...]
    glued: int | None
    examples: tuple[str, ...]
    over: str | None
    routes: Mapping[str, Sequence[str]]
    required: Mapping[str, Sequence[str]]
    files: Mapping[str, Sequence[str]]
    source: str
    seen: str
    confidence: str


@functools.cache
def data(name: str) -> Any:
    """One of this room's data files, read once, in the letters that notices are read in; nobody changes what it returns."""
    text = importlib.resources.files(__package__).joinpath("data", *name.split("/")).read_text("utf-8")
    return yaml.load(as_read(text), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader


@functools.cache
def forms() -> tuple[Form, ...]:
    """All forms, in the order of their names."""
    folder = importlib.resources.files(__package__).joinpath("data", "forms")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".yaml"))
    return tuple(_form(data(f"forms/{name}")) for name in names)


def form(platform: str) -> Form | None:
    """The form of a platform, or None."""
    return next((f for f in forms() if f.platform == platform), None)


def _form(row: Mapping[str, Any]) -> Form:
    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p) for p in row.get(key) or ())

    return Form(
        platform=row["platform"], names=tuple(row["names"]), firms=tuple(row.get("firms") or ()), mail_domains=frozenset(row["mail_domains"]),
        sites=tuple(row["sites"]), site=row.get("site"), sites_by_language=row.get("sites_by_language") or {},
        markers=tuple(map(str, row["markers"])), listing_ids=patterns("listing_ids"),
        listing_urls=patterns("listing_urls"), reference=patterns("reference"), glued=row.get("glued"),
        examples=tuple(row.get("examples") or ()), over=row.get("over"), routes=row.get("routes") or {},
        required=row.get("required") or {}, files=row.get("files") or {}, source=row["source"], seen=str(row["seen"]),
        confidence=row["confidence"],
    )  # fmt: skip


def platform_domains() -> frozenset[str]:
    """Every domain that belongs to a platform: its mail boxes and its sites."""
    return frozenset(d for f in forms() for d in (*f.mail_domains, *f.sites, f.site or "")) - {""}


def is_platform(domain: str) -> bool:
    """Whether a domain, or the one that it is under, belongs to a platform."""
    parts = domain.lower().rstrip(".").split(".")
    return any(".".join(parts[i:]) in platform_domains() for i in range(len(parts) - 1))
