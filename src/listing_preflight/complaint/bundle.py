"""The zip of a case: its own files in the order of their names with one fixed date; to share, only those that can be redacted, redacted."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from listing_preflight.complaint.case import Case
from listing_preflight.complaint.letter import ADDRESS
from listing_preflight.complaint.owners import is_firm

EPOCH = (1980, 1, 1, 0, 0, 0)
LEFT_OUT = ("log.jsonl", "pack.zip", "pack-share.zip")
"""The log holds days, a zip would hold itself."""
SHARED = re.compile(
    r"(?:case|assess|similar|corrected)\.json|(?:facts|records|cited|similar)\.jsonl|takedown\.csv|answers/[^/]+\.(?:md|slots\.json)"
    r"|evidence/manifest\.json|notice/[^/]+\.text\.txt"
)
"""What the program wrote itself as text: the only files that a shared pack holds."""
HIDDEN = "[redacted]"
_PHONE = re.compile(r"(?<![\w.-])\+[0-9][0-9 ()./-]{6,18}[0-9](?![\w-])")
"""A number that begins with a plus; one without is told from a register's only by its label."""
_LABELLED = re.compile(
    r"(?i)((?:tel|phone|telephone|mobile|fax|telefon|téléphone|teléfono|telefono|电话|電話|手机)\w*\W{1,3})(\+?[0-9][0-9 ()./-]{5,18}[0-9])"
)
_PERSONAL = frozenset(
    {"seller:name", "seller:address", "seller:telephone", "seller:email", "seller:signatory", "contact", "agent"}
)


def zipped(case: Case, *, redact: bool) -> tuple[bytes, tuple[str, ...]]:
    """The zip, and the files of the folder that it leaves out; links are never followed."""
    out, left = io.BytesIO(), []
    names = _names(case) if redact else []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, path in _files(case.folder):
            if path is None or (redact and not SHARED.fullmatch(name)):
                left.append(name)
                continue
            content = path.read_bytes()
            info = zipfile.ZipInfo(redacted(name, names) if redact else name, EPOCH)
            info.external_attr, info.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            file.writestr(info, redacted(content.decode("utf-8", "replace"), names).encode() if redact else content)
    return out.getvalue(), tuple(left)


def _files(folder: Path) -> Iterator[tuple[str, Path | None]]:
    """Every file of the case by name; None for what is a link, lies behind one, or is no regular file."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        parents = [p for p in path.parents if p.is_relative_to(folder) and p != folder]
        if name in LEFT_OUT or (path.is_dir() and not path.is_symlink()):
            continue
        linked = path.is_symlink() or any(p.is_symlink() for p in parents)
        yield name, None if linked or not path.is_file() else path


def _names(case: Case) -> list[str]:
    """Words of the facts that tell of a person: the seller's data, agent and contact, a complainant that is no firm."""
    rows = case.rows("facts.jsonl")
    found = {str(r["value"]) for r in rows if r["field"] in _PERSONAL}
    found |= {str(r["value"]) for r in rows if r["field"] == "complainant" and not is_firm(str(r["value"]))}
    return sorted((n for n in found if len(n.strip()) > 2), key=lambda n: (-len(n), n))


def redacted(text: str, names: Iterable[str]) -> str:
    """A text without mail addresses, telephone numbers and these names, however the file writes them."""
    for name in names:
        for written in dict.fromkeys((name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1])):
            text = _loose(written).sub(HIDDEN, text)
    text = ADDRESS.sub(HIDDEN, text)
    return _PHONE.sub(HIDDEN, _LABELLED.sub(rf"\1{HIDDEN}", text))


def _loose(words: str) -> re.Pattern[str]:
    """Words in any case, with any space between them, with or without a backslash before a sign that markup would take."""
    parts = [r"\\{0,2}".join(re.escape(c) for c in part) for part in words.split()]
    return re.compile(r"(?:\s|\\n)+".join(r"\\{0,2}" + p for p in parts), re.IGNORECASE)
