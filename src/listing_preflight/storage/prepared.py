"""The program's own documents, read when they were written and not at every start: values as YAML gives them, with digests of their files."""

import contextlib
import functools
import hashlib
import importlib.resources
import pickle
from collections.abc import Mapping
from typing import Any

import orjson

PREPARED = "documents.pickle"
"""Made by scripts/build_documents.py; a document that has changed since, or is not in it, is read itself."""


@functools.cache
def _prepared() -> Mapping[str, tuple[str, bytes]]:
    """Place of a document → its digest and its value; nothing where the file is missing or damaged."""
    try:
        found = pickle.loads(importlib.resources.files(__package__).joinpath(PREPARED).read_bytes())  # noqa: S301 - it travels with the program
    except Exception:
        return {}
    return found if isinstance(found, dict) else {}


def document(room: str, place: str) -> Any:
    """The value of a YAML document of a room ("listing_preflight.policy", "data/goods.yaml"); every caller has one of its own."""
    data = importlib.resources.files(room).joinpath(place).read_bytes()
    with contextlib.suppress(Exception):  # it is missing or damaged
        digest, value = _prepared()[f"{room}/{place}"]
        if digest == digest_of(data):
            return pickle.loads(value)  # noqa: S301 - ours, as above
    return written(data)


def cells(data: bytes) -> dict[str, bytes]:
    """Name → JSON that is read when it is asked for: the first line names the others in their order."""
    names, *rest = data.split(b"\n")
    return dict(zip(orjson.loads(names), rest, strict=True))


def celled(values: Mapping[str, Any]) -> bytes:
    """The same the other way round."""
    return b"\n".join(map(orjson.dumps, [[*values], *values.values()]))


def folded() -> Mapping[str, tuple[str, ...]]:
    """Texts of these documents that are not plain ASCII → their folded words, which are dear to make; nothing where they are missing or damaged."""
    with contextlib.suppress(Exception):
        found = pickle.loads(_prepared()[FOLDED][1])  # noqa: S301 - ours, as above
        if isinstance(found, dict):
            return found
    return {}


FOLDED = "folded"


def digest_of(data: bytes) -> str:
    """What tells whether a prepared value is that of a document."""
    return hashlib.sha256(data).hexdigest()


def written(data: bytes) -> Any:
    """The value of a document as it is written."""
    import yaml

    return yaml.load(data.decode("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - the safe loader
