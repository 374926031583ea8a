"""Read, lint and select policy packs: a marketplace's published rules as data."""

import datetime
import functools
import importlib.resources
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from listing_preflight import documents
from listing_preflight.errors import ListError, read_named
from listing_preflight.model.finding import Severity, Use
from listing_preflight.model.hit import Step
from listing_preflight.model.listing import FIELDS
from listing_preflight.storage.prepared import document as own
from listing_preflight.text.fold import folded_key

EFFECTS: Mapping[str, Severity] = {"block": "high", "review": "medium", "info": "low"}
CONFIDENCE = ("high", "medium", "low")
_RULE_KEYS = frozenset("id fields construct effect categories locale text source seen confidence tests".split())
_CONSTRUCT_KEYS = frozenset("use reasons steps except brand wording characters signs contact categories".split())
_NEEDED = ("id", "fields", "construct", "effect", "text", "source", "seen", "confidence")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One published rule: where it looks, what construct it is about, and what a marketplace does about it."""

    id: str
    platforms: frozenset[str]
    fields: frozenset[str]
    effect: Severity
    text: str
    source: str
    seen: str
    confidence: str
    use: str | None = None
    reasons: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    wording: tuple[str, ...] = ()
    categories: frozenset[int] = frozenset()
    tests: tuple[Mapping[str, Any], ...] = ()
    spared: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    characters: tuple[str, ...] = ()
    signs: bool = False
    contact: bool = False
    locale: frozenset[str] = frozenset()
    where: str = ""
    """File and line."""

    @property
    def on_text(self) -> bool:
        """Whether the rule is about wording, whatever mark stands there or none."""
        return bool(self.wording or self.characters or self.signs or self.contact)

    def holds(self, home: frozenset[str], classes: frozenset[int]) -> bool:
        """Whether the rule holds for goods of these likely classes on a site at home in these countries."""
        return (not self.locale or bool(self.locale & home)) and (
            not self.categories or bool(self.categories & classes)
        )

    def fits(self, construct: str, use: str, steps: frozenset[str], brand: str) -> bool:
        """Whether a mention of a mark is what the rule is about; all that the rule names must hold."""
        return (
            construct not in self.spared
            and (not self.brands or brand in self.brands)
            and (self.use is None or self.use == use)
            and (not self.reasons or construct in self.reasons)
            and (not self.steps or not self.steps.isdisjoint(steps))
        )


def read_pack(name: str, text: str) -> tuple[Rule, ...]:
    """The rules of one pack file; ListError names file, rule and field, and nothing runs with half a pack."""
    return _pack(name, text, documents.load(name, text, lines=False))


def _pack(name: str, text: str, document: Any) -> tuple[Rule, ...]:
    if not isinstance(document, Mapping) or not isinstance(document.get("pack"), Mapping):
        raise ListError("must hold 'pack' and 'rules'", where=name)
    head = document["pack"]
    if not head.get("platform") or not head.get("version"):
        raise ListError("pack: needs a platform and a version", where=name)
    platforms = frozenset(map(str, [head["platform"], *(head.get("also") or [])]))
    rows = document.get("rules")
    if not isinstance(rows, list) or not rows:
        raise ListError("rules: must be a list of rules", where=name)
    return tuple(_rule(name, _line(text, row), row, platforms) for row in rows)


def _line(text: str, row: object) -> int:
    if not isinstance(row, Mapping):
        return 1
    plain = next((n for n, told in _ids(text) if told == str(row.get("id"))), 0)
    if plain:
        return plain
    wanted = re.compile(rf"""\bid:\s*["']?{re.escape(str(row.get("id")))}["']?\s*(?:[,}}#]|$)""")
    return next((n for n, line in enumerate(text.splitlines(), 1) if wanted.search(line)), 1)


@functools.lru_cache(maxsize=2)
def _ids(text: str) -> list[tuple[int, str]]:
    """Lines on which an id of letters, figures and hyphens stands, and that id."""
    lines = ((n, _PLAIN_ID.search(line)) for n, line in enumerate(text.splitlines(), 1) if "id:" in line)
    return [(n, found[1]) for n, found in lines if found]


_PLAIN_ID = re.compile(r"""\bid:\s*["']?([\w-]+)["']?\s*(?:[,}#]|$)""")


def _rule(name: str, line: int, row: object, platforms: frozenset[str]) -> Rule:
    where = f"{name}:{line}"
    if not isinstance(row, Mapping):
        raise ListError("a rule must be a mapping", where=where)
    if unknown := sorted(set(row) - _RULE_KEYS):
        raise ListError(f"{row.get('id')}: {unknown[0]}: unknown field", where=where)
    for key in _NEEDED:
        if not row.get(key):
            raise ListError(f"{row.get('id')}: {key}: is missing", where=where)
    construct = row["construct"]
    if not isinstance(construct, Mapping) or not construct or set(construct) - _CONSTRUCT_KEYS:
        raise ListError(f"{row['id']}: construct: one or more of {', '.join(sorted(_CONSTRUCT_KEYS))}", where=where)
    _check_values(row, where)
    _check_construct(row, construct, where)
    return Rule(
        where=where, id=str(row["id"]), platforms=platforms, fields=frozenset(row["fields"]), effect=EFFECTS[row["effect"]],
        text=str(row["text"]), source=str(row["source"]), seen=str(row["seen"]), confidence=str(row["confidence"]),
        use=construct.get("use"), reasons=frozenset(construct.get("reasons", ())),
        steps=frozenset(construct.get("steps", ())), wording=tuple(map(str, construct.get("wording", ()))),
        categories=frozenset(row.get("categories") or construct.get("categories", ())), spared=frozenset(construct.get("except", ())),
        brands=frozenset(folded_key(str(b)) for b in construct.get("brand", ())),
        characters=tuple(map(str, construct.get("characters", ()))), signs=bool(construct.get("signs")), contact=bool(construct.get("contact")),
        locale=frozenset(map(str, row.get("locale", ()))), tests=tuple(row.get("tests") or ()),
    )  # fmt: skip


_LISTS = ("reasons", "steps", "except", "brand", "wording", "characters", "categories")


def _check_construct(row: Mapping[str, Any], construct: Mapping[str, Any], where: str) -> None:
    """Refuse what could never be met: a word where a list is due, a use or a step that there is none of."""
    for key, held in [(k, construct) for k in _LISTS] + [(k, row) for k in ("categories", "locale")]:
        if key in held and not isinstance(held[key], list):
            raise ListError(f"{row['id']}: {key}: must be a list", where=where)
        if odd := [v for v in held.get(key, ()) if not isinstance(v, str | int | float)]:
            raise ListError(f"{row['id']}: {key}: {odd[0]!r} is no word or number", where=where)
    if construct.get("use") not in (None, *get_args(Use)):
        raise ListError(f"{row['id']}: use: {construct['use']!r} is not one of {', '.join(get_args(Use))}", where=where)
    if bad := sorted(map(str, set(construct.get("steps", ())) - set(get_args(Step)))):
        raise ListError(f"{row['id']}: steps: {bad[0]!r} is no step", where=where)
    numbers = [*(row.get("categories") or ()), *construct.get("categories", ())]
    if strange := [n for n in numbers if not isinstance(n, int)]:
        raise ListError(f"{row['id']}: categories: {strange[0]!r} is no Nice class", where=where)


def _check_values(row: Mapping[str, Any], where: str) -> None:
    for key in ("effect", "confidence"):
        if not isinstance(row[key], str):
            raise ListError(f"{row['id']}: {key}: {row[key]!r} is not a word", where=where)
    if not isinstance(row["fields"], list) or not all(isinstance(f, str) for f in row["fields"]):
        raise ListError(f"{row['id']}: fields: must be a list of fields", where=where)
    if row["effect"] not in EFFECTS:
        raise ListError(f"{row['id']}: effect: {row['effect']!r} is not one of {', '.join(EFFECTS)}", where=where)
    if row["confidence"] not in CONFIDENCE:
        raise ListError(f"{row['id']}: confidence: one of {', '.join(CONFIDENCE)}", where=where)
    if bad := set(row["fields"]) - set(FIELDS):
        raise ListError(f"{row['id']}: fields: {min(bad)!r} is not a field of a listing", where=where)
    if not isinstance(row["seen"], datetime.date):
        raise ListError(f"{row['id']}: seen: {row['seen']!r} is not a date like 2026-01-31", where=where)


@functools.cache
def bundled() -> tuple[Rule, ...]:
    """The rules of the packs that travel with the program."""
    folder = importlib.resources.files(__package__).joinpath("packs")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return checked(
        tuple(r for f in files for r in _pack(f.name, f.read_text("utf-8"), own(__package__, f"packs/{f.name}")))
    )


def read_packs(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """The bundled rules and those of a user's own packs, held to the same lint."""
    found = list(bundled())
    for path in paths:
        found += read_pack(str(path), read_named(path))
    return checked(tuple(found))


def checked(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules, unless two have one id or contradict each other: same place and construct, another effect."""
    ids: dict[str, Rule] = {}
    shapes: dict[tuple[object, ...], Rule] = {}
    for rule in rules:
        if rule.id in ids:
            raise ListError(f"rule id {rule.id!r} stands twice", where=rule.where, remedy="Give each rule its own id")
        ids[rule.id] = rule
        shape = (
            rule.platforms, rule.fields, rule.use, rule.reasons, rule.steps, rule.spared, rule.wording,
            rule.categories, rule.brands, rule.characters, rule.signs, rule.contact, rule.locale,
        )  # fmt: skip
        other = shapes.setdefault(shape, rule)
        if other.effect != rule.effect:
            raise ListError(
                f"rules {other.id} and {rule.id} contradict each other: one construct, two effects", where=rule.where
            )
    return rules


@functools.lru_cache(maxsize=256)
def of_platform(rules: tuple[Rule, ...], platform: str | None) -> tuple[Rule, ...]:
    """The rules that hold on a platform, those of every marketplace included."""
    return tuple(r for r in rules if r.platforms & {platform or "", "any"})


@functools.lru_cache(maxsize=256)
def on_marks(rules: tuple[Rule, ...], platform: str | None) -> tuple[Rule, ...]:
    """The rules of a platform that are about marks, not about wording."""
    return tuple(r for r in of_platform(rules, platform) if not r.on_text)


@functools.lru_cache(maxsize=256)
def on_wording(rules: tuple[Rule, ...], platform: str | None) -> tuple[Rule, ...]:
    """The rules of a platform that are about wording, characters or signs."""
    return tuple(r for r in of_platform(rules, platform) if r.on_text)
