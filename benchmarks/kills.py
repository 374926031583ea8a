"""Kill, starve and unplug the commands that write over something: every file is the old or the new one, never a torn one.

300 signals at random moments (SIGKILL, SIGTERM, SIGINT in turn), 60 full disks (a limit on the size of files, hit at random places),
60 closed pipes. Writes benchmarks/results/kills.json.
"""

import argparse
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.made import LISTS
from listing_preflight.reports.formats import FORMATS

RESULT = Path(__file__).parent / "results/kills.json"
RUN = [sys.executable, "-m", "listing_preflight.cli.main"]
BAD = "Quellar 12 Pro Case Shockproof"
LIST = "marks:\n  - {id: quellar, name: Quellar, common_word: false, classes: [9], territories: [US], status: registered}\n"
REPORTS = [f"{kind}:out.{kind}" for kind in FORMATS]
COMMON = ["--no-progress", "--date", "2026-11-29"]
COMMANDS = {
    "scan": ["scan", "in.jsonl", "-w", "lists.yaml", "--no-images", "-f", "jsonl", *COMMON, *(x for r in REPORTS for x in ("-o", r))],
    "compile": ["watchlist", "compile", "lists.yaml", "-o", "out.lcx"],
    "fix": ["fix", "in.csv", "-o", "out.csv", "--accept", "safe", "-w", "fix.yaml", "--marketplace", "ebay.com", "--date", "2026-11-29"],
    "baseline": ["baseline", "create", "in.jsonl", "-w", "lists.yaml", "--no-images", "-o", "base", "--date", "2026-11-29"],
    "import": ["watchlist", "import", "csv", "register.csv", "--mapping", "mapping.yaml", "-o", "out.parquet"],
}  # fmt: skip


def made(folder):
    """Inputs of all commands."""
    rows = [
        {"id": f"S{n}", "marketplace": "amazon.com", "title": f"Zorvane shoes {n}", "description": "Brindlewok " * 40}
        for n in range(400)
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    cells = "".join(f"s{n},{BAD},Glintcase,Phone Cases\n" for n in range(300))
    (folder / "in.csv").write_text("SKU,Title,Brand,Category\n" + cells)
    (folder / "lists.yaml").write_text(LISTS, "utf-8")
    (folder / "fix.yaml").write_text(LIST)
    (folder / "mapping.yaml").write_text(
        'office: EM\ncolumns: {number: "no", name: mark, status: state, classes: nice}\n'
    )
    (folder / "register.csv").write_text(
        "no,mark,state,nice\n" + "".join(f"{n},Zorvella {n},registered,25\n" for n in range(20_000))
    )


def state(folder):
    """Every output with its bytes, drafts and parts of imports left out."""
    inputs = {"in.jsonl", "in.csv", "lists.yaml", "fix.yaml", "mapping.yaml", "register.csv"}
    paths = (
        p
        for p in folder.rglob("*")
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    return {str(p.relative_to(folder)): held(p) for p in paths if p.name not in inputs}


def held(path):
    """The bytes of a file; of a workbook those of its parts, as an archive has the time in it."""
    if path.suffix != ".xlsx" or not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()) if name != "docProps/core.xml")


def old(folder, new):
    """The folder as before: something else in the place of each output."""
    for name, data in new.items():
        place = folder / name
        place.parent.mkdir(exist_ok=True, parents=True)
        keeps = name.startswith("base")
        place.write_bytes(data if keeps else b"old\n")


def drafts(folder):
    return [p.name for p in folder.iterdir() if p.name.startswith(".") and not p.name.endswith(".parts")]


def torn(folder, before, new):
    """Outputs that are neither as before nor as after."""
    now = state(folder)
    return [
        name for name in now if now[name] not in (before.get(name), new.get(name)) and not is_partial(name, now[name])
    ]


def is_partial(name, data):
    """A whole report that says it is partial: how a run ends that was told to end."""
    if name.endswith(".jsonl"):
        lines = data.splitlines()
        return bool(lines) and json.loads(lines[-1]).get("complete") is False
    return None


def whole(name, data):
    """Whether the end of a report is there, where it ends before its last listing."""
    ends = {
        "text": b"\n",
        "jsonl": b"}\n",
        "json": b"}\n",
        "sarif": b"]}\n",
        "junit": b"</testsuites>\n",
        "csv": b"\n",
        "html": b"</html>",
        "markdown": b"\n",
        "github": b"\n",
        "gitlab": b"]\n",
    }
    if name.endswith(".xlsx"):
        return zipfile.is_zipfile(io.BytesIO(data))
    return data.endswith(ends[name.rpartition(".")[2]])


def environment(folder):
    return os.environ | {"PREFLIGHT_CACHE_DIR": str(folder / ".cache"), "PYTHONDONTWRITEBYTECODE": "1"}


