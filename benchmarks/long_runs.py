"""Long runs: poisoned listings, kills, lists that change, memory over many listings, and Spark beside the program's own workers.

usage: benchmarks/long_runs.py poison|forks|kills|changed|changed_parts|memory|spark|spark_register|spark_poison [--listings N] [--poison N] [--kills N] [--data DIR]
Listings are those of 3 KB in DIR, each time with other ids and one changed word, so that none repeats. Every part writes its section
of benchmarks/results/long_runs.json. CPU seconds are those of all processes of a run. The program carries no hook for poison: a
sitecustomize on a path that only this script sets makes listings fail whose title says so.
"""

import argparse
import gzip
import hashlib
import itertools
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).parent
RESULTS = HERE / "results/long_runs.json"
DATA = HERE.parent.parent / "shared/data/text"
KINDS = {"exit": "crashed", "segfault": "crashed", "hang": "timed-out", "allocate": "over-limit", "recurse": "crashed"}
HOOK = """
import os, signal, sys, time
def take(word):
    if word == "exit": os._exit(9)
    if word == "segfault": os.kill(os.getpid(), signal.SIGSEGV)
    if word == "hang": time.sleep(3600)
    if word == "allocate": return bytearray(4 << 30)
    return take(word)
def poison(scan):
    from listing_preflight.running import supervisor
    supervisor.SECONDS = float(os.environ.get("POISON_SECONDS", "5"))
    real = scan.Engine._judged
    def judged(self, listing, seen, texts):
        title = listing.first("title")
        if title.startswith("POISON "): take(title.split()[1])
        return real(self, listing, seen, texts)
    scan.Engine._judged = judged
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name != "listing_preflight.scan": return None
        sys.meta_path.remove(self)
        import importlib.util
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module
        def exec_module(module): load(module); poison(module)
        spec.loader.exec_module = exec_module
        return spec
sys.meta_path.insert(0, Finder())
"""


def sources(data):
    return [json.loads(line) for line in gzip.open(data / "listings_3kb.jsonl.gz", "rt", encoding="utf-8")]


def rows(data, count):
    """So many listings of 3 KB of which no two are the same: other ids, one word of the title changed."""
    base = sources(data)
    for n in range(count):
        row = dict(base[n % len(base)])
        row["id"], row["title"] = f"{row['id']}-{n}", f"{row['title']} no{n}x"
        yield row


def write(path, items):
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in items)


def brands(data, folder):
    path = folder / "brands.jsonl"
    path.write_bytes(gzip.decompress((data / "brands_10k.jsonl.gz").read_bytes()))
    return path


def command(folder, listings, lists, out, *extra):
    return [sys.executable, "-m", "listing_preflight.cli.main", "scan", str(folder / listings), "-w", str(lists), "-q", "-o", f"jsonl:{folder / out}",
            "--fail-on", "never", "--marketplace", "amazon.com", "--date", "2026-11-29", "--allow-incomplete", *extra]  # fmt: skip


