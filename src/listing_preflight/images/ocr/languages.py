"""Languages that pictures are read in: those of the marketplace, and those that listed names are written in."""

import re
from collections.abc import Iterable

BEYOND = {
    "kor": "가-힣ㄱ-ㆎ", "rus": "Ѐ-ӿ", "ara": "\u0600-\u06ff", "heb": "\u0590-\u05ff", "tha": "\u0e00-\u0e7f",
    "ell": "\u0370-\u03ff", "hin": "\u0900-\u097f",
}  # fmt: skip
"""Tesseract's languages for scripts that the embedded model's dictionary lacks, and the characters of each."""
_ENDINGS = {
    "de": "deu", "at": "deu", "ch": "deu+fra+ita", "fr": "fra", "be": "fra+nld", "nl": "nld", "it": "ita", "es": "spa",
    "mx": "spa", "cl": "spa", "co": "spa", "br": "por", "pt": "por", "pl": "pol", "se": "swe", "tr": "tur", "cz": "ces",
    "ro": "ron", "hu": "hun", "vn": "vie", "id": "ind", "jp": "jpn", "cn": "chi_sim", "tw": "chi_tra", "hk": "chi_tra",
    "kr": "kor", "ru": "rus", "by": "rus", "kz": "rus", "ua": "ukr+rus", "bg": "bul+rus", "ae": "ara", "sa": "ara",
    "eg": "ara", "il": "heb", "th": "tha", "gr": "ell", "in": "hin",
}  # fmt: skip
_SITES = {
    "coupang.com": "kor",
    "gmarket.com": "kor",
    "taobao.com": "chi_sim",
    "tmall.com": "chi_sim",
    "noon.com": "ara",
}


def of_marketplace(site: str | None) -> tuple[str, ...]:
    """What a marketplace (a domain or `name.country`) is written in; English everywhere."""
    name = (site or "").casefold()
    found = _SITES.get(name) or _ENDINGS.get(name.rpartition(".")[2], "")
    return ("eng", *(x for x in found.split("+") if x))


def of_names(names: Iterable[str]) -> tuple[str, ...]:
    """Languages beyond the embedded model's that some name is written in."""
    strange = "".join(sorted({c for name in names if not name.isascii() for c in name}))
    return tuple(language for language, letters in BEYOND.items() if re.search(f"[{letters}]", strange))


def together(*groups: Iterable[str]) -> str:
    """Languages as Tesseract takes them, each once, English first."""
    return "+".join(dict.fromkeys(x for group in groups for x in group)) or "eng"
