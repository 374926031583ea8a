"""The heads of mails by what they mean: whom one is from, to whom, of what; as programs for mail name them in every language read here."""

import functools
import re

from listing_preflight.complaint.forms import data


@functools.cache
def head(*meanings: str) -> str:
    """A pattern of the names of some heads, for places where case is not looked at."""
    names = {n for m in meanings for row in data("mail.yaml")[m].split(";") if (n := row.strip())}
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


__all__ = ["head"]
