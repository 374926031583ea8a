"""Which offices' rights bind a listing on a marketplace."""

import functools
from dataclasses import dataclass

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
    data = load("marketplaces.yaml")
    site = (
        (name or "")
        .strip()
        .casefold()
        .removeprefix("https://")
        .removeprefix("http://")
        .removeprefix("www.")
        .rstrip("/")
    )
    family, ending = _family(site)
    found = data["families"].get(family)
    platform = found["platform"] if found else None
    if site in data["sites"]:
        home = frozenset(data["sites"][site])
        return Marketplace(name=site, platform=platform, home=home, offices=home)
    country = data["countries"].get(ending.rpartition(".")[2])
    if not found or not country or site in data["unknown"]:
        return Marketplace(name=site, platform=platform, home=frozenset(), offices=frozenset())
    reach = frozenset(found.get("reach", ())) if ending in found.get("global", ()) else frozenset()
    return Marketplace(name=site, platform=platform, home=frozenset({country}), offices=frozenset({country}) | reach)


def _family(site: str) -> tuple[str, str]:
    """The family of a site and what follows its name: ("amazon", "co.jp")."""
    families = load("marketplaces.yaml")["families"]
    for name in sorted(families, key=len, reverse=True):
        if site.startswith(name + "."):
            return name, site[len(name) + 1 :]
        platform, dot, rest = name.partition(".")
        if dot and site.startswith(f"{platform}.{rest}."):
            return name, site[len(name) + 1 :]
    return site.partition(".")[0], site.partition(".")[2]


def members() -> frozenset[str]:
    """The countries that an EU trade mark binds."""
    return frozenset(load("marketplaces.yaml")["european_union"])


def benelux() -> frozenset[str]:
    """The countries that a Benelux mark binds."""
    return frozenset(load("marketplaces.yaml")["benelux"])
