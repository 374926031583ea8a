"""Run the scorers that lie beside the project and keep their figures: cases, evasions, pictures, exports.

usage: benchmarks/accuracy.py [--shared DIR] [--pictures N] [--evasions N]    (0 pictures: the figures of the last run are kept)
"""

import argparse
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
COMMAND = f"{sys.executable} -m listing_preflight.cli.main"


def scorer(shared, name, *args):
    run = subprocess.run(
        [sys.executable, shared / "eval" / name, "--command", COMMAND, *args],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout[run.stdout.index("{") :])


def pictures(shared, limit):
    out = HERE / "results/pictures_sample.json"
    subprocess.run(
        [sys.executable, shared / "eval/score_pictures.py", "--command", COMMAND, "--limit", str(limit), "--json", out],
        capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(out.read_text())


def exports(shared):
    from listing_preflight.model.listing import Gap, Listing
    from listing_preflight.readers.catalog import read_path
    from listing_preflight.readers.options import ReadOptions

    folder = shared / "data/exports"
    files = [*sorted(folder.glob("shopify/*.csv")), *sorted(folder.glob("amazon/listings_report/*.txt"))]
    rows = {f.name: list(read_path(f, f.name, ReadOptions())) for f in files}
    return {
        n: {"listings": sum(isinstance(i, Listing) for i in r), "gaps": sum(isinstance(i, Gap) for i in r)}
        for n, r in rows.items()
    }


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    ap.add_argument("--pictures", type=int, default=200)
    ap.add_argument("--evasions", type=int, default=2000)
    a = ap.parse_args()
    if not a.shared.is_dir():
        sys.exit(f"{a.shared} does not exist: name the folder with --shared")
    result = {
        "cases": scorer(a.shared, "score_cases.py", "--json"),
        "evasions": scorer(a.shared, "score_evasions.py", "--limit", str(a.evasions), "--json"),
        "exports": exports(a.shared),
    }
    kept = HERE / "results/accuracy.json"
    result["pictures"] = pictures(a.shared, a.pictures) if a.pictures else json.loads(kept.read_text())["pictures"]
    kept.write_text(json.dumps(result, indent=1) + "\n")
    (HERE / "results/pictures_sample.json").unlink(missing_ok=True)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
