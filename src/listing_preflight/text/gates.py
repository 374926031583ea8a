"""What counts as a match: the rules that every engine, naive or fast, puts a candidate through (docs/matching.md)."""

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from listing_preflight.model.hit import Step
from listing_preflight.text.fold import Token, is_wide
from listing_preflight.text.names import SHORT, Form, squeezed
from listing_preflight.text.visual import disguise
from listing_preflight.text.vocabulary import Vocabulary

MAX_WINDOW = 24
"""Most tokens that one name may be spread over."""
LEAST_LETTERS = 2
"""Letters among the digits and symbols of a disguised name of four letters: "S394" is a model number."""
EDIT_WINDOW = 4
EDIT_LENGTHS = range(4, 27)
"""Letters of a window that is compared letter by letter."""
GLUE_LENGTHS = range(SHORT + 2, 65)
"""Letters of a token that is taken apart into names and words; a longer one is no word that anybody reads."""
RARE = 40
"""Ten times the Zipf frequency below which an unflagged name is glued to words although it is an ordinary word itself:
0.3 more findings in 1,000 clean titles, all of them information; without it one in ten glued names went by."""
RANK = {"exact": 0, "joined": 1, "split": 2, "visual": 3, "plural": 4, "glued": 5, "edit": 6, "respaced": 7}


class Match(NamedTuple):
    """A form found in a text: its kind, its half-open span in the folded text, and how like it is (0 to 1)."""

    form: Form
    kind: str
    start: int
    end: int
    score: float
    steps: frozenset[Step] = frozenset()


_ODD_CASE = re.compile(r"[A-Za-z]I[a-z]|[A-Z]l[A-Z]")
"""A capital I among small letters, a small l among capitals: letters that were put there for their looks."""


def plain(form: Form, window: Sequence[Token], text: str, words: Vocabulary) -> str | None:
    """The kind of match of a window whose tokens, put together, are the form's key."""
    lengths = tuple(len(t.text) for t in window)
    if form.raw is not None and not _raw_stands(form.raw, window, text):
        return None
    if lengths == form.lengths:
        inside = form.wide and ((form.common and _inside_wide_word(window, text)) or _straddled(window, text, words))
        return None if inside else "exact"
    if form.wide or len(form.key) <= SHORT:
        return None
    if _bounds(window) <= _form_bounds(form):
        return "respaced" if len(window) == 1 and words.is_english(window[0].text) else "joined"
    if _splits(window, form, words):
        return "split"
    return "respaced" if _respaced(window, form) else None


def _respaced(window: Sequence[Token], form: Form) -> bool:
    """Whether two ordinary words put together are the name: "sea salt" and Seasalt, told as information alone."""
    return (
        not form.common
        and len(form.lengths) == 1
        and len(window) == len(form.lengths) + 1
        and all(len(t.text) > 1 and t.text.isalpha() for t in window)
    )


def visual(form: Form, window: Sequence[Token], text: str, words: Vocabulary) -> frozenset[Step] | None:
    """The steps of a window that looks like the form, or None."""
    if not form.latin or len(form.key) <= SHORT:
        return None
    seen = "".join(t.text for t in window)
    if sum(c.isalpha() for c in seen) < (LEAST_LETTERS if len(form.key) <= SHORT + 1 else 1):
        return None
    written = text[window[0].start : window[-1].end]
    if written.isascii() and seen == form.key:
        return None
    if written.isascii() and all(words.is_word(t.text) for t in window) and not _ODD_CASE.search(written):
        return None
    if not _bounds(window) <= _form_bounds(form) and not _splits(window, form, words):
        return None
    return disguise(seen, form.key)


