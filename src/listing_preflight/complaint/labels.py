"""The labels of closing blocks: which fields the value behind one may fill."""

import functools
import re
from collections.abc import Mapping

from listing_preflight.complaint.forms import data
from listing_preflight.complaint.label_words import fields_by_words


def label_key(words: str) -> str:
    """A label without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", words.replace("İ", "i").casefold())


@functools.cache
def labels() -> Mapping[str, frozenset[str]]:
    """Label → the fields that its value may fill."""
    out: dict[str, set[str]] = {}
    for field, names in data("labels.yaml").items():
        for name in re.split(r"[;\n]", names):
            if key := label_key(name):
                out.setdefault(key, set()).add(field)
    return {k: frozenset(v) for k, v in out.items()}


def fields_of(words: str) -> frozenset[str] | None:
    """The fields of a label, from the tables or for lack of better from the words that it is made of."""
    return known_fields(words) or fields_by_words(words) or None


def known_fields(words: str) -> frozenset[str] | None:
    """The fields of a label of the tables; what stands in brackets behind it (an office, a unit) belongs to no label."""
    found = labels().get(label_key(words))
    plain = re.sub(r"\s*[(（\[][^)）\]]*[)）\]]\s*$", "", words.rstrip(":： \t"))
    found = found or labels().get(label_key(plain)) or labels().get(label_key(re.sub(r"\s[0-9]{1,2}$", "", plain)))
    if found or "/" not in plain:
        return found
    parts = [labels().get(label_key(part)) for part in plain.split("/")]  # "Product ID / SKU ID"
    return frozenset[str]().union(*filter(None, parts)) if all(parts) else None
