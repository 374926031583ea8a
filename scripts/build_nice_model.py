"""Learn src/listing_preflight/judging/data/nice.npz: from names of goods to Nice classes.

usage: build_nice_model.py TERMS.csv WORDNET [--cross-validate] [--no-own-nouns] [-o OUT]

TERMS.csv is the alphabetical list of the Nice Classification (columns term, class_number); only terms whose SHA-256 is even are
read, so that the odd ones can be measured on. WORDNET is the folder with data.noun and index.noun of WordNet 3.0 (Princeton
University; Debian package wordnet-base). The English nouns of policy/data/nouns/en.yaml are learnt from as well. Kernel ridge
regression on words, letter sequences, the kinds of things that WordNet says they are, the noun of the name, neighbouring words.
"""

import argparse
import collections
import csv
import functools
import hashlib
import itertools
import math
import pathlib
import sys

import numpy as np
import scipy.linalg
import scipy.sparse
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
from listing_preflight.judging import nice  # noqa: E402

RIDGE = 1.0
WEIGHT = {"w": 1.0, "c": 0.7, "n": 1.0, "h": 0.4, "H": 0.8, "b": 0.6, "F": 0.4, "p": 0.4}
"""Words, letters, kinds, the noun, its kinds, pairs, words after a connecting word, function words: chosen by eight-fold
cross-validation among the even terms."""
DECAY = 0.8
SENSES = (1.0, 0.5, 0.3)
KINDS_OF_THINGS = {"06", "13", "27", "20", "05", "08", "17", "10", "04"}
"""WordNet's files of artifacts, food, substances, plants, animals, bodies, objects, communication and acts."""
FOLDS = 8


class WordNet:
    """Nouns and the kinds of things that they are."""

    def __init__(self, folder):
        self.synsets, self.index = {}, {}
        for line in (folder / "data.noun").open(encoding="utf-8"):
            if line.startswith("  "):
                continue
            cells = line.split(" | ", 1)[0].split()
            at = 4 + 2 * int(cells[3], 16)
            parents = []
            for k in range(int(cells[at])):
                kind, offset, part = cells[at + 1 + 4 * k : at + 4 + 4 * k]
                if kind in ("@", "@i") and part == "n":
                    parents.append(offset)
            self.synsets[cells[0]] = (parents, cells[1])
        for line in (folder / "index.noun").open(encoding="utf-8"):
            if not line.startswith("  "):
                cells = line.split()
                self.index[cells[0]] = cells[-int(cells[2]) :]
        below = collections.Counter(h for o in self.synsets for h in self.chain(o))
        total = len(self.synsets)
        self.narrow = {o: math.log(total / n) / math.log(total) for o, n in below.items()}

    @functools.cache  # noqa: B019 - one instance lives as long as the script
    def chain(self, offset):
        out, front, depth = {offset: 1.0}, [offset], 0
        while front and depth < 12:
            depth += 1
            parents = [h for o in front for h in self.synsets[o][0]]
            front = [h for h in dict.fromkeys(parents) if h not in out]
            out |= dict.fromkeys(front, DECAY**depth)
        return out

    @functools.cache  # noqa: B019
    def kinds(self, word):
        found = collections.Counter()
        for offset, weight in zip(self.index.get(word, ()), SENSES, strict=False):
            for kind, v in self.chain(offset).items():
                found["s" + kind] += weight * v * self.narrow[kind]
            found["l" + self.synsets[offset][1]] += weight
        length = math.sqrt(sum(v * v for v in found.values())) or 1.0
        return {k: v / length for k, v in found.items()}


def read_terms(path):
    """(name, class) of the even terms; a term with variants is one row a variant."""
    rows = csv.DictReader(path.open(encoding="utf-8"))
    even = [(r["term"], int(r["class_number"])) for r in rows if is_even(r["term"])]
    return [(v, c, t) for t, c in even for v in t.replace("*", "").split(" / ")]


def is_even(term):
    return int(hashlib.sha256(term.encode()).hexdigest(), 16) % 2 == 0


def own_nouns():
    table = yaml.safe_load((ROOT / "src/listing_preflight/policy/data/nouns/en.yaml").read_text("utf-8"))
    return [(noun.strip(), number, "") for number, nouns in table.items() for noun in nouns.split(",")]