ENDINGS = frozenset(
    (
        *("n", "en", "et", "ens", "ene", "erne", "er"),  # German, Nordic
        *("a", "y", "i", "u", "em", "om", "ow", "ami", "ach", "ego", "emu", "owi", "ho"),  # Polish, Czech
        *"jem ja ju ov ova ove ovo ovi ovou jev jeva jeve jevo".split(),  # South Slavic, whose is it
        *("in", "ssa", "sta", "lla", "lta", "lle", "ksi"),  # Finnish
        *("t", "k", "ok", "ek", "ban", "ben", "nak", "nek", "val", "vel"),  # Hungarian
        *("yi", "ya", "ye", "da", "de", "dan", "den", "nin", "lar", "ler"),  # Turkish
        *("ul", "ului", "uri"),  # Romanian
        *("а", "у", "ы", "и", "е", "ом", "ов", "ам", "ами", "ах", "ей", "ой"),  # Russian, Ukrainian
        *("i", "t", "le", "ga", "st", "ile", "iga", "ist", "ilt", "lt", "sse"),  # Estonian
        *("am", "iem", "us", "os"),  # Latvian, behind a name that its texts leave without an ending of its own
        *("র", "এর", "ের", "কে", "তে"),  # Bengali
        *("க்கு", "க்கான", "இன்", "ஐ", "ல்", "உடன்", "ஆல்"),  # Tamil
    )
)
"""Case endings and articles that languages put behind a name, as folded."""
SCRIPTS_WITHOUT_LETTERS_ALIKE = "\u08ff"
"""Behind the scripts whose letters disguise Latin ones: an Indic ending behind a Latin name is an ending and nothing else."""
INFLECTED = 5
"""Letters from which a name takes case endings; a famous one from four."""


def takes_plural(form: Form) -> bool:
    """Whether a name is one that may stand in the plural: long enough, and no ordinary word, or one that its list calls so."""
    said = (
        form.spelling.common is True and len(form.lengths) == 1
    )  # "UGG", "Yeti": `plural` asks whether it is a rare one
    return not form.wide and len(form.key) >= SHORT and (said or not form.common)


def plural(form: Form, window: Sequence[Token], words: Vocabulary) -> bool:
    """Whether the window is the form's plural: same words, the last with an s or es more."""
    lengths = [len(t.text) for t in window]
    last = window[-1].text
    if not takes_plural(form) or len(lengths) != len(form.lengths):
        return False
    if len(window) == 1 and _own_word(last, form.key, words):
        return False
    if form.common and words.is_english(form.key) and words.frequency(form.key) >= RARE:
        return False  # "apples"; but "Yetis", "Pumas", with context as their names
    ending = last[form.lengths[-1] :]
    return lengths[:-1] == list(form.lengths[:-1]) and (ending == "s" or (ending == "es" and len(form.key) > SHORT))


def _own_word(seen: str, key: str, words: Vocabulary) -> bool:
    """Whether a plural is a word that is no name's: a dictionary has it and not the name, or it is the more usual of both."""
    if words.is_english(seen) and not words.is_english(key):
        return True
    return words.frequency(seen) > words.frequency(key)


def takes_endings(form: Form) -> bool:
    """Whether a name of one word is distinctive enough to be met with a case ending."""
    enough = INFLECTED - 1 if form.spelling.famous else INFLECTED
    return takes_plural(form) and not form.common and len(form.lengths) == 1 and len(form.key) >= enough


def inflected(form: Form, seen: str, words: Vocabulary, is_key: Callable[[str], bool]) -> bool:
    """Whether a token is the form with a case ending, and neither a word nor a name itself."""
    if not takes_endings(form) or not seen.startswith(form.key) or seen[len(form.key) :] not in ENDINGS:
        return False
    ending = seen[len(form.key) :]
    alike = form.key.isascii() == seen.isascii() or ending[0] > SCRIPTS_WITHOUT_LETTERS_ALIKE
    return alike and not words.is_word(seen) and not is_key(seen)


def edit_limit(form: Form) -> int:
    """Most single-letter edits by which a text may differ from the form."""
    if form.wide or (form.common and len(form.key) < 5):
        return 0
    n = len(form.key)
    return 2 if n >= 9 else 1 if n >= 5 or (n == 4 and form.spelling.famous) else 0


def edit_window(window: Sequence[Token], words: Vocabulary, is_key: Callable[[str], bool]) -> str | None:
    """The letters of a window worth comparing letter by letter: not ordinary words, not a name itself."""
    seen = "".join(t.text for t in window)
    if len(seen) not in EDIT_LENGTHS or any(t.wide for t in window) or sum(c.isdigit() for c in seen) > 2:
        return None
    if is_key(seen) or words.is_word(seen):
        return None
    usual = words.is_word if len(window) == 1 else words.is_usual
    if all(usual(t.text) or is_key(t.text) for t in window):
        return None
    return seen


