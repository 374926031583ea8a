"""Listings that prose names: an id is that of the thing whose word, or whose marketplace, stands nearest before it."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from listing_preflight.complaint.forms import data, forms
from listing_preflight.complaint.lexicon import words
from listing_preflight.complaint.reading.offices import FIGURES
from listing_preflight.complaint.reading.page import Page

_TOKEN = re.compile(
    r"(?:(?<![\w@./#*█$€£+-])|(?<=[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])|(?<=\s[בוהלמ]-))(?P<id>[a-z]{1,4}(?=(?:[a-z]*[0-9]){4})[a-z0-9]{7,14}|[0-9]{1,3}(?: [0-9]{3}){3}|[0-9]{3}(?: [0-9]{3}){2}(?! [0-9])|[A-Z]{1,6}-?(?=(?:[A-Z0-9-]*[0-9]){2})[A-Z0-9]{5,18}(?:-(?:[A-Z0-9]{2,12}|[0-9])){0,2}|[0-9]{4,8}-[0-9]{3,8}|[0-9]{4}(?: [0-9]{4}){2}|[0-9]{3}(?: [0-9]{3}){3}|[0-9]{6,20}|[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*[-_][0-9]{2,6}|[A-Z]{2,6}(?:-[A-Z0-9]+)*-[0-9]{2,6})"
    r"(?![A-Za-z0-9_*█@/]|[.,][0-9]|[-][\w])"
)
_NEXT = re.compile(
    r"[\"'”»」』)]*\s*(?:,|;|/|、|&|\+|ו-|(?:および|及び|並びに|ならびに|または|及|和|与|與|と)|(?:and|und|sowie|et|y|e|i|oraz|en|och|og|ve|và|dan|a|și|és|ja|ir|un|in|ter|та|і|και|และ|و|ו|और|и|及|和|と|및|와|과))?\s*(?:(?:and|und|sowie|et|y|e|oraz|as well as|a|и)\s)?[\"'“„«「『(]*(?:(?:n|no|nos|nr|núm|č)\.?\s?|n[°ºo]\.?\s?|№\s?|№|#|رقم\s|ID\s)?(?:(?<=/ )[^\W\d_]{1,12}[ ]?ID[ ]?[:：]?[ ]?)?"
)
"""What stands between the ids of one list."""
_LABEL = 4
"""Characters between a marketplace's name and an id that it labels."""
_NEAR, _FAR, _LETTERS = 26, 64, 7
"""Letters between an id and the word that it belongs to: of a word for it alone, of a word beside its site, and the fewest letters of an id
that nothing but its shape tells from a number of goods."""


class Named(NamedTuple):
    """An id's place in the folded text."""

    start: int
    end: int


@functools.cache
def _sites() -> str:
    names = {n for row in data("listings.yaml")["sites"].split(";") if (n := row.strip())}
    names |= {n for f in forms() for n in f.names if len(n) > 3}
    ordered = sorted(names, key=len, reverse=True)
    west = "|".join(re.escape(n) for n in ordered if ord(n[0]) < 0x2E80)
    east = "|".join(re.escape(n) for n in ordered if ord(n[0]) >= 0x2E80)
    return rf"(?<![\w@-])(?:{west})(?![\w-])|{east}"


@functools.cache
def _keys() -> re.Pattern[str]:
    """Every word that an id may belong to: of a listing, of a marketplace, of anything else."""
    other = f"{data('listings.yaml')['other']}|{words('right').pattern}|{words('mail').pattern}"
    return re.compile(
        rf"(?P<other>(?i:{other}))|(?P<site>(?i:{_sites()}))|(?P<item>(?i:{words('item').pattern}|{data('listings.yaml')['goods']}))"
    )


def find(page: Page) -> Iterator[Named]:
    """The ids, in the order of the text."""
    last, loose = -1, list[re.Match[str]]()
    for token in _TOKEN.finditer(page.flow):
        if _is_day(token["id"]) or _is_of_case(page, token):
            continue
        follows = last >= 0 and bool(_NEXT.fullmatch(page.flow, last, token.start()))
        if loose and not _NEXT.fullmatch(page.flow, loose[-1].end(), token.start()):
            loose = []
        if follows or _belongs(page, token):
            if _is_before_noun(page, token.end()):
                yield from (Named(*one.span("id")) for one in loose)  # a list whose noun stands behind its last id
            last, loose = token.end(), []
            yield Named(*token.span("id"))
        else:
            loose.append(token)


