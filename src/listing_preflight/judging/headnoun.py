"""Which noun of a title or of a step of a category path names the goods: by the order of each language's noun phrases."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from listing_preflight.judging import nouns
from listing_preflight.judging.grammar import signs
from listing_preflight.judging.nouns import Classes, Language, languages

UNSPACED = "\u0dff"
"""The last letter of the scripts that set words apart: in the others a noun stands inside a run of them."""

LETTERS = {
    "ß": "de", "ä": "de sv fi sk et", "ö": "de sv fi hu tr et", "ü": "de hu tr et", "å": "sv da no", "ø": "da no", "æ": "da no", "ñ": "es",
    "ç": "fr pt tr", "ã": "pt", "õ": "pt et", "ł": "pl", "ż": "pl", "ę": "pl lt", "ą": "pl lt", "ś": "pl", "ć": "pl hr", "ń": "pl",
    "ř": "cs", "ě": "cs", "ů": "cs", "ľ": "sk", "ť": "cs sk", "ď": "cs sk", "ô": "fr sk", "ő": "hu", "ű": "hu", "ă": "ro", "ș": "ro",
    "ț": "ro", "ş": "tr ro", "ţ": "ro", "ğ": "tr", "ı": "tr", "đ": "vi hr", "ơ": "vi", "ư": "vi", "ė": "lt", "ų": "lt", "ū": "lt lv", "ā": "lv", "ē": "lv", "ī": "lv", "ļ": "lv", "ņ": "lv", "ķ": "lv", "ģ": "lv",
    "č": "cs sk hr lt sl lv", "š": "cs sk hr lt sl lv et", "ž": "cs sk hr lt sl lv et", "è": "fr it", "ê": "fr pt", "à": "fr it", "ù": "it fr", "ò": "it",
    "ì": "it", "œ": "fr", "í": "es cs sk hu", "ó": "es pl hu", "ú": "es hu", "á": "es pt hu cs sk", "é": "fr es hu", "î": "ro fr",
    "â": "ro pt fr", "ý": "cs sk", "і": "uk", "ї": "uk", "є": "uk", "ы": "ru", "э": "ru", "ё": "ru", "ъ": "bg",
    "ј": "sr", "љ": "sr", "њ": "sr", "ћ": "sr", "ђ": "sr", "џ": "sr",
}  # fmt: skip
"""Letters that few languages have → those languages."""
_SCRIPT = re.compile(
    "([\u0370-\u03ff])|([\u0400-\u052f])|([\u0600-\u077f])|([\u0900-\u097f])|([\u0e00-\u0e7f])|([\u3041-\u30ff\uff66-\uff9d])"
    "|([\u3400-\u9fff])|([\uac00-\ud7a3])|([\u0590-\u05ff])|([\u0980-\u09ff])|([\u0b80-\u0bff])"
)
_SCRIPTS = ("greek", "cyrillic", "arabic", "devanagari", "thai", "kana", "han", "hangul", "hebrew", "bengali", "tamil")
_BREAK = re.compile(
    r"[,;|()\[\]{}:•·+&!?\"“”«»„*、。，；：（）【】「」『』《》〈〉~～★☆✓✔→\n\t]|\s[-–—/]+\s|[–—]|\.\s|،|؛"
)
"""Where one noun phrase of a title ends and another begins."""
_TONES = re.compile("[\u1ea0-\u1ef9]")
"""Letters of Vietnamese alone."""
KEPT = 3
"""Languages that a text is read in, beside English."""
CLEAR = 5
"""Letters of a stem from which it is as clear as the noun as written: "backpacks", but not the Finnish "koti" (home) for a coat."""
OPENING = 3
"""Words of a text among which its goods are told if they are told at the beginning."""
SHORT = 4
"""Letters of a stem below which only the likeliest language is believed: the Danish "gran" (fir) has the stem of "grå" (grey)."""
CLOSE = 0.55
"""Share of the likeliest language's score from which another one is asked too."""


class Named(NamedTuple):
    """A noun of a text: its classes, the units from and to which it stands, how it is written there, and what it is worth."""

    classes: Classes
    start: int
    end: int
    shown: str
    weak: bool
    broad: bool
    oblique: bool
    faint: bool
    ruled: int
    sure: bool


class Phrase(NamedTuple):
    """The nouns of a noun phrase, the units after and before which something else is told, and the language's order."""

    named: tuple[Named, ...]
    cuts: tuple[int, ...]
    befores: tuple[int, ...]
    last: bool


class Head(NamedTuple):
    """The noun that names the goods, the other nouns beside it, and whether it stands at the beginning, where goods are named."""

    noun: Named
    beside: tuple[Named, ...]
    opens: bool = True


