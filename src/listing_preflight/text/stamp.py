"""What tells whether names were folded and filed as this program folds and files texts."""

import functools
import hashlib
import importlib.resources
import unicodedata

from listing_preflight import storage

_MADE_BY = (
    "anchors.py", "charset.py", "edits.py", "entries.py", "fold.py", "forms.py", "gates.py", "hashing.py", "layer.py", "names.py", "stream.py", "tables.py",
    "tokens.py", "visual.py", "vocabulary.py", "wordtable.py",
)  # fmt: skip
"""Modules whose every change may file a name elsewhere: a compiled list of other ones is refused, never half right."""

_STORED_BY = ("strings.py",)
"""Such modules of `storage`."""

_LISTED_BY = ("spellings.py",)
"""Such modules of `watchlists`, which say what of a list is an ordinary word."""

_DATA = ("confusables.tsv", "han.tsv", "words.bin")


@functools.cache
def stamp() -> str:
    """Digest of the modules and data that a compiled list depends on, and of the version of Unicode."""
    state = hashlib.sha256(unicodedata.unidata_version.encode())
    here = importlib.resources.files(__package__)
    stored = importlib.resources.files(storage)
    listed = importlib.resources.files(__package__.replace(".text", ".watchlists"))
    data = (here.joinpath("data", name) for name in _DATA)
    for file in (
        *map(here.joinpath, _MADE_BY),
        *map(stored.joinpath, _STORED_BY),
        *map(listed.joinpath, _LISTED_BY),
        *data,
    ):
        state.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()