def edit(form: Form, seen: str, tokens: int) -> float | None:
    """Likeness of a window to a form within its edit limit, or None."""
    limit = edit_limit(form)
    if not limit or (tokens > 1 and len(form.lengths) != tokens) or abs(len(seen) - len(form.key)) > limit:
        return None
    distance = _distance()(seen, form.key, score_cutoff=limit)
    if distance > limit or not distance:
        return None
    if _digits(seen) != _digits(form.key) or (len(form.key) == 4 and seen[0] != form.key[0]):
        return None
    return 1 - distance / max(len(seen), len(form.key))


@functools.cache
def _distance() -> Callable[..., int]:
    """Loaded by who compares: many a start does not."""
    from rapidfuzz.distance import OSA

    return OSA.distance


def within(seen: Sequence[str], forms: Sequence[Form]) -> npt.NDArray[np.intp]:
    """Which of the windows, put together, are within the edit limit of the form beside them; `edit` has the last word."""
    if not seen:
        return np.zeros(0, np.intp)
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    limits = np.array([edit_limit(f) for f in forms])
    apart = process.cpdist(
        seen, [f.key for f in forms], scorer=OSA.distance, score_cutoff=int(limits.max()), dtype=np.int32
    )
    return np.flatnonzero((apart <= limits) & (apart > 0))


def edit_tokens(form: Form, window: Sequence[Token], words: Vocabulary, is_key: Callable[[str], bool]) -> float | None:
    """Likeness of several tokens to a name of as many: one of them misspelt, or both of two where neither is a usual word."""
    if len(form.lengths) != len(window):
        return None
    seen = [t.text for t in window]
    differing = sum(a != b for a, b in zip(seen, split_key(form), strict=True))
    if differing > 1 and (len(seen) > 2 or any(words.is_usual(t) or is_key(t) for t in seen)):
        return None
    return edit(form, "".join(seen), len(seen))


def is_glue(form: Form, words: Vocabulary) -> bool:
    """Whether a name may stand glued to ordinary words: no ordinary word, a rare one, or several of them run together."""
    if form.wide:
        return False
    return not form.common or len(form.lengths) > 1 or _is_rare(form, words)


def _is_rare(form: Form, words: Vocabulary) -> bool:
    rare = form.spelling.common is None and words.frequency(form.key) < RARE
    return rare and len(form.key) > SHORT + 1


def glued(
    token: str, words: Vocabulary, is_key: Callable[[str], bool], is_any: Callable[[str], bool]
) -> list[tuple[int, int]]:
    """Spans of names inside a token that is otherwise made of words, digits and other names.

    A name that is also an ordinary word (`is_any` knows it, `is_key` does not) counts only in a chain of names.
    """
    if len(token) not in GLUE_LENGTHS or words.is_word(token) or is_key(token) or not token[0].isalnum():
        return []
    found = [
        (s, e)
        for s in range(len(token) - SHORT)
        for e in range(len(token), s + SHORT, -1)
        if is_any(token[s:e]) and (s, e) != (0, len(token))
    ]
    return [(s, e) for s, e in found if _glue_holds(token, s, e, words, is_key)]


def glued_end(form: Form, window: Sequence[Token], words: Vocabulary, is_key: Callable[[str], bool]) -> bool:
    """Whether a window is a name of several tokens with a word or digits glued to its first or to its last one."""
    if len(window) != len(form.lengths) or len(window) == 1 or not is_glue(form, words):
        return False
    seen, own = [t.text for t in window], split_key(form)
    if seen[:-1] == own[:-1] and seen[-1].startswith(own[-1]):
        token, place = seen[-1], (0, len(own[-1]))
    elif seen[1:] == own[1:] and seen[0].endswith(own[0]):
        token, place = seen[0], (len(seen[0]) - len(own[0]), len(seen[0]))
    else:
        return False
    if token in own or len(token) not in GLUE_LENGTHS or words.is_word(token) or is_key(token):
        return False
    rest = token[: place[0]] + token[place[1] :]
    return not _cuts_number(token, *place) and _remainder(rest, words, is_key)


