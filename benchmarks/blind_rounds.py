"""Score the rounds of cases that others wrote without sight of the program (fixtures/cases/blind), by verdict and by subject.

usage: benchmarks/blind_rounds.py [--round NAME] [--show] [--json OUT]

`first look` is what a round came out with before anything was changed for it; it is recorded once in the results and kept.
"""

import argparse
import collections
import json
import pathlib
import tempfile

from click.testing import CliRunner

from listing_preflight.cli.main import cli

HERE = pathlib.Path(__file__).parent
FOLDER = HERE.parent / "fixtures/cases/blind"
RANK = {"none": 0, "low": 1, "medium": 2, "high": 3}
NAMES = {v: k for k, v in RANK.items()}
MET = {"high": (3,), "medium": (2,), "low": (0, 1), "none": (0,)}
DAY = "2026-11-29"


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def run(arguments):
    """One run of the command in this process: a round asks for some ten, and a fresh start costs more than the judging."""
    done = CliRunner().invoke(cli, arguments, obj=arguments, catch_exceptions=False)
    if done.exit_code:
        raise SystemExit(f"{' '.join(arguments)}: exit code {done.exit_code}\n{done.output}")


def found(folder):
    """Listing id → name of a mark → the rank of its finding."""
    cases = {c["id"]: c for c in lines(folder / "expected.jsonl")}
    parts = collections.defaultdict(list)
    for row in lines(folder / "listings.jsonl"):
        parts[cases[row["id"]].get("seller_file")].append(row)
    out = collections.defaultdict(dict)
    with tempfile.TemporaryDirectory() as tmp:
        for seller, rows in parts.items():
            source, report = pathlib.Path(tmp, "part.jsonl"), pathlib.Path(tmp, "report.jsonl")
            source.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
            run(["scan", str(source), "-w", str(folder / "marks.jsonl"), "-q", "-o", f"jsonl:{report}", "--date", DAY,
                 "--fail-on", "never", "--allow-incomplete", "--no-images",
                 *(["--seller", str(folder / seller)] if seller else [])])  # fmt: skip
            for row in lines(report):
                for finding in row.get("findings", ()) if row["type"] == "listing" else ():
                    name = finding.get("mark", {}).get("name")
                    if name:
                        out[row["id"]][name] = max(RANK[finding["severity"]], out[row["id"]].get(name, 0))
    return out


def misses(folder):
    """Every expectation that is not met: (listing, mark, expected, got, group, reason), and the count of all by verdict and group."""
    seen, missed = found(folder), []
    total, groups = collections.Counter(), collections.Counter()
    for case in lines(folder / "expected.jsonl"):
        for e in case["expected"]:
            got = seen[case["id"]].get(e["mark"], 0)
            total[e["verdict"]] += 1
            groups[case["group"]] += 1
            if got not in MET[e["verdict"]]:
                missed.append((case["id"], e["mark"], e["verdict"], NAMES[got], case["group"], e["reason"]))
    return missed, total, groups


def rounds():
    return sorted(d for d in FOLDER.iterdir() if (d / "expected.jsonl").exists())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--round", default="")
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/blind-rounds.json")
    a = ap.parse_args()
    result = json.loads(a.json.read_text()) if a.json.exists() else {}
    for folder in rounds():
        if a.round not in folder.name:
            continue
        missed, total, groups = misses(folder)
        wrong = collections.Counter(m[2] for m in missed)
        bad = collections.Counter(m[4] for m in missed)
        score = {v: [total[v] - wrong[v], total[v]] for v in ("high", "medium", "low", "none")}
        entry = result.setdefault(folder.name, {"first look": score})
        entry["now"] = score
        entry["now by subject"] = {g: [n - bad[g], n] for g, n in sorted(groups.items())}
        print(folder.name, {v: f"{m}/{n} = {m / n:.0%}" for v, (m, n) in score.items() if n})
        if a.show:
            print(*(" | ".join(m) for m in missed), sep="\n")
    a.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
