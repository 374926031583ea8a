"""Make a list of logos from the npm package simple-icons (CC0-1.0): one figurative mark each, drawn from its vector path.

usage: build_logo_list.py simple-icons-X.Y.Z.tgz -o FOLDER [--only SLUG...]

Get the package with `npm pack simple-icons`. FOLDER gets list.yaml, logos/*.png and NOTICE.txt; compile it with
`preflight watchlist compile FOLDER/list.yaml -o logos.lcx`. Needs resvg-py (extra `bench`).
"""

import argparse
import json
import sys
import tarfile
from pathlib import Path

import resvg_py
import yaml

SIDE = 480
NOTICE = """The drawings come from simple-icons {version} (https://simpleicons.org), which is dedicated to the public domain (CC0-1.0).
That covers the drawings alone: the logos and names are trademarks of their owners, some with guidelines of their own (see `note` in
list.yaml). Nothing here grants a right to use them, and no owner has endorsed this list. Whether a mark is registered, where and for what
goods, is not part of the data: findings say that it is not known. `disclaimer` of the package: DISCLAIMER.md there.
"""


def members(tarball):
    """Version, brands and drawings of the package."""
    with tarfile.open(tarball) as pack:

        def read(name):
            file = pack.extractfile(f"package/{name}")
            if file is None:
                raise SystemExit(f"{tarball}: no {name}: is it simple-icons?")
            return file.read().decode()

        version = json.loads(read("package.json"))["version"]
        brands = json.loads(read("data/simple-icons.json"))
        drawings = {
            Path(m.name).stem: read(f"icons/{Path(m.name).name}")
            for m in pack
            if m.name.startswith("package/icons/") and m.name.endswith(".svg")
        }
    return version, brands, drawings


def mark(brand, slug):
    """One entry of the list: what the package knows of a brand; its name in a text says nothing, which is what lists of words are for."""
    out = {
        "id": slug,
        "name": brand["title"],
        "kind": "figurative",
        "common_word": True,
        "requires": ["neighbour"],
        "images": [f"logos/{slug}.png"],
        "source": brand["source"],
    }
    if brand.get("guidelines"):
        out["note"] = f"guidelines: {brand['guidelines']}"
    return out


def slug_of(brand, drawings):
    """The name of a brand's drawing."""
    found = brand.get("slug") or "".join(c for c in brand["title"].lower() if c.isalnum())
    return found if found in drawings else None


def drawn(svg):
    """The logo in black on white."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, height=SIDE, background="#ffffff"))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("tarball", type=Path)
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--only", nargs="*", metavar="SLUG")
    a = ap.parse_args()
    version, brands, drawings = members(a.tarball)
    (a.out / "logos").mkdir(parents=True, exist_ok=True)
    marks, left = [], []
    for brand in brands:
        slug = slug_of(brand, drawings)
        if slug is None:
            left.append(brand["title"])
        elif not a.only or slug in a.only:
            (a.out / "logos" / f"{slug}.png").write_bytes(drawn(drawings[slug]))
            marks.append(mark(brand, slug))
    head = {
        "name": "logos",
        "version": version,
        "source": f"simple-icons {version}",
        "licence": "CC0-1.0 (drawings); the trademarks stay their owners'",
        "rights": "assumed",
    }
    (a.out / "list.yaml").write_text(
        yaml.safe_dump({"list": head, "marks": marks}, allow_unicode=True, sort_keys=False, width=200)
    )
    (a.out / "NOTICE.txt").write_text(NOTICE.format(version=version))
    print(f"{len(marks)} marks in {a.out}; without a drawing: {', '.join(left) or 'none'}", file=sys.stderr)


if __name__ == "__main__":
    main()