def split_key(form: Form) -> list[str]:
    """The tokens of a form's key."""
    ends = list(itertools.accumulate(form.lengths))
    return [form.key[a:b] for a, b in itertools.pairwise([0, *ends])]


def _cuts_number(token: str, s: int, e: int) -> bool:
    """Whether an edge of the span parts two digits: `forever212` is not Forever 21 with a 2."""
    return any(0 < n < len(token) and token[n - 1].isdigit() and token[n].isdigit() for n in (s, e))


def _glue_holds(token: str, s: int, e: int, words: Vocabulary, is_key: Callable[[str], bool]) -> bool:
    sides = [rest for rest in (token[:s], token[e:]) if rest]
    if _cuts_number(token, s, e):
        return False
    if is_key(token[s:e]):
        return all(_remainder(rest, words, is_key) for rest in sides)
    return all(_chain(rest, is_key) for rest in sides)


def _chain(rest: str, is_key: Callable[[str], bool]) -> bool:
    return (len(rest) > SHORT and is_key(rest)) or any(
        is_key(rest[:n]) and _chain(rest[n:], is_key) for n in range(len(rest) - 1, SHORT, -1)
    )


def _remainder(rest: str, words: Vocabulary, is_key: Callable[[str], bool]) -> bool:
    rest = rest.strip("0123456789")
    if not rest or rest == "my" or (len(rest) >= SHORT and words.is_whole(rest)):
        return True
    return any(is_key(rest[:n]) and _remainder(rest[n:], words, is_key) for n in range(len(rest), SHORT, -1))


def _splits(window: Sequence[Token], form: Form, words: Vocabulary) -> bool:
    """Whether spaces inside a name are letters torn apart and not ordinary words side by side."""
    parts = [t.text for t in window]
    if all(len(p) == 1 for p in parts):
        return (len(parts) > SHORT and not form.common) or len(parts) > SHORT + 1
    return not all(len(p) == 1 or p.isdigit() or words.is_whole(p) for p in parts)


def _bounds(window: Sequence[Token]) -> frozenset[int]:
    """After how many letters a token of the window ends, the last one left out."""
    return frozenset(itertools.accumulate(len(t.text) for t in window[:-1]))


def _form_bounds(form: Form) -> frozenset[int]:
    return frozenset(itertools.accumulate(form.lengths[:-1]))


def _raw_stands(raw: str, window: Sequence[Token], text: str) -> bool:
    start, end = window[0].start, window[-1].end
    room = len(raw)
    near = squeezed(text[max(0, start - room) : end + room])
    within = squeezed(text[start:end])
    return raw == within if raw[0].isalnum() and raw[-1].isalnum() else raw in near


def _inside_wide_word(window: Sequence[Token], text: str) -> bool:
    """Whether a katakana or Hangul word goes on around the window: then an ordinary word is just a part of it."""
    start, end = window[0].start, window[-1].end
    around = (text[start - 1 : start], text[end : end + 1])
    return any(c and is_wide(c) and _same_script(c, text[start]) for c in around)


CUT_OUT = 2
"""Characters of a Han name up to which it may be the middle of other words."""


def _straddled(window: Sequence[Token], text: str, words: Vocabulary) -> bool:
    """Whether a name of two Han characters is cut out of a longer word: 猫王 (a singer) in 熊猫王 (panda king).

    Three are seldom met by chance; words that begin or end with one of them are everywhere (喜羊羊 before 毛绒).
    """
    start, end = window[0].start, window[-1].end
    if len(window) > CUT_OUT or not "\u4e00" <= text[start] <= "\u9fff":
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(
        (before and words.is_word(before + window[0].text)) or (after and words.is_word(window[-1].text + after))
    )


def _same_script(a: str, b: str) -> bool:
    return any(lo <= a <= hi and lo <= b <= hi for lo, hi in (("\u30a1", "\u30ff"), ("\uac00", "\ud7a3")))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
