"""Hold whole reports made with the compiled core to those made without it, byte for byte, and time both in CPU seconds.

usage: benchmarks/core_same.py [--data DIR] [--json OUT]   (DIR: the folder beside the project with listings, text and exports)

The pool of real listings with the bundled lists, 2,500 listings of 3 KB against 10,000 brands, and every export; `--explain`, so
that everything that was dropped is compared too. The word in the run line that says which of both it was is left out.
"""

import argparse
import gzip
import hashlib
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "shared/data"


def sources(data, tmp):
    for name, path in (("pool", "listings/pool.jsonl.gz"), ("3 KB", "text/listings_3kb.jsonl.gz"), ("brands", "text/brands_10k.jsonl.gz")):
        (tmp / f"{name}.jsonl").write_bytes(gzip.decompress((data / path).read_bytes()))
    yield "pool, bundled lists", [tmp / "pool.jsonl"]
    yield "2,500 listings of 3 KB, 10,000 brands", [tmp / "3 KB.jsonl", "-w", tmp / "brands.jsonl"]
    yield "exports, bundled lists", [data / "exports"]


def scanned(arguments, core, out):
    command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", *map(str, arguments), "-q", "--explain", "--no-images", "-o",
               f"jsonl:{out}", "--marketplace", "amazon.com", "--fail-on", "never"]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env={**os.environ, "PREFLIGHT_CORE": core}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    first, rest = out.read_bytes().split(b"\n", 1)
    tool = json.loads(first)["tool"]["core"]
    digest = hashlib.sha256(first.replace(f'"{tool}"'.encode(), b"") + rest).hexdigest()
    return tool, digest, rest.count(b"\n"), round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/core_same.json")
    a = ap.parse_args()
    if not a.data.is_dir():
        sys.exit(f"{a.data} does not exist: name the folder with --data")
    result = {}
    with tempfile.TemporaryDirectory() as tmp:
        for name, arguments in sources(a.data, pathlib.Path(tmp)):
            done = [scanned(arguments, core, pathlib.Path(tmp, "report.jsonl")) for core in ("on", "off")]
            result[name] = {
                "lines": done[0][2], "same": done[0][1] == done[1][1], "cpu_s": {tool: spent for tool, _, _, spent in done},
            }  # fmt: skip
            print(name, result[name], flush=True)
    a.json.write_text(json.dumps(result, indent=1) + "\n")
    sys.exit(not all(r["same"] for r in result.values()))


if __name__ == "__main__":
    main()
