"""Which languages a listing is written in: by script, and by the function words that each grammar names."""

import functools
import unicodedata
from collections import Counter
from typing import NamedTuple

from listing_preflight.judging.grammar import languages, signs
from listing_preflight.model.listing import Listing
from listing_preflight.text.fold import plain_words
from listing_preflight.text.tongues import tongues
from listing_preflight.text.vocabulary import vocabulary

READ = 500
"""Characters of a text that are read for its language: 6 of 300 listings of 3 KB are told otherwise than with 2,000, in a
quarter of the time."""
SURE = 2
"""Distinct function words of one language from which a Latin text is taken to be in it; below, every Latin grammar is asked."""

_SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"), (0x0530, 0x058F, "armenian"), (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x077F, "arabic"), (0x0900, 0x097F, "devanagari"), (0x0980, 0x09FF, "bengali"), (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"), (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0C7F, "telugu"), (0x0C80, 0x0CFF, "kannada"),
    (0x0D00, 0x0D7F, "malayalam"), (0x0D80, 0x0DFF, "sinhala"), (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "lao"),
    (0x1000, 0x109F, "myanmar"), (0x10A0, 0x10FF, "georgian"), (0x1200, 0x137F, "ethiopic"), (0x1EA0, 0x1EF9, "vietnamese"), (0x1780, 0x17FF, "khmer"),
    (0x3041, 0x30FF, "kana"), (0x3400, 0x9FFF, "han"), (0xAC00, 0xD7A3, "hangul"),
)  # fmt: skip
_SPOKEN = {
    "greek": ("el",), "cyrillic": ("bg", "ru", "sr", "uk"), "bengali": ("bn",), "tamil": ("ta",), "hebrew": ("he",), "arabic": ("ar",), "devanagari": ("hi",), "thai": ("th",),
    "kana": ("ja",), "han": ("zh",), "hangul": ("ko",), "vietnamese": ("vi",),
}  # fmt: skip
"""Script → the languages with a grammar that are written in it."""
_NOT_BULGARIAN = frozenset("ыэёіїєґ")
"""Letters that Russian or Ukrainian write and Bulgarian does not."""
_SERBIAN = frozenset("јљњћђџ")
"""Letters that of the languages in Cyrillic Serbian alone writes; "ј" stands in nearly every one of its sentences."""
_NOT_SERBIAN = frozenset("йщъыьэюяёіїєґ")
"""Letters that the others write and Serbian does not."""
_LETTERED = {
    lang: frozenset(letters)
    for lang, letters in {
        "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "hr": "čćđšž", "pl": "ąćęłńóśźż", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž",
        "et": "äõöüšž", "fi": "äåöšž", "sv": "åäöé", "da": "åæøé", "no": "åæøéòôê", "de": "äöüß", "nl": "éèëïóöüáíúê", "hu": "áéíóöőúüű",
        "ro": "ăâîșțşţ", "tr": "çğıöşüâîû̇", "es": "áéíñóúü", "pt": "áâãàçéêíóôõú", "fr": "àâæçéèêëîïôœùûüÿ", "it": "àèéìíîòóùú",
        "id": "é", "ms": "é", "tl": "ñ",
    }.items()
}  # fmt: skip
"""Letters beside a to z that a language in Latin letters writes."""
_LATIN_ENDS = "\u0370"
FOREIGN = 2
"""Letters foreign to a language from which a text is not in it: one may be a name's."""
NOT_LATIN = frozenset(lang for langs in _SPOKEN.values() for lang in langs) - {"vi"}
"""Languages with a grammar that are written in other letters."""


def latin() -> frozenset[str]:
    """Languages with a grammar that are written in Latin letters."""
    return languages() - NOT_LATIN


class Speech(NamedTuple):
    """The grammars that a listing is read with, and the scripts in it that no grammar reads."""

    languages: tuple[str, ...]
    unread: tuple[str, ...] = ()


MOST_TOLD = 3
"""Languages up to which a listing's own are taken to be told; more are those of a text that tells nothing."""


def is_untold(found: tuple[str, ...]) -> bool:
    """Whether a text is read in every Latin language, since its words tell none."""
    return latin() <= frozenset(found)


def hinted(text: str, found: tuple[str, ...], others: tuple[str, ...]) -> frozenset[str]:
    """What a text that tells too little tells beside the languages of the `others`: those of its scripts and single function words.

    Where such a word is of one of theirs, it is one of theirs.
    """
    if not is_untold(found):
        return frozenset(found)
    known = signs()
    said = frozenset(lang for w in _read(text).words & known.keys() for lang in known[w])
    return frozenset(found) - latin() | (frozenset() if said & frozenset(others) - _ENGLISH else said)


def told(listing: Listing) -> tuple[str, ...]:
    """The languages that a listing is surely written in; none where its words tell too little."""
    found = of_listing(listing).languages
    return found if len(found) <= MOST_TOLD else ()


def of_listing(listing: Listing) -> Speech:
    """The languages of a listing's running texts; all that occur, English always."""
    return _of_texts(tuple([t.value[:READ] for t in listing.texts if t.field in _RUNNING]))


@functools.lru_cache(maxsize=256)
def _of_texts(texts: tuple[str, ...]) -> Speech:
    found = [_read(t) for t in texts]
    return (
        _told(_Read(*(frozenset().union(*parts) for parts in zip(*found, strict=True)))) if found else _told(_NOTHING)
    )


