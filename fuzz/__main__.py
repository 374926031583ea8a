"""Fuzz every target in turn, each in a process of its own, for so many minutes in all; adds up in benchmarks/results/fuzz.json.

Crashes are kept in `.fuzz/`, first input of each kind, with what was raised; `python -m fuzz --again FILE` runs one once more.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path

from fuzz.target import ROOT, attempt

RESULT = ROOT / "benchmarks/results/fuzz.json"
KEPT = ROOT / ".fuzz"
GRACE = 90
"""Seconds beyond its time after which a target that does not end hangs."""


def commit():
    """The commit that is run, and whether anything differs from it."""
    said = [subprocess.run(["git", *a], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
            for a in (["rev-parse", "HEAD"], ["status", "--porcelain", "src", "fuzz"])]  # fmt: skip
    return said[0] + (" with changes" if said[1] else "")


def fuzzed(name, seconds, engine, seed):
    """One target in a process of its own; a process that dies or hangs is a crash as well."""
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "told.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "fuzz.one", name, "--seconds", str(seconds), "--folder", str(folder),
               "--engine", engine, "--seed", str(seed)]  # fmt: skip
    end = "died"
    try:
        code = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=seconds + GRACE, check=False
        )
        end = f"died with {code.returncode}: {code.stderr.decode(errors='replace')[-300:]}"
    except subprocess.TimeoutExpired:
        end = "hung"
    if (folder / "told.json").is_file():
        return json.loads((folder / "told.json").read_text("utf-8"))
    return {"calls": 0, "cpu_s": 0, "peak_mb": 0, "crashes": {end: {"input": f"{name}/last", "said": ""}}}


def added(before, told):
    """The sums of two runs of one target."""
    return {"calls": before.get("calls", 0) + told["calls"], "cpu_s": round(before.get("cpu_s", 0) + told["cpu_s"], 1),
            "peak_mb": max(before.get("peak_mb", 0), told["peak_mb"])}  # fmt: skip


def main():
    from fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", action="append", choices=list(TARGETS))
    parser.add_argument(
        "--engine",
        choices=("atheris", "mutations"),
        default="atheris" if importlib.util.find_spec("atheris") else "mutations",
    )
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10**6)
    parser.add_argument("--again", type=Path)
    given = parser.parse_args()
    if given.again:
        name = max((n for n in TARGETS if given.again.name.startswith(n) or given.again.parent.name == n), key=len)
        KEPT.mkdir(exist_ok=True)
        fault = attempt(TARGETS[name], given.again.read_bytes(), KEPT)
        if fault:
            raise fault
        return
    names = given.target or list(TARGETS)
    seconds, now = given.minutes * 60 / len(names), commit()
    crashes = 0
    for number, name in enumerate(names):
        told = fuzzed(name, seconds, given.engine, given.seed + number)
        out = json.loads(RESULT.read_text("utf-8")) if RESULT.is_file() else {"commits": {}}
        of_commit = out["commits"].setdefault(now, {"cpu_hours": 0, "uncaught": {}, "targets": {}})
        of_commit["engine"] = given.engine
        of_commit["targets"][name] = added(of_commit["targets"].get(name, {}), told)
        of_commit["cpu_hours"] = round(sum(t["cpu_s"] for t in of_commit["targets"].values()) / 3600, 3)
        for crash, first in told["crashes"].items():
            of_commit["uncaught"][f"{name}: {crash}"] = first["said"]
        RESULT.write_text(json.dumps(out, indent=2, ensure_ascii=True) + "\n", "utf-8")
        crashes += len(told["crashes"])
        print(
            f"{name:18} {told['calls']:9} calls {told['cpu_s']:7.1f} s {told['peak_mb']:5} MB  {'; '.join(told['crashes']) or 'sound'}",
            flush=True,
        )
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
