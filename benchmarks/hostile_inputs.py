"""10,000 inputs with twelve kinds of damage through the command: each told once, the exit codes, clean output, memory.

Every folder is scanned by one worker and by two, in two formats that take turns; both have to give the same report. The situations take
turns as well (options, lists), so that several codes of the table are met. `--codes`: a small folder in every situation, lists that are
damaged and blank files too, in every format, which one worker and two take turns at; all reports of a situation are the same. Writes benchmarks/results/hostile_inputs.json.
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

from fuzz.damaged import FILES_ALONE, FORMATS, KINDS, SITUATIONS, faults, made, scanned

RESULT = Path(__file__).parent / "results/hostile_inputs.json"
IN_A_FOLDER = 250
SMALL = 60
TURNS = [name for name, situation in SITUATIONS.items() if situation.inputs == "in" and situation.lists != "damaged.yaml"]
"""Situations in which the damaged inputs are scanned."""


def codes_of_all(wanted):
    """Every situation in every format, by one worker and by two in turns: the codes, and what was wrong."""
    codes, found = {}, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows, files = made(folder, SMALL, 3)
        for number, (called, situation) in enumerate(SITUATIONS.items()):
            if wanted and called != wanted:
                continue
            codes[called], reports = {}, set()
            for turn, form in enumerate((*FORMATS, *FILES_ALONE), number):
                workers = 1 + turn % 2
                told = scanned(folder, form, workers, situation)
                wrong = faults(folder, rows, files, form, told, situation)
                found += [f"{called}, {form}, {workers} workers: {fault}" for fault in wrong]
                codes[called][f"{form}, {workers}"] = told[0]
                reports.add(told[3])
            found += [f"{called}: the reports differ"] if len(reports) > 1 else []
            print(f"{called:40} {Counter(codes[called].values())} {len(found)} faults", flush=True)
    out = json.loads(RESULT.read_text("utf-8")) if RESULT.is_file() else {}
    before = out.get("every_code", {}).get("exit_codes_by_format_and_workers", {}) if wanted else {}
    out["every_code"] = {"exit_codes_by_format_and_workers": before | codes, "faults": found}
    RESULT.write_text(json.dumps(out, indent=2, ensure_ascii=True) + "\n", "utf-8")
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--codes", action="store_true")
    parser.add_argument("--situation", choices=list(SITUATIONS))
    given = parser.parse_args()
    if given.codes:
        sys.exit(codes_of_all(given.situation))
    began, codes, found, listings = time.time(), Counter(), [], Counter()
    for seed in range(given.inputs // IN_A_FOLDER):
        with tempfile.TemporaryDirectory() as name:
            folder, reports = Path(name), []
            rows, files = made(folder, IN_A_FOLDER, seed)
            called = TURNS[seed % len(TURNS)]
            for workers in (1, 2):
                form = FORMATS[(2 * seed + workers) % len(FORMATS)]
                told = scanned(folder, form, workers, SITUATIONS[called])
                wrong = faults(folder, rows, files, form, told, SITUATIONS[called])
                found += [f"folder {seed}, {called}, {workers} workers: {fault}" for fault in wrong]
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
        before = json.loads(RESULT.read_text("utf-8")) if RESULT.is_file() else {}
        out |= {key: before[key] for key in ("every_code",) if key in before}
        RESULT.write_text(json.dumps(out, indent=2, ensure_ascii=True) + "\n", "utf-8")
    print(json.dumps(out, indent=1))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
