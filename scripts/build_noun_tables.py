"""Prepare src/listing_preflight/judging/data/nouns.jsonl from policy/data/nouns/*.yaml and policy/data/noun_phrases.yaml.

usage: build_noun_tables.py [-o OUT]

Folding the nouns and bringing them to their stems is done here once instead of at every start. A noun of several classes has that one
first in which it does not end with "~".
"""

import argparse
import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "src/listing_preflight/policy/data"
sys.path.insert(0, str(ROOT / "src"))
from listing_preflight.judging.grammar import words  # noqa: E402
from listing_preflight.judging.nouns import Rules, stem, toned, units  # noqa: E402
from listing_preflight.storage.prepared import celled  # noqa: E402

OUT = ROOT / "src/listing_preflight/judging/data/nouns.jsonl"


def listed(text, accented=False):
    """The phrases of a line as folded units, with whether another class of the noun is likelier; with accents and, if long, without."""
    for item in str(text or "").split(","):
        noun = item.strip()
        later, noun = noun.endswith("~"), noun.removesuffix("~")
        if plain := units(noun):
            marked = toned(noun) if accented else plain
            yield from ((t, later) for t in dict.fromkeys([marked, plain] if len(plain) > 1 else [marked]))


def rules(given):
    """The rules of a language with folded words."""
    endings = [(e.split(">") + [e if e in KEPT_ENDINGS else ""])[:2] for e in map(str, given.get("endings", ()))]
    accented = bool(given.get("toned"))
    words = {k: frozenset(" ".join(t) for t, _ in listed(given.get(k), accented)) for k in ("cut", "before", "signs", "broad", "weak", "apart", "lexical")}
    ruling = {" ".join(t): int(n) for n, text in given.get("ruling", {}).items() for t, _ in listed(text, accented)}
    return Rules(
        script=given.get("script", "latin"), last=given.get("order") == "last", joins=bool(given.get("joins")),
        endings=dict(endings), prefixes=sorted(given.get("prefixes", ()), key=len, reverse=True),
        oblique=list(given.get("oblique", ())), toned=accented, ruling=ruling, diminutives=given.get("diminutives", {}), **words,
    )


KEPT_ENDINGS = ("ss", "us", "is")


def stems(tokens, found):
    return " ".join(stem(t, found) for t in tokens)


def language(code, given):
    """Rules, nouns as written and by stem."""
    found = rules(given)
    lines = [(0, given.get("mute")), (0, given.get("departments")), *yaml.safe_load((DATA / "nouns" / f"{code}.yaml").read_text("utf-8")).items()]
    exact, bare = {}, {}
    for number, text in lines:
        for tokens, later in listed(text, found.toned):
            for key, table in ((" ".join(tokens), exact), *([(stems(tokens, found), bare)] if number else [])):
                classes = table.setdefault(key, {})
                classes.setdefault(number, later)
    def ranked(table):
        return grouped({k: sorted(v, key=lambda n: (v[n], n)) for k, v in sorted(table.items())})
    kept = found._asdict() | {
        k: sorted(getattr(found, k)) for k in ("cut", "before", "signs", "apart", "lexical")} | {
        k: sorted(getattr(found, k) | {stems(w.split(" "), found) for w in getattr(found, k)}) for k in ("broad", "weak")}
    spaced = found.script not in ("thai", "kana", "han", "hangul")
    return {"rules": kept, "nouns": ranked(exact), "stems": ranked(bare) if spaced else {}}


def grouped(table):
    """Classes → the nouns that name them, a line each: what is read fastest."""
    out = {}
    for noun, classes in table.items():
        out.setdefault(" ".join(map(str, classes)), []).append(noun)
    return {classes: "\n".join(out[classes]) for classes in sorted(out)}


def votes(found):
    """Every noun as written in any language, as words → its classes over all of them; 0 says nothing."""
    out = {}
    for cells in found.values():
        for classes, nouns in cells["nouns"].items():
            for noun in nouns.split("\n"):
                if not cells["rules"]["toned"] or " " in noun:  # without its tone a syllable is another word
                    out.setdefault(" ".join(words(noun)), set()).update(set(map(int, classes.split())) - {0})
    return {noun: sorted(classes) for noun, classes in sorted(out.items()) if classes}


def build():
    """The whole file as bytes, always the same ones for the same nouns."""
    given = yaml.safe_load((DATA / "noun_phrases.yaml").read_text("utf-8"))["languages"]
    found = {code: language(code, given[code]) for code in sorted(given)}
    every = votes(found)
    opening = sorted({noun.split(" ")[0] for noun in every if " " in noun})
    plain = {noun: classes for noun, classes in every.items() if noun.isascii()}
    return celled({
        "scripts": {code: cells["rules"]["script"] for code, cells in found.items()}, **found,
        "votes": grouped(plain), "other votes": grouped({n: c for n, c in every.items() if n not in plain}), "opening": "\n".join(opening),
    })


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("-o", type=pathlib.Path, default=OUT)
    options.parse_args().o.write_bytes(build())
