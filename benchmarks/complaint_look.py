"""Measure the look tier of `complaint similar`: altered duplicates of titles and of pictures among many others, recall@10.

usage: benchmarks/complaint_look.py [--shared DIR] [--json OUT] [--part titles|pictures|all] [--pictures N] [--unrelated N]

Titles: 400 of the pool and the shop exports in DIR/data/listings are copied with a change (half of the words, misspelt, reordered, another colour,
brand taken out); a copy is found when it is among the ten listings most like its original. Also counted: copies over the tier's own threshold.
Pictures: DIR/data/pictures holds protected pictures, altered copies and unrelated ones. Each protected picture is that of a cited listing, every
other picture that of a listing of the catalogue; a copy is found when it is among the ten best matches of its original.
"""

import argparse
import collections
import datetime
import gzip
import json
import pathlib
import random
import statistics

from listing_preflight.complaint.elements import look
from listing_preflight.complaint.likeness import NEAR, Titles
from listing_preflight.complaint.pictures import cited_works
from listing_preflight.model.listing import Listing, Origin, Picture, Text

HERE = pathlib.Path(__file__).parent
COLOURS = "black white red blue green grey pink brown beige purple orange yellow silver gold".split()
DAY = datetime.date(2026, 11, 1)


def titles(shared):
    with gzip.open(shared / "data/listings/pool.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if len(str(row.get("title", "")).split()) >= 4]
    return [(str(r["title"]), str(r.get("brand") or "")) for r in rows]


def half(title, brand, rng):
    words = title.split()
    return " ".join(words[i] for i in sorted(rng.sample(range(len(words)), max(2, len(words) // 2))))


def misspelt(title, brand, rng):
    """A letter swapped, left out, doubled or changed in up to three words."""
    words = title.split()
    for i in rng.sample(range(len(words)), min(3, len(words))):
        word = words[i]
        if len(word) > 3:
            at = rng.randrange(len(word) - 1)
            words[i] = rng.choice((
                word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + word[at + 1 :],
                word[: at + 1] + word[at:], word[:at] + rng.choice("aeiou") + word[at + 1 :],
            ))  # fmt: skip
    return " ".join(words)


def reordered(title, brand, rng):
    words = title.split()
    at = rng.randrange(1, len(words))
    return " ".join(words[at:] + words[:at])


def recoloured(title, brand, rng):
    words = [rng.choice(COLOURS).capitalize() if w.casefold() in COLOURS else w for w in title.split()]
    return " ".join(words) if words != title.split() else f"{title} {rng.choice(COLOURS).capitalize()}"


def debranded(title, brand, rng):
    kept = [w for w in title.split() if w.casefold() not in brand.casefold().split()] if brand else title.split()[1:]
    return " ".join(kept) if len(kept) >= 2 else title


CHANGES = (half, misspelt, reordered, recoloured, debranded)


def of_titles(held, how, rng):
    asked = rng.sample(range(len(held)), 400)
    copies = {n: len(held) + i for i, n in enumerate(asked)}
    everything = [t for t, _ in held] + [how(*held[n], rng) for n in asked]
    made = Titles(
        [
            Listing(id=str(i), origin=Origin(file="pool", row=i), texts=(Text(field="title", value=t),))
            for i, t in enumerate(everything)
        ]
    )
    ten = tier = 0
    sizes = []
    for n in asked:
        best = [a for a in made.like([n], least=0.0) if everything[a.at] != everything[n] or a.at == copies[n]]
        ten += copies[n] in [a.at for a in best[:10]]
        sizes.append(sum(a.score >= NEAR for a in best))
        tier += any(a.at == copies[n] and a.score >= NEAR for a in best)
    return {
        "recall@10": round(ten / len(asked), 3),
        "in the tier": round(tier / len(asked), 3),
        "tier_median": statistics.median(sizes),
    }


def rows(folder, name):
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines() if line.strip()]


def pictured(number, path, root):
    return Listing(
        id=str(number),
        origin=Origin(file="pictures", row=number),
        pictures=(Picture(0, path=path, roots=(str(root),)),),
    )


def of_pictures(folder, most, unrelated):
    """A sample takes every so many of each kind, so that all kinds of pictures are in it."""
    every = [r["file"] for r in rows(folder, "known.jsonl")]
    known = every[:: max(1, len(every) // most)][:most]
    copies = [r for r in rows(folder, "copies.jsonl") if r["known"] in known]
    every = [r["file"] for r in rows(folder, "unrelated.jsonl")]
    others = every[:: max(1, len(every) // unrelated)][:unrelated]
    cited = [pictured(n, one, folder) for n, one in enumerate(known)]
    held = [pictured(n, one, folder) for n, one in enumerate([*(r["file"] for r in copies), *others], len(cited))]
    works, order = cited_works([*cited, *held], range(len(cited)))
    found = collections.defaultdict(list)
    for number, seen in enumerate(look(held, (), works, DAY, images=True, ocr="off")):
        for place in seen.places:
            found[order[place.element]].append((place.score, number))
    hit, by_kind = 0, collections.Counter()
    totals = collections.Counter(r["attack"] for r in copies)
    for number, row in enumerate(copies):
        best = sorted(set(found[known.index(row["known"])]), key=lambda p: (-p[0], p[1]))
        if any(n == number for _, n in best[:10]):
            hit += 1
        else:
            by_kind[row["attack"]] += 1
    wrong = sum(n >= len(copies) for some in found.values() for _, n in set(some))
    worst = {k: f"{v} of {totals[k]}" for k, v in by_kind.most_common(12)}
    return {
        "cited": len(known),
        "copies": len(copies),
        "unrelated": len(others),
        "recall@10": round(hit / max(1, len(copies)), 3),
        "unrelated_in_tier": wrong,
        "missed_by_attack": worst,
    }


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results" / "complaint_look.json")
    ap.add_argument("--pictures", type=int, default=100, help="protected pictures that are cited")
    ap.add_argument("--unrelated", type=int, default=723)
    ap.add_argument(
        "--part", choices=("titles", "pictures", "all"), default="all", help="the other part keeps its figures"
    )
    told = ap.parse_args()
    out = json.loads(told.json.read_text("utf-8")) if told.json.is_file() else {}
    if told.part != "pictures":
        held = titles(told.shared)
        out |= {
            "listings": len(held),
            "titles": {how.__name__: of_titles(held, how, random.Random(11)) for how in CHANGES},
        }
    if told.part != "titles":
        out["pictures"] = of_pictures(told.shared / "data/pictures", told.pictures, told.unrelated)
    told.json.write_text(json.dumps(out, indent=1) + "\n", "utf-8")
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
