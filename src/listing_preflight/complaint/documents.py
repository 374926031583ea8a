"""The documents of the seller file that are about the marks and works of a case, each with its bytes or what is wrong with it."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight import documents as written
from listing_preflight.complaint.case import Case
from listing_preflight.complaint.records import Recorded, restored
from listing_preflight.judging.authority import names, names_work
from listing_preflight.judging.seller import Authorisation, Seller, read_seller


class Document(NamedTuple):
    """One file with the entries that name it; `content` None where it is not there, `fault` says what is wrong."""

    name: str
    kind: str
    shows: str
    entries: tuple[Mapping[str, Any], ...]
    content: bytes | None
    fault: str | None


class Documents(NamedTuple):
    """The documents about a case, the seller file that they stand in, and what is lacking."""

    about: tuple[Document, ...]
    seller: Seller | None
    gaps: list[str]

    def entries(self, kind: str) -> list[Mapping[str, Any]]:
        """The entries of one kind whose document is at hand."""
        return [e for d in self.about if d.content is not None for e in d.entries if e.get("kind") == kind]


def documents(case: Case, assessed: Mapping[str, Any]) -> Documents:
    """The documents of the seller file that the case was assessed with."""
    if not assessed:
        return Documents((), None, ["the case is not assessed: which documents are about it is not known"])
    name = assessed.get("seller")
    if not name:
        return Documents((), None, ["no seller file was given when the case was assessed: no document is known"])
    path = case.folder / name
    if not path.is_file():
        return Documents((), None, [f"the seller file is not there any more: {name}"])
    seller, data = read_seller(path), written.read(path)
    held = restored(case.rows("records.jsonl"), case.folder)
    rows = [dict(r) for r in data.get("authorisations") or ()]
    meant = [r for one, r in zip(seller.authorisations, rows, strict=True) if is_about(one, held)]
    gaps = [f"{_shows(r)}: names no document" for r in meant if not r.get("document")]
    by_file: dict[str, list[Mapping[str, Any]]] = {}
    for row in meant:
        if row.get("document"):
            by_file.setdefault(str(row["document"]), []).append(row)
    about = tuple(_document(name, some, path.parent) for name, some in by_file.items())
    return Documents(
        about, seller, gaps + ([] if meant else ["the seller file holds nothing about the marks and works of the case"])
    )


def is_about(one: Authorisation, held: Recorded) -> bool:
    """Whether an authorisation speaks of a right of the case, by name, LIST:ID or owner, or of a work of it."""
    marks = (*held.rights, *(m for m in held.marks if one.owner is None))
    return any(names(one, m) for m in marks) or any(names_work(one, w) for w in held.works)


def _shows(row: Mapping[str, Any]) -> str:
    return f"{row.get('kind', 'other')} for {row.get('mark') or row.get('work') or row.get('owner')}"


def _document(name: str, rows: Sequence[Mapping[str, Any]], folder: Path) -> Document:
    kinds = list(dict.fromkeys(str(r.get("kind", "other")) for r in rows))
    told = (name, kinds[0], "; ".join(dict.fromkeys(map(_shows, rows))), tuple(rows))
    file = folder / name
    try:
        content = file.read_bytes() if file.is_file() else None
    except OSError:
        content = None
    if content is None:
        return Document(*told, None, "missing")
    said = {str(r["sha256"]).lower().removeprefix("sha256:") for r in rows if r.get("sha256")}
    changed = said and said != {hashlib.sha256(content).hexdigest()}
    fault = "changed since the seller file noted its digest" if changed else None if content.strip() else "empty"
    return Document(*told, content, fault)
