"""Read a CSV of a million rows, from a file and through a pipe, and show how memory grows. Writes benchmarks/results/million_rows.json."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000
RESULTS = Path(__file__).resolve().parent / "results/million_rows.json"
HEADER = "sku,title,description,brand,color,price,image_url,remark\n"


def write(path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for n in range(ROWS):
            out.write(
                f"S{n},Canvas bag {n} with strap,Two pockets and a lining {n},Matala {n % 999},green,12.50,https://img.example.com/{n}.jpg,shelf {n}\n"
            )


def resident() -> float:
    """Megabytes that this process holds now."""
    text = Path("/proc/self/status").read_text("utf-8")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def read(path: str) -> None:
    """Read in this process and print what it took; `-` is standard input."""
    from listing_preflight.readers.catalog import read_path, read_stream
    from listing_preflight.readers.options import ReadOptions

    options = ReadOptions()
    items = read_stream(sys.stdin.buffer, options) if path == "-" else read_path(Path(path), "rows.csv", options)
    rows, early, most, start = 0, 0.0, 0.0, time.process_time()
    for _ in items:
        rows += 1
        if rows == 1_000:
            early = resident()
        if rows % 50_000 == 0:
            most = max(most, resident())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"items": rows, "mb_after_1000_rows": round(early, 1), "most_mb": round(most, 1), "grown_mb": round(most - early, 1),
                      "peak_mb": round(peak, 1), "rows_per_cpu_s": round(rows / (time.process_time() - start))}))  # fmt: skip


def main() -> int:
    if len(sys.argv) > 1:
        read(sys.argv[1])
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write(path)
        run = [sys.executable, __file__]
        file = json.loads(subprocess.run([*run, str(path)], capture_output=True, check=True, text=True).stdout)
        with path.open("rb") as stdin:
            pipe = json.loads(
                subprocess.run([*run, "-"], capture_output=True, check=True, text=True, stdin=stdin).stdout
            )
    found = {"rows": ROWS, "file": file, "pipe": pipe, "limit_mb": 50}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))
    return int(max(file["grown_mb"], pipe["grown_mb"]) > found["limit_mb"])


if __name__ == "__main__":
    sys.exit(main())
