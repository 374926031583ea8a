"""Kill a run that writes every report format at random moments: each file is the old one or the new one, never a torn one.

usage: python benchmarks/report_kills.py [KILLS]; writes benchmarks/results/report_kills.json
"""

import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from report_rows import verdicts

from listing_preflight.cli.options import Options
from listing_preflight.cli.outputs import Outputs
from listing_preflight.reports.formats import FORMATS
from listing_preflight.reports.run import RunInfo, Summary, Telling

OUT = Path(__file__).parent / "results/report_kills.json"
FINDINGS = 300
OLD = b"the old report\n"


def write(folder: str) -> None:
    """All formats, again and again, until somebody ends it; a line on standard output says that it begins."""
    made = list(verdicts(FINDINGS))
    run = RunInfo(
        tool="listing-preflight",
        version="0",
        lists=({"name": "x", "version": None, "date": None, "digest": "", "marks": 1, "works": 0},),
    )
    outputs = tuple((form, f"{folder}/r.{form}") for form in FORMATS)
    print("begins", flush=True)
    while True:
        summary = Summary()
        with Outputs(Options(stdout_format="jsonl", lang="en", output=outputs), lambda _, __: Telling()) as out:
            for one in out.all:
                one.begin(run)
            for verdict in made:
                summary.count(verdict)
                for one in out.all:
                    one.add(verdict)
            for one in out.all:
                one.end(summary)


def state(path: Path) -> str:
    """old, new or torn."""
    data = path.read_bytes()
    if data == OLD:
        return "old"
    if path.suffix == ".xlsx":
        return "new" if zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None else "torn"
    ends = {
        ".text": b"low.\n", ".jsonl": b"}\n", ".json": b"}\n", ".sarif": b"]}\n", ".junit": b"</testsuites>\n", ".csv": b"\n",
        ".html": b"</html>\n", ".markdown": b"\n", ".github": b"\n", ".gitlab": b"]\n",
    }  # fmt: skip
    whole = data.endswith(ends[path.suffix]) or data.endswith(b"</html>")
    if path.suffix == ".jsonl":
        whole = whole and json.loads(data.splitlines()[-1])["type"] == "summary"
    if path.suffix in (".json", ".sarif", ".gitlab"):
        json.loads(data)
    if path.suffix == ".csv":
        whole = data.count(b"\n") == FINDINGS + 1
    return "new" if whole else "torn"


def main() -> None:
    """Begin, wait a random while, kill, look."""
    if len(sys.argv) == 3:
        write(sys.argv[2])
        return
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(16)
    met: Counter[str] = Counter()
    left = 0
    for _ in range(kills):
        with tempfile.TemporaryDirectory() as folder:
            for form in FORMATS:
                Path(folder, f"r.{form}").write_bytes(OLD)
            child = subprocess.Popen([sys.executable, __file__, "write", folder], stdout=subprocess.PIPE)
            assert child.stdout is not None
            child.stdout.readline()
            drain = subprocess.Popen(["cat"], stdin=child.stdout, stdout=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, 1.5))
            child.kill()
            child.wait()
            drain.wait()
            met.update(state(Path(folder, f"r.{form}")) for form in FORMATS)
            left += len(list(Path(folder).glob(".*.part")))
    found = {
        "kills": kills,
        "files": kills * len(FORMATS),
        "old": met["old"],
        "new": met["new"],
        "torn": met["torn"],
        "parts_left_beside": left,
    }
    print(json.dumps(found))
    OUT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
