"""One notice as it came: its bytes, its text, who sent it to whom, where its links lead, what could not be read."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from listing_preflight.complaint.folded import Folded, fold
from listing_preflight.complaint.forms import data as data_of
from listing_preflight.complaint.html_text import Link, read_html
from listing_preflight.complaint.mail_heads import head
from listing_preflight.complaint.replies import without_replies

MOST = 80 << 20
"""Bytes of one notice that are read; a mail may carry a large attachment, a text never does."""
TEXT_MOST = 200_000
"""Characters of text that are looked at, ten times what the longest chain of real letters holds; full of numbers of rights so many take some twenty seconds."""
ADDRESS = re.compile(
    r"(?<![\w.+@-])[\w.+-]{1,64}@(?:[\w](?:[\w-]{0,61}[\w])?\.){1,6}[a-zA-Z][\w-]{1,23}(?![\w@])", re.ASCII
)


class Attachment(NamedTuple):
    """A part of a mail that is not its text: what it calls itself, its type, size and digest."""

    name: str
    type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice that was read; `notes` say what in it was not."""

    name: str
    data: bytes
    folded: Folded
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    sent: str | None = None
    """The day that the mail itself says it was sent, ISO."""
    copied: frozenset[str] = frozenset()
    """Addresses that only a copy of the mail goes to: no receiver's own, where the text names them too."""
    top: int = 0
    """Where what is quoted or forwarded begins in the folded text; its end where nothing is."""

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @property
    def sha256(self) -> str:
        """Digest of the bytes as received."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(slots=True)
class Parts:
    """What a reader of one format collects."""

    text: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sent: str | None = None


_GAP = re.compile(
    r"(?!attachment )(?:[^\n]{1,200}: )?(?:only the first |(?:a|[0-9]+) runs? of more than [0-9]+ letters|mails nested deeper are not read|its text in base64 is damaged |the text is written in letters |an? PDF cannot be read|the PDF (?:cannot be read|is encrypted|holds no text)|its pictures cannot be taken out|page [0-9]+: [^\n]*cannot be (?:read|taken out))"
)
"""How the notes begin that say so; an attachment bears a name that anybody may have chosen."""


def unread(notes: Iterable[str]) -> list[str]:
    """Of the notes on a notice those that say that a part of it was not read; replies and attachments are none of it."""
    return [note for note in notes if _GAP.match(note)]


def read_letter(name: str, data: bytes) -> Letter:
    """A notice of any format: plain text, mail, page or text PDF, told by its content."""
    parts = _parts(name, data[:MOST])
    if len(data) > MOST:
        parts.notes.append(f"only the first {MOST >> 20} MB were read")
    raw = "\n".join(parts.text)
    if len(raw) > TEXT_MOST:
        parts.notes.append(f"only the first {TEXT_MOST} characters were read")
    folded, long = without_long_words(fold(raw[:TEXT_MOST]))
    if long:
        parts.notes.append(
            f"{long} runs of more than {LONGEST_WORD} letters without a blank were not read"
            if long > 1
            else f"a run of more than {LONGEST_WORD} letters without a blank was not read"
        )
    if script := unread_script(folded.text):
        parts.notes.append(
            f"the text is written in letters that no reader knows ({script}): what its words say was not read"
        )
    senders, recipients = _people(folded.text)
    top, whole = _top(folded.text), folded
    folded = without_replies(whole, senders)
    if folded is not whole:
        parts.notes.append("what the mail's receiver had written, quoted in it, was not read")
    return Letter(
        name=name, data=data, folded=folded, senders=senders, recipients=recipients, links=tuple(parts.links),
        attachments=tuple(parts.attachments), notes=tuple(parts.notes), sent=parts.sent or _sent(folded.text),
        copied=_copied(folded.text), top=top,
    )  # fmt: skip


_READ = frozenset(
    "LATIN GREEK CYRILLIC ARABIC HEBREW DEVANAGARI THAI HANGUL HIRAGANA KATAKANA CJK FULLWIDTH HALFWIDTH".split()
)
"""Scripts of the languages that notices are read in, as Unicode names them."""
_SLICE, _SHARE = 6000, 0.2
"""Characters of a text that are looked at together, and the share of their letters in one script of which they are said to be written in it."""
_LEAST = 300
"""Letters of a script, some four lines, that one slice of a longer text holds at the least; fewer are a name."""


def unread_script(text: str) -> str | None:
    """The script, in small letters, that a good part of a text, or of a slice of it, is written in and that no language read here uses; None where there is none."""
    told = _unread_in(text, 1)
    if told or len(text) <= _SLICE:
        return told
    starts = (*range(0, len(text) - _SLICE, _SLICE), len(text) - _SLICE)
    return next((name for at in starts if (name := _unread_in(text[at : at + _SLICE], _LEAST))), None)


def _unread_in(text: str, least: int) -> str | None:
    names: Counter[str] = Counter()
    for char, count in Counter(text).items():  # a name is asked for once a letter, however long the text is
        if char.isalpha():
            names[unicodedata.name(char, "").partition(" ")[0]] += count
    share = sum(names.values()) * _SHARE
    told = next((name for name, n in names.most_common() if name and name not in _READ and n > share), None)
    return told.lower() if told and names[told] >= least else None


LONGEST_WORD = 400
"""Letters, figures and low lines in one run; no word, id or part of an address is as long, encoded data is, and patterns cost its square."""
_LONG = re.compile(rf"\w{{{LONGEST_WORD + 1},}}")


def without_long_words(folded: Folded) -> tuple[Folded, int]:
    """The text with one blank for each run that no writer wrote as a word, and how many those were."""
    runs = [m.span() for m in _LONG.finditer(folded.text)]
    if not runs:
        return folded, 0
    kept = [*zip([0, *(end for _, end in runs)], [*(start for start, _ in runs), len(folded.text)], strict=True)]
    text = " ".join(folded.text[a:b] for a, b in kept)
    at: list[int] = []
    for a, b in kept:
        at += [*folded.at[a:b], *([folded.at[b]] if b < len(folded.at) else [])]
    return Folded(folded.raw, text, tuple(at)), len(runs)


def _parts(name: str, data: bytes) -> Parts:
    head = data[:4096].lstrip()
    if head.startswith(b"%PDF-"):
        from listing_preflight.complaint.pdf_text import read_pdf

        return read_pdf(data)
    from listing_preflight.complaint.scans import read_pictures, suffix_of

    if suffix_of(data[:8]):
        return read_pictures([data])
    if name.lower().endswith((".eml", ".mht")) or _is_mail(head):
        from listing_preflight.complaint.mail import read_mail

        return read_mail(data)
    parts = Parts()
    text, note = decode(data, _charset(head))
    parts.notes += [note] if note else []
    if name.lower().endswith((".html", ".htm")) or re.match(rb"(?is)<!doctype html|<html", head):
        text, links = read_html(text)
        parts.links += links
    parts.text.append(text)
    return parts


def _is_mail(head: bytes) -> bool:
    lines = head.split(b"\n")
    found = [line.split(b":")[0].lower() for line in lines[:40] if re.match(rb"[A-Za-z-]+: ?\S", line)]
    return b"mime-version" in found or (b"received" in found and b"from" in found)


def _charset(head: bytes) -> str | None:
    found = re.search(rb"(?i)charset=[\"']?([\w-]+)", head[:2048])
    return found.group(1).decode("ascii") if found else None


_WIDE = ("utf-16", "utf-32", "ucs-2", "utf16", "utf32")


def decode(data: bytes, said: str | None) -> tuple[str, str | None]:
    """Text of some bytes, and a note where their charset had to be guessed or some were none of it."""
    from listing_preflight.readers.encodings import detect

    found = detect(data[: 1 << 16])
    found = _by_words(data[: 1 << 16], found) if not said else found
    for name in [said, found]:
        if not name or (name.lower().startswith(_WIDE) and b"\x00" not in data):
            continue  # every pair of bytes is some letter of UTF-16, which no text without zeros is in
        try:
            return data.decode(name).replace("\r\n", "\n").lstrip("\ufeff"), None if name == said or not said else (
                f"the charset that it names ({said}) does not fit; read as {name}"
            )
        except (ValueError, LookupError):
            continue
    text = data.decode(found, errors="replace").replace("\r\n", "\n")
    return text, f"some bytes are not of its charset ({found}); they are shown as \ufffd"


_WESTERN = frozenset({"cp1252", "windows-1252", "iso-8859-1", "latin-1", "latin1", "iso8859-1"})
_OTHERS = (("cp1254", ("tr",)), ("cp1250", ("pl", "cs", "sk", "hu", "ro")))


def _by_words(data: bytes, found: str) -> str:
    """The page of letters in which small words with accents make most sense, where bytes alone tell only that one byte is one letter."""
    if found.lower().replace("_", "-") not in _WESTERN:
        return found
    table = data_of("languages.yaml")["words"]

    def known(name: str, languages: Iterable[str]) -> int:
        words = {w for code in languages for w in table[code].split() if not w.isascii()}
        return sum(w in words for w in re.findall(r"[^\W\d_]+", data.decode(name, errors="replace").casefold()))

    own = known(found, (code for code in table if code not in {c for _, some in _OTHERS for c in some}))
    best = max(_OTHERS, key=lambda one: known(*one))
    return best[0] if known(*best) > own else found


_FROM = re.compile(rf"(?im)^[ \t>*]*(?:{head('from')})[ \t]*[:：][^\n]*")
_TO = re.compile(
    rf"(?im)^[ \t>*]*(?:{head('to', 'cc')}|(?:(?:and|und|et|y|e|i|en|och|og|és|și|ja|ir|un|in|и|και)\s)?(?:(?:per|via|by|par|pe|prin|på|com|por|z|za|po|με|по|per)\s+(?:e-?mail\w*|e-?post\w*|e-?pošt\w*|email\w*|ел\. поща|эл\. почте|correo electrónico)|e-?mail(?:ben|em|iga|iļ|le)|sähköpostitse|sähköpostilla|el\. paštu|e-pastā|e-posta ile|이메일로|メールにて)"
    r"(?:\s+(?:an|to|à|only))?|attn)[ \t]*[:：][^\n]*"
    r"|(?im:^[ \t>*]*(?:(?:per|via|by|par|por)\s+e-?mail\s+(?:an|to|à|a)|(?:to|an|à|a|aan|spett\.le|à l.attention de|all.attenzione di)\s[^\n:@]{0,70}\()\s*[^\s@]+@[^\n]*)"
)
_WROTE = re.compile(
    r"(?im)^[ \t>*]*(?:on|am|le|el|il|op|em|den)\b[^\n]{3,200}(?:\n[ \t>]*[^\n]{0,100}?)?(?:wrote|schrieb|a écrit|escribió|ha\s+scritto|schreef|escreveu|napisał\w?|skrev)\s*[:：]"
)


def _people(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Addresses of senders and of recipients, in the order in which lines name them; replies quote their sender."""
    from_lines = [m.group() for m in _FROM.finditer(text)]
    senders = [a for line in from_lines for a in ADDRESS.findall(line)]
    senders += [a for m in _WROTE.finditer(text) for a in ADDRESS.findall(m.group())]
    recipients = [a for m in _TO.finditer(text) for a in ADDRESS.findall(m.group())]
    return tuple(dict.fromkeys(a.lower() for a in senders)), tuple(dict.fromkeys(a.lower() for a in recipients))


