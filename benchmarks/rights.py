"""Measure the reasoning about rights: Nice classes, category paths, goods likeness, the own cases, and what it costs.

usage: benchmarks/rights.py [--shared DIR] [--json OUT] [--only PART ...]

Parts: nice (the odd terms of the alphabetical list), paths (300 category paths of the pool, labelled by hand, and
107 more that were labelled after the nouns had been written), likeness (3,898 graded
pairs), cases (fixtures/cases/rights), cost (2,500 listings of 3 KB with 10,000 brands). DIR is the folder beside the project.
"""

import argparse
import csv
import datetime
import gzip
import hashlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))
from listing_preflight.judging import goods, likeness, nice  # noqa: E402

LABELS = HERE / "labels/category_paths.csv"


def share(part, whole):
    return round(part / max(1, whole), 4)


def nice_terms(shared):
    """Top-1 and top-3 of the model alone on the odd terms, and how often it is right where it is sure."""
    rows = list(csv.DictReader((shared / "data/registers/nice/nice_alphabetical_list.csv").open(encoding="utf-8")))
    odd = [r for r in rows if int(hashlib.sha256(r["term"].encode()).hexdigest(), 16) % 2]
    first = top = sure = right = 0
    for row in odd:
        found, wanted = nice.ranked(row["term"]), int(row["class_number"])
        classes = [c for c, _ in found]
        first += classes[:1] == [wanted]
        top += wanted in classes
        if found and found[0][1] >= goods.MODEL_SURE:
            sure, right = sure + 1, right + (found[0][0] == wanted)
    n = len(odd)
    return {"terms": n, "top_1": share(first, n), "top_3": share(top, n), "sure": share(sure, n), "right_where_sure": share(right, sure)}  # fmt: skip


def pool(shared):
    with gzip.open(shared / "data/listings/pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {r["id"]: r for r in map(json.loads, lines)}


def category_paths(shared):
    """Top-1 and top-3 of a category path alone against labels by hand; a label may name two classes."""
    rows, listings = list(csv.DictReader(LABELS.open(encoding="utf-8"))), pool(shared)
    return {part: labelled([r for r in rows if r["part"] == part], listings) for part in ("first", "fresh")}


def labelled(rows, listings):
    first = top = silent = 0
    for row in rows:
        found = [c for c, _ in goods.of_texts(listings[row["id"]]["category"], "").classes][:3]
        wanted = {int(c) for c in row["classes"].split(";")}
        silent += not found
        first += bool(found[:1]) and found[0] in wanted
        top += bool(wanted & set(found))
    return {
        "paths": len(rows),
        "top_1": share(first, len(rows)),
        "top_3": share(top, len(rows)),
        "nothing_said": silent,
    }


def auc(right, wrong):
    scores = np.concatenate([right, wrong])
    order = scores.argsort(kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        same = scores == value
        ranks[same] = ranks[same].mean()
    n = len(right)
    return round(float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(wrong))), 4)


def graded(shared):
    """Graded pairs against pairs of the same names drawn anew; threshold from one half, figures of the other."""
    rows = list(
        csv.DictReader((shared / "data/registers/nice/euipo_goods_similarity_pairs.csv").open(encoding="utf-8"))
    )
    known = {(r["Term 1"], r["Term 2"]) for r in rows} | {(r["Term 2"], r["Term 1"]) for r in rows}
    draw, wrong = random.Random(3), []
    others = [(r["Term 2"], r["Class 2"]) for r in rows]
    draw.shuffle(others)
    for row, (term, number) in zip(rows, others, strict=True):
        if (row["Term 1"], term) not in known and row["Term 1"] != term:
            wrong.append((row["Term 1"], term, row["Class 1"] == number))
    near = [(r["Term 1"], r["Term 2"], r["Class 1"] == r["Class 2"], int(r["Similarity"])) for r in rows]
    scores = np.array([likeness.of(a.lower(), b.lower()) for a, b, *_ in near])
    others_scores = np.array([likeness.of(a.lower(), b.lower()) for a, b, _ in wrong])
    across = np.array([not same for _, _, same, _ in near])
    strange = np.array([not same for _, _, same in wrong])
    half = np.array([is_odd(a) for a, *_ in near])
    other_half = np.array([is_odd(a) for a, *_ in wrong])
    out = {"pairs": len(near), "drawn": len(wrong), "auc": auc(scores, others_scores),
           "auc_across_classes": auc(scores[across], others_scores[strange]), "threshold": likeness.NEAR}  # fmt: skip
    for name, chosen, drawn in (("even_half", ~half, ~other_half), ("odd_half", half, other_half)):
        out[name] = {
            "auc": auc(scores[chosen], others_scores[drawn]),
            "found": share(int((scores[chosen] >= likeness.NEAR).sum()), int(chosen.sum())),
            "found_across_classes": share(
                int((scores[chosen & across] >= likeness.NEAR).sum()), int((chosen & across).sum())
            ),
            "false": share(int((others_scores[drawn] >= likeness.NEAR).sum()), int(drawn.sum())),
        }
    grades = np.array([g for *_, g in near])
    out["mean_by_grade"] = {str(g): round(float(scores[grades == g].mean()), 3) for g in (1, 2, 3)}
    return out


