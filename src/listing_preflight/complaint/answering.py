"""Answers whose every sentence rests on facts of the case: without its facts a sentence is not there, and the gap is named."""

import datetime
import functools
import re
import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.case import Case, Facts
from listing_preflight.complaint.forms import data
from listing_preflight.errors import UsageError

PLURAL = ", "


class Value(NamedTuple):
    """What a placeholder is filled with, and the facts that say so."""

    text: str
    facts: tuple[str, ...]


class Slot(NamedTuple):
    """One element of an answer: filled, asked of a person, or missing; its sentences and the facts that they rest on."""

    element: str
    required_by: str
    state: str
    sentences: tuple[str, ...]
    facts: tuple[str, ...]
    lacking: tuple[str, ...]


class Answer(NamedTuple):
    """A draft, its slots, the file that it was written to, and earlier drafts that a person edited and that stay as they are."""

    text: str
    slots: tuple[Slot, ...]
    file: str
    edited: tuple[str, ...]


def answer(folder: Path, route: str, language: str, stated: Sequence[tuple[str, str]], day: datetime.date) -> Answer:
    """Write the draft of a route and its slots; what a person states is kept as a fact of that person."""
    case = Case(folder)
    case.head()
    facts = case.facts()
    for name, value in stated:
        facts.add(name, value, {"human": "stated on the command line", "at": day.isoformat()}, prefix="H")
    if stated:
        case.keep(facts)
    slots, text = drafted(facts, route, language)
    file = _file(case, route, language)
    edited = tuple(n for n in _mine(case, route, language) if not case.is_ours(n))
    case.put(file, text)
    rows = [
        {
            "element": s.element,
            "required_by": s.required_by,
            "state": s.state,
            "facts": list(s.facts),
            "lacking": list(s.lacking),
            "sentences": list(s.sentences),
        }
        for s in slots
    ]
    case.write_rows_as_list(file.removesuffix(".md") + ".slots.json", rows)
    case.log("answer", {"route": route, "language": language, "files": case.digest(file)}, day)
    return Answer(text, slots, file, edited)


def drafted(facts: Facts, route: str, language: str) -> tuple[tuple[Slot, ...], str]:
    """The elements of a route as these facts fill them, and the draft that they make."""
    words, known, abroad = sentences(language), context(facts), _abroad(facts)
    slots = tuple(_slot(row, words, known, abroad) for row in routes()[route])
    return slots, _draft(slots, words)


@functools.cache
def routes() -> Mapping[str, list[dict[str, Any]]]:
    """Route → its elements."""
    found: Mapping[str, list[dict[str, Any]]] = data("answers/routes.yaml")
    return found


@functools.cache
def sentences(language: str) -> Mapping[str, str]:
    """Key → sentence of a language; words in braces are filled with facts."""
    found: Mapping[str, str] = data(f"answers/{language}.yaml")
    return found


def _file(case: Case, route: str, language: str) -> str:
    """The same file for the same route and language on every run; where a person edited it, or it is new, the next number."""
    if ours := [n for n in _mine(case, route, language) if case.is_ours(n)]:
        return ours[-1]
    numbers = [
        int(p.name.partition("-")[0])
        for p in (case.folder / "answers").glob("[0-9]*-*.md")
        if p.name.partition("-")[0].isdigit()
    ]
    return f"answers/{max(numbers, default=0) + 1}{_tail(route, language)}"


def _tail(route: str, language: str) -> str:
    return f"-{route}.md" if language == "en" else f"-{route}.{language}.md"


def _mine(case: Case, route: str, language: str) -> list[str]:
    """The drafts of a route and language, by number."""
    tail = re.escape(_tail(route, language))
    found = [p.name for p in (case.folder / "answers").glob("*.md") if re.fullmatch(r"[0-9]+" + tail, p.name)]
    return [f"answers/{n}" for n in sorted(found, key=lambda n: int(n.partition("-")[0]))]


def context(facts: Facts) -> dict[str, Value]:
    """Placeholder → value, of the facts that are there; a fact whose own facts are gone counts no more."""
    known = {str(row["id"]) for row in facts.rows}
    rows = [r for r in facts.rows if set(r["source"].get("facts") or ()) <= known]
    out: dict[str, Value] = {}

    def put(name: str, found: list[dict[str, Any]], shown: Any = str) -> None:
        if found:
            texts = list(dict.fromkeys(_safe(shown(r["value"])) for r in found))
            out[name] = Value(PLURAL.join(texts), tuple(str(r["id"]) for r in found))

    def of(prefix: str) -> list[dict[str, Any]]:
        return [r for r in rows if r["field"] == prefix or r["field"].startswith(prefix + ":")]

    for name in ("complainant", "complaint_ids", "listing_ids", "marks"):
        put(name, of(name))
    put("numbers", of("number"))
    put("deadlines", of("deadline"))
    put("places", of("element"), lambda v: f"{v['listing']}, {v['field']}: {v['text']}")
    put("lists", of("list"))
    put("documents", _enclosed(of("evidence"), of("authority")), lambda v: v.get("file") or v["document"])
    put("scanned", of("similar:scanned"))
    put("must", of("similar:tier:must"))
    put("look", of("similar:tier:look"))
    for row in of("seller"):
        put(row["field"].replace(":", "_"), [row])
    for name in ("cause", "actions", "supplier_said", "prevention"):
        put(name, of(name))
    for row in of("ground"):
        put(f"detail:g_{row['field'].partition(':')[2]}", [row])
    return out


