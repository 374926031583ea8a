"""What the verdicts of a chunk hang on, as a digest: the program, what it was told, and the content of the listings."""

import dataclasses
import datetime
import enum
import functools
import hashlib
import pathlib
import sys
from collections.abc import Mapping, Sequence

from listing_preflight.model.listing import Listing

_ENGINES = ("numpy", "rapidfuzz", "pillow", "opencv-python-headless", "rapidocr", "onnxruntime", "pytesseract")


def digest(*parts: object) -> str:
    """A digest of plain values, the same in every process."""
    return hashlib.blake2b(canonical(parts).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def canonical(value: object) -> str:
    """A value as text: equal for equal values, whatever the order in which sets and mappings were filled."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [f"{f.name}={canonical(getattr(value, f.name))}" for f in dataclasses.fields(value)]
        return f"{type(value).__name__}({','.join(fields)})"
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{canonical(k)}:{canonical(v)}" for k, v in value.items())) + "}"
    if isinstance(value, set | frozenset):
        return "<" + ",".join(sorted(map(canonical, value))) + ">"
    if isinstance(value, tuple | list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if value is None or isinstance(value, str | int | float | bytes | enum.Enum | datetime.date | pathlib.PurePath):
        return repr(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


@functools.cache
def program() -> str:
    """Digest of the program's own files, its engines' versions and the version of Python."""
    import importlib.resources
    import shutil

    state = hashlib.sha256(repr((sys.version_info[:3], [*map(_version, _ENGINES)], shutil.which("tesseract"))).encode())
    root = pathlib.Path(str(importlib.resources.files("listing_preflight")))
    for file in sorted(f for f in root.rglob("*") if f.is_file() and f.suffix not in (".pyc", ".so", ".pyd")):
        state.update(file.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()


def _version(package: str) -> str:
    import importlib.metadata

    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def content(listing: Listing, passages: Sequence[object]) -> bytes:
    """All of a listing whose pictures are not looked at that its verdicts can hang on.

    Where it stands in its file is none of that, unless it has gaps or pictures, whose faults tell it.
    """
    texts = [(t.field, t.index, t.name, t.html, t.value) for t in listing.texts]
    told = (listing.id, listing.marketplace, listing.category, texts, listing.seller, listing.facts, tuple(passages))
    place = (listing.origin, listing.gaps, listing.pictures) if listing.gaps or listing.pictures else ()
    return hashlib.blake2b(repr((told, place)).encode("utf-8", "surrogatepass"), digest_size=20).digest()