def is_odd(text):
    return bool(int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2)


def cases(_shared):
    """How many of the own cases are met."""
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "tests/cases/test_rights.py"], cwd=HERE.parent, capture_output=True, text=True, check=False)  # fmt: skip
    return {"said": done.stdout.strip().splitlines()[-1].split(" in ")[0]}


def cost(shared):
    """CPU of matching, and of goods, standings, authority and proof while the same hits are judged; the listings of one process."""
    from listing_preflight.judging import authority, judge, rights
    from listing_preflight.scan import Engine, Settings

    spent = {"rights": 0.0}

    def timed(run):
        def inner(*args, **kwargs):
            start = time.process_time()
            try:
                return run(*args, **kwargs)
            finally:
                spent["rights"] += time.process_time() - start

        return inner

    listings, lists = load_text(shared)
    engine = Engine(Settings(lists=lists, day=datetime.date(2026, 11, 25), images=False))
    judge.goods_of.of_listing = timed(judge.goods_of.of_listing)
    rights.Rights.standings = timed(rights.Rights.standings)
    authority.of, rights.answers = timed(authority.of), timed(rights.answers)
    engine._texts.see(listings[:50])
    matching = judging = 0.0
    for i in range(0, len(listings), 32):
        batch = listings[i : i + 32]
        start = time.process_time()
        seen = engine._texts.see(batch)
        middle = time.process_time()
        for listing, found in zip(batch, seen, strict=True):
            engine._judge.judge(listing, "amazon.com", list(found.hits))
        matching, judging = matching + middle - start, judging + time.process_time() - middle
    return {"listings": len(listings), "matching_s": round(matching, 2), "judging_s": round(judging, 2),
            "rights_s": round(spent["rights"], 2), "rights_beside_matching": share(spent["rights"], matching)}  # fmt: skip


def load_text(shared):
    """The 2,500 listings of 3 KB and the list of 10,000 brands."""
    from listing_preflight.model.listing import Listing, Origin, Text
    from listing_preflight.watchlists.read import read_lists

    with tempfile.TemporaryDirectory() as folder:
        brands = pathlib.Path(folder, "brands.jsonl")
        brands.write_bytes(gzip.decompress((shared / "data/text/brands_10k.jsonl.gz").read_bytes()))
        lists = read_lists([brands])
    with gzip.open(shared / "data/text/listings_3kb.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    listings = [
        Listing(
            id=str(r.get("id", i)), origin=Origin(file="listings.jsonl", row=i), category=r.get("category"),
            texts=(Text(field="title", value=r["title"]), *(Text(field="bullets", value=b, index=n) for n, b in enumerate(r["bullets"])),
                   Text(field="description", value=r["description"])),
        )
        for i, r in enumerate(rows)
    ]  # fmt: skip
    return listings, lists


PARTS = {"nice": nice_terms, "paths": category_paths, "likeness": graded, "cases": cases, "cost": cost}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results/rights.json")
    ap.add_argument("--only", nargs="*", default=list(PARTS))
    a = ap.parse_args()
    result = json.loads(a.json.read_text()) if a.json.exists() else {}
    for part in a.only:
        started = time.process_time()
        result[part] = PARTS[part](a.shared)
        print(part, json.dumps(result[part]), f"({time.process_time() - started:.1f} s)", flush=True)
    a.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
