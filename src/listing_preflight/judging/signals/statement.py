"""What the statement speaks of, and whether the name is that of a service or shop which such statements name."""

import functools
import re
from collections.abc import Mapping

from listing_preflight.judging.fits import list_head
from listing_preflight.judging.grammar import Phrase, among, ends_with, is_filler, words
from listing_preflight.judging.mention import Mentioned, not_for, of_name
from listing_preflight.judging.speech import is_untold
from listing_preflight.model.finding import Reason
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key

SERVICES = frozenset(range(35, 46))
CARRYING = frozenset({36, 39})
"""Payment and transport: a shop that names one of them in a statement about itself is paid or ships by it, whatever else it is registered for."""


def about_shop(m: Mentioned) -> bool:
    """Whether its statement speaks of the shop: contact, payment, delivery, licence, care."""
    return m.statement.role == "shop"


def attributed(m: Mentioned) -> bool:
    """Whether its clause only tells whose mark the name is: "NAME is a registered trademark of …"."""
    return m.has("in-text") and among(m.hit.around.clause, "attribution", m.spoken) is not None


def composition(m: Mentioned) -> Reason | None:
    """Whether its statement tells a material or part."""
    return Reason("composition", {"words": m.statement.words}) if m.statement.role == "composition" else None


@of_name
def part_in_composition(m: Mentioned) -> bool:
    """Whether a statement of composition names it elsewhere in the listing."""
    return any(t.statement.role == "composition" for t in m.named.told)


@of_name
def part_in_title(m: Mentioned) -> bool:
    """Whether the title names it, and wherever it does as a material or part."""
    titled = [t.statement.role for t in m.named.told if t.hit.place.field == "title"]
    return bool(titled) and all(role == "composition" for role in titled)


def remade(m: Mentioned) -> bool:
    """Whether goods of the mark's own kind are made out of its goods: altered ones are no longer the owner's, and still bear the mark."""
    told = {*m.scene.title, *m.hit.around.clause_before, *m.hit.around.clause_after}
    return m.has("own-goods") and not told.isdisjoint(_remaking())


@functools.cache
def _remaking() -> frozenset[str]:
    return frozenset(folded_key(str(w)) for w in load("ordinary.yaml")["remaking"])


@of_name
def service(m: Mentioned) -> Reason | None:
    """Whether the name is that of a network, mail, courier, payment or marketplace, by common knowledge or its classes alone."""
    kind = _services().get(m.named.key)
    kind = kind if kind in KINDS else None
    if kind is None and m.classes and (m.classes <= SERVICES or (m.classes & CARRYING and not m.has("own-goods"))):
        kind = "service"
    if kind is None and m.named.key == folded_key((m.scene.site.name or "").split(".")[0]):
        kind = "marketplace"
    return Reason("service-of-the-shop", {"kind": kind}) if kind else None


@of_name
def known_service(m: Mentioned) -> bool:
    """Whether it is one by common knowledge, not by its classes alone."""
    return is_service(m.named.key)


def is_service(key: str) -> bool:
    """Whether a folded name is known as a network, mail, courier, payment or marketplace."""
    return _services().get(key) in KINDS


def is_console(key: str) -> bool:
    """Whether a folded name is that of a console, which is sold among toys and games."""
    return _services().get(key) == "console"


KINDS = frozenset({"network", "mail", "courier", "payment", "marketplace"})


@of_name
def carries_the_shop(m: Mentioned) -> bool:
    """Whether it is a network, mail, courier or payment: none of them sells goods."""
    return _services().get(m.named.key) in CARRIERS


@of_name
def transport(m: Mentioned) -> bool:
    """Whether it is a mark of transport and nothing but services, as those are by whom shops ship."""
    return TRANSPORT in m.classes and m.classes <= SERVICES


TRANSPORT = 39


CARRIERS = KINDS - {"marketplace"}


@of_name
def a_tool(m: Mentioned) -> bool:
    """Whether it is a program or machine for which files, patterns and plans are made."""
    return _services().get(m.named.key) == "tool"


def platform_of_game(m: Mentioned) -> bool:
    """Whether a console's name tells, set off at the end or in brackets, what a game runs on: "TITLE - NAME", "TITLE [NAME]"."""
    if not is_console(m.named.key) or not m.has("in-title") or m.has("leads-title"):
        return False
    before, after = m.hit.before.rstrip(), m.hit.after.strip()
    bracketed = before[-1:] in ("(", "[") and bool(re.match(r"[\w ]{0,8}[)\]]", after))
    return bracketed or (before[-1:] in ("-", "–", "—", "|") and bool(re.fullmatch(r"[\w ]{0,10}", after)))


@of_name
def retailer(m: Mentioned) -> bool:
    """Whether the name is that of a shop where materials, prints and the like are had."""
    return _services().get(m.named.key) in ("retailer", "marketplace") or m.named.key in _retailers() or 35 in m.classes