def cpu(args, **more):
    """CPU seconds of a command with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(args, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 5):
        sys.exit(f"exit {done.returncode}: {done.stderr[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def hook(folder):
    """What makes listings fail, on a path that only this script names."""
    (folder / "hook").mkdir()
    (folder / "hook/sitecustomize.py").write_text(HOOK)


def mixture(good, count, chance):
    """Rows with poison of every kind among them."""
    mixed = list(good)
    for n in range(count):
        word = list(KINDS)[n % len(KINDS)]
        mixed.insert(chance.randrange(len(mixed) + 1), {"id": f"P-{word}-{n}", "title": f"POISON {word}"})
    return mixed


def poisoned(told, same, mixed):
    """Whether exactly the poison is a gap; `told` and `same`: the lines with and without it, by id."""
    gaps = {i: [g["kind"] for g in r["gaps"]] for i, r in told.items() if r["gaps"]}
    wanted = {r["id"]: [KINDS[r["id"].split("-")[1]]] for r in mixed if r["id"].startswith("P-")}
    alike = sum([f["fingerprint"] for f in told[i]["findings"]] == [f["fingerprint"] for f in r["findings"]] for i, r in same.items())
    return {"poison": len(wanted), "gaps": len(gaps), "gaps_as_poisoned": gaps == wanted, "others_as_without_poison": alike}


def poison(a, folder):
    lists = brands(a.data, folder)
    hook(folder)
    good = list(rows(a.data, a.listings))
    mixed = mixture(good, a.poison, random.Random(1))
    write(folder / "clean.jsonl", good)
    write(folder / "mixed.jsonl", mixed)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "hook"), *filter(None, [os.environ.get("PYTHONPATH")])]), "POISON_SECONDS": str(a.seconds)}
    write(folder / "few.jsonl", good[:200])
    cpu(command(folder, "few.jsonl", lists, "warm.report", "--workers", "2"), env=env)  # lists are compiled once, in the cache
    clean = cpu(command(folder, "clean.jsonl", lists, "clean.report", "--workers", "2"), env=env)
    spoilt = cpu(command(folder, "mixed.jsonl", lists, "mixed.report", "--workers", "2"), env=env)
    told, same = ({r["id"]: r for r in map(json.loads, (folder / f"{name}.report").open()) if r["type"] == "listing"} for name in ("mixed", "clean"))
    return {"listings": a.listings, **poisoned(told, same, mixed), "cpu_seconds": {"clean": round(clean, 2), "poisoned": round(spoilt, 2)},
            "more_cpu": round(spoilt / clean - 1, 4), "limit_more_cpu": 0.05,
            "cpu_seconds_a_poison": round((spoilt - clean) / max(1, a.poison), 4), "silence_seconds": a.seconds}  # fmt: skip


def forks(a, folder):
    """What a forked worker costs beside the judging: CPU of a fork that judges so many listings, less what they cost in the process itself."""
    import datetime

    from listing_preflight.engine import Beforehand
    from listing_preflight.readers.catalog import read_path
    from listing_preflight.readers.options import ReadOptions
    from listing_preflight.scan import Engine, Settings, settle
    from listing_preflight.watchlists.index import open_lists

    found = open_lists([brands(a.data, folder)], keep=True, say=lambda _: None)
    engine = Engine(Settings(lists=found.lists, index=found.index, day=datetime.date(2026, 11, 29), marketplaces=("amazon.com",)))
    write(folder / "l.jsonl", rows(a.data, 2000))
    jobs = [(listing, Beforehand((), 0, ())) for listing in read_path(folder / "l.jsonl", "l.jsonl", ReadOptions())]

    def judge(some):
        for n in range(0, len(some), 16):
            engine.check(some[n : n + 16])

    def forked(some):
        pid = os.fork()
        if not pid:
            judge(some)
            os._exit(0)
        used = os.wait4(pid, 0)[2]
        return (used.ru_utime + used.ru_stime) * 1e3

    out = {}
    engine.warm()
    for known in (0, 192):  # what lessons teach, in all
        judge(jobs[:known])
        settle()
        out[f"knows_{known}"] = {str(n): round(min(forked(jobs[at : at + n]) for at in (1000, 1200, 1400)), 1) for n in (0, 1, 16, 64)}
    before = time.process_time()
    judge(jobs[400:656])
    out["steady"] = round((time.process_time() - before) / 256 * 1e3, 2)
    return {"milliseconds_of_cpu_by_jobs": out}


def kills(a, folder):
    lists = folder / "marks.yaml"
    lists.write_text("marks:\n  - {name: Quorvane}\n  - {name: Veltora, classes: [25], territories: [US], status: registered}\n")
    write(folder / "l.jsonl", ({"id": f"S{n}", "title": f"Quorvane bag {n}", "description": f"Veltora look, number {n} of many. " * 20} for n in range(a.listings)))
    began = time.monotonic()
    cpu(command(folder, "l.jsonl", lists, "whole.report"))
    whole, length = (folder / "whole.report").read_bytes(), time.monotonic() - began
    resumed = command(folder, "l.jsonl", lists, "again.report", "--resume", str(folder / "run"))
    chance, same, torn, killed, rounds = random.Random(2), 0, 0, 0, 0
    while killed < a.kills:
        rounds += 1
        for file in [*(folder / "run").rglob("*.chunk"), *(folder / "run").rglob("*.part")]:
            file.unlink()
        (folder / "again.report").unlink(missing_ok=True)
        last = chance.randint(1, 3)  # so often is it killed before it may come to its end
        for number in range(last + 1):
            run = subprocess.Popen(resumed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                run.wait(chance.uniform(0.05, 1.0) * length if number < last else None)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                killed += 1
            run.wait()
            torn += (folder / "again.report").exists() and (folder / "again.report").read_bytes() != whole
            if run.returncode == 0:
                break
        same += (folder / "again.report").read_bytes() == whole
    return {"listings": a.listings, "kills": killed, "resumed_runs": rounds, "identical": same, "torn_files": torn}


def children(pid):
    try:
        near = [int(x) for t in pathlib.Path(f"/proc/{pid}/task").iterdir() for x in (t / "children").read_text().split()]
    except OSError:
        return []
    return near + [x for one in near for x in children(one)]


def megabytes(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / (1 << 20)
    except (OSError, IndexError):
        return 0.0


def ticks(pid):
    try:
        parts = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return 0.0


def name_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def watched(args, every=1.0, **more):
    """Run a command; CPU seconds of each process of its tree as sampled, and resident megabytes of each process over time."""
    run = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more)
    spent, sizes, names, done = {}, {}, {}, threading.Event()

    def look():
        while not done.wait(every):
            for pid in [run.pid, *children(run.pid)]:
                spent[pid] = max(spent.get(pid, 0), ticks(pid))
                sizes.setdefault(pid, []).append(megabytes(pid))
                names[pid] = name_of(pid) or names.get(pid, "")  # a shell becomes what it starts

    watcher = threading.Thread(target=look)
    watcher.start()
    _, said = run.communicate()
    done.set()
    watcher.join()
    if run.returncode not in (0, 5):
        sys.exit(f"exit {run.returncode}: {said[-3000:]}")
    return run.pid, spent, sizes, names


def memory(a, folder):
    lists = folder / "marks.yaml"
    lists.write_text("marks:\n  - {name: Quorvane}\n  - {name: Veltora, classes: [25], territories: [US], status: registered}\n")
    write(folder / "l.jsonl", ({"id": f"S{n}", "title": f"Bag number {n}", "description": f"Two pockets and a lining for number {n} of many."} for n in range(a.listings)))
    pid, spent, sizes, _ = watched(command(folder, "l.jsonl", lists, "report", "--workers", "2"), every=0.5)
    track = sizes[pid]
    early = max(track[: max(1, len(track) // 10)])
    return {"listings": a.listings, "parent_mb": {"first_tenth": round(early, 1), "most_after": round(max(track[len(track) // 10 :]), 1)},
            "grown_mb": round(max(track[len(track) // 10 :]) - early, 1), "limit_mb": 50, "cpu_seconds": round(sum(spent.values()), 1)}  # fmt: skip


def coined(chance, count):
    """So many names that nobody bears."""
    parts = ["".join(chance.choices("bdfgklmnprstvz", k=1) + chance.choices("aeiou", k=1)) for _ in range(4 * count)]
    return [f"{''.join(parts[4 * n : 4 * n + 4]).capitalize()}ex" for n in range(count)]


def changed(a, folder):
    """Both full scans are of the first `sample` listings, whose findings are compared; the changed scan is of these and of all."""
    lists, names = brands(a.data, folder), coined(random.Random(3), a.marks)
    lines = lists.read_text("utf-8").splitlines()
    added = [json.dumps({"id": f"added-{n}", "name": name, "common_word": False}) for n, name in enumerate(names)]
    (folder / "new.jsonl").write_text("\n".join([*lines, *added]) + "\n", "utf-8")
    named = (  # one listing of so many names one of the new marks
        row if n % a.touched else {**row, "title": f"{names[n // a.touched % len(names)]} {row['title']}"}
        for n, row in enumerate(rows(a.data, a.listings))
    )
    sample = list(itertools.islice(named, a.sample))
    write(folder / "sample.jsonl", sample)
    write(folder / "l.jsonl", itertools.chain(sample, named))
    write(folder / "few.jsonl", [{"id": "A", "title": "Bag"}])
    for one in (lists, folder / "new.jsonl"):  # lists are compiled once, in the cache
        cpu(command(folder, "few.jsonl", one, "few.report"))
    since, new = ("--only-changed-since", str(lists)), folder / "new.jsonl"
    start, start_of_changed = cpu(command(folder, "few.jsonl", new, "few.report")), cpu(command(folder, "few.jsonl", new, "few.report", *since))
    full = cpu(command(folder, "sample.jsonl", new, "new.report"))
    part = cpu(command(folder, "l.jsonl", new, "some.report", *since))
    full_again = cpu(command(folder, "sample.jsonl", new, "new.report"))
    cpu(command(folder, "sample.jsonl", lists, "old.report"))
    told = {name: {r["id"]: records(r) for r in map(json.loads, (folder / f"{name}.report").open()) if r["type"] == "listing" and r["findings"]}
            for name in ("old", "new", "some")}  # fmt: skip
    differ = {r["id"]: [f for f in told["new"].get(r["id"], ()) if f not in told["old"].get(r["id"], ())] for r in sample}
    with (folder / "some.report").open("rb") as report:
        summary = json.loads(report.readlines()[-1])
    each = ((full + full_again) / 2 - start) / a.sample
    whole = start + each * a.listings
    return {"listings": a.listings, "marks": len(lines), "marks_added": a.marks, "one_touched_of": a.touched, "sample": a.sample,
            "differing_findings_in_sample": sum(map(len, differ.values())), "sample_exact": sum(told["some"].get(i, []) == f for i, f in differ.items()),
            "told": sum(map(len, told["some"].values())), "listings_told": len(told["some"]), "not_rechecked": summary["not_rechecked"],
            "cpu_seconds": {"full_sample": [round(full, 1), round(full_again, 1)], "full_start": round(start, 2), "full_reckoned": round(whole, 1),
                            "changed": round(part, 2), "start_of_changed": round(start_of_changed, 2)},
            "microseconds_a_listing": {"full": round(each * 1e6), "changed": round((part - start_of_changed) / a.listings * 1e6, 1)},
            "share_of_cpu": round(part / whole, 4), "limit_share": 0.01}  # fmt: skip


def changed_parts(a, folder):
    """What each step of a scan of what changed costs a listing that no changed mark can touch, in this process, best of three."""
    from listing_preflight.cli import changed as changes
    from listing_preflight.cli import touching
    from listing_preflight.cli.glancing import Glance
    from listing_preflight.lengths import bounded
    from listing_preflight.model.mark import Mark
    from listing_preflight.passages import counted
    from listing_preflight.readers import passing
    from listing_preflight.readers.catalog import read_path
    from listing_preflight.readers.options import ReadOptions
    from listing_preflight.running.judges import Here
    from listing_preflight.text import markup
    from listing_preflight.text.names import make_forms
    from listing_preflight.text.sift import sift_of
    from listing_preflight.text.stream import read
    from listing_preflight.text.tables import Tables
    from listing_preflight.text.vocabulary import vocabulary
    from listing_preflight.watchlists.index import open_lists
    from listing_preflight.watchlists.spellings import spellings

    path = folder / "l.jsonl"
    write(path, rows(a.data, a.listings))
    marks = [Mark(id=name, name=name, list="new") for name in coined(random.Random(3), a.marks)]
    glue = changes.glue_of(open_lists([brands(a.data, folder)], keep=True, say=lambda _: None).index)
    tables = Tables(make_forms(spellings(marks), vocabulary()), vocabulary())
    tables.glue |= glue
    looking = touching.Touching(marks, glue)
    sift, sieve, matcher = sift_of(tables, vocabulary()), looking.sieve, touching.IndexMatcher.over(tables, vocabulary())
    with path.open("rb") as file:
        chunks, glance = list(passing._chunks(file)), Glance(sieve, Here(looking))
    listings = list(map(bounded, read_path(path, path.name, ReadOptions())))
    lots = [listings[n : n + touching.LISTINGS] for n in range(0, len(listings), touching.LISTINGS)]
    texts = [[markup.text_of(t.value) for one in lot for t in one.texts] for lot in lots]
    steps = {
        "read": lambda: [0 for _ in map(bounded, read_path(path, path.name, ReadOptions()))],
        "paragraphs_counted": lambda: [0 for _ in counted(listings, lambda _: False)],
        "folded_alone": lambda: [read("\n".join(some)) for some in texts],
        "sifted_alone": lambda: [sift.sift(some) for some in texts],
        "lines_ruled_out": lambda: [glance(chunk)() for chunk in chunks],
        "listings_ruled_out": lambda: [sieve.left(lot) for lot in lots],
        "looked_through_by_the_matcher": lambda: [matcher.find_all(some) for some in texts],
    }
    took = {name: [] for name in steps}
    for _ in range(4):  # the first fills memos
        for name, step in steps.items():
            before = time.process_time()
            step()
            took[name].append((time.process_time() - before) / len(listings) * 1e6)
    left = sum(len(sieve.left(lot)) for lot in lots)
    return {"listings": len(listings), "left": left, "microseconds_a_listing": {name: round(min(some[1:]), 1) for name, some in took.items()}}


def records(row):
    """Findings of a line without what the name of a list changes."""
    out = []
    for found in row["findings"]:
        held = {key: {**found[key], "list": None} for key in ("mark", "work") if key in found}
        out.append(json.dumps({**found, **held, "cause": None}, sort_keys=True))
    return out


def shop(folder, name, some):
    """Rows as a folder of four Parquet files."""
    import pyarrow
    from pyarrow import parquet

    (folder / name).mkdir()
    keys = ("id", "title", "bullets", "description", "brand", "category")
    for part in range(4):
        mine = some[part * len(some) // 4 : (part + 1) * len(some) // 4]
        columns = {k: [r.get(k) for r in mine] for k in keys if any(r.get(k) for r in some)}
        parquet.write_table(pyarrow.table(columns), folder / f"{name}/part-{part}.parquet", row_group_size=500)


def submitted(folder, name, lists, out, *extra, **env):
    """Run the job over a shop in Spark local[2]; the CPU seconds and the peak of each process and their names."""
    told = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_DIRS": str(folder), **env,
            "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell"}  # fmt: skip
    job = [sys.executable, "-m", "listing_preflight.spark.submit", str(folder / name), str(folder / out), "-w", str(lists), "--marketplace", "amazon.com",
           "--date", "2026-11-29", "--fail-on", "never", "--allow-incomplete", *extra]  # fmt: skip
    _, spent, sizes, names = watched(job, env=told)
    return spent, {pid: max(s) for pid, s in sizes.items()}, names


def lines_of(folder):
    """The lines of a job's verdicts, one at a time."""
    from pyarrow import parquet

    for table in folder.rglob("*.parquet"):
        for some in parquet.ParquetFile(table).iter_batches(512, columns=["line"]):
            yield from some["line"].to_pylist()