@functools.cache
def _case() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{words('case').pattern})[^\W\d_]{{0,3}}[\s:#]{{0,3}}(?:(?:no|nr|id)\.?[\s:#]{{0,2}})?\Z",
        re.IGNORECASE,
    )


def _is_of_case(page: Page, token: re.Match[str]) -> bool:
    """Whether a sign of letters and several groups stands right behind a word for a case: "claim WMT-IP-2026-55217"."""
    told = token["id"]
    return (
        told.count("-") > 1
        and told[0].isupper()
        and bool(_case().search(page.flow, max(0, token.start() - 40), token.start()))
    )


def _belongs(page: Page, token: re.Match[str]) -> bool:
    line = max(page.flow.rfind("\n", 0, token.start()) + 1, token.start() - 2 * _FAR)
    before = page.flow[line : token.start()]
    stop = max((m.end() for m in re.finditer(r"(?<=\w{4})[.!?]\s(?=\S)|[。！？;；]", before)), default=0)
    last, at, beside_site = _last_key(_without_figures(before[stop:]))
    if _is_before_noun(page, token.end()):
        return True
    if last in ("", "other"):
        return False
    between = before[stop + at :]
    if re.search(r"[0-9]{5}|@", between):
        return False
    figures = token["id"].isdigit()
    grouped = bool(re.fullmatch(r"[0-9]{3}(?: [0-9]{3}){2}", token["id"]))
    touches = not re.sub(
        r"^[^\W\d_]{0,6}\s?(?:(?:no|nr|n|č|nº|n°|núm|št|br|id|№)\.?)?", "", between, flags=re.IGNORECASE
    ).strip(" :#\u201e\u201c\"'")
    coded = (touches and len(token["id"]) >= _LETTERS) or (
        len(between) < _NEAR and bool(re.search(rf"(?:{_code().pattern})\W{{0,3}}$", before, re.IGNORECASE))
    )
    if figures and not coded and len(token["id"]) < (_LETTERS if beside_site else _LETTERS + 1):
        return False
    if grouped and not (touches and last == "item"):
        return False  # three groups of figures are as often a right's number, or a telephone's
    if re.fullmatch(r"[0-9]+-[0-9]+", token["id"]) and not (touches or coded):
        return False
    if (
        token["id"][0].islower()
        and not (touches and ("-" in token["id"] or (last == "item" and len(token["id"]) >= _LETTERS)))
        and not (
            len(between) < _NEAR and (re.search(_code(), before[-40:]) or (last == "site" and len(between) < _LABEL))
        )
    ):
        return False
    return len(between) <= (_FAR if beside_site else _NEAR)


def _is_before_noun(page: Page, end: int) -> bool:
    """Whether words behind an id lead to a noun for a listing, as some languages say it."""
    noun = rf"\s?{data('listings.yaml')['behind']}\s(?:[^\W\d_]{{1,14}}\s)?(?:{data('listings.yaml')['behind_nouns']}|{words('item').pattern})"
    return bool(re.compile(noun, re.IGNORECASE).match(page.flow, end))


_ID_OF_LETTERS = re.compile(r"(?<![A-Za-z0-9])(?=[A-Z]{0,19}[0-9])[A-Z0-9]{8,20}(?![A-Za-z0-9])")


def _without_figures(some: str) -> str:
    """Some words with a nought for each figure and each letter of an id, so that those that differ in them alone are looked through once; a site's figures are its name."""
    some = _ID_OF_LETTERS.sub(lambda one: "0" * len(one.group()), some)
    return re.sub(r"[0-9]+", lambda run: run[0] if run[0] in _numbered_sites() else run[0].translate(FIGURES), some)


@functools.cache
def _numbered_sites() -> frozenset[str]:
    return frozenset(re.findall(r"[0-9]+", _sites()))


@functools.lru_cache(maxsize=1 << 14)
def _last_key(words_before: str) -> tuple[str, int, bool]:
    """What the last key word of some words is of and where it ends, and whether a marketplace stands among them."""
    keys = [(str(k.lastgroup), k.end()) for k in _keys().finditer(words_before)]
    last, at = keys[-1] if keys else ("", 0)
    return last, at, any(name == "site" for name, _ in keys)


@functools.cache
def _code() -> re.Pattern[str]:
    return re.compile(data("listings.yaml")["codes"], re.IGNORECASE)


def _is_day(token: str) -> bool:
    return bool(
        re.fullmatch(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|[0-9]{4}-[0-9]{2}-[0-9]{2}", token)
    )
