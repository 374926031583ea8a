"""Sort and lay out the bundled lists, fill in names of other scripts from name-suggestion-index, write the docs pages.

usage: tidy_brand_lists.py [--nsi FOLDER] [--check]

FOLDER is an unpacked npm package `name-suggestion-index` (BSD-3-Clause; `npm pack name-suggestion-index`). A name is
filled in only where the index knows one single brand of that name. `--check` changes nothing and is 1 where it would.
"""

import argparse
import datetime
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
MARKS = ROOT / "brand_lists/marks"
PAGES = ROOT / "docs/lists"
FIELDS = [
    "id",
    "name",
    "kind",
    "owner",
    "parent",
    "aliases",
    "famous",
    "common_word",
    "requires",
    "near",
    "never_near",
    "compounds",
    "part_of",
    "permitted_use",
    "classes",
    "territories",
    "status",
    "note",
    "source",
    "seen",
]

LANGUAGES = {"zh", "zh-Hans", "zh-Hant", "ja", "ko", "ru", "uk", "ar", "he", "th", "hi", "el", "fa", "bg", "ka"}
WIDTH = 150
KEPT_OUT = {"현대백화점", "宜家餐厅", "卫讯", "衛訊"}
"""Names of the index that belong to a shop of the group, or to another bearer of the name."""
RESERVED = {"no", "yes", "on", "off", "true", "false", "null", "y", "n"}


def written(value) -> str:
    """A value as YAML in flow style, quoted only where it has to be."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, datetime.date)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {written(v)}" for k, v in value.items()) + "}"
    plain = re.fullmatch(r"[^\W\d_][\w .&+/()’-]*", value) and not value.endswith(("-", ".", " "))
    return value if plain and value.casefold() not in RESERVED else json.dumps(value, ensure_ascii=False)


def entry(mark: dict) -> list[str]:
    """The lines of one mark."""
    pairs = [f"{k}: {written(mark[k])}" for k in FIELDS if k in mark]
    lines, line = [], "  - {"
    for number, pair in enumerate(pairs):
        piece = pair + (", " if number < len(pairs) - 1 else "}")
        if len(line) + len(piece.rstrip()) > WIDTH:
            lines.append(line.rstrip())
            line = "     "
        line += piece
    return [*lines, line.rstrip()]


def laid_out(text: str, marks: list[dict]) -> str:
    """The file with its head as it stands and its marks sorted by id."""
    head = text.partition("\nmarks:\n")[0]
    lines = [line for mark in sorted(marks, key=lambda m: m["id"]) for line in entry(mark)]
    return "\n".join([head, "marks:", *lines]) + "\n"


def names_of(package: Path) -> dict[str, list[str]]:
    """Names in other scripts by Latin name, of brands that alone bear it."""
    index = json.loads((package / "dist/json/nsi.json").read_text("utf-8"))["nsi"]
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, group in index.items():
        for item in group["items"] if path.startswith("brands/") else ():
            tags = item["tags"]
            latin = [tags[k] for k in ("brand", "brand:en", "name:en") if k in tags]
            for key, value in tags.items():
                kind, _, language = key.partition(":")
                told = language in LANGUAGES or (not language and "brand:en" in tags)
                if kind == "brand" and told and _foreign(value):
                    for name in latin:
                        found[name.casefold()][tags.get("brand:wikidata", "")].add(value.strip())
    return {name: sorted(next(iter(by.values()))) for name, by in found.items() if len(by) == 1}


def _foreign(value: str) -> bool:
    letters = [c for c in value if c.isalpha()]
    return (
        bool(letters) and not any("LATIN" in unicodedata.name(c, "") for c in letters) and not set(value) & set("/();")
    )


def filled(mark: dict, names: dict[str, list[str]], version: str) -> dict:
    """The mark with the names that it lacks; what is an ordinary word or a character is left to the keeper."""
    if mark.get("common_word") or mark.get("kind") in ("character", "person", "title"):
        return mark
    have = [a["name"] if isinstance(a, dict) else a for a in mark.get("aliases", [])]
    new = [n for n in names.get(mark["name"].casefold(), []) if n not in have and n not in KEPT_OUT]
    if not new:
        return mark
    source = f"general knowledge; aliases: name-suggestion-index {version}"
    return {**mark, "aliases": [*mark.get("aliases", []), *new], "source": source}


def page(document: dict) -> str:
    """The documentation page of one list."""
    head, marks = document["list"], document["marks"]
    kinds = sorted({m["kind"] for m in marks})
    first = ", ".join(m["name"] for m in marks if "parent" not in m and not m.get("common_word"))[:400].rsplit(", ", 1)[
        0
    ]
    common = sum(bool(m.get("common_word")) for m in marks)
    lines = sum("parent" in m for m in marks)
    return (
        f"# {head['note']}\n\n`{head['name']}`, version {head['version']}: {len(marks)} marks ({', '.join(kinds)}), "
        f"of which {lines} belong to a house mark of the list and {common} are also ordinary words, names "
        f"or short forms that count only in context.\n\nAmong them: {first}.\n\nRights are *assumed*: "
        f"classes may raise a finding, they never lower one. A name that is not here has not been checked. "
        f"Source: {head['source']}. Licence: {head['licence']}.\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nsi", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    names = names_of(options.nsi) if options.nsi else {}
    version = json.loads((options.nsi / "package.json").read_text("utf-8"))["version"] if options.nsi else ""
    stale = 0
    for path in sorted(MARKS.glob("*.yaml")):
        text = path.read_text("utf-8")
        document = yaml.safe_load(text)
        document["marks"] = [filled(m, names, version) for m in document["marks"]]
        for target, new in ((path, laid_out(text, document["marks"])), (PAGES / f"{path.stem}.md", page(document))):
            if not target.exists() or target.read_text("utf-8") != new:
                stale += 1
                print(f"{target.relative_to(ROOT)}: {'would change' if options.check else 'written'}")
                if not options.check:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(new, encoding="utf-8")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
