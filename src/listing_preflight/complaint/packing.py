"""Pack a case: the seller's files with digests and what each is said to show, their checks, and a zip of the same bytes each time."""

import datetime
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight import documents
from listing_preflight.complaint.case import Case, days_of
from listing_preflight.complaint.forms import form
from listing_preflight.complaint.invoices import read_sales, tests
from listing_preflight.complaint.letter import ADDRESS

EPOCH = (1980, 1, 1, 0, 0, 0)
LEFT_OUT = ("log.jsonl", "pack.zip", "pack-share.zip")
_PHONE = re.compile(r"(?<![\w.-])\+?[0-9][0-9 ()/-]{7,18}[0-9](?![\w-])")
_TEXTS = (".json", ".jsonl", ".md", ".csv", ".txt")


class Packed(NamedTuple):
    """The manifest, what is lacking, and the zip that was written."""

    files: tuple[dict[str, Any], ...]
    gaps: tuple[str, ...]
    zip: str


def pack(folder: Path, *, sales: Path | None, share: bool, day: datetime.date) -> Packed:
    """Gather evidence, write evidence/manifest.json and the zip."""
    case = Case(folder)
    head, assessed = case.head(), case.maybe("assess.json")
    entries, where = _entries(case, assessed)
    sold = read_sales(sales or case.folder / assessed["sales"]) if sales or assessed.get("sales") else None
    cited = sorted({one for some in (assessed.get("cited") or {}).values() for one in some})
    gaps: list[str] = [] if entries or not assessed.get("seller") else ["the seller file names no document"]
    rows = [row for entry in entries if (row := _gather(case, entry, where, head, sold, cited, gaps))]
    rows += [_found(case, path) for path in _others(case, {r["file"] for r in rows})]
    gaps += [f"{r['file']}: {t['name']}: {t['message']}" for r in rows for t in r["checks"] if t["ok"] is not True]
    facts = case.facts().without("E")
    for row in rows:
        facts.add(
            "evidence",
            {"file": row["file"], "sha256": row["sha256"]},
            {"file": f"evidence/{row['file']}", "start": 0, "end": row["size"]},
            prefix="E",
        )
    case.write("evidence/manifest.json", {"files": rows, "gaps": gaps})
    case.write_rows("facts.jsonl", facts.rows)
    name = "pack-share.zip" if share else "pack.zip"
    case.put(name, zipped(case.folder, redact=share))
    case.log("pack", {"zip": name, "files": len(rows)}, day)
    return Packed(tuple(rows), tuple(gaps), name)


def _entries(case: Case, assessed: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], Path]:
    """The authorisations of the seller file that are about the marks and works of the case."""
    name = assessed.get("seller")
    if not name:
        return [], case.folder
    path = case.folder / name
    data = documents.read(path)
    wanted = {str(e).casefold() for e in assessed.get("elements", ())}
    ids = {str(r["entry"]["id"]) for r in case.rows("records.jsonl")}
    rows = [r for r in data.get("authorisations") or () if isinstance(r, Mapping) and r.get("document")]
    return [
        r
        for r in rows
        if str(r.get("mark") or r.get("work") or "").casefold() in wanted or r.get("work") in ids or r.get("owner")
    ], path.parent


def _gather(
    case: Case,
    entry: Mapping[str, Any],
    where: Path,
    head: Mapping[str, Any],
    sold: Mapping[str, int] | None,
    cited: list[str],
    gaps: list[str],
) -> dict[str, Any] | None:
    source = where / str(entry["document"])
    if not source.is_file():
        gaps.append(f"{entry['document']}: missing")
        return None
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    said = str(entry.get("sha256") or "").lower().removeprefix("sha256:")
    if said and said != digest:
        gaps.append(f"{entry['document']}: changed since the seller file noted its digest")
    case.put(f"evidence/{source.name}", content)
    known = form(head["platform"])
    types = (known.files.get("invoice") or ()) if known else ()
    found = tests(entry, days_of(head.get("received")), sold, cited, types) if entry.get("kind") == "invoice" else []
    return {
        "file": source.name, "sha256": digest, "size": len(content), "type": source.suffix.lower().removeprefix("."), "kind": str(entry.get("kind", "other")),
        "shows": f"{entry.get('kind', 'other')} for {entry.get('mark') or entry.get('work') or entry.get('owner')}", "checks": [t._asdict() for t in found],
    }  # fmt: skip


def _others(case: Case, known: set[str]) -> Iterator[Path]:
    """Files that a person laid into evidence/."""
    for path in sorted((case.folder / "evidence").glob("*")):
        if path.is_file() and path.name != "manifest.json" and path.name not in known:
            yield path


def _found(case: Case, path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    before = {r["file"]: r for r in case.maybe("evidence/manifest.json").get("files", ())}
    shows = before.get(path.name, {}).get("shows", "not said")
    return {
        "file": path.name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "type": path.suffix.lower().removeprefix("."), "kind": "other",
        "shows": shows, "checks": [],
    }  # fmt: skip


def zipped(folder: Path, *, redact: bool) -> bytes:
    """The files of a case in the order of their names, with one fixed date; to share: no notice as received, no personal data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder).as_posix()
            if name in LEFT_OUT or (redact and name.startswith("notice/") and not name.endswith(".text.txt")):
                continue
            content = path.read_bytes()
            if redact and path.suffix in _TEXTS and not name.startswith("evidence/"):
                content = redacted(content.decode("utf-8", "replace"), _names(folder)).encode()
            elif redact and name.startswith("evidence/") and name != "evidence/manifest.json":
                continue
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, content)
    return out.getvalue()


def _names(folder: Path) -> list[str]:
    """Names and addresses of people that the facts hold."""
    rows = Case(folder).rows("facts.jsonl")
    fields = ("seller:address", "seller:telephone", "seller:signatory", "agent", "contact", "seller:email")
    return sorted({str(r["value"]) for r in rows if r["field"] in fields}, key=len, reverse=True)


def redacted(text: str, names: list[str]) -> str:
    """A text without mail addresses, telephone numbers and these names."""
    for name in names:
        text = text.replace(name, "[redacted]")
    text = ADDRESS.sub("[redacted]", text)
    return "\n".join(_PHONE.sub("[redacted]", line) if "+" in line else line for line in text.split("\n"))
