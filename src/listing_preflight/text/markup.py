"""Read HTML as a shopper sees it, with the way back to the characters that the seller wrote."""

import bisect
import html
import itertools
import re
from typing import NamedTuple

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"<[a-zA-Z/!?][^>]*>|" + _ENTITY.pattern)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_INLINE = frozenset("a abbr b big cite code em font i mark q s small span strong sub sup tt u wbr".split())
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[@-~]|[@-Z\\-_])")
"""A terminal's control sequence: no page shows it."""
OVERRIDE = "\u202e"
_TURNED = re.compile("\u202e([^\u202c-\u202e\u2066-\u2069\n]*)")
_TAG_NAME = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9]*)")


class Seen(NamedTuple):
    """Visible text; `starts` and `ends` give, per visible character, its place in the written text (None: as is).

    `turned` are visible spans that a direction override shows in reverse.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None
    turned: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The written span of a visible half-open span."""
        if self.starts is None or self.ends is None:
            return start, end
        return min(self.starts[start:end]), max(self.ends[start:end])

    def turns(self, start: int, end: int) -> bool:
        """Whether a direction override has a part in a visible half-open span."""
        at = bisect.bisect_left(self.turned, (end,))  # they stand in order: the last that begins before the end counts
        return at > 0 and start < self.turned[at - 1][1]


def visible(value: str) -> Seen:
    """What a page shows of a value: tags out (a block tag is a line break), entities read, overrides obeyed."""
    page = _without_markup(value)
    page = page._replace(text=_signed(page.text))
    return _in_order(page) if OVERRIDE in page.text else page


def text_of(value: str) -> str:
    """The text of `visible` alone: without the way back to what is written it costs a fraction where there is markup."""
    if _is_plain(value):
        return visible(value).text if OVERRIDE in value else _signed(value)
    parts: list[str] = []
    at = 0
    for start, end, shown in _pieces(value, _hidden(value)):
        parts += value[at:start], shown
        at = end
    text = "".join((*parts, value[at:]))
    return visible(value).text if OVERRIDE in text else _signed(text)


def _signed(text: str) -> str:
    """The letters TM that are glued to a word as the sign that they stand for; nothing moves."""
    return _TM.sub("™\u2060", text) if "TM" in text or "ᵀᴹ" in text else text


def as_written(text: str) -> str:
    """A shown text with such signs as the letters that they were."""
    return text.replace("™\u2060", "TM")


_TM = re.compile(r"(?<=[^\W\d_A-Z])TM(?!\w)|(?<=\w)ᵀᴹ(?!\w)")


def _is_plain(value: str) -> bool:
    return "<" not in value and "&" not in value and "\x1b" not in value


def _hidden(value: str) -> list[tuple[int, int]]:
    """What no page shows: comments, scripts and styles, and a terminal's control sequences outside of them."""
    hidden = [(m.start(), m.end()) for m in _HIDDEN.finditer(value)] if "<" in value else []
    if "\x1b" in value:
        inside = [m.span() for m in _ESCAPE.finditer(value)]
        before = ((s, bisect.bisect_right(hidden, (s[0], len(value) + 1))) for s in inside)
        hidden = sorted([*hidden, *(s for s, at in before if not at or hidden[at - 1][1] <= s[0])])
    return hidden


def _without_markup(value: str) -> Seen:
    if _is_plain(value):
        return Seen(value)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(text: str, start: int, end: int, *, one_to_one: bool = False) -> None:
        for i, char in enumerate(text):
            chars.append(char)
            starts.append(start + i if one_to_one else start)
            ends.append(start + i + 1 if one_to_one else end)

    at = 0
    for start, end, shown in _pieces(value, _hidden(value)):
        put(value[at:start], at, start, one_to_one=True)
        put(shown, start, end)
        at = end
    if at == 0:
        return Seen(value)
    put(value[at:], at, len(value), one_to_one=True)
    return Seen("".join(chars), starts, ends)


def _in_order(page: Seen) -> Seen:
    """The page with letters under a right-to-left override in the order in which they are shown."""
    spans = [m.span(1) for m in _TURNED.finditer(page.text)]
    order = list(range(len(page.text)))
    for start, end in spans:
        order[start:end] = order[start:end][::-1]
    starts, ends = page.starts or range(len(order)), page.ends or range(1, len(order) + 1)
    return Seen(
        "".join(page.text[n] for n in order), [starts[n] for n in order], [ends[n] for n in order], tuple(spans)
    )


def _pieces(value: str, hidden: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """What is not shown as it is written, and what is shown for it; a comment or script inside a word is nothing."""
    out: list[tuple[int, int, str]] = [(s, e, "") for s, e in hidden]
    ends = [e for _, e in hidden]
    last = value.rfind(">") + 1  # no tag ends after it: the many that begin there are not tried one by one
    for m in itertools.chain(_MARKUP.finditer(value, 0, last), _ENTITY.finditer(value, last)):
        at = bisect.bisect_right(ends, m.start())
        if at == len(hidden) or m.start() < hidden[at][0]:
            out.append((m.start(), m.end(), _shown(m.group())))
    return sorted(out)


def _shown(markup: str) -> str:
    if markup.startswith("&"):
        return html.unescape(markup)
    name = _TAG_NAME.match(markup)
    return "" if name and name.group(1).lower() in _INLINE else "\n"
