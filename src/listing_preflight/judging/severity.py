"""Which construct a mention is: use, form and place make it a row of the table in risk.py."""

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from listing_preflight.judging.cover import of_classes
from listing_preflight.judging.goods import Goods, is_goods_word
from listing_preflight.judging.grammar import words
from listing_preflight.judging.risk import ROWS, Judged
from listing_preflight.judging.use import Reading
from listing_preflight.model.finding import Reason, Severity
from listing_preflight.model.hit import Hit
from listing_preflight.model.listing import Listing
from listing_preflight.model.mark import Mark
from listing_preflight.model.tri import Tri
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.pack_reader import Rule
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key
from listing_preflight.text.vocabulary import vocabulary

TECHNICAL = frozenset({7, 8, 9, 11, 12, 21})
"""Classes of devices for which others make accessories and spare parts."""


class Scene(NamedTuple):
    """What all mentions of one listing share: goods, site, distinct names in the title, the state of the brand field."""

    listing: Listing
    goods: Goods
    site: Marketplace
    titled: frozenset[str]
    brand_state: str
    names: frozenset[str]
    rules: tuple[Rule, ...]
    brand: str
    distinct: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()


ROW, IN_A_ROW = 4, 2
"""Words on each side, and other names among them, that make a row of names."""
TORN = 5
"""Letters up to which a name glued to words or torn apart is as likely two words: "DA CIA", "espanta" on real listings."""
LONG = 12
"""Letters of a famous name from which two edits still leave no other word."""
ONE_EDIT = 1.4
"""Letters apart above which there are two edits; the likeness is a share of the longer of both."""
LOOSE = 6
"""Letters up to which a misspelling may well be another word: told as information; famous names are excepted."""


def _row(code: str, params: Mapping[str, str | int | tuple[str, ...]] | None = None) -> Judged:
    return Judged(code, Reason(code, params)) if params else _plain_row(code)


@functools.cache
def _plain_row(code: str) -> Judged:
    return Judged(code, Reason(code))


def mention(mark: Mark, hit: Hit, reading: Reading, scene: Scene, sense: str) -> Judged:
    """The construct that one mention is."""
    if mark.kind == "badge" or sense == "claim":
        return _row("platform-badge")
    if hit.kind == "apart" and reading.use == "identity" and not (scene.family & scene.distinct) - {hit.key}:
        return _row("split-over-fields")
    if hit.place.field == "brand" or scene.brand_state == "contradicted":
        return _brand(scene)
    if sense == "near":
        return _row("unusual-spelling")
    if sense == "open" and reading.use in ("imitation", "comparison") and not _settled(mark, hit):
        return _row("open-sense")
    if (
        scene.goods.emblem
        and scene.brand_state == "other"
        and reading.use in ("identity", "compatible")
        and hit.place.field == "title"
    ):
        return _row("mark-is-the-goods")
    return _in_print(_BY_USE[reading.use](mark, hit, reading, scene, sense), hit)


def _in_print(judged: Judged, hit: Hit) -> Judged:
    """Small print and a line of a table in a picture are looked at, and do not block as a logo does."""
    code = {"small": "in-small-print", "table": "in-a-table"}.get(hit.place.print or "")
    return _row(code) if code and ROWS[judged.row].platform == "high" else judged


def _brand(scene: Scene) -> Judged:
    if scene.brand_state == "contradicted":
        return _row("brand-field-contradicted")
    return _row("brand-field-without-proof")


def _identity(mark: Mark, hit: Hit, reading: Reading, scene: Scene, sense: str) -> Judged:  # noqa: ARG001
    if mark.kind == "standard":
        return _row("standard-named")
    if scene.brand_state == "resale":
        return _row("brand-field-without-proof")
    if sense == "open":
        return _row("open-sense")
    if _loose(mark, hit):
        return _row("loose-spelling")
    if _far(mark, hit, scene):
        return _row("far-spelling")
    if _listed(hit, scene):
        return _row("listed-among-names")
    if mark.kind in ("slogan", "phrase") and (found := _phrase(mark, hit)):
        return found
    if _device_first(mark, hit, scene):
        return _row("device-named-first")
    return _row("two-brands-in-title" if _second_brand(hit, scene) else "used-as-the-name-of-the-goods")


def _second_brand(hit: Hit, scene: Scene) -> bool:
    """Whether the title names another brand beside this one: the own one of the brand field, or another house's."""
    if hit.place.field != "title":
        return False
    if scene.titled - scene.family:
        return True
    return bool(scene.brand) and scene.brand not in scene.family and _says_brand(scene)


def _says_brand(scene: Scene) -> bool:
    """Whether the title says the name of the brand field."""
    brand, title = words(scene.listing.first("brand")), words(scene.listing.first("title"))
    return any(title[i : i + len(brand)] == brand for i in range(len(title) - len(brand) + 1))


def _loose(mark: Mark, hit: Hit) -> bool:
    """Whether what was seen may well be another word: a letter apart, or glued to or torn into other words."""
    if mark.famous:
        return False
    return (hit.kind == "edit" and len(hit.key) <= LOOSE) or (hit.kind in ("glued", "split") and len(hit.key) <= TORN)


