"""What tells whether names were folded and filed as this program folds and files texts."""

import functools
import hashlib
import importlib.resources
import unicodedata

_MADE_BY = (
    "anchors.py", "charset.py", "edits.py", "entries.py", "fold.py", "forms.py", "gates.py", "hashing.py", "layer.py", "names.py", "stream.py", "strings.py", "tables.py",
    "tokens.py", "visual.py", "vocabulary.py", "wordtable.py",
)  # fmt: skip
"""Modules whose every change may file a name elsewhere: a compiled list of other ones is refused, never half right."""

_DATA = ("confusables.tsv", "han.tsv", "words.bin")


@functools.cache
def stamp() -> str:
    """Digest of the modules and data that a compiled list depends on, and of the version of Unicode."""
    state = hashlib.sha256(unicodedata.unidata_version.encode())
    here = importlib.resources.files(__package__)
    for file in (*map(here.joinpath, _MADE_BY), *(here.joinpath("data", name) for name in _DATA)):
        state.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()
