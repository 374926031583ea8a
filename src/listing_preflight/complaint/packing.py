"""Pack a case: the documents about its rights with digests, checks and what each is said to show, and a zip of the same bytes each time."""

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.bundle import zipped
from listing_preflight.complaint.case import Case, days_of
from listing_preflight.complaint.cover import Cover, covers
from listing_preflight.complaint.documents import Document, documents
from listing_preflight.complaint.forms import form
from listing_preflight.complaint.invoices import Test, quantities, read_sales, tests
from listing_preflight.errors import UsageError

MANIFEST = "evidence/manifest.json"


class Packed(NamedTuple):
    """The manifest, what is lacking or cannot be told, what speaks against a document, and the zip that was written."""

    files: tuple[dict[str, Any], ...]
    gaps: tuple[str, ...]
    failed: tuple[str, ...]
    left_out: tuple[str, ...]
    zip: str


def pack(folder: Path, *, sales: Path | None, share: bool, day: datetime.date) -> Packed:
    """Gather evidence, write evidence/manifest.json and the zip."""
    case = Case(folder)
    head, assessed = case.head(), case.maybe("assess.json")
    found = documents(case, assessed)
    cited = sorted({one for some in (assessed.get("cited") or {}).values() for one in some})
    sold = read_sales(sales or case.folder / assessed["sales"]) if sales or assessed.get("sales") else None
    rows, gaps = _gathered(case, head, found.about)
    rows += [_laid(case, path) for path in _others(case, rows)]
    told = [
        *quantities(found.entries("invoice"), days_of(head["received"]), sold, cited),
        *_covered(covers(case, found.seller, days_of(assessed.get("date")))),
    ]
    gaps += found.gaps + [
        f"{r['file']}: {t['name']}: {t['message']}" for r in rows for t in r["checks"] if t["ok"] is None
    ]
    gaps += [f"{t.name}: {t.message}" for t in told if t.ok is None]
    failed = [f"{r['file']}: {t['name']}: {t['message']}" for r in rows for t in r["checks"] if t["ok"] is False]
    failed += [f"{t.name}: {t.message}" for t in told if t.ok is False]
    case.write(MANIFEST, {"files": rows, "checks": [t._asdict() for t in told], "gaps": gaps, "failed": failed})
    _facts(case, rows)
    name = "pack-share.zip" if share else "pack.zip"
    content, left_out = zipped(case, redact=share)
    case.put(name, content)
    case.log("pack", {"zip": name, "files": case.digest(name)}, day)
    return Packed(tuple(rows), tuple(gaps), tuple(failed), left_out, name)


def _gathered(case: Case, head: Mapping[str, Any], about: Sequence[Document]) -> tuple[list[dict[str, Any]], list[str]]:
    """Copy each document into the case, once, under a name of its own."""
    known = form(head["platform"])
    types = (known.files.get("invoice") or ()) if known else ()
    before = {r["source"]: r for r in case.maybe(MANIFEST).get("files", ()) if r.get("source")}
    rows: list[dict[str, Any]] = []
    gaps: list[str] = []
    for one in about:
        if one.content is None:
            gaps.append(f"{one.name}: {one.fault}")
            continue
        gaps += [f"{one.name}: {one.fault}"] if one.fault else []
        file = _name(case, one, before.get(one.name), {r["file"] for r in rows})
        case.put(f"evidence/{file}", one.content)
        checks = [
            t
            for e in one.entries
            if e.get("kind") == "invoice"
            for t in tests(e, one.content, days_of(head["received"]), types)
        ]
        rows.append(_row(file, one.content, one.kind, one.shows, checks, source=one.name))
    return rows, gaps


def _name(case: Case, one: Document, before: Mapping[str, Any] | None, taken: set[str]) -> str:
    """Its own name; beside another document or file of that name, or one that a person changed, the next free one."""
    assert one.content is not None
    plain = Path(one.name.replace("\\", "/"))
    for number in range(1, 10_000):
        name = plain.name if number == 1 else f"{plain.stem}-{number}{plain.suffix}"
        path = case.folder / "evidence" / name
        if name in taken or name == "manifest.json" or path.is_symlink():
            continue
        if not path.exists() or path.read_bytes() == one.content:
            return name
        if before and before["file"] == name and before["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest():
            return name  # the copy of an earlier run, as it was made
    raise UsageError("has no free name in evidence/", where=one.name)


def _row(
    file: str, content: bytes, kind: str, shows: str, checks: Sequence[Test], *, source: str | None
) -> dict[str, Any]:
    return {
        "file": file, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content),
        "type": Path(file).suffix.lower().removeprefix("."), "kind": kind, "shows": shows, "source": source,
        "checks": [t._asdict() for t in checks],
    }  # fmt: skip


def _others(case: Case, rows: Sequence[Mapping[str, Any]]) -> Iterator[Path]:
    """Files that a person laid into evidence/; a link is not followed."""
    known = {r["file"] for r in rows}
    for path in sorted((case.folder / "evidence").glob("*")):
        if path.is_file() and not path.is_symlink() and path.name != "manifest.json" and path.name not in known:
            yield path


def _laid(case: Case, path: Path) -> dict[str, Any]:
    before = {r["file"]: r for r in case.maybe(MANIFEST).get("files", ())}.get(path.name, {})
    content = path.read_bytes()
    row = _row(path.name, content, "other", before.get("shows", "not said"), (), source=None)
    if before and before["sha256"] != row["sha256"]:
        row["checks"] = [Test("unchanged", False, "its bytes are others than when it was packed before")._asdict()]
    return row


def _covered(found: Sequence[Cover]) -> list[Test]:
    return [Test(f"cover:{c.listing}", c.covered, f"{c.mark}: {c.said}") for c in found]


def _facts(case: Case, rows: Sequence[Mapping[str, Any]]) -> None:
    facts = case.facts().without("E")
    for row in rows:
        source = {"file": f"evidence/{row['file']}", "start": 0, "end": row["size"]}
        told = {"file": row["file"], "sha256": row["sha256"], "document": row["source"]}
        facts.add("evidence", {k: v for k, v in told.items() if v is not None}, source, prefix="E")
    case.keep(facts)
