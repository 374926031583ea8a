"""Make hostile text harmless: seller text may not move a terminal's cursor, forge a line or turn its direction."""

import re

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_RUN = re.compile(rf"({_CONTROL.pattern})\1{{15,}}")
"""A long run of one such character: who floods a name with them is told once, not half a million times."""
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#(?:\[|vso\[))")
"""What a CI runner takes for a command of its own where it stands in a log: `::error`, `##[error]`, `##vso[…]`."""


def visible(text: str) -> str:
    """Text for people: controls, line breaks, bidi marks, invisible characters, lone surrogates and runners' commands as escapes."""
    text = _RUN.sub(lambda m: f"{m[1]}(×{len(m[0]):,})", text.replace("\t", " "))
    shown = _CONTROL.sub(lambda m: _escape(m.group()), text)
    return _COMMAND.sub(lambda m: (m[1] or "") + ("\\x23" if m[0] == "#" else "\\x3a"), shown)


def number_of(number: int, noun: str) -> str:
    """A number with its noun, one of them in the singular: `1 finding`, `2,000 findings`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _escape(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


_SUSPECTS = tuple(
    map(re.compile, (b"\x7f", b"\xc2[\x80-\x9f]", b"\xd8\x9c", b"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])"))
)
"""The UTF-8 of everything that `in_json` escapes, surrogates apart; each pattern begins with one byte to look for."""


def is_harmless(serialised: bytes) -> bool:
    """Whether UTF-8 surely holds nothing for `in_json` to escape; it costs a tenth of the full look."""
    if serialised.isascii():
        return b"\x7f" not in serialised
    return not any(s.search(serialised) for s in _SUSPECTS)


def in_json(text: str) -> str:
    """Serialised JSON with what a terminal or a line reader would act on written as JSON escapes."""
    return _IN_JSON.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def without_surrogates(value: object) -> object:
    """The same plain JSON with lone surrogates (bytes that are no UTF-8) as visible escapes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {without_surrogates(k): without_surrogates(v) for k, v in value.items()}
    return [without_surrogates(v) for v in value] if isinstance(value, list) else value
