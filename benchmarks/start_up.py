"""What a start costs in CPU seconds: --version, a one-listing text gate and a scan of that listing with the bundled lists, warm.

Writes benchmarks/results/start_up.json; the median of some runs, after one that fills the cache.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

RUNS = 9
LISTING = (
    '{"id": "1", "marketplace": "amazon.com", "category": "Shoes", "title": "Reflective laces", "brand": "Runfly"}'
)
RESULT = Path(__file__).parent / "results" / "start_up.json"


def seconds(*args, stdin=""):
    """CPU seconds of one run of the command, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "listing_preflight.cli.main", *args]
    subprocess.run(command, input=stdin, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(*args, stdin=""):
    seconds(*args, stdin=stdin)
    return round(statistics.median(seconds(*args, stdin=stdin) for _ in range(RUNS)), 3)


def main():
    out = {"runs": RUNS, "python": sys.version.split()[0], "cpus": os.cpu_count(),
           "version_cpu_s": median("--version"), "gate_cpu_s": median("gate", stdin=LISTING),
           "scan_cpu_s": median("scan", "-", stdin=LISTING)}  # fmt: skip
    bare = [sys.executable, "-c", "pass"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(bare, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    out["bare_python_cpu_s"] = round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 3)
    RESULT.write_text(json.dumps(out, indent=1) + "\n", "utf-8")
    print(out)


if __name__ == "__main__":
    main()