def run(folder, name, **more):
    return subprocess.run(
        RUN + COMMANDS[name],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        check=False,
        **more,
    )


def killed(folder, name, before, new, lasts, number, chance):
    """One signal; what it left."""
    sent = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)[number % 3]
    child = subprocess.Popen(
        RUN + COMMANDS[name],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what runs in the background is deaf to it
    )
    time.sleep(chance.uniform(0.05, 1.05) * lasts)
    child.send_signal(sent)
    err = child.communicate(timeout=60)[1]
    ended = {"signal": sent.name, "code": child.returncode}
    bad = torn(folder, before, new)
    if (
        sent is not signal.SIGKILL and name == "scan"
    ):  # a report that was begun ends as one, and says that it is partial
        bad = [b for b in bad if not whole(b, (folder / b).read_bytes())]
    faults = [f"{name} {sent.name}: torn {bad}"] if bad else []
    if sent is not signal.SIGKILL:
        if b"Traceback" in err and b"listing_preflight/" in err and b"KeyboardInterrupt" not in err:
            faults.append(f"{name} {sent.name}: {err[-300:]!r}")
        faults += [f"{name} {sent.name}: left {left}" for left in drafts(folder) if left != ".cache"]
    for left in drafts(folder):
        if left != ".cache":
            (folder / left).unlink()
    return ended, faults


def full(folder, name, before, new, chance):
    """A disk that is full at a random size of a file."""
    most = chance.randrange(1, max(map(len, new.values())))
    ended = run(folder, name, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    bad = torn(folder, before, new)
    faults = [f"{name} at {most} bytes: torn {bad}"] if bad else []
    if b"Traceback" in ended.stderr or (ended.returncode == 0 and state(folder) != new):
        faults.append(f"{name} at {most} bytes: code {ended.returncode}, {ended.stderr[-300:]!r}")
    return ended.returncode, faults


def unplugged(folder, chance):
    """A reader of standard output that goes away."""
    form = chance.choice(("text", "jsonl", "json", "sarif", "csv"))
    command = RUN + [
        "scan",
        "in.jsonl",
        "-w",
        "lists.yaml",
        "--no-images",
        "-f",
        form,
        "-o",
        "jsonl:out.jsonl",
        *COMMON,
    ]
    child = subprocess.Popen(
        command, cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    child.stdout.read(chance.randrange(1, 60_000))
    child.stdout.close()
    err = child.stderr.read()
    code = child.wait(timeout=60)
    said = json.loads((folder / "out.jsonl").read_text().splitlines()[-1])
    good = code in (1, 130) and said["type"] == "summary" and b"Traceback" not in err
    return code, [] if good else [f"{form}: code {code}, {err[-200:]!r}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--command", action="append", choices=[*COMMANDS, "pipes"])
    given = parser.parse_args()
    chance, out, faults = random.Random(22), {}, []
    for name in [n for n in COMMANDS if n in (given.command or COMMANDS)]:
        with tempfile.TemporaryDirectory() as made_in:
            folder = Path(made_in)
            made(folder)
            run(folder, name)
            began = time.time()
            ended = run(folder, name)
            lasts, new = time.time() - began, state(folder)
            if not new:
                raise SystemExit(f"{name}: {ended.stderr.decode()}")
            codes, disks = Counter(), Counter()
            for number in range(given.kills // len(COMMANDS)):
                old(folder, new)
                told, bad = killed(folder, name, state(folder), new, lasts, number, chance)
                codes[f"{told['signal']} {told['code']}"] += 1
                faults += bad
            for _ in range(given.kills // 25):
                old(folder, new)
                code, bad = full(folder, name, state(folder), new, chance)
                disks[code] += 1
                faults += bad
            out[name] = {"kills": dict(sorted(codes.items())), "full_disks": dict(sorted(disks.items()))}
            print(name, out[name], faults, flush=True)
    with tempfile.TemporaryDirectory() as made_in:
        made(Path(made_in))
        pipes = Counter()
        for _ in range(given.kills // 5 if not given.command or "pipes" in given.command else 0):
            code, bad = unplugged(Path(made_in), chance)
            pipes[code] += 1
            faults += bad
    out["closed_pipes"] = dict(pipes)
    before = json.loads(RESULT.read_text("utf-8")) if given.command and RESULT.is_file() else {}
    counts = {k: v for k, v in before.items() if k not in ("kills", "torn_or_unclean")} | {
        k: v for k, v in out.items() if v
    }
    kills = sum(sum(v["kills"].values()) for v in counts.values() if "kills" in v)
    result = {"kills": kills, "torn_or_unclean": [*before.get("torn_or_unclean", []), *faults], **counts}
    if given.kills >= 300:
        RESULT.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(json.dumps(result, indent=1))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
