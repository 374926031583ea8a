"""Which encoding the bytes of a file are in, and how damaged bytes show in the decoded text."""

import codecs
import re

from listing_preflight.errors import UsageError

ENCODINGS = (
    "utf-8", "utf-16", "utf-32", "cp1252", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1250", "cp1251", "koi8-r", "cp1253", "cp1255", "cp1256",
    "cp1257", "cp874", "iso-8859-1",
)  # fmt: skip
"""Encodings that exports come in; others that Python knows as texts are taken as well."""
_GUESSED = (
    "cp1252", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1250", "cp1251", "koi8-r", "cp1253", "cp1255", "cp1256", "cp1257", "cp874",
)  # fmt: skip
_NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf_7"})
_BROKEN = re.compile("[\udc00-\udcff]")
_NAMED = 3
MARKED = "preflight-marked"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Show each byte that is not of the encoding as a lone surrogate, also where a text is cut in the middle."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    end = max(error.end, error.start + 1)
    return "".join(chr(0xDC00 + b) for b in error.object[error.start : end]), end


MARKED_BACK = "preflight-marked-back"


def _unmark(error: UnicodeError) -> tuple[bytes, int]:
    """The bytes that lone surrogates stand for."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    held = error.object[error.start : error.end]
    if not all(0xDC80 <= ord(c) <= 0xDCFF for c in held):
        raise error
    return bytes(ord(c) - 0xDC00 for c in held), error.end


codecs.register_error(MARKED, _mark)
codecs.register_error(MARKED_BACK, _unmark)


def broken_bytes(value: str) -> bool:
    """Whether decoding met bytes that are not of the encoding."""
    if value.isascii():
        return False
    try:
        value.encode()  # many times as fast as looking for them: they do not go through
    except UnicodeEncodeError:
        return _BROKEN.search(value) is not None
    return False


def foreign_bytes(value: str, where: str) -> str:
    """What is said of a text in which decoding met bytes that are not of the encoding; empty where it met none."""
    if not broken_bytes(value):
        return ""
    found = list(dict.fromkeys(f"0x{ord(c) - 0xDC00:02X}" for c in _BROKEN.findall(value)))
    named = ", ".join(found[:_NAMED]) + (" and others" if len(found) > _NAMED else "")
    return f"bytes not of the file's encoding in {where}: {named}; correct them, or name the encoding with --encoding"


def is_other(value: str, where: str, encoding: str) -> str:
    """What is said of a text that was read in a table of one byte a letter, and is UTF-8; empty where it is none."""
    if not encoding or value.isascii():
        return ""
    try:
        text = value.encode(encoding, MARKED_BACK).decode()
    except UnicodeError:
        return ""
    if _SOUND.search(text) is None:
        return ""
    return f"{where} is UTF-8 in a file that was read as {encoding}; save the file in one encoding, or name it with --encoding"


def shown(value: str) -> str:
    """A decoded text with U+FFFD in place of each byte that is not of the encoding."""
    return _BROKEN.sub("\ufffd", value)


def known(encoding: str, head: bytes) -> str:
    """The codec for a name that the user gave; UsageError where it is none that decodes texts."""
    try:
        name = codecs.lookup(encoding).name
        if name.replace("-", "_") in _NO_TEXT or not isinstance(b"a".decode(name, MARKED), str):
            raise LookupError(encoding)
        b"\xff".decode(name, MARKED)
    except (LookupError, UnicodeError, ValueError):
        remedy = f"Give one of {', '.join(ENCODINGS)}"
        raise UsageError(f"unknown encoding {encoding!r}", where="--encoding", remedy=remedy) from None
    return _with_order(name, head) if name in ("utf-16", "utf-32") else name


def _with_order(name: str, head: bytes) -> str:
    """UTF-16 or UTF-32 with its byte order: told by the mark, by the zeros, else little-endian."""
    marked = next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
    if marked is not None and marked.startswith(name):
        return marked
    big = head[0::2].count(0) > head[1::2].count(0) if name == "utf-16" else head[:1] == b"\0"
    return f"{name}-{'be' if big else 'le'}"


_ENOUGH = 300
"""Bytes beyond ASCII that tell an encoding; in the head of a file with fewer, what comes later is looked at too."""
_AROUND = re.compile(rb"[\x80-\xff](?:[^\r\n]{0,400}(?=[\x00-\x3f])|[^\r\n]*)")
_ASCII = re.compile(rb"[\x00-\x3f]")


def is_thin(head: bytes) -> bool:
    """Whether the first bytes of a file say little about its encoding, and have no mark."""
    if any(head.startswith(mark) for mark, _ in _MARKS) or _by_zeros(head):
        return False
    return head.isascii() or len(head) - len(head.translate(None, bytes(range(0x80, 0x100)))) < _ENOUGH


def beyond_ascii(chunk: bytes) -> bytes:
    """The places of a piece of a file that are more than ASCII, each with what stands around it; whole characters only."""
    if chunk.isascii():
        return b""
    start, end = _ASCII.search(chunk), max(chunk.rfind(b"\n"), chunk.rfind(b" "))
    whole = chunk[start.start() : end] if start and end > start.start() else b""
    return b"\n".join(whole[max(0, m.start() - 1) : m.end()] for m in _AROUND.finditer(whole))


def detect(head: bytes, more: bytes = b"") -> str:
    """The encoding of the first bytes of a file: byte order mark, zeros of UTF-16 and 32, UTF-8, then by likelihood.

    `more` are places of the same file further on, where the first bytes say little.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    wide = _by_zeros(head)
    if wide:
        return wide
    if more:
        head = beyond_ascii(head + b"\n") + b"\n" + more
    if _decodes(head, "utf-8"):
        return "utf-8"
    likely = max(_GUESSED, key=lambda name: _likelihood(head, name))
    return "utf-8" if _rather_utf8(head, likely) else likely


