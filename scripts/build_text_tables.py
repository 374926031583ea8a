"""Write the character tables and the vocabularies that text matching ships.

Needs, at build time only: confusable_homoglyphs 3.3.1 (MIT; Unicode UTS #39 data), opencc-python-reimplemented 0.1.7
(Apache-2.0; TSCharacters), wordfreq 3.1.1 (data CC BY-SA 4.0) and the SCOWL word list of Debian's package wamerican.

Each source that is named is read and what comes of it written anew; the word lists are kept beside this script and
words.bin is written from them each time.

usage: build_text_tables.py [--confusables confusables.json] [--han TSCharacters.txt] [--scowl american-english]
                            [--frequencies] [--pool pool.jsonl.gz] [--tongues]
"""

import argparse
import gzip
import json
import math
import pathlib
import unicodedata

from listing_preflight.text import tongues, wordtable
from listing_preflight.text.fold import folded_key
from listing_preflight.storage.mapped import Writer
from listing_preflight.storage.replacing import replacing
from listing_preflight.text.names import SHORT, Spelling, make_forms
from listing_preflight.text.vocabulary import WORDS, Listed, Vocabulary

LISTS = pathlib.Path(__file__).parent / "words"
BRANDS = pathlib.Path(__file__).parent.parent / "brand_lists/marks"
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
    "ar": 12000,
    "ko": 12000,
    "uk": 10000,
    "el": 10000,
}
OTHER_SCRIPTS = ("ar", "ko", "uk", "el")
TONGUES = ("ar", "bg", "cs", "da", "de", "el", "en", "es", "fi", "fr", "hi", "hr", "hu", "id", "it", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tl", "tr", "uk", "vi")
COUNTED_AS = {"hr": "sh", "no": "nb", "tl": "fil"}
"""Languages whose frequencies are counted under another code."""
RARE, RARE_ENGLISH = 2.2, 1.4
"""Zipf frequency down to which a word counts as one of its language; English is asked of every listing."""
PARTS = {3: 4.0, 4: 3.4}
PART = 3.0
PAIR = 4.5
"""Zipf frequency down to which a word makes compounds and takes endings; higher for short words, which strange ones are made of;
and down to which two letters are a word."""
WHITEWASH = 1.0
"""A word within one letter of a well-known name and rarer than it by so much on the Zipf scale is that name misspelt."""
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

STYLED = dict(zip("ᗩᑕᗴᑎᔕᗯᘔᙓᘜᓰᘻᘉᓍᖘᖶᕈᙖ", "acenswzegimnoptpb", strict=True))
"""Canadian syllabics in which pages that restyle a text write Latin letters, beside those that Unicode lists."""


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
    table |= SMALL | STYLED
    for first, last in ((0x1F150, 0x1F169), (0x1F170, 0x1F189), (0x1F1E6, 0x1F1FF)):
        table |= {chr(c): chr(ord("a") + c - first) for c in range(first, last + 1)}
    return table


def han(path: str) -> dict[str, str]:
    rows = (line.split("\t") for line in pathlib.Path(path).read_text("utf-8").splitlines())
    return {t: s.split()[0] for t, s in rows if len(t) == 1 and s.split()[0] != t}


def frequencies() -> list[str]:
    """Folded word, ten times its highest Zipf frequency, and the highest one in a language other than English."""
    from wordfreq import top_n_list, zipf_frequency

    best: dict[str, int] = {}
    foreign: dict[str, int] = {}
    for lang, n in LANGUAGES.items():
        for word in top_n_list(lang, n):
            key = folded_key(word)
            strange = lang in OTHER_SCRIPTS and key.isascii()  # an English word that is met in such texts
            if key and any(c.isalpha() for c in key) and not strange:
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


def listed() -> Listed:
    """The words of the lists beside this script."""
    read = lambda name: gzip.decompress((LISTS / name).read_bytes()).decode().split("\n")  # noqa: E731
    rows = (line.split("\t") for line in read("wordfreq.tsv.gz"))
    return Listed.of(
        {w: (int(best), int(foreign)) for w, best, foreign in rows},
        frozenset(read("scowl.en.txt.gz")),
        frozenset(read("products.txt.gz")),
    )


def brand_keys(words: Vocabulary) -> set[str]:
    """Folded names of one word in the bundled lists that are no common words."""
    import yaml

    marks = (m for file in sorted(BRANDS.glob("*.yaml")) for m in yaml.safe_load(file.read_text("utf-8"))["marks"])
    said = [(str(m["name"]), m.get("common_word")) for m in marks]
    forms = make_forms([Spelling(name, name, common) for name, common in said], words)
    return {f.key for f in forms if len(f.key) > SHORT and not f.common}


def misspelt(key: str) -> set[str]:
    """What is one letter away from a name and begins as it does."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(key[:n], key[n:]) for n in range(1, len(key) + 1)]
    out = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return out | {a + c + b for a, b in cuts for c in letters} | {a + c + b[1:] for a, b in cuts if b for c in letters}


def tongue(code: str, words: Vocabulary, names: set[str]) -> tuple[set[str], set[str]]:
    """The words of one language and those that compounds are made of; no name of a brand, and none misspelt."""
    from wordfreq import get_frequency_dict

    zipf: dict[str, float] = {}
    for word, share in get_frequency_dict(COUNTED_AS.get(code, code), "best").items():
        key = folded_key(word)
        if word and all(unicodedata.category(c)[0] in "LM" for c in word):
            zipf[key] = max(zipf.get(key, 0.0), math.log10(share) + 9)
    taken = set(names)
    endings = (*tongues.RULES.get(code, tongues.Rules()).endings, "s", "es")
    for name in names:
        taken |= {name + e for e in endings}
        if name in zipf and len(name) > SHORT + 1:
            taken |= {w for w in misspelt(name) if zipf.get(w, 9.0) < zipf[name] - WHITEWASH}
    taken -= {w for w in zipf if words.is_english(w) and w not in names}
    least = RARE_ENGLISH if code == "en" else RARE
    kept = {w: z for w, z in zipf.items() if w not in taken and len(w) > 1 and z >= (PAIR if len(w) < SHORT else least)}
    if code == "en":
        kept |= {w: kept.get(w, RARE_ENGLISH) for w in listed().words if words.is_english(w)}
    return set(kept), {w for w, z in kept.items() if len(w) >= SHORT and z >= PARTS.get(len(w), PART)}


def written(path: pathlib.Path, prefix: str, arrays: object) -> None:
    with replacing(path) as out:
        writer = Writer(out)
        for name, array in arrays:
            writer.add(f"{prefix}{name}", array)
        writer.finish({"licence": "CC BY-SA 4.0, see THIRD_PARTY_NOTICES.md"})


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("confusables", "han", "scowl", "pool"):
        ap.add_argument("--" + name)
    for name in ("frequencies", "tongues"):
        ap.add_argument("--" + name, action="store_true")
    a = ap.parse_args()
    pairs = lambda table: "".join(f"{k}\t{v}\n" for k, v in sorted(table.items()))  # noqa: E731
    if a.confusables:
        (DATA / "confusables.tsv").write_text(pairs(confusables(a.confusables)), "utf-8")
    if a.han:
        (DATA / "han.tsv").write_text(pairs(han(a.han)), "utf-8")
    if a.scowl:
        found = {w for w in pathlib.Path(a.scowl).read_text("utf-8").split() if w.isalpha() and w == w.lower()}
        packed(LISTS / "scowl.en.txt.gz", "\n".join(sorted(found)))
    if a.frequencies:
        packed(LISTS / "wordfreq.tsv.gz", "\n".join(frequencies()))
    if a.pool:
        known = {w for w, t in listed().words.items() if t.english or t.zipf > 10}
        packed(LISTS / "products.txt.gz", "\n".join(product_words(a.pool, known)))
    words = listed()
    written(WORDS, "words/", wordtable.packed(words.words))
    if a.tongues:
        known = Vocabulary(words)
        names = brand_keys(known)
        written(tongues.TONGUES, "", tongues.written({code: tongue(code, known, names) for code in TONGUES}))


if __name__ == "__main__":
    main()
