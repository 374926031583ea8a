"""Name the steps from a listed name to what the seller wrote, by the closed list of the report format."""

import functools
import unicodedata

from listing_preflight.model.hit import Step
from listing_preflight.text.fold import BIDI, FIGURES, as_katakana, confusables, fold_cluster, folded_key, is_invisible
from listing_preflight.text.gates import Match

_KIND_STEPS: dict[str, Step] = {"plural": "plural", "edit": "edit", "glued": "join"}


OVERLAYS = frozenset(map(chr, (*range(0x0334, 0x0339), 0x20D2, 0x20D3, *range(0x20D8, 0x20DB), *range(0x20E5, 0x20EC))))
"""Strokes drawn through a letter: no accent of any language, they only hide the letter from robots."""
_SAME: frozenset[Step] = frozenset()
_CASE: frozenset[Step] = frozenset({"case"})


_MEMO = 1 << 16
_MEMO_LETTERS = 64
"""Longest writing whose steps are remembered."""


def of(match: Match, written: str, *, html: bool, turned: bool = False) -> frozenset[Step]:
    """The steps of a match; `written` is what a page shows of the seller's text, `turned` if an override reverses it."""
    form = match.form
    if (
        match.kind == "exact"
        and not html
        and not turned
        and form.text is form.spelling.name
        and written.lower() == form.text.lower()
    ):
        return _SAME if written == form.text else _CASE
    ask = _of if len(written) <= _MEMO_LETTERS else _of.__wrapped__
    return ask(match.kind, match.steps, form.text, form.spelling.name, written, html, turned)


@functools.lru_cache(_MEMO)
def _of(
    kind: str,
    known: frozenset[Step],
    text: str,
    name: str,
    written: str,
    html: bool,  # noqa: FBT001
    turned: bool,  # noqa: FBT001
) -> frozenset[Step]:
    """The same as a function of what it hangs on."""
    out: set[Step] = set(known)
    if turned:
        out.add("bidi")
    if kind in _KIND_STEPS:
        out.add(_KIND_STEPS[kind])
    if text != name and folded_key(text) != folded_key(name):
        out.add("alias")
    if html:
        out.add("html")
    out |= _characters(written, text)
    if kind in ("exact", "joined", "split", "visual", "plural", "respaced"):
        out |= _spacing(written, text)
    if not out and written != text:
        plainer = written.isascii() and not text.isascii()  # "Hooks" for Hööks: accents left out, nothing hidden
        same = list(map(_bare, written)) == list(map(_bare, text))
        out.add("case" if same else "accent" if plainer else "compat")
    return frozenset(out)


def lookalikes(written: str) -> list[dict[str, str]]:
    """The look-alike characters of a text: each with its code point and the letter that it is read as."""
    found = {c: confusables()[c] for c in written if c in confusables()}
    return [{"char": f"U+{ord(c):04X}", "name": unicodedata.name(c, ""), "reads": r} for c, r in found.items()]


def _characters(written: str, form: str) -> set[Step]:
    out: set[Step] = set()
    listed, bare = set(form), set(map(_bare, form))
    foreign = not any(map(_is_latin, form))
    for char in set(written) - listed:
        if char in BIDI:
            out.add("bidi")
        elif is_invisible(char):
            out.add("invisible")
        elif _bare(char) in bare:
            out |= {"accent"} if _loses_marks(char) else set()  # the letter itself, in another case or kana
        elif not char.isascii():
            out |= _letter_step(char)
        elif foreign and char.isalpha() and written != written.encode("ascii", "ignore").decode():
            out.add("confusable")  # a Latin letter inside a word of another script
        elif foreign and char in FIGURES and char not in form:
            out.add("leet")
    letters = "".join(c for c in written if c.isalpha())
    target = "".join(c for c in form if c.isalpha())
    if letters != target and letters.casefold() == target.casefold():
        out.add("case")
    elif letters.casefold() != target.casefold() and letters and not (letters.islower() and target.islower()):
        out.add("case") if _case_differs(letters, target) else None
    return out


def _case_differs(letters: str, target: str) -> bool:
    return letters.islower() != target.islower() or letters.isupper() != target.isupper()


def _bare(char: str) -> str:
    """A letter without its marks and case; kana as katakana."""
    return as_katakana(unicodedata.normalize("NFD", char)[0].casefold())


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _letter_step(char: str) -> set[Step]:
    if char in confusables():
        return {"confusable"}
    if char in OVERLAYS:
        return {"confusable"}
    name = unicodedata.name(char, "")
    if name.startswith(("FULLWIDTH", "HALFWIDTH")):
        return {"width"}
    if unicodedata.category(char)[0] == "M" or _loses_marks(char):
        return {"accent"}
    folded = fold_cluster(char)
    return {"compat"} if folded and folded != char.casefold() else set()


def _loses_marks(char: str) -> bool:
    parts = unicodedata.normalize("NFD", char)
    return len(parts) > 1 and unicodedata.category(parts[1])[0] == "M"


def _spacing(written: str, form: str) -> set[Step]:
    """Whether spaces or signs were put into the name or taken out of it."""
    got, want = _gaps(written), _gaps(form)
    out: set[Step] = set()
    if any(" " in g for g in got) and not any(" " in g for g in want):
        out.add("split")
    if sum(map(bool, got)) < sum(map(bool, want)):
        out.add("join")
    if _signs(got) != _signs(want):
        out.add("separator")
    return out


def _gaps(text: str) -> list[str]:
    """What stands between letters, white space as one blank and invisible characters left out."""
    out, gap = [], ""
    for char in text:
        if is_invisible(char):
            continue
        if fold_cluster(char):
            out.append(gap)
            gap = ""
        elif unicodedata.category(char)[0] != "M":
            gap += " " if char.isspace() else char
    return out[1:]


def _signs(gaps: list[str]) -> list[str]:
    return [s for g in gaps if (s := g.strip())]
