"""Nouns and verbs of notices by what they mean: one pattern a meaning, of the beginnings of words in every language read here."""

import functools
import re

from listing_preflight.complaint.forms import data

_NO_BORDERS = re.compile(r"[\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that part no words, or glue endings and other words to them."""
_SHORT = 4
"""Letters of a beginning that counts as a whole word only."""


_TONOS = str.maketrans("άέήίόύώϊϋΐΰ", "αεηιουωιυιυ")


def without_tonos(text: str) -> str:
    """A text without the accents of small Greek letters, which capitals never bear: headings are written in them."""
    return text.translate(_TONOS)


@functools.cache
def words(*meanings: str, whole: bool = False) -> re.Pattern[str]:
    """Any word of some meanings; `whole`: only where no letters follow what the table gives."""
    stems = {s.strip() for m in meanings for s in re.split(r"[;\n]", data("lexicon.yaml")[m]) if s.strip()}
    stems |= {without_tonos(s) for s in stems}
    ordered = sorted(stems, key=len, reverse=True)
    free = [s for s in ordered if _NO_BORDERS.search(s) or s.startswith("~")]
    bare = [_free(s.removeprefix("~")) for s in free]
    bordered = [_bordered(s, whole=whole) for s in ordered if s not in free]
    return re.compile("|".join([rf"(?<!\w)(?:{'|'.join(bordered)})", *bare]), re.IGNORECASE)


def _free(stem: str) -> str:
    """A beginning that counts anywhere; an underscore at an end of it is a border of the word there."""
    left, right = r"(?<!\w)" * stem.startswith("_"), r"(?!\w)" * stem.endswith("_")
    return f"{left}{re.escape(stem.strip('_'))}{right}"


def _bordered(stem: str, *, whole: bool) -> str:
    spelled = re.escape(stem.rstrip("~")).replace(r"\ ", r"\s")
    return spelled + (r"(?!\w)" if whole or (len(stem) <= _SHORT and stem[-1].isalnum()) else "")


def says(text: str, *meanings: str, whole: bool = False) -> bool:
    """Whether a text has a word of some meaning."""
    return bool(words(*meanings, whole=whole).search(text))