def digest(line):
    return hashlib.blake2b(line.encode(), digest_size=16).digest()


def beside(folder, name, lists, count):
    """One shop by own workers and in Spark: CPU seconds of both, of Java alone, the largest processes, and whether the lines are the same."""
    _, own, sizes, _ = watched(command(folder, name, lists, f"{name}.report", "--workers", "2"))
    spent, peaks, names = submitted(folder, name, lists, f"{name}.out")
    with (folder / f"{name}.report").open(encoding="utf-8") as report:
        said = [digest(line.rstrip("\n")) for line in report]  # of 200,000 listings the lines are 2 GB
    python = [most for pid, most in peaks.items() if names.get(pid, "").startswith("python")]
    java = [most for pid, most in peaks.items() if names.get(pid, "") == "java"]
    return {"listings": count, "identical_lines": sorted(map(digest, lines_of(folder / f"{name}.out"))) == sorted(said[1:-1]),
            "own": sum(own.values()), "spark": sum(spent.values()), "java": sum(one for pid, one in spent.items() if names.get(pid, "") == "java"),
            "largest_python_process_mb": round(max(python, default=0), 1), "largest_java_process_mb": round(max(java, default=0), 1),
            "own_largest_mb": round(max(map(max, sizes.values())), 1)}  # fmt: skip


