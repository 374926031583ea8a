"""Inputs with twelve kinds of damage, and what a scan of them has to keep: each told once, the table of exit codes, clean output."""

import gzip
import io
import json
import random
import re
import subprocess
import sys
import time
import zipfile
from typing import NamedTuple

from fuzz.made import LISTS
from fuzz.target import FIXTURES

FORMATS = ("text", "jsonl", "json", "sarif", "junit", "csv", "markdown", "github", "gitlab")
FILES_ALONE = ("html", "xlsx")
"""Formats that are written to files only."""
ROWS_IN_A_FILE = 20
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")
_ENDS = {("clean", "whole"): 0, ("found", "whole"): 1, ("clean", "gaps"): 3, ("found", "gaps"): 4}
TITLES = (
    "Zorvane shoes",
    "wooden jug",
    "zorvanes dupe, 1:1",
    "Brindlewok for phones",
    "blue cup of stoneware",
    "Z0rvane\u200b shoes",
)


def row(number, chance):
    """A sound listing."""
    return {"id": f"S{number}", "marketplace": chance.choice(("amazon.com", "ebay.com", "amazon.de")),
            "title": chance.choice(TITLES), "brand": "Striderly", "bullets": ["light", "Quellar Sport"], "price": 12}  # fmt: skip


def _line(value):
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _changed(line, chance, alphabet):
    out = bytearray(line)
    for _ in range(chance.randrange(1, 5)):
        out[chance.randrange(len(out))] = chance.choice(alphabet)
    return bytes(out)


BYTES = bytes(b for b in range(256) if b not in b"\r\n")


def cut(value, chance):
    line = _line(value)
    return line[: chance.randrange(1, len(line))]


def flipped(value, chance):
    return _changed(_line(value), chance, BYTES)


def not_utf8(value, chance):
    return _changed(_line(value), chance, b"\xff\xfe\xed\xa0\x80\xc0\xf8")


def control(value, chance):
    signs = chance.choice(
        ("\x1b[2J\x1b]0;x\x07", "\x00\x01\x9b31m", "\u202eenavroZ\u202c", "\r\n::error::x", "##vso[x]", "\x7f\x85\x08")
    )
    return json.dumps(value | {"id": f"{value['id']}{signs}", "title": signs + value["title"], "brand": signs}).encode()


def deep(value, chance):
    depth = chance.choice((50, 600, 5000))
    return json.dumps(value)[:-1].encode() + b', "x": ' + b"[" * depth + b"]" * depth + b"}"


def numbers(value, chance):
    odd = chance.choice(("9" * 5000, "1e999", "-0", "NaN", "0x1", "1" * 40))
    return (
        json.dumps(value)[:-1].encode() + f', "{chance.choice(("title", "price", "id", "images"))}": {odd}}}'.encode()
    )


def shapes(value, chance):
    key = chance.choice(
        ("id", "title", "bullets", "images", "attributes", "seller", "marketplace", "brand", "description")
    )
    return _line(
        value
        | {
            key: chance.choice(
                (None, [], {}, "", [[]], {"a": {"b": 1}}, True, 3.5, "\ud800", "x" * 50_000, [None], {"": ""})
            )
        }
    )


ROW_KINDS = (cut, flipped, not_utf8, control, deep, numbers, shapes)


def exports(*patterns):
    return [f for p in patterns for f in sorted((FIXTURES / "exports").glob(p))]


