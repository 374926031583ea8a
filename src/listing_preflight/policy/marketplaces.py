"""Which offices' rights bind a listing on a marketplace."""

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listing_preflight.policy.store import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Marketplace:
    """A site; `offices` is empty where nobody knows the site, and `platform` None where not even its family."""

    name: str
    platform: str | None
    home: frozenset[str]
    offices: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether the offices that bind a listing here are known."""
        return bool(self.offices)


@functools.lru_cache(maxsize=1024)
def marketplace(name: str | None) -> Marketplace:
    """The marketplace of a domain (`amazon.de`) or `name.country` (`tiktokshop.us`)."""
    data, site = load("marketplaces.yaml"), spelled(name)
    family, base, country = _family(site)
    found: Mapping[str, Any] = data["families"].get(family, {})
    platform, table = found.get("platform"), data["sites"]
    if offices := table.get(site) or (table.get(base) if country == "us" else None):
        home = frozenset(offices)
        return Marketplace(name=site, platform=platform, home=home, offices=home)
    if base in data["unknown"] or country not in found.get("countries", ()):
        return Marketplace(name=site, platform=platform, home=frozenset(), offices=frozenset())
    home = frozenset({data["countries"][country]})
    reach = frozenset(found.get("reach", ())) if country == "us" and site.endswith(".com") else frozenset()
    return Marketplace(name=site, platform=platform, home=home, offices=home | reach)


NEAREST = 3
"""Known names that are told beside an unknown one."""
_LIKE = 0.7


def nearest(name: str) -> tuple[str, ...]:
    """Known names that are spelt most like an unknown one, the likest first; none where nothing is like it."""
    site = re.sub(r"[\s_./-]+", ".", spelled(name)[:LONGEST]).strip(".")
    own = {site: None} if marketplace(site).known else {}
    label = site.partition(".")[0]
    labels = difflib.get_close_matches(label, dict.fromkeys(n.partition(".")[0] for n in _names()), 1, _LIKE)
    same = [n for n in _names() if labels and n.partition(".")[0] == labels[0]]
    same.sort(key=lambda n: (-difflib.SequenceMatcher(None, site, n).ratio(), not n.endswith(".com"), n))
    plain = dict.fromkeys(n for n in same if n == f"{labels[0]}.com" and "." not in site)
    return tuple([*(own | plain | dict.fromkeys(same))][:NEAREST])


@functools.cache
def _names() -> tuple[str, ...]:
    """Every name that is known, one of each site."""
    data = load("marketplaces.yaml")
    families = ((f, c) for f, told in data["families"].items() for c in told.get("countries", ()))
    made = (f"{f}.com" if c == "us" else f"{f}.{_ENDINGS.get(c, c)}" for f, c in families)
    names = dict.fromkeys((*data["sites"], *made))
    return tuple(n for n in names if marketplace(n).known)


_ENDINGS = {
    "gb": "co.uk",
    "jp": "co.jp",
    "mx": "com.mx",
    "br": "com.br",
    "au": "com.au",
    "tr": "com.tr",
    "be": "com.be",
}


@functools.lru_cache(maxsize=1024)
def not_applied(name: str, where: str) -> str:
    """What is said of a marketplace's name that nobody knows; `where` is the option or field that holds it."""
    site, like = marketplace(name), nearest(name)
    lost = (
        "whose rights bind there is answered unknown" if site.platform
        else "no rule of that place was applied, and whose rights bind there is answered unknown"
    )  # fmt: skip
    known = f"Nearest known names: {', '.join(like)}" if like else "Names are a domain or name.country (amazon.de)"
    return f"{where} {name[:LONGEST]!r} is not known: {lost}. {known}"


LONGEST = 80
"""Characters of a name that are told."""


def spelled(name: str | None) -> str:
    """A marketplace's name as the table has it: no scheme, no www, no path, lower case."""
    site = (name or "").strip().casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return site.split("/")[0].rstrip(".")


def _family(site: str) -> tuple[str, str, str | None]:
    """The family of a site, its name without a subdomain, and its country: ("amazon", "amazon.co.jp", "jp")."""
    data = load("marketplaces.yaml")
    parts = site.split(".")
    for name in sorted(data["families"], key=len, reverse=True):
        own = name.split(".")
        for i in (0, 1):
            if parts[i : i + len(own)] == own:
                after = parts[i + len(own) :]
                subdomain = parts[0] if i and data["families"][name].get("subdomains") else None
                return name, ".".join(parts[i:]), _country(subdomain, after, data["countries"])
    return parts[0], site, None


def _country(subdomain: str | None, after: list[str], countries: Mapping[str, str]) -> str | None:
    """The country told by the ending (.co.uk, .com.mx, .de, .com) or, where a family does so, by a subdomain (de.shein.com)."""
    if after == ["com"]:
        return _plain(subdomain) if subdomain in countries else "us"
    plain = after[1:] if len(after) == 2 and after[0] in ("co", "com", "or", "net") else after
    return _plain(plain[0]) if len(plain) == 1 and plain[0] in countries else None


def _plain(country: str | None) -> str | None:
    return "gb" if country == "uk" else country


def members() -> frozenset[str]:
    """The countries that an EU trade mark binds."""
    return frozenset(load("marketplaces.yaml")["european_union"])


def benelux() -> frozenset[str]:
    """The countries that a Benelux mark binds."""
    return frozenset(load("marketplaces.yaml")["benelux"])
