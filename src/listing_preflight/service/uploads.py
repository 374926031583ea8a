"""Pictures that come with a listing: parts of a form, written into a folder of the request under the paths that the listing names."""

import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from listing_preflight.service.bodies import parsed
from listing_preflight.service.problems import Problem

MOST_PICTURES = 50
"""Pictures of one request."""
_MOST_FIELDS = 8


@contextlib.contextmanager
def folder(parent: Path) -> Iterator[Path]:
    """A folder for the pictures of one request, gone after it."""
    made = tempfile.mkdtemp(dir=parent)
    try:
        yield Path(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)


async def form(request: Request, stream: AsyncIterator[bytes], most: int) -> FormData:
    """The parts of a form whose body comes as `stream`."""
    parser = MultiPartParser(
        request.headers, stream, max_files=MOST_PICTURES + 1, max_fields=_MOST_FIELDS, max_part_size=most  # type: ignore[arg-type]
    )  # fmt: skip
    try:
        return await parser.parse()
    except (MultiPartException, KeyError) as e:
        told = e.message if isinstance(e, MultiPartException) else "the form has no boundary"
        raise Problem(400, "bad-form", told) from None


async def listing_in(parts: FormData, into: Path) -> dict[str, Any]:
    """The object of part `listing`; the parts `image` are written under the names that it gives them."""
    if unknown := sorted({k for k, _ in parts.multi_items()} - {"listing", "image"}):
        raise Problem(422, "unknown-part", f"part {unknown[0]!r} is neither listing nor image", field=unknown[0])
    given = parts.getlist("listing")
    if len(given) != 1:
        raise Problem(422, "not-a-listing", "the form needs one part named listing", field="listing")
    raw = given[0]
    value = parsed(await raw.read() if isinstance(raw, UploadFile) else raw.encode("utf-8", "surrogateescape"))
    named = _paths(value)
    for part in parts.getlist("image"):
        if not isinstance(part, UploadFile) or part.filename not in named:
            what = "each part image bears, as its file name, a path that stands in the listing's images"
            raise Problem(422, "unnamed-picture", what, field="image")
        _write(part, into, part.filename)
    return value


def _paths(value: dict[str, Any]) -> set[str]:
    rows = value.get("images")
    found = [r.get("path") if isinstance(r, dict) else r for r in rows] if isinstance(rows, list) else []
    return {p for p in found if isinstance(p, str)}


def _write(part: UploadFile, into: Path, name: str) -> None:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or "\0" in name or ":" in name:
        raise Problem(422, "bad-path", "the path of a picture leads out of its listing's folder", field="image")
    target = into.joinpath(*pure.parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            shutil.copyfileobj(part.file, out)
    except OSError as e:
        raise Problem(
            422, "bad-path", f"a picture cannot be kept under its path ({e.strerror})", field="image"
        ) from None
