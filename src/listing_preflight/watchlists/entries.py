"""Turn one entry of a list, as written, into a Mark or Work; say which field is wrong where it is not one."""

import datetime
import difflib
import functools
from collections.abc import Mapping
from typing import Any, Literal, cast

from listing_preflight.model.mark import KINDS, STATUSES, Alias, Mark, Registration, Rights, Work
from listing_preflight.watchlists.examples import with_example

MARK_FIELDS = frozenset(
    "id name kind owner parent aliases famous common_word requires near never_near compounds part_of permitted_use classes territories "
    "status registrations images source seen note number filed registered expires goods".split()
)
WORK_FIELDS = frozenset(
    "id kind owner title images territories office number status filed registered expires locarno classes goods "
    "registrations source seen note".split()
)
REGISTRATION_FIELDS = frozenset(
    "office number classes status filed registered expires goods excluded_goods disclaimed supplemental designated "
    "note source seen".split()
)
LIST_FIELDS = frozenset("name version source licence rights offices defaults date note seen".split())
_REQUIRES = ("case", "neighbour", "spelling", "brand-field")
MOST_LETTERS = 500
"""Characters of a name or alias: the longest of the bundled lists has 40. A name is looked up under every beginning of its own, and
beyond some dozens of words no window of a text holds it."""
OFFICES = frozenset(
    "AD AE AF AG AI AL AM AO AP AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BW BX BY BZ CA CD CF CG "
    "CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EA EC EE EG EM ER ES ET FI FJ FK FO FR GA GB GC GD GE GG GH "
    "GI GL GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ "
    "LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MS MT MU MV MW MX MY MZ NA NE NG NI NL NO NP "
    "NR NZ OA OM PA PE PG PH PK PL PR PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SX SY SZ "
    "TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WO WS XK YE ZA ZM ZW".split()
)
"""Office and country codes of WIPO Standard ST.3 that register marks or designs; EM European Union, WO Madrid, BX
Benelux, OA and AP the African organisations, GC the Gulf states, EA Eurasia."""


class EntryError(ValueError):
    """What is wrong with a field of an entry: `field` names it, the message says what to do, with an example of the right form."""

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        super().__init__(f"{field}: {with_example(field, problem)}" if field else problem)


