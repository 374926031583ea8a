"""Whether two names may be of one owner: the same but for legal forms, related by a telling word, or different."""

import re

from listing_preflight.model.tri import Tri
from listing_preflight.text.fold import plain_words

_FORMS = frozenset(
    "inc incorporated llc llp ltd limited corp corporation co company gmbh ag kg kgaa se ug sa sas sarl srl spa sl slu bv nv ab as asa aps oy oyj pty pte "
    "plc kk kabushiki kaisha berhad bhd sdn lda ltda de cv c v the and und et y e of group holding holdings international ip ipr".split()
)


_LEGAL = _FORMS - frozenset("c v the and und et y e of de co cv se as ab ip ipr group international".split())


def same_owner(one: str, other: str) -> Tri:
    """YES for one name in two spellings, UNKNOWN where they share a telling word, NO where they share none."""
    left, right = _telling(one), _telling(other)
    if not left or not right:
        return Tri.YES if _joined(one) == _joined(other) else Tri.UNKNOWN
    if left == right or _joined(one) == _joined(other):
        return Tri.YES
    return Tri.UNKNOWN if left & right or _within(one, other) else Tri.NO


def _telling(name: str) -> frozenset[str]:
    words = plain_words(re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b)", r"\1", name))
    return frozenset(w for w in words if w not in _FORMS and len(w) > 1)


def _joined(name: str) -> str:
    return "".join(plain_words(name))


def _within(one: str, other: str) -> bool:
    """Names in scripts without spaces: one inside the other."""
    left, right = _joined(one), _joined(other)
    return min(len(left), len(right)) >= 2 and (left in right or right in left)


def is_firm(name: str) -> bool:
    """Whether a name carries a legal form, in Latin letters or in Chinese, Japanese or Korean ones; a name without may be a person's."""
    words = plain_words(re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b)", r"\1", name))
    return bool(_LEGAL & set(words)) or bool(re.search(r"公司|会社|會社|주식회사|บริษัท|ООО|ЗАО|АО", name))
