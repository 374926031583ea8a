"""Numbers of rights, however they are written: 98/763,166, Reg. No. 0835284, EM 018222483."""

import functools
import re

_PREFIX = re.compile(r"^(?:US|EM|EUTM|RCD|WO|IR|SN|RN|NO)(?=[0-9])")
_OTHER = re.compile(r"[^0-9A-Z]+")


@functools.lru_cache(maxsize=4096)
def plain_number(text: str) -> str:
    """A number without office, wording, punctuation and leading zeros, in capitals."""
    if text.isdigit() and text.isascii():
        return text.lstrip("0")
    words = re.split(r"[^0-9A-Za-z/.,\-]+", text.upper().replace(".", " ").replace("#", " "))
    kept = "".join(w for w in words if any(c.isdigit() for c in w)) or "".join(words)
    return _OTHER.sub("", _PREFIX.sub("", _OTHER.sub("", kept))).lstrip("0")


def is_number(text: str) -> bool:
    """Whether a query is a number: at least four digits, and no more letters than a prefix or suffix has."""
    plain = plain_number(text)
    digits = sum(c.isdigit() for c in plain)
    return digits >= 4 and len(plain) - digits <= 2
