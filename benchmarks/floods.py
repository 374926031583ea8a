"""Measure texts that are made to be slow: CPU seconds with the compiled core and without, each in a process of its own.

usage: benchmarks/floods.py [--json OUT]

20,000 marks of one name in a text that holds it 4,000 times; a field of 10 MB; a million distinct tokens; lone surrogates; one
token of 10 MB; a letter under 100,000 accents. Each is looked at by the detector of names over the bundled vocabulary and a
list of the names in question. Judging is left out, but for the first: that listing is judged as well, by marks without rights and by
marks of 45 classes and 10,000 owners.
"""

import argparse
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = "shoe zorvane for red bag the with cotton case quellar steel cup".split()


def texts():
    rng = random.Random(20261129)
    return {
        "20,000 marks of one name, 4,000 times in a text": "Zorvane shoes and " * 4_000,
        "a field of 10 MB": " ".join(rng.choice(WORDS) for _ in range(1_900_000)),
        "a million distinct tokens": " ".join("".join(rng.choices(LETTERS, k=8)) for _ in range(1_000_000)),
        "100,000 lone surrogates among letters": "zor\ud800vane \udfff" * 50_000,
        "one token of 10 MB": "z" * 10_000_000,
        "100,000 accents on one letter": "a" + "\u0301" * 100_000,
    }


def one(name):
    from listing_preflight.detectors.marks_in_text import MarksInText
    from listing_preflight.model.listing import Listing, Origin, Text
    from listing_preflight.model.mark import Mark
    from listing_preflight.text.index import IndexMatcher
    from listing_preflight.text.names import make_forms
    from listing_preflight.text.vocabulary import vocabulary
    from listing_preflight.watchlists.spellings import spellings

    marks = [
        Mark(id=f"z{n}", name=called, list="l")
        for n, called in enumerate(["Zorvane"] * 20_000 + ["Quellar", "Red Cup"])
    ]
    matcher = IndexMatcher(make_forms(spellings(marks), vocabulary()), vocabulary())
    seen = MarksInText(matcher)
    text = texts()[name]
    listing = Listing(id="1", texts=(Text("description", text),), origin=Origin("flood", 1))
    seen.see([Listing(id="0", texts=(Text("title", "Zorvane"),), origin=Origin("flood", 1))])
    start = time.process_time()
    (found,) = seen.see([listing])
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(json.dumps({"cpu_s": round(spent, 2), "hits": len(found.hits), "letters": len(text), "peak_mb": peak}))


def judged(name):
    import datetime

    from listing_preflight.engine import Beforehand, Engine, Settings
    from listing_preflight.model.listing import Listing, Origin, Text
    from listing_preflight.model.mark import Mark, Registration, WatchList

    def mark(n):
        if name == "without rights":
            return Mark(id=f"z{n}", name="Zorvane", list="l")
        right = Registration(office="US", number=str(n), classes=frozenset({n % 45 + 1}), status="registered")
        return Mark(id=f"z{n}", name="Zorvane", list="l", owner=f"House {n // 2} Ltd", registrations=(right,))

    lists = (WatchList(name="l", digest="", marks=tuple(map(mark, range(20_000)))),)
    engine = Engine(Settings(lists=lists, day=datetime.date(2026, 11, 25), marketplaces=("amazon.com",), images=False))
    engine.warm()
    text = "Zorvane shoes and " * 4_000
    listing = Listing(
        id="1", texts=(Text("title", "Zorvane shoes"), Text("description", text)), origin=Origin("flood", 1)
    )
    start = time.process_time()
    (verdict,) = engine.check([(listing, Beforehand((), 0, ()))])
    spent = time.process_time() - start
    (found,) = verdict.findings
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        json.dumps({"cpu_s": round(spent, 2), "mentions": len(found.mentions), "others": found.others, "peak_mb": peak})
    )


def measured(name, core, what="--one"):
    env = {**os.environ, "PREFLIGHT_CORE": core}
    return json.loads(
        subprocess.run([sys.executable, __file__, what, name], env=env, check=True, capture_output=True).stdout
    )


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/floods.json")
    ap.add_argument("--one", help=argparse.SUPPRESS)
    ap.add_argument("--judged", help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.one:
        one(a.one)
        return
    if a.judged:
        judged(a.judged)
        return
    result = {name: {"compiled": measured(name, "on"), "numpy": measured(name, "off")} for name in texts()}
    result["20,000 marks of one name, 4,000 times in a text, judged"] = {
        name: measured(name, "on", "--judged") for name in ("without rights", "of 45 classes and 10,000 owners")
    }
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