def _far(mark: Mark, hit: Hit, scene: Scene) -> bool:
    """Whether two letters are other than listed: "MasterCase" and Mastercard."""
    return (
        hit.kind == "edit"
        and len(hit.key) < LONG
        and not _in_goods(mark, scene)
        and (1 - hit.score) * len(hit.key) > ONE_EDIT
    )


def _in_goods(mark: Mark, scene: Scene) -> bool:
    """Whether the listing sells goods of a class of the mark."""
    classes = frozenset(c for r in mark.registrations for c in r.classes or ())
    return of_classes(classes, scene.goods) is Tri.YES


def _listed(hit: Hit, scene: Scene) -> bool:
    """Whether the name stands in running text in a row of other houses' names: apps, devices, things it goes with."""
    if hit.place.field not in ("bullets", "description"):
        return False
    near = frozenset(hit.around.before[-ROW:]) | frozenset(hit.around.after[:ROW])
    return len((near & scene.distinct) - scene.family) >= IN_A_ROW


def _phrase(mark: Mark, hit: Hit) -> Judged | None:
    """A slogan inside a longer phrase, or a phrase that everybody says, is looked at and not blocked."""
    after = hit.around.clause_after
    if after and not is_goods_word(after):
        return _row("slogan-in-longer-phrase")
    everyday = all(vocabulary().is_common(w) for w in words(mark.name))
    return _row("everyday-phrase") if everyday and not mark.famous else None


def _device_first(mark: Mark, hit: Hit, scene: Scene) -> bool:
    """Whether an accessory's title begins with the device that it is made for."""
    if hit.place.field != "title" or not scene.goods.accessory or scene.goods.nontechnical:
        return False
    classes = {c for r in mark.registrations for c in r.classes or ()}
    if not classes & TECHNICAL:
        return False
    own = frozenset(words(scene.listing.first("brand")))
    return _first(hit, scene.names | own)


def _imitation(mark: Mark, hit: Hit, reading: Reading, scene: Scene, sense: str) -> Judged:  # noqa: ARG001
    if _settled(mark, hit):
        return _row("settled-style")
    return Judged("imitation", reading.reason)


def _settled(mark: Mark, hit: Hit) -> bool:
    around = hit.around.before + hit.around.after
    for row in load("ordinary.yaml")["settled_styles"]:
        if folded_key(row["name"]) == folded_key(mark.name):
            return any(w in around for n in row["near"] for w in words(n))
    return False


def _comparison(mark: Mark, hit: Hit, reading: Reading, scene: Scene, sense: str) -> Judged:  # noqa: ARG001
    return Judged("comparison-in-title" if hit.place.field == "title" else "comparison", reading.reason)


def _keyword(mark: Mark, hit: Hit, reading: Reading, scene: Scene, sense: str) -> Judged:  # noqa: ARG001
    return _row("mark-in-search-terms")


def _denial(mark: Mark, hit: Hit, reading: Reading, scene: Scene, sense: str) -> Judged:  # noqa: ARG001
    return Judged("denial", reading.reason)


def _compatible(mark: Mark, hit: Hit, reading: Reading, scene: Scene, sense: str) -> Judged:  # noqa: ARG001
    if mark.permitted_use:
        return _row("permitted-use", params={"form": mark.permitted_use})
    if scene.goods.nontechnical:
        return _row("no-technical-fit")
    in_title = hit.place.field == "title"
    if reading.joined:
        return _row("compound-adjective")
    if in_title and reading.adjective and _first(hit, scene.names):
        return _row("substitute-called-compatible")
    if in_title and len(scene.titled) > load("ordinary.yaml")["most_names_in_title"]:
        return _row("too-many-names", params={"names": len(scene.titled)})
    if in_title and reading.bare and mark.parent is None and not _has_model(hit):
        return _row("no-model")
    return _row("permitted-compatible-form")


def _first(hit: Hit, names: frozenset[str]) -> bool:
    """Whether only numbers and these names stand before the name."""
    return all(any(c.isdigit() for c in w) or w in names for w in hit.around.before)


def _has_model(hit: Hit) -> bool:
    following = hit.around.after[:3]
    return any(c.isdigit() for w in following for c in w) or any(len(w) > 3 for w in following[:1])


_BY_USE = {
    "identity": _identity, "imitation": _imitation, "comparison": _comparison, "keyword": _keyword,
    "denial": _denial, "compatible": _compatible,
}  # fmt: skip


def confidence(hits: Sequence[Hit], sense: str) -> Severity:
    """How sure the match is: literal and distinct names most, guesses and ordinary words least."""
    if sense in ("open", "near"):
        return "low"
    best = min((_doubt(h) for h in hits), default=2)
    levels: tuple[Severity, ...] = ("high", "medium", "low")
    return levels[best]


def _doubt(hit: Hit) -> int:
    if hit.kind == "edit":
        return 1 if hit.score >= 0.85 else 2
    return 1 if hit.kind == "glued" else 0
