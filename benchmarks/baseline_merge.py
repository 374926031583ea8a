"""How well baselines merge: 20 branches of 5 added and 5 removed findings on 2,000 entries, merged one after the other.

Counts the merges that conflict and whether the merged baseline holds what it must, for shard names of 3 and 4 digits.
Needs git; writes benchmarks/results/baseline_merge.json.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from listing_preflight.decisions import baseline_files
from listing_preflight.decisions.baseline import Entry, Parts, made

ENTRIES, BRANCHES, CHANGES, ROUNDS = 2_000, 20, 5, 5
RESULT = Path(__file__).parent / "results" / "baseline_merge.json"


def entry(number):
    return Entry(parts=Parts("TM001", "amazon.com", f"SKU-{number}", "brand", "identity"), accepted={"high": 1})


def git(folder, *args):
    given = ["git", "-C", str(folder), "-c", "user.name=bench", "-c", "user.email=bench@example.com", *args]
    return subprocess.run(given, capture_output=True, text=True, check=False)


def merged(folder, seed):
    """Conflicts among the merges, and whether the result is exact where none conflicted."""
    chance = random.Random(seed)
    numbers = list(range(ENTRIES))
    git(folder, "init", "-q", "-b", "main")
    baseline_files.write_baseline(folder / "base", made(map(entry, numbers)))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "start")
    gone, come = chance.sample(numbers, BRANCHES * CHANGES), list(range(ENTRIES, ENTRIES + BRANCHES * CHANGES))
    conflicts, expected = 0, set(numbers)
    for n in range(BRANCHES):
        mine = slice(n * CHANGES, (n + 1) * CHANGES)
        git(folder, "checkout", "-qb", f"b{n}", "main~0" if not n else "start")
        if not n:
            git(folder, "tag", "start")
        kept = [x for x in numbers if x not in gone[mine]] + come[mine]
        baseline_files.write_baseline(folder / "base", made(map(entry, kept)))
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", f"branch {n}")
    git(folder, "checkout", "-q", "main")
    for n in range(BRANCHES):
        mine = slice(n * CHANGES, (n + 1) * CHANGES)
        if git(folder, "merge", "-q", "-m", "merge", f"b{n}").returncode:
            conflicts += 1
            git(folder, "merge", "--abort")
        else:
            expected = (expected - set(gone[mine])) | set(come[mine])
    exact = baseline_files.read_baseline(folder / "base") == made(map(entry, expected))
    return conflicts, exact


def main():
    out = {"entries": ENTRIES, "branches": BRANCHES, "added_and_removed_each": CHANGES, "rounds": ROUNDS, "digits": {}}
    for digits in (3, 4):
        baseline_files.DIGITS = digits
        runs = []
        for seed in range(ROUNDS):
            with tempfile.TemporaryDirectory() as name:
                runs.append(merged(Path(name), seed))
        out["digits"][digits] = {"conflicts_of_20": [c for c, _ in runs], "exact": [e for _, e in runs]}
        print(digits, out["digits"][digits], file=sys.stderr)
    RESULT.write_text(json.dumps(out, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
