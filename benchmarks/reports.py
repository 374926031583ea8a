"""Size, time and memory of every report format at 100,000 findings, and how soon a browser shows 10,000 of them.

usage: python benchmarks/reports.py [FINDINGS]; writes benchmarks/results/reports.json
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from report_rows import verdicts

from listing_preflight.reports.formats import FORMATS
from listing_preflight.reports.registry import open_report
from listing_preflight.reports.run import RunInfo, Summary, Telling

OUT = Path(__file__).parent / "results/reports.json"
PAINT = 10_000
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()


def one(form: str, count: int, path: str) -> None:
    """Write one report in this process; what it cost goes to standard output."""
    summary = Summary()
    made = list(verdicts(count)) if count <= PAINT else verdicts(count)
    kind = FORMATS[form]
    with open(path, "wb") if kind.binary else open(path, "w", encoding="utf-8", newline="\n") as out:
        before = time.process_time()
        making = 0.0
        report = open_report(form, out, Telling())
        report.begin(
            RunInfo(
                tool="listing-preflight",
                version="0",
                lists=({"name": "x", "version": None, "date": None, "digest": "", "marks": 500, "works": 0},),
            )
        )
        at = time.process_time()
        for verdict in made:
            making += time.process_time() - at
            summary.count(verdict)
            report.add(verdict)
            at = time.process_time()
        report.end(summary)
    cpu = time.process_time() - before - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_s": round(cpu, 2), "bytes": os.path.getsize(path), "peak_mb": round(peak)}))


def paint(path: str) -> dict[str, object]:
    """What headless Chromium tells of a page: first paint, whole load, and a filter."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p, tempfile.TemporaryDirectory() as profile:
        context = p.chromium.launch_persistent_context(
            profile, executable_path=shutil.which("chromium"), headless=True, args=FLAGS
        )
        runs = []
        for _ in range(3):
            page = context.new_page()
            page.goto(Path(path).as_uri(), timeout=120_000)
            page.wait_for_function(
                "() => performance.getEntriesByName('first-contentful-paint').length", timeout=120_000
            )
            runs.append(
                page.evaluate("""() => {
                const at = performance.now(); const s = document.getElementById('s'); s.value = 'medium'; s.dispatchEvent(new Event('input'));
                document.body.offsetHeight; const filtered = performance.now() - at;
                const by = document.getElementById('by'); const then = performance.now(); by.value = 'listing'; by.dispatchEvent(new Event('input'));
                document.body.offsetHeight;
                return {first_paint_ms: Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime),
                        loaded_ms: Math.round(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd),
                        filter_ms: Math.round(filtered), regroup_ms: Math.round(performance.now() - then)};
            }""")
            )
            page.close()
        context.close()
    return {"findings": PAINT, "runs": runs}


def main() -> None:
    """Each format in a process of its own."""
    if len(sys.argv) == 4:
        one(sys.argv[1], int(sys.argv[2]), sys.argv[3])
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    found: dict[str, object] = {"findings": count, "formats": {}}
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            done = subprocess.run(
                [sys.executable, __file__, form, str(count), f"{folder}/r"], capture_output=True, text=True, check=True
            )
            found["formats"][form] = json.loads(done.stdout)  # type: ignore[index]
            print(form, done.stdout.strip(), flush=True)
        done = subprocess.run(
            [sys.executable, __file__, "html", str(PAINT), f"{folder}/p.html"],
            capture_output=True,
            text=True,
            check=True,
        )
        found["page"] = json.loads(done.stdout) | paint(f"{folder}/p.html")
        print(found["page"])
    OUT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