@functools.lru_cache(maxsize=1 << 12)
def spoken(text: str, near: str = "") -> tuple[str, ...]:
    """The languages that a text may be in, the likeliest first; `near` is another text of the same listing."""
    scripts = {_SCRIPTS[(m.lastindex or 1) - 1] for m in _SCRIPT.finditer(text)} if not text.isascii() else set()
    if "kana" in scripts:
        scripts.discard("han")
    score = _latin(text)
    for code, weight in _latin(near).items() if near else ():
        score[code] = score.get(code, 0.0) + 0.5 * weight
    for script in scripts & {"cyrillic"}:
        score |= _scored(text, script)
    best = max(score.values(), default=0.0)
    kept = [c for c, w in sorted(score.items(), key=lambda cw: (-cw[1], cw[0])) if w >= CLOSE * best][:KEPT]
    other = [c for s in sorted(scripts - {"cyrillic"}) for c in nouns.of_script(s)]
    widest = ["ru"] if "cyrillic" in scripts else []
    return tuple(dict.fromkeys([*other, *kept, *widest, "en"]))


def _latin(text: str) -> dict[str, float]:
    score = _scored(text, "latin")
    if _TONES.search(text):
        score["vi"] = score.get("vi", 0.0) + 3.0
    return score


def _scored(text: str, script: str) -> dict[str, float]:
    """Language → what the words and letters of a text say for it."""
    return dict(_score(text, script))


@functools.lru_cache(maxsize=1 << 12)
def _score(text: str, script: str) -> Mapping[str, float]:
    score: dict[str, float] = {"en": 0.1} if script == "latin" else dict.fromkeys(nouns.of_script(script), 0.2)
    for word in dict.fromkeys(nouns.units(text)):
        for code, weight in nouns.speakers(word, script):
            score[code] = score.get(code, 0.0) + weight
    if not text.isascii():
        for letter in sorted(set(text.casefold()) & LETTERS.keys()):
            told = LETTERS[letter].split()
            for code in told:
                if code in languages() and code in nouns.of_script(script):
                    score[code] = score.get(code, 0.0) + 1.0 / len(told)
    return score


def head(text: str, codes: tuple[str, ...]) -> Head | None:
    """The noun that names the goods of a title: in the first phrase that has a clear one, else the first faint or weak one."""
    phrases = list(_phrases(text, codes))
    for clear in (True, False):
        for i, found in enumerate(phrases):
            if one := _of_phrase(found, clear=clear):
                return one._replace(opens=not i and _opens(one.noun, found))
    weak = [n for p in phrases for n in p.named if n.classes[0]]
    # The first word of a language that names the goods first: "milk, long life, 1 l".
    if len(weak) == 1 and not weak[0].start and not phrases[0].last:
        return Head(weak[0]._replace(weak=False), ())
    return Head(weak[0], tuple(weak[1:]), opens=False) if weak else None


def _opens(noun: Named, found: Phrase) -> bool:
    """Whether a noun is among the first words of its phrase, and not behind a word that tells what unknown goods are for or come with."""
    return noun.start < OPENING * _UNIT and not any(0 < cut < noun.start for cut in found.cuts)


def _of_phrase(found: Phrase, *, clear: bool) -> Head | None:
    usable = [n for n in found.named if n.classes[0] and not n.weak and not (n.faint and clear)]
    kept = _within(usable, found)
    ruling = next((n for n in found.named if n.ruled and _stands(n, kept, found)), None)
    if ruling is not None:
        return Head(ruling._replace(classes=(ruling.ruled,)), tuple(n for n in kept if n.start != ruling.start))
    if not kept:
        return None
    at = 0
    if found.last:
        while at + 1 < len(kept) and _adjoins(kept[at], kept[at + 1]):
            at += 1
    return Head(kept[at], tuple(n for i, n in enumerate(kept) if i != at))


