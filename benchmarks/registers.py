"""Measure the import of a register against plain iteration over the same file, its memory, and search.

python benchmarks/registers.py RECORDS[,RECORDS…] [--search MARKS] [--folder DIR]
Writes benchmarks/results/registers.json. Every import and every iteration is a process of its own, one after the other.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "registers.json"


def timed(work):
    """Seconds, CPU seconds and peak megabytes of this process around the work."""
    start, cpu = time.perf_counter(), time.process_time()
    count = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - start
    return {
        "records": count,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "records_per_second": round(count / seconds),
        "peak_mb": round(peak),
    }


def iterate(file):
    """Plain lxml iteration: every record parsed and let go, nothing read of it."""
    from lxml import etree

    count = 0
    for _, element in etree.iterparse(file, tag="case-file", huge_tree=True):
        count += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return count


def imported(file, out):
    """The whole import: digest, part, merge, fsync."""
    from listing_preflight.watchlists.registers.record import Told
    from listing_preflight.watchlists.registers.run import run

    return run("uspto-tdxf", [Path(file)], Path(out), Told()).metadata["taken"]


def many(out, count):
    """A register of coined marks written directly, for the measure of search."""
    import random

    from make_tdxf import name

    from listing_preflight.model.mark import Registration
    from listing_preflight.watchlists.registers.record import Record
    from listing_preflight.watchlists.registers.schema import SCHEMA
    from listing_preflight.watchlists.registers.write import Part, replacing

    chance = random.Random(7)
    row = Registration(office="US", number="1", classes=frozenset({25}), status="US:700", goods="shoes")
    with replacing(Path(out)) as temporary, Part(temporary) as part:
        for i in range(count):
            part.add(
                Record(
                    f"US{i:08}",
                    "2026-11-23",
                    name(chance),
                    numbers=(f"{10_000_000 + i}",),
                    registrations=(row,),
                    owner="X",
                )
            )
        part.note(
            {
                "schema": SCHEMA,
                "files": [],
                "source": "synthetic",
                "licence": "",
                "date": "2026-11-23",
                "offices": [],
                "format": "synthetic",
                "tool": "",
                "mapping": None,
                "taken": count,
                "skipped": {},
                "replaced": 0,
            }
        )
    return count


def searched(out):
    """Milliseconds of warm searches, median and slowest of 40 names and numbers."""
    import random

    from listing_preflight.watchlists.registers.query import Register

    start = time.perf_counter()
    register = Register(Path(out))
    loaded = time.perf_counter() - start
    start = time.perf_counter()
    list(register.near("warmingup"))
    prepared = time.perf_counter() - start
    chance = random.Random(3)
    rows = [chance.randrange(len(register.names.values)) for _ in range(40)]
    names = [register.names.values[r].as_py() for r in rows]
    numbers = [f"{10_000_000 + r:,}" for r in rows]
    wrong = [n[:3] + "x" + n[4:] for n in names]
    out = {
        "names": len(register.names.values),
        "load_seconds": round(loaded, 2),
        "first_fuzzy_seconds": round(prepared, 2),
    }
    kinds = {
        "exact": (register.by_name, names),
        "number": (register.by_number, numbers),
        "fuzzy": (register.near, wrong),
    }
    for kind, (find, queries) in kinds.items():
        list(find(queries[0]))
        spent = []
        for query in queries:
            start = time.perf_counter()
            found = list(find(query))
            spent.append((time.perf_counter() - start) * 1000)
            assert found or kind == "fuzzy", query
        out[kind] = {"median_ms": round(statistics.median(spent), 1), "slowest_ms": round(max(spent), 1)}
    return out


def child(*args):
    """One measure in a process of its own."""
    return json.loads(
        subprocess.run([sys.executable, __file__, *map(str, args)], check=True, capture_output=True, text=True).stdout
    )


def measure(counts, marks, folder):
    """Everything, as one object."""
    from make_tdxf import write

    result = {"records": [], "search": None, "python": sys.version.split()[0]}
    for count in counts:
        file, out = Path(folder) / f"tdxf-{count}.xml", Path(folder) / f"tdxf-{count}.parquet"
        if not file.exists():
            write(count, file)
        plain = child("--iterate", file)
        taken = child("--import", file, out)
        again = child("--iterate", file)
        best = max(plain["records_per_second"], again["records_per_second"])
        result["records"].append(
            {
                "records": count,
                "megabytes": round(file.stat().st_size / 1e6),
                "plain_iteration": [plain, again],
                "import": taken,
                "ratio": round(taken["records_per_second"] / best, 3),
                "cpu_ratio": round(min(plain["cpu_seconds"], again["cpu_seconds"]) / taken["cpu_seconds"], 3),
                "parquet_megabytes": round(out.stat().st_size / 1e6),
            }
        )
        print(json.dumps(result["records"][-1]), file=sys.stderr)
    peaks = [r["import"]["peak_mb"] for r in result["records"]]
    result["memory_growth_mb"] = max(peaks) - min(peaks)
    if marks:
        big = Path(folder) / f"marks-{marks}.parquet"
        if not big.exists():
            child("--many", big, marks)
        result["search"] = child("--search-in", big)
    return result


def main():
    """Read the command line."""
    args = sys.argv[1:]
    actions = {
        "--iterate": lambda f: timed(lambda: iterate(f)),
        "--import": lambda f, o: timed(lambda: imported(f, o)),
        "--many": lambda o, n: {"marks": many(o, int(n))},
        "--search-in": searched,
    }
    if args and args[0] in actions:
        print(json.dumps(actions[args[0]](*args[1:])))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records")
    parser.add_argument("--search", type=int, default=0)
    parser.add_argument("--folder", default=None)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        result = measure([int(c) for c in told.records.split(",")], told.search, told.folder or made)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