_CC = re.compile(rf"(?im)^[ \t>*]*(?:{head('cc')})[ \t]*[:：][^\n]*")


def _copied(text: str) -> frozenset[str]:
    """Addresses of lines of copies that no line of a receiver holds."""
    lines = [m.group() for m in _TO.finditer(text) if not _CC.match(m.group())]
    told = {a.lower() for line in lines for a in ADDRESS.findall(line)}
    return frozenset(a.lower() for m in _CC.finditer(text) for a in ADDRESS.findall(m.group())) - told


_QUOTED = re.compile(
    r"(?im)^[ \t>*]*(?:-{2,}\s*(?:forwarded message|original message|ursprüngliche nachricht|weitergeleitete nachricht|"
    r"message transféré|message d'origine|messaggio inoltrato|mensaje reenviado|mensaje original|転送メッセージ|转发|原始邮件)|"
    r"begin forwarded message|messaggio originale|mensagem (?:encaminhada|original)|doorgestuurd bericht|oorspronkelijk bericht|wiadomość (?:oryginalna|przekazana)|"
    r"on [^\n]{6,160} wrote:|am [^\n]{6,160} schrieb[^\n]{0,80}:|le [^\n]{6,160} a écrit|el [^\n]{6,160} escribió|il [^\n]{6,160} ha\s+scritto|op [^\n]{6,160} schreef|"
    r"(?:em|no dia) [^\n]{6,160} escreveu|w dniu [^\n]{6,160} (?:napisał|pisze)|den [^\n]{6,160} skrev)"
)


def _top(text: str) -> int:
    found = _QUOTED.search(text)
    return found.start() if found else len(text)


def _sent(text: str) -> str | None:
    """The day of the first Date line of a pasted mail."""
    found = re.search(r"(?im)^(?:date|datum|sent|gesendet|日期|日時)\s*[:：]\s*([^\n]+)", text)
    return iso_day(found.group(1)) if found else None


def iso_day(words: str) -> str | None:
    """The day of a mail's date, as its sender wrote it; None where it is none."""
    try:
        return parsedate_to_datetime(words.strip()).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
