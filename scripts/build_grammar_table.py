"""Prepare src/listing_preflight/judging/data/grammar.json.gz from judging/data/grammar/*.yaml.

usage: build_grammar_table.py [-o OUT]

Reading the files and folding their phrases is done here once instead of at every start. A file that has changed since is read itself.
"""

import argparse
import gzip
import pathlib
import sys

import orjson

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
from listing_preflight.judging.grammar import digest_of, read_grammar, sheet  # noqa: E402

DATA = ROOT / "src/listing_preflight/judging/data"
OUT = DATA / "grammar.json.gz"


def build():
    """The packed table: language → digest of its file, phrases by kind, figures by kind."""
    out = {}
    for file in sorted((DATA / "grammar").glob("*.yaml")):
        found = sheet(read_grammar(file.name, file.read_text("utf-8")))
        out[file.stem] = digest_of(file.read_bytes()), found.phrases, found.figures
    return gzip.compress(orjson.dumps(out), 9, mtime=0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=pathlib.Path, default=OUT)
    parser.parse_args().output.write_bytes(build())