_RUNNING = frozenset({"title", "bullets", "description", "search_terms"})


class _Read(NamedTuple):
    """What of a text tells its languages: its folded words, its scripts, and its small letters beside a to z."""

    words: frozenset[str]
    scripts: frozenset[str]
    letters: frozenset[str]


_NOTHING = _Read(frozenset(), frozenset(), frozenset())


@functools.lru_cache(maxsize=256)
def _read(text: str) -> _Read:
    if text.isascii():
        return _Read(frozenset(plain_words(text)), frozenset(), frozenset())
    letters = frozenset(c for c in unicodedata.normalize("NFC", text).casefold() if c > "\x7f" and c.isalpha())
    return _Read(frozenset(plain_words(text)), _scripts(text), letters)


@functools.lru_cache(maxsize=256)
def of_text(text: str) -> Speech:
    """The languages of one text."""
    return _told(_read(text))


def _told(read: _Read) -> Speech:
    scripts = read.scripts
    spoken = {lang for s in scripts for lang in _SPOKEN.get(s, ())}
    if "kana" in scripts and "han" in scripts:
        spoken.discard("zh")  # Chinese is written without kana; Japanese is written in both
    if read.letters & _NOT_BULGARIAN:
        spoken.discard("bg")
    serbian, other = read.letters & _SERBIAN, read.letters & _NOT_SERBIAN
    if other and not serbian:
        spoken.discard("sr")
    if serbian and not other:
        spoken -= {"bg", "ru", "uk"}
    words = _written(_latin(read.words), read.letters)
    if "vietnamese" in scripts and words == latin():
        words = _ENGLISH  # its letters tell what too few function words do not
    return Speech(tuple(sorted(spoken | words)), tuple(sorted(s for s in scripts if s not in _SPOKEN)))


def _written(found: frozenset[str], letters: frozenset[str]) -> frozenset[str]:
    """The languages that write the letters of a text, English always; all of them where none but English does, or no word told any."""
    if found == latin():
        return found
    own = frozenset(c for c in letters if c < _LATIN_ENDS)
    kept = frozenset(lang for lang in found if len(own - _LETTERED.get(lang, own)) < FOREIGN)
    return kept | (found & _ENGLISH) if kept - _ENGLISH else found


def _scripts(text: str) -> frozenset[str]:
    return frozenset(_script(c) for c in frozenset(text) if c > "\u036f" and c.isalpha()) - {""}


def _script(char: str) -> str:
    number = ord(char)
    return next((name for first, last, name in _SCRIPTS if first <= number <= last), "")


_ENGLISH = frozenset({"en"})
LETTERS = 3
"""Different words of one letter that a text may hold."""
ENGLISH_SHARE = 0.6
"""Share of English dictionary words from which a text without function words of another language is English."""
ENGLISH_BESIDE = 0.8
"""The same beside a single such word: the Slovak one of "pre-drilled"."""


def _is_english(seen: frozenset[str], share: float) -> bool:
    known = vocabulary()
    letters = [w for w in seen if w.isascii() and w.isalpha() and len(w) > 1]
    return len(letters) > 1 and sum(map(known.is_english, letters)) >= share * len(letters)


KNOWN = 3
"""Words of a language's dictionary from which a text without function words may be in it."""
KNOWN_SHARE = 0.5
"""Share of a text's words that a language has from which the text is in it; names, figures and rare compounds are in none."""


@functools.lru_cache(maxsize=256)
def worded(text: str) -> frozenset[str]:
    """The Latin languages whose words a text without function words is written in: English, and those whose dictionaries have most of
    them; all where none has, or too many do. Its uses are read in all all the same. One function word says more than a word of a dictionary.
    """
    read, known = _read(text), signs()
    if _is_english(read.words, ENGLISH_BESIDE):
        return _ENGLISH
    asked = sorted(w for w in read.words if len(w) > 2 and w.isalpha() and w < _LATIN_ENDS)
    told = Counter(lang for w in read.words & known.keys() for lang in known[w])
    said = tongues().counts(asked)
    enough = max(KNOWN, KNOWN_SHARE * len(asked), said.pop("en", 0) + 1)
    count = {code: n + told[code] for code, n in said.items() if n >= enough and code in latin()}
    best = max(count.values(), default=0)
    found = frozenset(code for code, n in count.items() if 5 * n >= 4 * best)
    return _written(found | _ENGLISH, read.letters) if 0 < len(found) < MOST_TOLD else latin()


def _latin(seen: frozenset[str]) -> frozenset[str]:
    """English, and the Latin languages whose function words occur most; all of them where too few occur to tell."""
    known = signs()
    if sum(len(w) == 1 and w.isalpha() for w in seen) > LETTERS:
        seen = frozenset(w for w in seen if len(w) > 1)  # a name written apart, "N i k e": its letters are no words
    count: Counter[str] = Counter(lang for w in seen & known.keys() for lang in known[w])
    best = max(count.values(), default=0)
    if best < SURE:
        return _ENGLISH if count.keys() <= _ENGLISH and _is_english(seen, ENGLISH_SHARE) else latin()
    return frozenset(lang for lang, n in count.items() if 2 * n >= best) | {"en"}
