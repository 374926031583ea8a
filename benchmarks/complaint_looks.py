"""Score what `complaint open` reads of folders of labelled notices, field by field.

usage: benchmarks/complaint_looks.py FOLDER… [--show] [--json OUT]

Each FOLDER holds notices and labels.jsonl, one object a notice: file, family, kinds, level, complainant, agent, contact, marks,
numbers [{type, office, value}], listing_ids, complaint_ids, deadlines [{words, for}], masked (fields left out), platform, language.
A number counts when its value is the label's or is written as the label has it, a period when one of its words is part of the other's and both are for the same; a title before a name is none of it, an address and an id inside it are one listing.
"""

import argparse
import collections
import datetime
import json
import pathlib
import re
import tempfile

from listing_preflight.complaint.opening import open_case
from listing_preflight.errors import PreflightError

DAY = datetime.date(2026, 11, 30)
MANY = ("listing_ids", "marks", "kinds", "complaint_ids")
ONE = ("complainant", "agent", "contact")
TITLE = re.compile(r"^(?:(?:av|avv|adw|mgr|judr|адвокат|변리사|변호사|me|maître|mtre|dr|mr|mrs|ms|m/s|mme|advokat|rechtsanwält(?:in)?|rechtsanwalt|abg|lic|don|doña|弁護士|弁理士)\b[.]?\s?)+")
TOLD = ("family", "level", "platform", "marketplace", "language")


def fold(value):
    return re.sub(r"\s+", " ", str(value)).strip().casefold()


def bare(value):
    return re.sub(r"[^0-9a-z]", "", str(value).casefold())


def opened(path):
    with tempfile.TemporaryDirectory() as tmp:
        try:
            notice = (path.name, path.read_bytes())
            return open_case(pathlib.Path(tmp, "case"), [notice], marketplace=None, received=None, day=DAY).head
        except PreflightError as error:
            return {"error": str(error)}


def same_place(want, got):
    """The ids that were got, an address or id inside it written as the label has it."""
    left, out = sorted(want), set()
    for one in sorted(got):
        found = one if one in left else next((w for w in left if w in one or one in w), None)
        out.add(found or one)
        if found:
            left.remove(found)
    return out


def numbers(row, case):
    """The numbers that the label wants and those that were read as the label has them: in its value, or as the notice writes them."""
    want = {bare(n["value"]): {bare(n["value"]), bare(n.get("as_written") or n["value"])} for n in row.get("numbers") or ()}
    got = set()
    for n in case.get("numbers") or ():
        spellings = {bare(n["value"]), bare(n["as_written"])}
        got.add(next((value for value, told in want.items() if told & spellings), bare(n["value"])))
    return set(want), got


def periods(row, case):
    """The periods that the label wants, and those that were read as the label has them; each label is taken once."""
    want, got = ({(fold(d["words"]), d["for"]) for d in some.get("deadlines") or ()} for some in (row, case))
    left, out = sorted(want), set()
    for one in sorted(got, key=lambda g: g not in want):
        found = one if one in left else next((w for w in left if w[1] == one[1] and (w[0] in one[0] or one[0] in w[0])), None)
        out.add(found or one)
        if found:
            left.remove(found)
    return want, out


def pairs(row, case):
    """Of each field what the label wants and what was read."""
    for name in MANY:
        want, got = ({fold(x) for x in some.get(name) or ()} for some in (row, case))
        yield name, want, same_place(want, got) if name == "listing_ids" else got
    for name in ONE:
        yield name, *({TITLE.sub("", fold(some[name]))} if some.get(name) else set() for some in (row, case))
    yield "numbers", *numbers(row, case)
    yield "deadlines", *periods(row, case)


def score(folder, *, show):
    """Hits, values too many and missed ones of each field; right ones of those that a notice has one of."""
    counts, right, total = collections.defaultdict(collections.Counter), collections.Counter(), collections.Counter()
    invented, failed = 0, []
    for row in map(json.loads, (folder / "labels.jsonl").read_text("utf-8").splitlines()):
        case = opened(folder / row["file"])
        if "error" in case:
            failed.append(f"{row['file']}: {case['error']}")
        for name in TOLD if row["family"] != "not a notice" else ("family",):
            if row.get(name):
                total[name] += 1
                right[name] += (good := fold(case.get(name)) == fold(row[name]))
                if show and not good:
                    print(f"{row['file']:40} {name:12} - {row[name]}  + {case.get(name)}")
        if row["family"] == "not a notice":
            continue
        for name, want, got in pairs(row, case):
            if name in row.get("masked", ()) or name.rstrip("s") in row.get("masked", ()):
                continue
            counts[name] += collections.Counter(hit=len(want & got), extra=len(got - want), missed=len(want - got))
            if show and want != got:
                print(f"{row['file']:40} {name:12} - {sorted(want - got)}  + {sorted(got - want)}")
        stated = {bare(n[k]): n.get("office") for n in row.get("numbers") or () for k in ("as_written", "value") if n.get(k)}
        for n in case.get("numbers") or ():
            if stated.get(value := next((v for k in ("value", "as_written") if (v := bare(n[k])) in stated), "")):
                total["office"] += 1
                right["office"] += (good := n["office"] == stated[value])
                if show and not good:
                    print(f"{row['file']:40} office       - {stated[value]}  + {n['office']}  of {n['value']}")
            elif value in stated:
                invented += n["office"] is not None
    f1 = {k: 2 * c["hit"] / ((2 * c["hit"] + c["extra"] + c["missed"]) or 1) for k, c in counts.items()}
    return {
        "f1": {k: round(v, 3) for k, v in f1.items()}, "counts": {k: dict(c) for k, c in counts.items()},
        "right": {k: [right[k], total[k]] for k in total}, "office_invented": invented, "failed": failed,
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="print what differs: - wanted and not read, + read and not wanted")
    parser.add_argument("--json", type=pathlib.Path, metavar="OUT")
    args = parser.parse_args()
    out = {}
    for folder in args.folders:
        out[folder.name] = told = score(folder, show=args.show)
        print(f"{folder.name}: " + "  ".join(f"{k} {v:.2f}" for k, v in told["f1"].items()))
        print("  " + "  ".join(f"{k} {a}/{b}" for k, (a, b) in told["right"].items()), end="")
        print(f"  office invented {told['office_invented']}  failed {len(told['failed'])}")
    if args.json:
        args.json.write_text(json.dumps(out, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