def _by_zeros(head: bytes) -> str | None:
    if len(head) < 4:
        return None
    whole = head[: len(head) // 4 * 4]
    zeros = [whole[i::4].count(0) for i in range(4)]
    quarter = len(whole) // 4
    if zeros[1] + zeros[2] + zeros[3] > 2.8 * quarter and zeros[0] < quarter // 8 + 1:
        return "utf-32-le"
    if zeros[0] + zeros[1] + zeros[2] > 2.8 * quarter and zeros[3] < quarter // 8 + 1:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) > len(head) // 8 and max(even, odd) > 4 * min(even, odd):
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


_SOUND = re.compile(
    "[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u0259\u1e00-\u1fff\u2000-\u2bff\u3000-\u303f\uff00-\uffef\U0001f000-\U0001faff]"
    "|(?<=[A-Za-z])[\u0300-\u0308\u030c\u0327\u0328]|(?<=[AUau])\u030a"
    "|[\u0370-\u045f\u0531-\u06ff\u0900-\u1dff\u2e80-\u2fff\u3040-\ud7ff\uf900-\ufaff]{2,}"
)
"""What a text in UTF-8 is made of beyond ASCII; letters of other scripts in words of two and more.

In other tables a few pairs make a letter of UTF-8 by chance: Weiß” and PÓŁKA one of a script that nobody writes, é with a space and ».
"""
_FEW, _MANY = 1 / 3, 1.5
"""Sound bytes of UTF-8 for each broken one that make a text UTF-8, where the likely table has one byte a letter, and two.

Measured on 9,400 titles in the tables of their languages: tables of one byte a letter have one for four broken bytes once in a thousand
texts; gb18030 and cp874 have one for two, and a lone title as many as broken ones once in a thousand.
"""
_WIDE = frozenset({"cp932", "euc_jp", "gb18030", "big5", "cp949", "cp874"})
_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""What some databases write for a sign beyond 16 bits, and half of it: no UTF-8, and in no other table anything."""
_WORD = re.compile("[\u0e01-\u0e5b\u3040-\ud7ff]{2}")


def is_table(encoding: str) -> bool:
    """Whether an encoding is a guessed table of one byte a letter."""
    return encoding in _GUESSED and encoding not in _WIDE


def _rather_utf8(head: bytes, likely: str) -> bool:
    """Whether a text is UTF-8 with some foreign bytes, which are gaps, rather than one in the likely table, where nothing is.

    A text of a table with many letters has a word of them; two lone letters between those of others are none.
    """
    head = _HALF.sub("\u20ac".encode(), _PAIR.sub("\U0001f600".encode(), head))
    text = head.decode("utf-8", MARKED)
    broken = len(_BROKEN.findall(text))
    sound = sum(len(found.encode()) - len(found) for found in _SOUND.findall(text))
    many = likely in _WIDE and _WORD.search(head.decode(likely, "replace")) is not None
    return sound > 0 and sound >= (_MANY if many else _FEW) * broken


def _likelihood(head: bytes, encoding: str) -> float:
    """How much the non-ASCII characters look like text of the scripts that the encoding was made for."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return -1.0
    padded = f" {text} "
    points = (_weight(c, encoding, padded[i] + padded[i + 2]) for i, c in enumerate(text) if ord(c) > 0x7F)
    return sum(points) / max(1, len(head))


_LATIN = {
    "cp1252": frozenset("àâäåæçèéêëìíîïñòóôöøùúûüýßœÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÙÚÛÜ°™®©–—’‘“”•…€£é×½²³º«»áãõÃÕ"),
    "cp1257": frozenset("ąčęėįšųūžĄČĘĖĮŠŲŪŽāēģīķļņĀĒĢĪĶĻŅõäöüÕÄÖÜ°®©–—’“”•…€×"),
    "cp1250": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰăîâşţ°™®©–—’“”•…€×"),
}
"""The letters that texts in a Latin code page are mostly made of."""
_ICELANDIC = frozenset("ðþÐÞ")
"""Letters of cp1252 in whose bytes the Baltic page has the everyday š and ž."""


_SCRIPTS = {
    "cp1251": (("\u0401", "\u045f"), "шщъэюфцхжй", 1.0), "koi8-r": (("\u0401", "\u045f"), "шщъэюфцхжй", 1.0),
    "cp1253": (("\u0386", "\u03ce"), "ΰΐϊϋβγδζθξφχψ", 1.0), "cp1255": (("\u05d0", "\u05ea"), "", 0.9), "cp1256": (("\u0621", "\u064a"), "", 1.0),
    "cp874": (("\u0e01", "\u0e4e"), "ฃฅฆฌฎฏฑฒ", 0.85),
}  # fmt: skip
"""Code page of a script → its first and last letter, those that its texts seldom hold, and what any other small letter weighs.

The pages put their letters into the same bytes: Hebrew read as Cyrillic is full of rare letters, koi8-r of capitals.
"""


def _weight(char: str, encoding: str, around: str) -> float:
    """Points of one character: what texts of that encoding are mostly made of, and what stands beside it."""
    beside_latin = any(c.isascii() and c.isalpha() for c in around)
    if encoding in _LATIN:
        edge = 0.02 if encoding == "cp1252" else 0.0
        if encoding == "cp1252" and char in _ICELANDIC:
            return 0.5
        return (1.0 if beside_latin else 0.3) + edge if char in _LATIN[encoding] else -0.5
    if encoding in _SCRIPTS:
        letters, rare, most = _SCRIPTS[encoding]
        if beside_latin or not letters[0] <= char <= letters[1]:
            return -1.0
        return 0.3 if char in rare else most if char.lower() == char else 0.5
    return _wide_weight(char, ord(char), encoding) * (0.4 if beside_latin else 1.0)


def _wide_weight(char: str, code: int, encoding: str) -> float:
    if 0xFF61 <= code <= 0xFF9F:
        return -0.5
    if encoding in ("cp932", "euc_jp"):
        return 2.0 if 0x3040 <= code <= 0x30FF else 0.9 if 0x4E00 <= code <= 0x9FFF else 0.2 if code < 0xFFFF else -1
    if encoding == "cp949":
        frequent = 0xAC00 <= code <= 0xD7A3 and 0xB0 <= char.encode(encoding)[0] <= 0xC8
        return 1.8 if frequent else 0.1 if 0x4E00 <= code <= 0x9FFF else 0.2
    if not 0x4E00 <= code <= 0x9FFF:
        return 0.2 if code < 0xE000 or code > 0xF8FF else -1.0
    first = char.encode(encoding, "replace")[0]
    frequent = 0xB0 <= first <= 0xD7 if encoding == "gb18030" else 0xA4 <= first <= 0xC6
    return 1.6 if frequent else 0.4
