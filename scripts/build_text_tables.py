"""Write the character tables and the vocabulary that text matching ships.

Needs, at build time only: confusable_homoglyphs 3.3.1 (MIT; Unicode UTS #39 data), opencc-python-reimplemented 0.1.7
(Apache-2.0; TSCharacters), wordfreq 3.1.1 (data CC BY-SA 4.0) and the SCOWL word list of Debian's package wamerican.

usage: build_text_tables.py --confusables confusables.json --han TSCharacters.txt --scowl american-english --pool pool.jsonl.gz
"""

import argparse
import gzip
import json
import pathlib
import unicodedata

DATA = pathlib.Path(__file__).parent.parent / "src/listing_preflight/text/data"
LANGUAGES = {
    "en": 60000,
    "de": 25000,
    "fr": 18000,
    "es": 18000,
    "it": 15000,
    "pt": 15000,
    "nl": 15000,
    "pl": 12000,
    "sv": 12000,
    "tr": 12000,
    "ru": 15000,
    "id": 10000,
    "ja": 15000,
    "zh": 15000,
}
ONE = set("1|!lIiıІіΙι")  # everything that looks like a vertical stroke becomes i
SCRIPTS = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "ARMENIAN",
    "CHEROKEE",
    "COPTIC",
    "LISU",
    "DESERET",
    "OLD ITALIC",
    "CARIAN",
    "LYCIAN",
    "OSAGE",
    "WARANG",
    "ELBASAN",
    "GOTHIC",
    "OLD",
    "PHASE",
    "TIFINAGH",
    "VAI",
    "CANADIAN",
    "DIGIT",
    "ROMAN",
    "MODIFIER",
    "DOUBLE-STRUCK",
    "SCRIPT",
    "MATHEMATICAL",
    "RUNIC",
    "BAMUM",
    "MIAO",
    "PAHAWH",
    "MEDEFAIDRIN",
)
SMALL = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghiiklmnopqrstuvwyz".replace("ii", "ij"), strict=True))


def latin(char: str, found: list[dict[str, str]]) -> str | None:
    letters = [f["c"] for f in found if len(f["c"]) == 1 and f["c"].isascii() and (f["c"].isalnum() or f["c"] == "|")]
    if not letters:
        return None
    if ONE & set(letters):
        return "i"
    return sorted(x.lower() for x in letters)[-1] if char.isalpha() else sorted(x.lower() for x in letters)[0]


def confusables(path: str) -> dict[str, str]:
    table = {}
    for char, found in json.loads(pathlib.Path(path).read_text("utf-8")).items():
        if len(char) != 1 or char.isascii() or not unicodedata.name(char, "").startswith(SCRIPTS):
            continue
        if unicodedata.normalize("NFKC", char).isascii():
            continue
        if target := latin(char, found):
            table[char] = target
    for char, target in list(table.items()):
        lower = char.lower()
        if len(lower) == 1 and lower not in table and not unicodedata.normalize("NFKD", lower)[0].isascii():
            table[lower] = target
    table |= SMALL
    for first, last in ((0x1F150, 0x1F169), (0x1F170, 0x1F189), (0x1F1E6, 0x1F1FF)):
        table |= {chr(c): chr(ord("a") + c - first) for c in range(first, last + 1)}
    return table


def han(path: str) -> dict[str, str]:
    rows = (line.split("\t") for line in pathlib.Path(path).read_text("utf-8").splitlines())
    return {t: s.split()[0] for t, s in rows if len(t) == 1 and s.split()[0] != t}


def vocabulary() -> list[str]:
    """Folded word, ten times its highest Zipf frequency, and the highest one in a language other than English."""
    from wordfreq import top_n_list, zipf_frequency

    from listing_preflight.text.fold import folded_key

    best: dict[str, int] = {}
    foreign: dict[str, int] = {}
    for lang, n in LANGUAGES.items():
        for word in top_n_list(lang, n):
            key = folded_key(word)
            if key and any(c.isalpha() for c in key):
                value = round(10 * zipf_frequency(word, lang))
                best[key] = max(value, best.get(key, 0))
                if lang != "en":
                    foreign[key] = max(value, foreign.get(key, 0))
    return [f"{k}\t{v}\t{foreign.get(k, 0)}" for k, v in sorted(best.items())]


def product_words(path: str, known: set[str]) -> list[str]:
    """Words in the titles of three brands or more: aggregate counts, no row of the listings."""
    import collections

    from listing_preflight.text.fold import plain_words

    brands = collections.defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            maker = (row.get("brand") or row["id"]).casefold()
            own = set(plain_words(maker))
            for word in set(plain_words(row.get("title") or "")) - own:
                if word.isalpha() and len(word) >= 4:
                    brands[word].add(maker)
    return sorted(w for w, makers in brands.items() if len(makers) >= 3 and w not in known)


def packed(path: pathlib.Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    for name in ("confusables", "han", "scowl", "pool"):
        ap.add_argument("--" + name, required=True)
    a = ap.parse_args()
    pairs = lambda table: "".join(f"{k}\t{v}\n" for k, v in sorted(table.items()))  # noqa: E731
    (DATA / "confusables.tsv").write_text(pairs(confusables(a.confusables)), "utf-8")
    (DATA / "han.tsv").write_text(pairs(han(a.han)), "utf-8")
    scowl = sorted({w for w in pathlib.Path(a.scowl).read_text("utf-8").split() if w.isalpha() and w == w.lower()})
    packed(DATA / "scowl.en.txt.gz", "\n".join(scowl))
    rows = vocabulary()
    packed(DATA / "wordfreq.tsv.gz", "\n".join(rows))
    packed(DATA / "products.txt.gz", "\n".join(product_words(a.pool, {r.split("\t")[0] for r in rows} | set(scowl))))


if __name__ == "__main__":
    main()