def features(parts, rarity, wordnet):
    out = collections.Counter()
    read = [(w, rarity.get(w, 1.0) * role) for w, role in nice.weighed(parts)]
    length = math.sqrt(sum(v * v for _, v in read)) or 1.0
    for word, weight in read:
        s = weight / length
        out["w:" + word] += s * WEIGHT["w"]
        for gram, v in nice.grams(word).items():
            out["c:" + gram] += s * v * WEIGHT["c"]
        for kind, v in wordnet.kinds(word).items():
            out["n:" + kind] += s * v * WEIGHT["n"]
    if noun := nice.compound(parts.head, wordnet.index):
        out["h:" + parts.head[-1]] += WEIGHT["h"]
        for kind, v in wordnet.kinds(noun).items():
            out["H:" + kind] += v * WEIGHT["H"]
    words = parts.head + parts.rest
    for a, b in itertools.pairwise(words):
        out[f"b:{a} {b}"] += WEIGHT["b"]
    for word in parts.rest:
        out["F:" + word] += WEIGHT["F"] / math.sqrt(len(parts.rest))
    for word in parts.telling:
        out["p:" + word] += WEIGHT["p"]
    return out


def rarities(parsed):
    seen = collections.Counter(w for p in parsed for w in {*p.head, *p.rest, *p.bracket})
    most = math.log(1 + len(parsed))
    return {w: math.log(1 + len(parsed) / n) / most for w, n in seen.items()}


def matrix(rows, known=None):
    known = known or {k: i for i, k in enumerate(sorted({k for r in rows for k in r}))}
    cells = [(i, known[k], v) for i, r in enumerate(rows) for k, v in r.items() if k in known]
    i, j, v = zip(*cells, strict=True)
    found = scipy.sparse.csr_matrix((v, (i, j)), shape=(len(rows), len(known)), dtype=np.float32)
    length = np.sqrt(np.asarray(found.multiply(found).sum(1)).ravel())
    return scipy.sparse.diags(1 / np.maximum(length, 1e-9)) @ found, known


def solve(found, classes):
    kernel = (found @ found.T).toarray().astype(np.float32)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    wanted = np.full((len(classes), nice.CLASSES), -1.0, np.float32)
    wanted[np.arange(len(classes)), np.asarray(classes) - 1] = 1.0
    factor = scipy.linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    return scipy.linalg.cho_solve(factor, wanted, check_finite=False)


def cross_validate(terms, own, wordnet):
    parsed = [nice.parse(v) for v, _, _ in terms + own]
    fold = [int(hashlib.sha256(b"fold" + t.encode()).hexdigest(), 16) % FOLDS if t else -1 for _, _, t in terms + own]
    classes = [c for _, c, _ in terms + own]
    first = top = total = 0
    for k in range(FOLDS):
        train = [i for i, f in enumerate(fold) if f != k]
        test = [i for i, f in enumerate(fold) if f == k]
        rarity = rarities([parsed[i] for i in train])
        rows, known = matrix([features(parsed[i], rarity, wordnet) for i in train])
        asked, _ = matrix([features(parsed[i], rarity, wordnet) for i in test], known)
        scores = (asked @ rows.T) @ solve(rows, [classes[i] for i in train])
        by_term = collections.defaultdict(lambda: np.zeros(nice.CLASSES))
        for i, s in zip(test, scores, strict=True):
            by_term[(terms[i][2], classes[i])] += s
        for (_, c), s in by_term.items():
            best = np.argsort(-s, kind="stable")[:3] + 1
            first, top, total = first + (best[0] == c), top + (c in best), total + 1
        print(f"fold {k + 1}: top-1 {first / total:.3f}, top-3 {top / total:.3f} of {total}", flush=True)


