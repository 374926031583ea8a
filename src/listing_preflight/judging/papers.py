"""Whether a file that is to prove something is a document at all, by its first bytes; what it says nobody reads here."""

from collections.abc import Mapping
from pathlib import PurePath

_KINDS: Mapping[str, tuple[bytes, ...]] = {
    "PDF": (b"%PDF-",),
    "JPEG": (b"\xff\xd8\xff",),
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "TIFF": (b"II*\0", b"MM\0*"),
    "WebP": (b"RIFF????WEBP",),
    "office document": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "RTF": (b"{\\rtf",),
}
_BY_ENDING: Mapping[str, str] = {
    ".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".gif": "GIF", ".tif": "TIFF", ".tiff": "TIFF", ".webp": "WebP",
    ".doc": "office document", ".docx": "office document", ".xls": "office document", ".xlsx": "office document",
    ".odt": "office document", ".ods": "office document", ".rtf": "RTF",
}  # fmt: skip
_READ = 4096
_BEFORE_PDF = 1024
"""Bytes that may stand before the head of a PDF, as its readers allow."""


def doubt(name: str, data: bytes) -> str | None:
    """Why a file may be no document: its content is not what its name says, or neither text nor of any kind that is known."""
    head = data[:_READ]
    kind = _BY_ENDING.get(PurePath(name).suffix.lower())
    if kind is not None:
        return None if _is(kind, head) else f"is named as {kind} and holds none"
    if any(_is(one, head) for one in _KINDS) or _is_heif(head) or _is_text(head):
        return None
    return "is neither text nor a PDF, picture or office document"


def _is(kind: str, head: bytes) -> bool:
    if kind == "PDF":
        return _KINDS[kind][0] in head[:_BEFORE_PDF]
    return (head[:4] + b"????" + head[8:] if kind == "WebP" else head).startswith(
        _KINDS[kind]
    )  # the size stands between


def _is_heif(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _is_text(head: bytes) -> bool:
    """Text of any encoding that people save: UTF-16 has a mark before it, the others no zero bytes."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head