def check_keys(entry: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse a key that nobody reads, with the one that was probably meant."""
    if entry.keys() <= known:
        return
    for key in entry:
        if not isinstance(key, str):
            raise EntryError(str(key), "a field's name must be text")
        if key not in known and not key.startswith("x-"):
            near = difflib.get_close_matches(key, sorted(known), n=1)
            raise EntryError(key, "unknown field" + (f"; did you mean {near[0]!r}?" if near else ""))


def check_whole(value: str, key: str) -> None:
    """Refuse half of a surrogate pair: it is no character, and no listing that is read has one."""
    if not value.isascii() and (half := next((c for c in value if "\ud800" <= c <= "\udfff"), None)):
        raise EntryError(key, f"holds half a character (U+{ord(half):04X}, a lone surrogate); write it whole")


def slug(name: str) -> str:
    """A name as an id: lower-case letters and digits of any script, joined by hyphens."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    return "-".join(words) or "-".join(f"u{ord(c):04x}" for c in name)


def make_mark(entry: Mapping[str, Any], list_name: str, rights: Rights) -> Mark:
    """A validated mark; shorthand (classes, territories, status) is expanded into registrations."""
    check_keys(entry, MARK_FIELDS)
    name = _name(entry, "name")
    kind = _text(entry, "kind") or "word"
    if kind not in KINDS:
        raise EntryError("kind", f"{kind!r} is not one of {', '.join(KINDS)}")
    requires = texts(entry, "requires")
    if bad := set(requires) - set(_REQUIRES):
        raise EntryError("requires", f"{min(bad)!r} is not one of {', '.join(_REQUIRES)}")
    return Mark(
        id=_text(entry, "id") or slug(name), list=list_name, name=name, kind=kind,
        owner=_text(entry, "owner"), parent=_text(entry, "parent"), aliases=_aliases(entry),
        famous=_flag(entry, "famous") or False, common_word=_flag(entry, "common_word"),
        requires=frozenset(requires), near=texts(entry, "near"), never_near=texts(entry, "never_near"),
        compounds=texts(entry, "compounds"), part_of=texts(entry, "part_of"),
        permitted_use=_text(entry, "permitted_use"), registrations=_registrations(entry, rights),
        images=texts(entry, "images"), rights=rights, source=_text(entry, "source"), seen=_text(entry, "seen"),
    )  # fmt: skip


def make_work(entry: Mapping[str, Any], list_name: str, rights: Rights) -> Work:
    """A validated protected picture or design."""
    check_keys(entry, WORK_FIELDS)
    kind = _text(entry, "kind") or "image"
    if kind not in ("image", "design", "harmless"):
        raise EntryError("kind", f"{kind!r} is not one of image, design, harmless")
    images = texts(entry, "images")
    if not images:
        raise EntryError("images", "a work needs at least one picture file or hash")
    office = _text(entry, "office")
    single = {**entry, "territories": entry.get("territories") or ([office] if office else None)}
    return Work(
        id=_text(entry, "id", required=True) or "", list=list_name, kind=cast("Literal['image', 'design', 'harmless']", kind),
        owner=_text(entry, "owner"), title=_text(entry, "title"), images=images, registrations=_registrations(single, rights),
        locarno=texts(entry, "locarno"), rights=rights,
    )  # fmt: skip


def _registrations(entry: Mapping[str, Any], rights: Rights) -> tuple[Registration, ...]:
    untold = "unstated" if rights == "stated" else "unknown"
    listed = entry.get("classes")
    if _REGISTERED.isdisjoint(entry) and isinstance(listed, list) and all(type(c) is int for c in listed):
        return _of_classes(tuple(listed), untold)
    rows = entry.get("registrations")
    if rows is not None:
        if not isinstance(rows, list):
            raise EntryError("registrations", "must be a list")
        return tuple(_registration(r, f"registrations[{i}]", untold) for i, r in enumerate(rows))
    classes, status = _classes(entry), _status(entry, "status")
    shared = {"number", "filed", "registered", "expires", "goods"} & {k for k, v in entry.items() if v is not None}
    if classes is None and entry.get("territories") is None and not status and not shared:
        return ()
    territories: tuple[str | None, ...] = _offices(entry, "territories")
    if not territories and status in (None, "registered", "pending") and entry.get("territories") is not None:
        return ()
    return tuple(
        Registration(
            office=office,
            number=_text(entry, "number"),
            classes=classes,
            status=status or untold,
            filed=_date(entry, "filed"),
            registered=_date(entry, "registered"),
            expires=_date(entry, "expires"),
            goods=_text(entry, "goods"),
        )  # fmt: skip
        for office in territories or (None,)
    )


_REGISTERED = frozenset("registrations territories status number filed registered expires goods".split())


@functools.lru_cache(maxsize=4096)
def _of_classes(classes: tuple[int, ...], untold: str) -> tuple[Registration, ...]:
    """What a list says that names classes alone."""
    return (Registration(office=None, number=None, classes=_classes({"classes": [*classes]}), status=untold),)


def _registration(row: object, where: str, untold: str) -> Registration:
    if not isinstance(row, Mapping):
        raise EntryError(where, "must be a mapping with at least an office")
    try:
        check_keys(row, REGISTRATION_FIELDS)
        office = _one_office(_text(row, "office", required=True) or "", "office")
        return Registration(
            office=office, number=_text(row, "number"), classes=_classes(row),
            status=_status(row, "status") or untold, filed=_date(row, "filed"),
            registered=_date(row, "registered"), expires=_date(row, "expires"), goods=_text(row, "goods"),
            excluded_goods=_text(row, "excluded_goods"), disclaimed=texts(row, "disclaimed"),
            supplemental=_flag(row, "supplemental") or False, designated=frozenset(_offices(row, "designated")),
        )  # fmt: skip
    except EntryError as e:
        raise EntryError(f"{where}.{e.field}", str(e).partition(": ")[2] or str(e)) from None


def _text(entry: Mapping[str, Any], key: str, *, required: bool = False) -> str | None:
    value = entry.get(key)
    if value is None and not required:
        return None
    if _is_plain(value):
        return cast("str", value)
    if isinstance(value, (datetime.date, int, float)) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        if required:
            raise EntryError(key, "is missing or empty")
        return None
    if isinstance(value, bool):
        raise EntryError(key, f"YAML reads it as {str(value).lower()}: put No, yes, on or off in quotation marks")
    if not isinstance(value, str):
        raise EntryError(key, f"must be text, not {type(value).__name__}")
    check_whole(value, key)
    if value != value.strip():
        raise EntryError(key, f"{value[:80]!r} begins or ends with a space; take it out")
    return value


def _is_plain(value: object) -> bool:
    """Whether a value is a text with which nothing can be wrong."""
    return type(value) is str and value.isascii() and value != "" and value[0] > " " and value[-1] > " "


def _flag(entry: Mapping[str, Any], key: str) -> bool | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, bool):
        raise EntryError(key, "must be true or false")
    return value


def texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A field of several texts, or of one."""
    value = entry.get(key)
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    return tuple(item if _is_plain(item) else _text({key: item}, key, required=True) or "" for item in items)


def _aliases(entry: Mapping[str, Any]) -> tuple[Alias, ...]:
    value = entry.get("aliases")
    if value is None:
        return ()
    if not isinstance(value, list):
        raise EntryError("aliases", "must be a list")
    return tuple(_alias(a, f"aliases[{i}]") for i, a in enumerate(value))


def _alias(value: object, where: str) -> Alias:
    if isinstance(value, Mapping):
        check_keys(value, frozenset({"name", "common_word"}))
        return Alias(name=_name(value, "name"), common_word=_flag(value, "common_word"))
    return Alias(name=_name({where: value}, where))


def _name(entry: Mapping[str, Any], key: str) -> str:
    name = _text(entry, key, required=True) or ""
    if len(name) > MOST_LETTERS:
        raise EntryError(key, f"has {len(name)} characters; a name has at most {MOST_LETTERS}")
    return name


def _classes(entry: Mapping[str, Any]) -> frozenset[int] | None:
    value = entry.get("classes")
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    return frozenset(_one_class(i) for i in items)


def _one_class(value: object) -> int:
    number = int(value) if isinstance(value, str) and value.isdecimal() and len(value) <= 2 else value
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 45:
        raise EntryError("classes", f"{repr(value)[:80]} is not a Nice class; they run from 1 to 45")
    return number


def _offices(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_one_office(code, key) for code in texts(entry, key))


def _one_office(code: str, field: str) -> str:
    upper = code.upper()
    if upper in OFFICES:
        return upper
    hint = {"EU": "EM", "EUIPO": "EM", "UK": "GB", "USA": "US", "WIPO": "WO", "BENELUX": "BX"}.get(upper)
    raise EntryError(field, f"{code!r} is not an office code (WIPO ST.3)" + (f"; write {hint}" if hint else ""))


def _status(entry: Mapping[str, Any], key: str) -> str | None:
    value = _text(entry, key)
    if value is None or value in STATUSES:
        return value
    office, colon, code = value.partition(":")
    if colon and office in OFFICES and code:
        return value
    raise EntryError(key, f"{value!r} is not one of {', '.join(STATUSES)}, nor an office code such as US:710")


def _date(entry: Mapping[str, Any], key: str) -> datetime.date | None:
    value = entry.get(key)
    if value is None or isinstance(value, datetime.datetime):
        return value.date() if value else None
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise EntryError(key, f"{value!r} is not a date like 2026-01-31") from None