def _adjoins(one: Named, other: Named) -> bool:
    """Whether a noun follows another one directly, or in the same run of a script without spaces."""
    return (other.start == one.end or other.start // _UNIT == one.start // _UNIT) and not other.oblique


def _stands(ruling: Named, kept: Sequence[Named], found: Phrase) -> bool:
    """Whether a ruling noun stands where the goods are named, and not after the word that cuts them off."""
    first = min((n.start for n in kept), default=ruling.start)
    cut = next((c for c in found.cuts if c > min(first, ruling.start)), 1 << 30)
    return ruling.start < cut


def _within(usable: list[Named], found: Phrase) -> list[Named]:
    """The nouns that stand before what tells the purpose, the parts and the material; all where none does."""
    if found.befores:
        usable = [n for n in usable if n.end not in found.befores] or usable
        usable = [n for n in usable if n.start >= found.befores[-1]] or usable
    plain = [n for n in usable if not n.oblique] or usable
    first = min((n.end for n in plain), default=0)
    cut = next((c for c in found.cuts if c >= first), None)
    return plain if cut is None or not plain else [n for n in plain if n.end <= cut]


def _phrases(text: str, codes: tuple[str, ...]) -> Iterator[Phrase]:
    known = [languages()[c] for c in codes]
    for part in _BREAK.split(text):
        tokens = nouns.units(part) if part and not part.isspace() else ()
        if tokens:
            accented = nouns.toned(part) if any(k.rules.toned for k in known) else tokens
            yield _read(tokens, accented if len(accented) == len(tokens) else tokens, known)


def _read(tokens: tuple[str, ...], accented: tuple[str, ...], known: list[Language]) -> Phrase:
    """The nouns of one phrase; places count in units of ten thousand, so that characters inside a run have their own."""
    named: list[Named] = []
    cuts: list[int] = []
    befores: list[int] = []
    last = known[0].rules.last
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token[0] > UNSPACED and (runs := [k for k in known if k.rules.script in _RUNS]):
            _run(token, i, runs[0], named, cuts, befores)
            i += 1
            continue
        rows = [(k, accented if k.rules.toned else tokens) for k in known]
        if any(row[i] in k.rules.cut for k, row in rows):
            cuts.append(i * _UNIT)
        elif any(row[i] in k.rules.before for k, row in rows):
            befores.append(i * _UNIT)
        n, found = _longest(rows, i)
        if found:
            named.append(found)
        i += n
    return Phrase(tuple(named), tuple(cuts), tuple(befores), last)


_RUNS = ("thai", "kana", "han", "hangul")
_UNIT = 10_000


def _longest(rows: Sequence[tuple[Language, tuple[str, ...]]], i: int) -> tuple[int, Named | None]:
    several = [(lang, tokens) for lang, tokens in rows if nouns.begins(tokens[i], lang.code)]
    for n in range(min(nouns.LONGEST, len(rows[0][1]) - i) if several else 1, 0, -1):
        best: tuple[nouns.Noun, str, Language] | None = None
        for lang, tokens in several if n > 1 else rows:
            if n == 1 and tokens[i] in signs():
                continue  # "for" is feed in Norwegian, and a function word in too many others
            found = nouns.phrase(tokens[i : i + n], lang.code) if n > 1 else nouns.single(tokens[i], lang.code)
            if found and lang is not rows[0][0] and found.sure < 1.0 and len(found.key) < SHORT:
                continue
            if found and (best is None or (best[0].sure <= nouns.COMPOUND and found.sure == 1.0)):
                best = (
                    found,
                    " ".join(tokens[i : i + n]),
                    lang,
                )  # the end of a word says less than a whole word of a near language
        if best:
            return n, _named(best[0], i * _UNIT, (i + n) * _UNIT, best[1], best[2])
    ruled, token = next(((k.rules.ruling[t[i]], t[i]) for k, t in rows if t[i] in k.rules.ruling), (0, ""))
    at = i * _UNIT
    return 1, Named((0,), at, at + _UNIT, token, False, False, False, False, ruled, True) if ruled else None


def _named(found: nouns.Noun, start: int, end: int, text: str, lang: Language) -> Named:
    rules = lang.rules
    return Named(
        found.classes, start, end, text, text in rules.weak or found.key in rules.weak,
        text in rules.broad or found.key in rules.broad, found.oblique, False, rules.ruling.get(text, 0),
        found.sure == 1.0 or (found.sure > nouns.COMPOUND and len(found.key) >= CLEAR),
    )  # fmt: skip


_KATAKANA = re.compile(r"[ァ-ヺー]{2}")
"""Letters of loan words, which run to the end of one word: プリント (print) holds no プリン (pudding)."""


def _goes_on(run: str, end: int) -> bool:
    return _KATAKANA.match(run, end - 1) is not None


def _run(run: str, at: int, lang: Language, named: list[Named], cuts: list[int], befores: list[int]) -> None:
    """The nouns inside a run of a script without spaces: the longest at each place."""
    i, base, size, known = 0, at * _UNIT, len(run), nouns.lengths(lang.code)
    while i < size:
        text = next(
            (t for n in known.get(run[i], ()) if (t := run[i : i + n]) in lang.nouns and not _goes_on(run, i + n)), ""
        )
        told = next((t for n in known.get(run[i], ()) if (t := run[i : i + n]) in lang.rules.cut), "")
        after = next((t for n in known.get(run[i], ()) if (t := run[i : i + n]) in lang.rules.before), "")
        n = len(text)
        if max(len(told), len(after)) > n:
            (cuts if len(told) >= len(after) else befores).append(base + i)
        elif n:
            end = base + (_UNIT if i + n == size else i + n)
            found = _named(nouns.Noun(lang.nouns[text], 1.0, text), base + i, end, text, lang)
            named.append(found._replace(faint=n == 1 < size and (i + n < size or lang.rules.script == "hangul")))
        i += max(n, len(told), len(after), 1)