def sourced(m: Mentioned) -> bool:
    """Whether the words before say where something is to be had."""
    return list_head(m.hit.around.clause_before, m.scene.names, m.spoken, "sources") is not None


def tool(m: Mentioned) -> bool:
    """Whether the words before say what a file opens in or is made with."""
    return list_head(m.hit.around.clause_before, m.scene.names, m.spoken, "tools") is not None


def fit_told(m: Mentioned) -> bool:
    """Whether a few words before it, in its clause, the text says that the goods fit or hold something: "fits all frames of NAME"."""
    return m.has("in-text") and (_said(m, "fit_verbs", FIT) or _said(m, "hold_verbs", HOLD))


def fit_told_in_title(m: Mentioned) -> bool:
    """Whether the title names its goods first and says behind them that they fit something of the name's, or hold it."""
    if not m.has("in-title") or m.has("leads-title-but-names") or not words(m.hit.before)[:-1]:
        return False
    return (m.has("classed") and _said(m, "fit_verbs", FIT)) or (
        not m.has("unknown-goods") and _said(m, "hold_verbs", HOLD)
    )


HOLD = 4
"""The same for what goods hold, which have to be known: "tin, holds a box of NAME", and not a watch that holds its time."""
FIT = 6
"""Words among which the word for a fit stands before what it fits: "passer ved siden av NAME"."""


def made_on(m: Mentioned) -> bool:
    """Whether its clause says that something was printed, drawn or taken on or with it, and it is a maker of what that is done with."""
    if not m.has("in-text") or m.classes.isdisjoint(INSTRUMENTS) or not m.classes.isdisjoint(SHOWN):
        return False
    if ends_with(m.hit.around.clause_before, "made_by", m.spoken):
        return False  # "designed by NAME"
    if m.has("own-goods") and among(_clause(m)[-1:], "tool_words", m.spoken) is not None:
        return False  # "engraved with NAME" puts the name on goods of its own; "engraved with an old NAME" is a tool
    return _said(m, "tool_verbs", INSTRUMENT) and _said(m, "tool_words", TOOL)


def _said(m: Mentioned, kind: str, most: int) -> bool:
    """Whether a phrase of a kind stands among the last words of its clause, in a language that is told, and no claim of an origin behind it."""
    if is_untold(m.spoken or ()):
        return False
    before = _clause(m)[-most:]
    return among(before, kind, m.spoken) is not None and among(before, "claims", m.spoken) is None


def _clause(m: Mentioned) -> Phrase:
    """The words of its clause before it; commas between names end none: "fits NAME, OTHER and THIRD"."""
    *parts, last = map(words, _COMMAS.split(_CLAUSES.split(m.hit.before)[-1]))
    while (
        parts and m.scene.names.intersection(parts[-1][-1:]) and all(w in m.scene.names or is_filler(w) for w in last)
    ):
        last = (*parts.pop(), *last)
    return last


_CLAUSES = re.compile(r"[.!?;:\n–—|()。！？；]|\s-\s")
_COMMAS = re.compile("[,，、]")
INSTRUMENTS = frozenset({2, 7, 8, 9, 16})
"""Classes of paints, machines, tools, electronics and programs, pens."""
SHOWN = frozenset({14, 18, 25, 28, 41})
"""Classes of jewellery, bags and clothes, whose houses make no tools though they are registered for glasses and pens, and of toys and films, whose
figures are what is printed."""
INSTRUMENT = 7
"""Words among which the word for what was done stands before its tool: "photographed one grey morning with an old NAME"."""
TOOL = 4
"""Words among which the preposition stands before a tool: "on my trusty old NAME"."""


@not_for("known-service", "carries-the-shop", "a-tool", "platform-of-game")
def _serves_nobody(key: str) -> bool:
    return key not in _services()


@functools.cache
def _services() -> Mapping[str, str]:
    return {folded_key(str(n)): kind for kind, found in load("services.yaml").items() for n in found}


@functools.cache
def _retailers() -> frozenset[str]:
    return frozenset(folded_key(str(n)) for n in load("services.yaml")["retailer"])


def supplied(m: Mentioned) -> bool:
    """Whether the words that say whose a part is stand directly before the name: "with sole by NAME"."""
    return ends_with(m.hit.around.clause_before, "supplied_by", m.spoken) is not None


SIGNALS = {
    "supplied": supplied,
    "about-shop": about_shop, "attributed": attributed, "composition": composition, "part-in-composition": part_in_composition, "part-in-title": part_in_title, "remade": remade, "service": service, "known-service": known_service,
    "carries-the-shop": carries_the_shop, "transport": transport, "a-tool": a_tool, "retailer": retailer, "sourced": sourced,
    "tool": tool, "fit-told": fit_told, "fit-told-in-title": fit_told_in_title, "made-on": made_on, "platform-of-game": platform_of_game,
}  # fmt: skip
