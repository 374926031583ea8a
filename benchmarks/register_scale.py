"""Measure registers of millions of marks: build, open, memory touched and speed, beside ahocorasick_rs in the same run.

usage: benchmarks/register_scale.py [--data DIR] [--marks N ...] [--rounds N] [--listings N] [--json OUT]

The registers are `register_100k.txt.gz` extended to N names of as many tokens as its own have, each a word of its names or coined
of their halves; the same every time. Ours compiles an imported register (Parquet, with owners, numbers, classes, states) and finds
names in texts as written: folding, masks and comparing letters included. The peer, ahocorasick_rs (extra `bench`), finds whole
words in text that was folded beforehand. Each build and each scan runs in a process of its own; rounds of both are interleaved;
CPU seconds of one process, the median round counts.
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "shared/data/text"
BATCH = 32
SEED = 20261125
COINED = 0.4
"""Share of tokens that are coined; the others are words of the list's own names, which are as many tokens long as its are."""
OFFICES = ("US", "US", "US", "EM", "JP")
STATES = ("US:700", "US:700", "US:700", "US:710", "US:630")


def names(data, count):
    """So many different names: those of the file, then coined ones."""
    with gzip.open(data / "register_100k.txt.gz", "rt", encoding="utf-8") as file:
        out = list(dict.fromkeys(line.strip() for line in file if line.strip()))
    words = sorted({w for n in out for w in n.split() if w.isascii() and w.isalpha() and len(w) > 3})
    heads, tails = [w[: len(w) // 2].title() for w in words], [w[len(w) // 2 :].lower() for w in words]
    rng, seen, lengths = random.Random(SEED), set(out), [len(n.split()) for n in out]
    while len(out) < count:
        tokens = (
            rng.choice(heads) + rng.choice(tails) if rng.random() < COINED else rng.choice(words)
            for _ in range(rng.choice(lengths))
        )  # fmt: skip
        name = " ".join(tokens)
        if name not in seen:
            seen.add(name)
            out.append(name)
    return out[:count]


def register(data, count, path):
    """An imported register of so many marks."""
    import numpy as np
    import pyarrow as pa

    from listing_preflight.watchlists.registers.schema import COLUMNS, REGISTRATION, SCHEMA
    from listing_preflight.watchlists.registers.write import Part

    called = names(data, count)
    rng = np.random.default_rng(SEED)
    with Part(path) as part:
        for at in range(0, count, 1 << 16):
            some = called[at : at + (1 << 16)]
            size = len(some)
            one, none = pa.array(np.arange(size + 1, dtype=np.int32)), pa.array(np.zeros(size + 1, np.int32))
            numbers = pa.array([f"{at + n:08d}" for n in range(size)])
            classes = pa.ListArray.from_arrays(one, pa.array(rng.integers(1, 46, size), pa.int8()))
            empty = {kind: pa.ListArray.from_arrays(none, pa.array([], kind)) for kind in (pa.string(), REGISTRATION)}
            fields = {
                "office": pa.array([OFFICES[n] for n in rng.integers(0, len(OFFICES), size)]), "number": numbers, "classes": classes,
                "status": pa.array([STATES[n] for n in rng.integers(0, len(STATES), size)]), "disclaimed": empty[pa.string()],
                "designated": empty[pa.string()], "supplemental": pa.array([False] * size),
            }  # fmt: skip
            rows = [fields.get(f.name, pa.nulls(size, f.type)).cast(f.type) for f in REGISTRATION]
            columns = {
                "id": pa.array([f"US-{at + n}" for n in range(size)]), "stamp": pa.array([""] * size), "name": pa.array(some),
                "work": pa.array([False] * size), "kind": pa.array(["word"] * size), "owner": pa.array([f"{n.split()[0]} Trading LLC" for n in some]),
                "registrations": pa.ListArray.from_arrays(one, pa.StructArray.from_arrays(rows, fields=list(REGISTRATION))),
            }  # fmt: skip
            arrays = [columns.get(f.name, empty[pa.string()]).cast(f.type) for f in COLUMNS]
            part.group(pa.Table.from_arrays(arrays, schema=COLUMNS))
        part.note(
            {"schema": SCHEMA, "format": "made", "source": "made for measuring", "licence": "none", "mapping": None, "date": None,
             "offices": [], "files": [], "skipped": {}, "tool": "benchmark", "taken": count, "replaced": 0}
        )  # fmt: skip


def listings(data, most):
    with gzip.open(data / "listings_3kb.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for _, line in zip(range(most), file, strict=False)]
    return [[r["title"], *r["bullets"], r["description"]] for r in rows]


def patterns(called):
    from listing_preflight.text.fold import plain_words

    return sorted({f" {'  '.join(words)} " for n in called if (words := plain_words(n))})


def built(work):
    """CPU seconds and peak memory of a piece of work in this process."""
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "cpu_s": round(time.process_time() - start, 2),
        "peak_mb": round(peak / 1024),
        "before_mb": round(before / 1024),
    }


def build_ours(_, folder):
    from listing_preflight.watchlists.index import compile_lists

    out = folder / "register.lcx"
    return built(lambda: compile_lists([folder / "register.parquet"], out)) | {
        "file_mb": round(out.stat().st_size / 1e6)
    }


def build_peer(a, _):
    import ahocorasick_rs

    told = patterns(names(a.data, a.marks[0]))
    return built(lambda: ahocorasick_rs.AhoCorasick(told))


def opened(folder):
    from listing_preflight.watchlists.compiled import Compiled

    return Compiled(folder / "register.lcx")


def searcher(compiled):
    """The texts of a batch of listings, each bound in the United States by three classes; how many matches were made."""
    import datetime

    from listing_preflight.detectors.marks_in_registers import Bound, Registers
    from listing_preflight.judging.reach import force

    day = datetime.date(2026, 11, 1)
    layers = compiled.layers
    registers = Registers(layers, [one.alive(day, 183, lambda state: force(state, day)) for one in layers], 0)

    def search(batch, number):
        texts = [t for one in batch for t in one]
        owner = [n for n, one in enumerate(batch) for _ in one]
        fields = ["title" if n == 0 else "bullets" for one in batch for n in range(len(one))]
        bounds = [Bound(frozenset({1 + (number + n) % 45, 25, 9}), frozenset({"US"})) for n in range(len(batch))]
        found = registers.find(texts, fields, owner, bounds)
        return sum(map(len, found.matches)), sum(found.over)

    return search


def resident(kind):
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith(kind):
            return int(line.split()[1]) / 1024
    return 0.0


def memory(a, folder):
    """Milliseconds to open, and megabytes of the file that opening and an exact scan touch."""
    texts = listings(a.data, a.listings)
    opened(folder)  # modules and word lists are loaded
    before = resident("RssFile")
    start = time.perf_counter()
    compiled = opened(folder)
    took = time.perf_counter() - start
    search = searcher(compiled)
    for at in range(0, len(texts), BATCH):
        search(texts[at : at + BATCH], at)
    return {"open_ms": round(took * 1000, 1), "touched_mb": round(resident("RssFile") - before)}


def speed(a, folder):
    """Listings a second of both, rounds interleaved."""
    import ahocorasick_rs

    from listing_preflight.text.fold import plain_words

    texts = listings(a.data, a.listings)
    automaton = ahocorasick_rs.AhoCorasick(patterns(names(a.data, a.marks[0])))
    folded = [[" " + "  ".join(plain_words(t)) + " " for t in one] for one in texts]
    search = searcher(opened(folder))
    counted = {"matches": 0, "passed_over": 0, "peer_hits": 0}

    def ours():
        found = [search(texts[at : at + BATCH], at) for at in range(0, len(texts), BATCH)]
        counted.update(matches=sum(m for m, _ in found), passed_over=sum(p for _, p in found))

    def peer():
        counted["peer_hits"] = sum(
            len(automaton.find_matches_as_indexes(t, overlapping=True)) for one in folded for t in one
        )

    spent = {"ours": [], "ahocorasick_rs": []}
    for _ in range(a.rounds):
        for name, work in (("ours", ours), ("ahocorasick_rs", peer)):
            start = time.process_time()
            work()
            spent[name].append(time.process_time() - start)
    rates = {name: len(texts) / statistics.median(s) for name, s in spent.items()}
    cold = len(texts) / spent["ours"][0]
    return {"per_s": {k: round(v) for k, v in rates.items()}, "cold_per_s": round(cold),
            "ratio": round(rates["ours"] / rates["ahocorasick_rs"], 2), **counted}  # fmt: skip


PARTS = {"build_ours": build_ours, "build_peer": build_peer, "memory": memory, "speed": speed}


def one_size(a, count):
    """All figures of one size, each part in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        register(a.data, count, folder / "register.parquet")
        out = {}
        for part in PARTS:
            command = [sys.executable, __file__, "--part", part, "--folder", name, "--marks", str(count), "--data", str(a.data),
                       "--rounds", str(a.rounds), "--listings", str(a.listings)]  # fmt: skip
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode:
                sys.exit(f"{part}: {run.stderr}")
            out[part] = json.loads(run.stdout)
            print(count, part, out[part], flush=True)
    out["build_cpu_ratio"] = round(out["build_ours"]["cpu_s"] / out["build_peer"]["cpu_s"], 2)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    ap.add_argument("--marks", type=int, nargs="+", default=[1_000_000, 4_000_000])
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--listings", type=int, default=1000)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/register_scale.json")
    ap.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    ap.add_argument("--folder", type=pathlib.Path, help=argparse.SUPPRESS)
    a = ap.parse_args()
    if not a.data.is_dir():
        sys.exit(f"{a.data} does not exist: name the folder with --data")
    if a.part:
        print(json.dumps(PARTS[a.part](a, a.folder)))
        return
    found = {str(count): one_size(a, count) for count in a.marks}
    a.json.write_text(json.dumps({"listings": a.listings, "cores": os.cpu_count(), "marks": found}, indent=1) + "\n")


if __name__ == "__main__":
    main()