def spark(a, folder):
    """A small shop tells what a job costs before its first listing; what is left of the large one is told a listing."""
    lists = brands(a.data, folder)
    write(folder / "few.jsonl", rows(a.data, 1))
    cpu(command(folder, "few.jsonl", lists, "few.report"))  # lists are compiled once, in the cache
    few, many = min(1000, a.listings // 2), a.listings
    shop(folder, "small", list(rows(a.data, few)))
    shop(folder, "shop", list(rows(a.data, many)))
    small, whole = beside(folder, "small", lists, few), beside(folder, "shop", lists, many)
    each = {who: (whole[who] - small[who]) / (many - few) for who in ("own", "spark", "java")}
    seconds = {who: round(whole.pop(who), 1) for who in each}
    return {**whole, "cpu_seconds": {"own": seconds["own"], "spark": seconds["spark"]}, "java_cpu_seconds": seconds["java"],
            "ratio": round(seconds["spark"] / seconds["own"], 3), "limit_ratio": 1.2, "ratio_a_further_listing": round(each["spark"] / each["own"], 3),
            "milliseconds_a_further_listing": {who: round(one * 1e3, 2) for who, one in each.items()},
            "cpu_seconds_before_the_first_listing": {who: round(small[who] - each[who] * few, 1) for who in each}, "small": few}  # fmt: skip


def spark_register(a, folder):
    """What the largest Python process of a job holds with 10,000 brands, and with a register beside them."""
    import register_scale

    from listing_preflight.watchlists.index import compile_lists

    names = [brands(a.data, folder)]
    shop(folder, "shop", list(rows(a.data, a.listings)))
    register_scale.register(a.data, a.register, folder / "register.parquet")
    told = {}
    for name, some in (("brands", names), ("brands_and_register", [*names, folder / "register.parquet"])):
        compile_lists(some, folder / f"{name}.lcx")  # beforehand, so that no process of the job compiles
        _, peaks, called = submitted(folder, "shop", folder / f"{name}.lcx", f"{name}.out", "--shared-lists")
        told[name] = round(max(most for pid, most in peaks.items() if called.get(pid, "").startswith("python")), 1)
    return {"listings": a.listings, "register": a.register, "largest_python_process_mb": told,
            "more_mb": round(told["brands_and_register"] - told["brands"], 1), "limit_mb": 600, "limit_more_mb": 150}  # fmt: skip


def spark_poison(a, folder):
    lists, good, chance = brands(a.data, folder), list(rows(a.data, a.listings)), random.Random(5)
    hook(folder)
    env = {"PYTHONPATH": os.pathsep.join([str(folder / "hook"), *filter(None, [os.environ.get("PYTHONPATH")])]), "POISON_SECONDS": str(a.seconds)}
    mixed = mixture(good, a.poison, chance)
    shop(folder, "clean", good)
    shop(folder, "mixed", mixed)
    clean, spoilt = (sum(submitted(folder, name, lists, f"{name}.out", **env)[0].values()) for name in ("clean", "mixed"))
    told, same = ({r["id"]: r for r in map(json.loads, lines_of(folder / f"{name}.out"))} for name in ("mixed", "clean"))
    return {"listings": a.listings, **poisoned(told, same, mixed), "cpu_seconds": {"clean": round(clean, 1), "poisoned": round(spoilt, 1)},
            "more_cpu": round(spoilt / clean - 1, 4), "silence_seconds": a.seconds}  # fmt: skip


PARTS = {"poison": poison, "forks": forks, "kills": kills, "changed": changed, "changed_parts": changed_parts, "memory": memory, "spark": spark, "spark_register": spark_register, "spark_poison": spark_poison}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("part", choices=PARTS)
    ap.add_argument("--listings", type=int, default=2000)
    ap.add_argument("--poison", type=int, default=1000)
    ap.add_argument("--kills", type=int, default=300)
    ap.add_argument("--marks", type=int, default=2000)
    ap.add_argument("--register", type=int, default=1_000_000, help="marks of the register beside the brands")
    ap.add_argument("--touched", type=int, default=1000, help="one listing of so many names a changed mark")
    ap.add_argument("--sample", type=int, default=5000, help="listings that are scanned whole beside a scan of what changed")
    ap.add_argument("--seconds", type=float, default=5.0, help="silence after which a worker is ended")
    ap.add_argument("--data", type=pathlib.Path, default=DATA)
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PREFLIGHT_CACHE_DIR"] = str(pathlib.Path(folder) / "cache")
        found = PARTS[a.part](a, pathlib.Path(folder))
    told = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**told, a.part: found}, indent=1, sort_keys=True) + "\n", "utf-8")
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