def file_cut(chance):
    path = chance.choice(exports("*.*"))
    data = path.read_bytes()
    return path.suffix, data[: chance.randrange(len(data) * 3 // 4, len(data))]


def file_flipped(chance):
    path = chance.choice(exports("*.*"))
    return path.suffix, _changed(path.read_bytes(), chance, bytes(range(256)))


def file_encoded(chance):
    path = chance.choice(exports("*.csv", "*.tsv"))
    encoding = chance.choice(("utf-16", "utf-16-be", "utf-32", "utf-32-le", "gb18030", "cp1252"))
    data = path.read_bytes().decode("utf-8", "replace").encode(encoding, "replace")
    at = chance.randrange(len(data) * 3 // 4, len(data))  # a header alone holds nothing that could be missed
    return path.suffix, chance.choice((data[:at], data[:at] + b"\x00\xd8" + data[at:], data[at % 8 :]))


def container(chance):
    if chance.random() < 0.5:
        path = chance.choice(exports("*.xlsx", "*.ods", "*.parquet"))
        suffix, data = path.suffix, path.read_bytes()
    else:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.jsonl", _line(row(1, chance)))
            archive.writestr("b/../c.csv", "id,title\n1,Zorvane\n")
        suffix, data = chance.choice(
            ((".zip", held.getvalue()), (".gz", gzip.compress(_line(row(2, chance)), mtime=0)))
        )
    return suffix, chance.choice((data[: chance.randrange(1, len(data))], _changed(data, chance, bytes(range(256)))))


BOMB = (
    b"<!DOCTYPE x ["
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10 if n else b"ha") for n in range(9))
    + b"]><rss><channel><item><title>&a8;</title></item></channel></rss>"
)


def misnamed(chance):
    """What its name does not say: a bomb of entities, another format, text that is no listing, a picture."""
    path = chance.choice(exports("*.csv", "*.json", "*.xml"))
    return chance.choice((
        (".xml", BOMB), (".json", path.read_bytes()), (".xlsx", path.read_bytes()), (".csv", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        (".csv", b'"' * 3001), (".csv", b"a,b\n" + b"x" * 200_000), (".jsonl", b"[" * 20_000), (".xml", b"<a>" * 5000), (".parquet", b"PAR1" * 9),
    ))  # fmt: skip


FILE_KINDS = (file_cut, file_flipped, file_encoded, container, misnamed)
KINDS = tuple(k.__name__ for k in (*ROW_KINDS, *FILE_KINDS))


def kinds(count, seed):
    """The kinds of the inputs of a folder, one for each file of rows or row of files: three of the twelve, others with the next seed."""
    return [KINDS[(number + seed) % len(KINDS)] for number in range(0, count, ROWS_IN_A_FILE)]


def made(folder, count, seed):
    """A folder of so many damaged inputs; the lines of each file of rows, and the files that are one input each."""
    chance = random.Random(seed)
    rows, files, number = {}, [], 0
    (folder / "in").mkdir(parents=True)
    while number < count:
        kind = (*ROW_KINDS, *FILE_KINDS)[(number + seed) % len(KINDS)]
        if kind in ROW_KINDS:
            name = f"{len(rows):03}-{kind.__name__}.jsonl"
            lines = []
            for _ in range(min(ROWS_IN_A_FILE, count - number)):
                line = kind(row(number, chance), chance).strip(b"\r\n")
                lines.append(line if line.strip() else b"{")
                number += 1
            # a sound line first: what the file is does not hang on the damage
            (folder / "in" / name).write_bytes(b"\n".join([_line(row(f"first-{name}", chance)), *lines]) + b"\n")
            rows[name] = range(1, len(lines) + 2)
        else:
            for _ in range(min(ROWS_IN_A_FILE, count - number)):
                suffix, data = kind(chance)
                name = f"{number:05}-{kind.__name__}{suffix}"
                (folder / "in" / name).write_bytes(data)
                files.append(name)
                number += 1
    surroundings(folder)
    return rows, files


class Situation(NamedTuple):
    """What is scanned with which options: a list of names that stand in the inputs or not, or one that is damaged; all inputs, or blank files."""

    options: tuple[str, ...] = ()
    lists: str = "lists.yaml"
    inputs: str = "in"


SITUATIONS = {
    "as it is": Situation(),
    "gaps allowed": Situation(("--allow-incomplete",)),
    "no finding fails": Situation(("--fail-on", "never")),
    "no finding fails, gaps allowed": Situation(("--fail-on", "never", "--allow-incomplete")),
    "names of nobody here": Situation(lists="others.yaml"),
    "a damaged list": Situation(lists="damaged.yaml"),
    "blank files": Situation(inputs="blank"),
    "sound listings": Situation(inputs="sound"),
    "sound listings, names of nobody here": Situation(lists="others.yaml", inputs="sound"),
}
"""Together they end with every code of the table that damage can lead to: 0, 1, 2, 3, 4 and 5."""


def surroundings(folder):
    """What other situations than the damaged inputs are made of."""
    (folder / "lists.yaml").write_text(LISTS, "utf-8")
    (folder / "others.yaml").write_text("marks:\n  - {id: nobody, name: Ulvenquist}\n", "utf-8")
    (folder / "damaged.yaml").write_text(LISTS[: LISTS.rindex("classes:") + 10], "utf-8")
    (folder / "blank").mkdir()
    for name, blank in (("a.csv", ""), ("b.jsonl", "\n \n"), ("c.txt", "\ufeff"), ("d.csv", "id,title\n")):
        (folder / "blank" / name).write_text(blank, "utf-8")
    (folder / "sound").mkdir()
    rows = [row(n, random.Random(n)) | {"title": TITLES[n % 2]} for n in range(4)]
    (folder / "sound/a.jsonl").write_bytes(b"\n".join(map(_line, rows)))


def scanned(folder, form, workers, situation=SITUATIONS["as it is"]):
    """A scan of the folder as a user runs it: exit code, both streams, and the report."""
    report = folder / f"report-{form}-{workers}-{time.monotonic_ns()}.jsonl"
    command = [sys.executable, "-m", "listing_preflight.cli.main", "scan", situation.inputs, "-w", situation.lists, "--no-progress", "--no-images",
               "--workers", str(workers), "-o", f"jsonl:{report}", "--date", "2026-11-29", "--no-cache", *situation.options,
               *(("-o", f"{form}:{report}.{form}") if form in FILES_ALONE else ("-f", form))]  # fmt: skip
    ended = subprocess.run(command, cwd=folder, capture_output=True, timeout=600, check=False)
    return ended.returncode, ended.stdout, ended.stderr, report.read_bytes() if report.is_file() else b""


def faults(folder, rows, files, form, told, situation=SITUATIONS["as it is"]):
    """What a scan did not keep; empty where it kept all."""
    code, out, err, report = told
    found = [f"traceback: {err[-300:]!r}"] if b"Traceback" in err or code not in (0, 1, 2, 3, 4, 5) else []
    for name, stream in (("stdout", out), ("stderr", err)):
        text = stream.decode("utf-8", "backslashreplace")
        if sign := _CONTROL.search(text.replace("\r\n", "\n")):
            found.append(
                f"{form}: {name} holds {sign.group()!r} in {text[max(0, sign.start() - 60) : sign.end() + 20]!r}"
            )
    if situation.lists == "damaged.yaml":  # nothing is scanned, and the list is named with the line
        named = b"damaged.yaml:" in err and not report
        return [*found, *([] if code == 2 and named else [f"exit code {code}, not 2: {err[-300:]!r}"])]
    lines = [json.loads(line) for line in report.splitlines()]
    if not lines or lines[-1]["type"] != "summary":
        return [*found, f"no whole report: {err[-300:]!r}"]
    summary, seen = lines[-1], {}
    for one in lines[1:-1]:
        source = one["source"]
        seen.setdefault(source["file"].removeprefix(f"{situation.inputs}/").split("/")[0], []).append(source.get("row"))
    right = _right(summary, situation)
    found += [f"exit code {code}, not {right}"] if code != right else []
    if situation.inputs != "in":
        return found
    for name, wanted in rows.items():
        got = sorted(n for n in seen.get(name, []) if n is not None)
        if got != list(wanted):
            missing, twice = sorted(set(wanted) - set(got)), sorted({n for n in got if got.count(n) > 1})
            found.append(f"{name}: missing {missing}, twice {twice}, other {sorted(set(got) - set(wanted))}")
    found += [
        f"{name}: not told of" for name in files if name not in seen and (folder / "in" / name).read_bytes().strip()
    ]
    return found


def _right(summary, situation):
    """The exit code of the table for what a report sums up."""
    if not summary["listings"] and summary["complete"]:
        return 5
    fails = summary["findings"].get("high") and "never" not in situation.options
    whole = summary["complete"] or "--allow-incomplete" in situation.options
    return _ENDS["found" if fails else "clean", "whole" if whole else "gaps"]
