"""Read a mail with the standard library: its text once, nested mails in their order, attachments named and never opened as programs."""

import email
import hashlib
import re
from email.errors import InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect
from email.message import EmailMessage, MIMEPart
from email.policy import default
from typing import cast

from listing_preflight.complaint.html_text import read_html
from listing_preflight.complaint.letter import Attachment, Parts, decode, iso_day

DEEPEST = 12
"""Mails inside mails that are followed."""
SHOWN = ("From", "Reply-To", "To", "Cc", "Date", "Subject")
_TEXT_ATTACHED = 1 << 20
"""Bytes of an attached text or page that is read as part of the notice; longer ones are data."""
ALIKE = 0.5
"""Share of an HTML part's words that its plain twin must hold to stand for it."""


def read_mail(data: bytes) -> Parts:
    """Headers and text of a mail and of those inside it."""
    parts = Parts()
    message = email.message_from_bytes(data, policy=default)
    _message(message, parts, 0)
    return parts


def _message(message: EmailMessage, parts: Parts, depth: int) -> None:
    if depth > DEEPEST:
        parts.notes.append("mails nested deeper are not read")
        return
    lines = [f"{name}: {value}" for name in SHOWN if (value := _header(message, name))]
    if depth:
        parts.text.append("---------- Forwarded message ----------")
    parts.text.append("\n".join(lines) + "\n")
    if not depth:
        parts.sent = iso_day(_header(message, "Date"))
    _body(message, parts, depth)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return re.sub(r"\s+", " ", str(message[name] or ""))
    except (ValueError, LookupError, IndexError, AttributeError):
        return ""  # a header that the standard library cannot parse; the bytes are kept as they came


def _body(part: MIMEPart, parts: Parts, depth: int) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        for mail in cast("list[EmailMessage]", part.get_payload()):
            _message(mail, parts, depth + 1)
    elif kind == "multipart/alternative":
        _alternative(list(part.iter_parts()), parts, depth)
    elif part.is_multipart():
        for inner in part.iter_parts():
            _body(inner, parts, depth)
    else:
        _leaf(part, parts)


def _alternative(twins: list[MIMEPart], parts: Parts, depth: int) -> None:
    """The plain twin where it says what the HTML one says; else the HTML one, and a note."""
    plain = [p for p in twins if p.get_content_type() == "text/plain"]
    rich = [p for p in twins if p.get_content_type() == "text/html"]
    others = [p for p in twins if p not in plain and p not in rich]
    if plain and rich:
        told, shown = _text(plain[0], parts), read_html(_text(rich[0], parts))
        parts.links += shown[1]
        words = set(re.findall(r"\w{4,}", shown[0]))
        same = len(words & set(re.findall(r"\w{4,}", told))) >= ALIKE * len(words)
        if not same:
            parts.notes.append("its plain and its HTML part differ; the HTML part was read")
        parts.text.append(told if same else shown[0])
    else:
        for one in plain or rich:
            _leaf(one, parts)
    for one in others:
        _body(one, parts, depth)


def _leaf(part: MIMEPart, parts: Parts) -> None:
    kind, name = part.get_content_type(), part.get_filename()
    if name or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
        _attachment(part, parts, name or kind)
        return
    text = _text(part, parts)
    if kind == "text/html":
        text, links = read_html(text)
        parts.links += links
    parts.text.append(text)


_DAMAGED = (InvalidBase64PaddingDefect, InvalidBase64CharactersDefect, InvalidBase64LengthDefect)


def _text(part: MIMEPart, parts: Parts) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    if any(isinstance(d, _DAMAGED) for d in part.defects):
        parts.notes.append("its text in base64 is damaged or cut; what is left of it was read")
    said = part.get_content_charset()
    text, note = decode(data, said)
    parts.notes += [note] if note else []
    return text


def _attachment(part: MIMEPart, parts: Parts, name: str) -> None:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    kind = part.get_content_type()
    parts.attachments.append(Attachment(name, kind, len(data), hashlib.sha256(data).hexdigest()))
    if kind == "application/pdf" or data.startswith(b"%PDF-"):
        from listing_preflight.complaint.pdf_text import read_pdf

        inner = read_pdf(data)
        parts.text += [f"\n---------- Attachment {name} ----------\n", *inner.text] if inner.text else []
        parts.notes += [f"{name}: {note}" for note in inner.notes]
    elif kind in ("text/html", "text/plain") and len(data) <= _TEXT_ATTACHED:
        text = _text(part, parts)
        if kind == "text/html":
            text, links = read_html(text)
            parts.links += links
        parts.text.append(f"\n---------- Attachment {name} ----------\n{text}")
    else:
        parts.notes.append(f"attachment {name} ({kind}, {len(data)} bytes) is named, not read")
