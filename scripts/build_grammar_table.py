"""Prepare src/listing_preflight/judging/data/grammar.jsonl from judging/data/grammar/*.yaml.

usage: build_grammar_table.py [-o OUT]

Reading the files and folding their phrases is done here once instead of at every start. A file that has changed since is read itself.
"""

import argparse
import functools
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
from listing_preflight.judging.grammar import digest_of, read_grammar, sheet, signs_of, together  # noqa: E402
from listing_preflight.judging.speech import NOT_LATIN  # noqa: E402
from listing_preflight.storage.prepared import celled  # noqa: E402

DATA = ROOT / "src/listing_preflight/judging/data"
OUT = DATA / "grammar.jsonl"


def build():
    """The table: language → digest of its file, phrases by kind, figures by kind; all languages together and
    those of Latin letters, which untold texts are read with; function words."""
    files = sorted((DATA / "grammar").glob("*.yaml"))
    sheets = {f.stem: sheet(read_grammar(f.name, f.read_text("utf-8"))) for f in files}
    digests = {f.stem: digest_of(f.read_bytes()) for f in files}
    sets = [list(sheets), [lang for lang in sheets if lang not in NOT_LATIN]]
    both = {" ".join(langs): together(sheets[lang] for lang in langs) for langs in sets}
    told = signs_of({lang: functools.partial(sheets.get, lang) for lang in sheets})
    return celled({"digests": digests, **{lang: [*found] for lang, found in sheets.items()}, **both, "signs": told})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=pathlib.Path, default=OUT)
    parser.parse_args().output.write_bytes(build())
