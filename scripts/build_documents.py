"""Prepare src/listing_preflight/storage/documents.pickle from the YAML documents that the program reads at its start.

usage: build_documents.py [-o OUT]
"""

import argparse
import pathlib
import pickle
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
from listing_preflight.storage.prepared import FOLDED, PREPARED, digest_of, written  # noqa: E402
from listing_preflight.text.fold import plain_words  # noqa: E402

SRC = ROOT / "src/listing_preflight"
OUT = SRC / "storage" / PREPARED
READ = ("policy/data/*.yaml", "policy/data/accessories/*.yaml", "policy/packs/*.yaml", "judging/data/*.yaml", "reports/data/*.yaml", "readers/data/*.yaml")
"""Documents of rooms."""
FOLDED_OF = {"goods.yaml", "ordinary.yaml", "accessories"}
"""Documents, and a folder of them, whose phrases a listing with a name in it is compared with."""
OTHER = ("noun_phrases.yaml",)
"""What scripts/build_noun_tables.py reads."""


def build():
    """Place of each document → the digest of its file and its value, packed by itself."""
    out, texts = {}, set()
    for file in sorted(f for pattern in READ for f in SRC.glob(pattern) if f.name not in OTHER):
        room, *place = file.relative_to(SRC).parts
        data = file.read_bytes()
        value = written(data)
        out[f"{SRC.name}.{room}/{'/'.join(place)}"] = digest_of(data), pickle.dumps(value, 5)
        texts |= {t for t in scalars(value) if FOLDED_OF & {*place} and not t.isascii()}
    return out | {FOLDED: ("", pickle.dumps({t: plain_words(t) for t in sorted(texts)}, 5))}


def scalars(value):
    """All texts of a document."""
    if isinstance(value, (dict, list)):
        return (t for part in (value.values() if isinstance(value, dict) else value) for t in scalars(part))
    return (value,) if isinstance(value, str) else ()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=pathlib.Path, default=OUT)
    parser.parse_args().output.write_bytes(pickle.dumps(build(), 5))
