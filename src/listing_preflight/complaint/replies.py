"""What the receiver of a mail had written before and the mail quotes: words of the seller, no part of the notice."""

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from listing_preflight.complaint.folded import Folded
from listing_preflight.complaint.forms import is_platform
from listing_preflight.complaint.mail_heads import head

_TO = re.compile(rf"(?im)^[ \t]*(?:{head('to')})[ \t]*[:：]([^\n]*)")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{3,100}", re.ASCII)
_HEAD = 2000
"""Characters at the top in which a mail's own lines of sender and receiver stand."""
_WROTE = r"wrote|schrieb|a écrit|escribió|ha\s+scritto|schreef|escreveu|napisał\w?|napsal\w?|skrev|kirjoitti|írta|a scris|έγραψε|написал\w?|yazdı"
_AUTHOR = re.compile(
    r"(?im)^[ \t>*]*(?:(?:on|am|le|el|il|op|em|no dia|w dniu|dnia|den|dne|pe|στις|на|el día)\b[^\n]{3,200}(?:\n[ \t>]*[^\n]{0,120}?)?"
    rf"(?:{_WROTE})[^\n:：]{{0,80}}[:：]"
    rf"|(?:{head('from')})[ \t]*[:：][^\n]*@[^\n]*)"
)
"""A line that says who wrote what is quoted below it."""


class _Quoted(NamedTuple):
    start: int
    end: int
    author: str


def without_replies(folded: Folded, senders: Sequence[str]) -> Folded:
    """The text with blanks for what its own receiver wrote: an answer quoted below a platform's or a lawyer's mail tells of other things.

    Only where the mail's head says whom somebody else wrote to; places stay the same.
    """
    text = folded.text
    told = _TO.search(text[:_HEAD]) if senders else None
    receivers = {a.lower().rstrip(".") for a in _ADDRESS.findall(told[1])} if told else set()
    receivers = {a for a in receivers - {senders[0]} if not is_platform(a.partition("@")[2])} if senders else set()
    name = re.sub(r"\W+", " ", re.sub(r"<[^>]*>|[\w.+-]+@\S+", " ", told[1])).strip().casefold() if told else ""
    receivers |= {name} if name else set()
    mine = [q for q in _quoted(folded.raw) if q.author in receivers] if receivers else []
    for one in mine:
        start, end = bisect_left(folded.at, one.start), bisect_left(folded.at, one.end)
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    # What fills most of a mail is no answer below it: a letter may stand behind a quoted line, or the receiver may be who complains.
    return (
        dataclasses.replace(folded, text=text) if mine and len(text.split()) * 2 > len(folded.text.split()) else folded
    )


def _quoted(text: str) -> list[_Quoted]:
    """In the text as received, who wrote each quoted part, from the line that says so to the next such line or the end of what is quoted."""
    lines = [(m.start(), m.end(), _ADDRESS.findall(m.group())) for m in _AUTHOR.finditer(text)]
    out = []
    for n, (start, end, addresses) in enumerate(lines):
        stop = lines[n + 1][0] if n + 1 < len(lines) else len(text)
        if text[start:end].lstrip(" \t").startswith(">"):
            stop = min(stop, _end_of_quote(text, end))
        author = addresses[0].lower().rstrip(".") if addresses else ""
        name = "" if author else _name(text[start:end])
        out += [_Quoted(start, _with_older(lines, text, n, stop), author or name)] if (author or name) and n else []
    return out


_SHORT = 40
"""Words of a mail that asks for an answer and is no notice."""


def _with_older(lines: list[tuple[int, int, list[str]]], text: str, n: int, stop: int) -> int:
    """The end of a quoted part with the short older ones that it quotes itself, marked one step deeper; a whole notice quoted there is read."""
    depth = _depth(text, lines[n][0])
    for start, end, _ in lines[n + 1 :]:
        if start <= stop + 3 and _depth(text, start) > depth:
            last = _end_of_quote(text, end)
            stop = max(stop, last) if len(text[end:last].split()) < _SHORT else stop
    return stop


def _depth(text: str, at: int) -> int:
    """How many times the line at a place is quoted."""
    line = text[text.rfind("\n", 0, at) + 1 :][:80]
    return re.sub(r"[ \t]", "", line[: len(line) - len(line.lstrip("> \t"))]).count(">")


def _name(line: str) -> str:
    """Who wrote what follows, where the line bears no address: the words before its colon, without day and verb."""
    told = re.search(
        rf"(?:{_WROTE})\s+(?P<after>[^:：\n]{{3,60}})[:：]|[,0-9]\s+(?P<before>[^,0-9:：\n]{{3,60}}?)\s+(?:{_WROTE})\s*[:：]",
        line,
        re.IGNORECASE,
    )
    return re.sub(r"\W+", " ", told["after"] or told["before"]).strip().casefold() if told else ""


def _end_of_quote(text: str, at: int) -> int:
    """Where lines that begin with ">" end."""
    found = re.compile(r"\n(?![ \t]*>|[ \t]*\n)").search(text, at)
    return found.start() if found else len(text)
