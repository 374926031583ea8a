"""Write docs/sizing.md: what catalogues and lists cost on paper, every figure reckoned from one that was measured."""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/sizing.md"
PRICE = 0.04
CATALOGUES = {"1 million": 1e6, "100 million": 1e8, "10 billion": 1e10}


def result(name):
    return json.loads((ROOT / f"benchmarks/results/{name}.json").read_text("utf-8"))


def hours(seconds):
    value = seconds / 3600
    return f"{value:,.0f} h" if value >= 10 else f"{value:.1f} h"


def money(seconds):
    value = seconds / 3600 * PRICE
    return f"{value:,.0f}" if value >= 10 else f"{value:.2f}"


def page():
    speed, registers = result("scan_speed"), result("register_scale")["marks"]
    start = speed["start_cpu_seconds"]
    each = (speed["once"]["cpu_seconds"] - start) / speed["once"]["listings"]
    spark = result("long_runs")["spark"]
    million, four = registers["1000000"], registers["4000000"]
    layer = {"10,000": 0.0, "4 million": 1 / four["speed"]["per_s"]["ours"], "40 million": 1 / four["speed"]["per_s"]["ours"]}
    rows = []
    for catalogue, count in CATALOGUES.items():
        for marks, more in layer.items():
            spent = count * (each + more)
            rows.append(f"| {catalogue} | {marks} | {hours(spent)} | {money(spent)} |")
    table = "\n".join(rows)
    return f"""# Sizing: what a catalogue costs

Made by `scripts/make_sizing.py` from `benchmarks/results`; nothing here was measured at the size that it speaks of. Text alone, listings of 3 KB that name 8.5 brands each, none of which repeats
(25,000 of which nine in ten repeat cost {speed["ten_times_over"]["cpu_seconds"] / speed["once"]["cpu_seconds"]:.1f} times what 2,500 cost, not ten times). Money at {PRICE} USD a core hour: put in your own price.

| listings | marks | CPU | USD |
|---|---|---|---|
{table}

| what it rests on | measured | where |
|---|---|---|
| a listing against 10,000 brands | {each * 1000:.1f} ms of CPU | `scan_speed.json`: ({speed["once"]["cpu_seconds"]} − {start}) s for {speed["once"]["listings"]:,} listings |
| a register beside it | {1000 / four["speed"]["per_s"]["ours"]:.2f} ms a listing with 4 million marks, {1000 / million["speed"]["per_s"]["ours"]:.2f} with 1 million | `register_scale.json`, warm, matching alone: what more there is to judge is not in it; taken as the same for 40 million, which is not measured |
| start of a run | {start} s of CPU | `scan_speed.json` |

* **Spark** costs {spark["ratio"]:.1f} times the CPU of own workers over {spark["listings"]:,} listings, the start of Java and all that it does beside the judging in it; at the sizes of the
  table that is not measured ([figures](benchmarks.md)).
* **Memory**: a compiled register is {four["build_ours"]["file_mb"]:,.0f} MB on disk with 4 million marks
  and is mapped, of which a process touched {four["memory"]["touched_mb"]} MB over 800 listings. By that rule 40 million marks are a file of {four["build_ours"]["file_mb"] * 10 / 1000:.1f} GB.
* **Compiling** 4 million marks takes {four["build_ours"]["cpu_s"]} s of CPU and {four["build_ours"]["peak_mb"]:,} MB; 40 million, were it to grow in step, {four["build_ours"]["cpu_s"] * 10 / 60:.0f} minutes.
* **Exchange between workers**: no listing. Digests of paragraphs from the blocks of 2,048 rows that lie in two partitions, at most two such blocks a partition.
* **Pictures** are not in the table: what matters there is how many are distinct ([figures](benchmarks.md)).
* Hours of CPU divide by the cores: judging is all of the cost, and listings do not wait for each other.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
