"""The classes of a USPTO record: their states, their Nice numbers, and the goods that belong to each."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from listing_preflight.watchlists.registers.statements import Said

_ACTIVE = frozenset("6PW")
_CANCELLED = frozenset("12345ABCDEFGHJK9X")
"""Class states: 6 active, P and W active with a fee open, 1–5, A–H, J, K cancelled, 9 expired, X terminated. 7 (fee
open) and 8 (abandoned, and yet counted among the active ones by the office) stay unknown."""


class Class(NamedTuple):
    """One class of a record.

    `code` is what its goods are filed under (a US class in old records), `force` its state ("" for that of the case).
    """

    code: str
    force: str
    nice: frozenset[int]


def classes(element: Any, said: Said) -> list[Class]:
    """The classifications element (or None) as classes, at least one.

    Without any, the codes of the goods stand for them.
    """
    out: list[Class] = []
    codes, force = list[str](), ""
    for part in () if element is None else element.iter("international-code", "status-code", "primary-code"):
        text = (part.text or "").strip()
        if part.tag == "international-code":
            codes.append(text)
        elif part.tag == "status-code":
            force = "" if text in _ACTIVE else "dead" if text in _CANCELLED else "unknown"
        elif part.tag == "primary-code":
            out.append(Class(text, force, _nice(codes)))
            codes, force = [], ""
    if codes or not out:
        out.append(Class("", force, _nice(codes or [one.code for one in said.goods])))
    return out


_NICE = {f"{n:03}": n for n in range(1, 46)}


def _nice(codes: Iterable[str]) -> frozenset[int]:
    """Nice classes among codes of three digits: US classes from 46, A and B are none."""
    return frozenset([_NICE[c] for c in codes if c in _NICE])


def goods(said: Said, kept: Sequence[Class], force: str) -> tuple[str | None, str | None]:
    """Goods and excluded goods of the classes of one state, each under its Nice class.

    Goods under a code that no class of the record has belong to all of them.
    """
    by_code = {k.code: k for k in kept}
    texts, excluded = [], []
    for one in said.goods:
        filed = by_code.get(one.code)
        if filed is not None and filed.force != force:
            continue
        if one.text:
            label = f"{min(filed.nice):03}" if filed is not None and filed.nice else one.code
            texts.append(f"[{label}] {one.text}")
        if one.excluded:
            excluded.append(one.excluded)
    return " ".join(texts) or None, "; ".join(excluded) or None