def export(path, known, weights, rarity, vocabulary, wordnet):
    """Per kind: names, the row of each, and a table of distinct rows as small integers."""
    zero = np.zeros(nice.CLASSES, np.float32)

    def of(feature):
        at = known.get(feature)
        return zero if at is None else weights[at]

    def kinds(word, prefix):
        found = [(known[f], v) for k, v in wordnet.kinds(word).items() if (f := f"{prefix}:{k}") in known]
        return np.asarray([v for _, v in found], np.float32) @ weights[[i for i, _ in found]] if found else zero

    nouns = [n for n, at in wordnet.index.items() if {wordnet.synsets[o][1] for o in at[:2]} & KINDS_OF_THINGS]
    single = {n for n in nouns if "_" not in n and n.isascii() and n.isalpha()}
    double = {n for n in nouns if "_" in n and n.replace("_", "").isalpha() and n.count("_") < 3 and n.islower()}
    common, usual = single & vocabulary, rarity.keys() | vocabulary
    rows = {
        "words": {w: of("w:" + w) * WEIGHT["w"] + kinds(w, "n") * WEIGHT["n"] for w in rarity.keys() | common},
        "heads": {w: of("h:" + w) * WEIGHT["h"] + kinds(w, "H") * WEIGHT["H"] for w in rarity.keys() | common}
        | {w: of("h:" + w.split("_")[-1]) * WEIGHT["h"] + kinds(w, "H") * WEIGHT["H"] for w in double if all(p in usual for p in w.split("_"))},
        "grams": {k[2:]: weights[i] * WEIGHT["c"] for k, i in known.items() if k.startswith("c:")},
        "pairs": {k[2:]: weights[i] * WEIGHT["b"] for k, i in known.items() if k.startswith("b:")},
        "after": {k[2:]: weights[i] * WEIGHT["F"] for k, i in known.items() if k.startswith("F:")},
        "telling": {k[2:]: weights[i] * WEIGHT["p"] for k, i in known.items() if k.startswith("p:")},
    }  # fmt: skip
    stored = {}
    for kind, table in rows.items():
        kept = strongest(table, MOST[kind]) if kind in MOST else table
        scale = max(float(np.abs(v).max()) for v in kept.values()) / LEVELS
        names = sorted(kept)
        small = np.rint(np.stack([kept[n] for n in names]) / scale).astype(np.int8)
        distinct, at = np.unique(small, axis=0, return_inverse=True)
        stored |= {f"{kind}_names": np.frombuffer("\n".join(names).encode(), np.uint8), f"{kind}_table": distinct,
                   f"{kind}_at": at.ravel().astype(np.uint16), f"{kind}_scale": np.float32(scale)}  # fmt: skip
        if kind == "words":
            stored["rarity"] = np.asarray([round(rarity.get(n, 1.0) * 255) for n in names], np.uint8)
        print(f"{kind}: {len(names)} names, {len(distinct)} rows", file=sys.stderr)
    np.savez_compressed(path, **stored)
    print(f"{path.name}: {path.stat().st_size:,} bytes", file=sys.stderr)


LEVELS = 60
"""Steps to each side of nought that a weight is kept in."""
MOST = {"grams": 9000, "pairs": 4000}
"""The strongest that are kept, so that the file stays below two megabytes."""


def strongest(table, most):
    return dict(sorted(table.items(), key=lambda kv: (-float(np.abs(kv[1]).max()), kv[0]))[:most])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("terms", type=pathlib.Path)
    ap.add_argument("wordnet", type=pathlib.Path)
    ap.add_argument("--cross-validate", action="store_true")
    ap.add_argument("--no-own-nouns", action="store_true", help="learn from the terms alone")
    ap.add_argument("-o", type=pathlib.Path, default=ROOT / "src/listing_preflight/judging/data/nice.npz")
    a = ap.parse_args()
    terms, own, wordnet = read_terms(a.terms), [] if a.no_own_nouns else own_nouns(), WordNet(a.wordnet)
    if a.cross_validate:
        cross_validate(terms, own, wordnet)
        return
    parsed = [nice.parse(v) for v, _, _ in terms + own]
    rarity = rarities(parsed)
    rows, known = matrix([features(p, rarity, wordnet) for p in parsed])
    print(f"{rows.shape[0]} names, {rows.shape[1]} features", file=sys.stderr, flush=True)
    weights = rows.T @ solve(rows, [c for _, c, _ in terms + own])
    from listing_preflight.text.vocabulary import vocabulary

    export(
        a.o, known, np.asarray(weights), rarity, frozenset(w for w in wordnet.index if vocabulary().is_word(w)), wordnet
    )


if __name__ == "__main__":
    main()
