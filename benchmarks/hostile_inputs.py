"""10,000 inputs with twelve kinds of damage through the command: each told once, the exit codes, clean output, memory.

Every folder is scanned by one worker and by two, in two formats that take turns; both have to give the same report.
Writes benchmarks/results/hostile_inputs.json.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.damaged import FORMATS, KINDS, faults, made, scanned

RESULT = Path(__file__).parent / "results/hostile_inputs.json"
IN_A_FOLDER = 250


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    given = parser.parse_args()
    began, codes, found, listings = time.time(), Counter(), [], Counter()
    for seed in range(given.inputs // IN_A_FOLDER):
        with tempfile.TemporaryDirectory() as name:
            folder, reports = Path(name), []
            rows, files = made(folder, IN_A_FOLDER, seed)
            for workers in (1, 2):
                form = FORMATS[(2 * seed + workers) % len(FORMATS)]
                told = scanned(folder, form, workers)
                found += [
                    f"folder {seed}, {workers} workers: {fault}" for fault in faults(folder, rows, files, form, told)
                ]
                codes[told[0]] += 1
                reports.append(told[3])
            if reports[0] != reports[1]:
                found.append(f"folder {seed}: two workers report otherwise than one")
            for line in reports[0].splitlines():
                listings[json.loads(line)["type"]] += 1
        print(f"{(seed + 1) * IN_A_FOLDER:6} inputs, {len(found)} faults", flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    out = {"inputs": given.inputs, "kinds": KINDS, "formats": FORMATS, "runs": codes.total(), "exit_codes": dict(codes), "results": dict(listings),
           "faults": found, "peak_mb_of_a_process": peak, "minutes": round((time.time() - began) / 60, 1)}  # fmt: skip
    if given.inputs >= 10_000:
        RESULT.write_text(json.dumps(out, indent=2, ensure_ascii=True) + "\n", "utf-8")
    print(json.dumps(out, indent=1))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