def _enclosed(evidence: list[dict[str, Any]], authority: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Documents, each once: as it was packed, and as the seller file names it only where it was not."""
    files: dict[str, dict[str, Any]] = {}
    for row in filter(_document, evidence):
        files.setdefault(str(row["value"].get("sha256") or row["id"]), row)
    packed = {r["value"].get("document") for r in evidence if _document(r)}
    return [*files.values(), *(r for r in authority if _document(r) and r["value"].get("document") not in packed)]


def _document(row: Mapping[str, Any]) -> bool:
    return isinstance(row["value"], dict) and bool(row["value"].get("file") or row["value"].get("document"))


def _safe(text: str) -> str:
    """Words of others in a draft: no line break, no control or direction character, no markup."""
    from listing_preflight.reports.plain import visible

    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", visible(text)) if re.search(r"[\\`*<>\[\]#|]", text) else visible(text)


def _abroad(facts: Facts) -> str:
    country = next((str(r["value"]) for r in facts.of("seller:country")), None)
    if country is None:
        return ""  # both forms are shown, and a person takes the one that fits
    return "us" if country.upper() in ("US", "USA", "UNITED STATES") else "abroad"


def _slot(row: Mapping[str, Any], words: Mapping[str, str], known: Mapping[str, Value], abroad: str) -> Slot:
    """Fill one element: all of `say`, one at least of `any`, else `otherwise` is asked; `ask` is always for a person."""
    by = str(row["by"])
    if row.get("ask"):
        keys = [k for key in row["ask"] for k in _variants(key, abroad)]
        return Slot(row["element"], by, "asked", tuple(words[k] for k in keys), (), ())
    made = [_sentence(key, words, known) for key in row.get("say") or ()]
    some = [s for key in row.get("any") or () if (s := _sentence(key, words, known))[0] is not None]
    lacking = sorted({name for s in made for name in s[2]})
    if row.get("any") and not some:
        lacking += [f"one of: {', '.join(_needed(row['any'], words))}"]
    facts = tuple(dict.fromkeys(f for s in (*made, *some) for f in s[1]))
    said = tuple(s[0] for s in (*made, *some) if s[0] is not None)
    if not lacking:
        return Slot(row["element"], by, "filled", said, facts, ())
    if row.get("otherwise"):
        return Slot(row["element"], by, "asked", (*said, *(words[k] for k in row["otherwise"])), facts, tuple(lacking))
    return Slot(row["element"], by, "missing", said, facts, tuple(lacking))


def _variants(key: str, abroad: str) -> list[str]:
    if key != "consent":
        return [key]
    return [f"consent_{abroad}"] if abroad else ["consent_us", "consent_abroad"]


def _sentence(
    key: str, words: Mapping[str, str], known: Mapping[str, Value]
) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """A sentence with the facts it rests on, or None with what it lacks."""
    names = _names(words[key])
    values = {n: known.get(f"detail:{key}" if n == "detail" else n) for n in names}
    lacking = tuple(key.removeprefix("g_") if n == "detail" else n for n, v in values.items() if v is None)
    if lacking:
        return None, (), lacking
    filled = {n: v for n, v in values.items() if v is not None}
    text = words[key].format_map({n: v.text for n, v in filled.items()})
    return text, tuple(f for v in filled.values() for f in v.facts), ()


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def _needed(keys: Sequence[str], words: Mapping[str, str]) -> list[str]:
    return [k.removeprefix("g_") if "detail" in _names(words[k]) else n for k in keys for n in _names(words[k])]


def _draft(slots: Sequence[Slot], words: Mapping[str, str]) -> str:
    """The answer's sentences, then what a person has to do, then what is missing."""
    lines = [f"> {words['draft']}", ""]
    for slot in slots:
        if slot.state != "asked" and slot.sentences:
            lines += [*slot.sentences, ""]
    asked = [s for s in slots if s.state == "asked"]
    if asked:
        lines += [
            f"## {words['todo']}",
            "",
            *(f"- [ ] {slot.element}: {text}" for slot in asked for text in slot.sentences),
            "",
        ]
    missing = [s for s in slots if s.state == "missing"]
    if missing:
        lines += [
            f"## {words['missing']}",
            "",
            *(f"- {s.element} ({s.required_by}): {', '.join(s.lacking)}" for s in missing),
            "",
        ]
    return "\n".join(lines)


def stated_pairs(values: Sequence[str]) -> list[tuple[str, str]]:
    """FIELD=VALUE of the command line."""
    known = ("cause", "actions", "supplier_said", "prevention", "sent", "answered")
    out = []
    for one in values:
        name, equals, value = one.partition("=")
        if not equals or not value.strip() or name.partition(":")[0] not in known:
            raise UsageError(
                f"{one!r} is not FIELD=VALUE", where="--fact", remedy=f"FIELD is one of {', '.join(known)}"
            )
        if name.partition(":")[0] in ("sent", "answered"):
            _day(one, value.strip())
        out.append((name, value.strip()))
    return out


def _day(told: str, value: str) -> None:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{told!r} tells no day", where="--fact", remedy="Give a date like 2026-01-31") from None
