"""Lines that are looked at as they are: what passes is a listing in which no changed name stands, and nothing else about it is lost."""

import io
import json
import random

import numpy as np
import pytest

from listing_preflight.cli.glancing import Glance
from listing_preflight.cli.sieving import Sieve
from listing_preflight.cli.touching import Touching
from listing_preflight.images.looked import Fault
from listing_preflight.model.listing import Listing, Passing, SellerClaim
from listing_preflight.passages import counted, keyed
from listing_preflight.readers import passing
from listing_preflight.readers import source as sources
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from listing_preflight.running.judges import Here, Known
from listing_preflight.text import markup
from listing_preflight.text.core import core
from listing_preflight.text.hashing import Groups
from listing_preflight.text.sift import Sifted
from tests.cli.test_touching import CHANGED, OTHERS, made, tables

pytestmark = pytest.mark.skipif(core().module is None, reason="without the compiled core every line is read")
WORDS = ["Bag", "soft", "NikeTM", "Kelvinᵀᴹ", "ÉCLAIR", "\u212aelvin", "stra\u00dfe", "乐高", "\U0001f600", "\u00a0", "\n\n", "\n", "  ", "\t", "&", "& x", "&amp;", "<b>", "\u202e",
         '"', "\\", "/", "\x1b[1m", "\x7f", "\x0b", "İ", "x" * 40, "Two pockets and a lining for all that you carry"]  # fmt: skip
KEYS = ("title", "description", "brand", "manufacturer", "search_terms", "category", "marketplace")


class Blind:
    """Finds nothing anywhere."""

    def sift_laid(self, texts):
        count = len(texts.starts) - 1
        return Sifted(np.zeros(count, bool), np.ones(count, bool), *np.zeros((2, count), np.uint64))


class Silent:
    """Says of whatever it is asked what it was made with."""

    def __init__(self, answer=()):
        self.answer, self.asked = answer, 0

    def submit(self, jobs):
        self.asked += len(jobs)
        return Known([self.answer] * len(jobs))


NONE = Groups(np.zeros(0, np.uint64), np.zeros(0, np.int64))


def text(chance):
    return " ".join(chance.choices(WORDS, k=chance.randint(0, 6))) if chance.random() < 0.9 else ""


def row(chance, number):
    """A listing, most often a plain one."""
    made = {"id": f"S{number}"} if chance.random() < 0.95 else {"id": chance.choice([None, "", 7, 'a"b', "é"])}
    made |= {key: text(chance) for key in KEYS if chance.random() < 0.5}
    if chance.random() < 0.5:
        made["bullets"] = [text(chance) for _ in range(chance.randint(0, 3))]
    if chance.random() < 0.3:
        made["attributes"] = {chance.choice(["color", "asin", "Größe"]): text(chance) for _ in range(2)}
    odd = {"images": [], "seller": {"own_brands": ["X"]}, "name": "Bag", "colour": "red and blue", "brand": None, "title": 5, "bullets": "one", "descripton": "x",
           "attributes": [{"name": "n", "value": "v"}]}  # fmt: skip
    if chance.random() < 0.15:
        key = chance.choice(list(odd))
        made[key] = odd[key]
    if chance.random() < 0.05:
        made["images"] = [{"path": "a.jpg"}]
    return made


def line(chance, number):
    """A line of bytes, now and then a damaged one."""
    blanks = chance.choice([(", ", ": "), (",", ":"), (" ,\t", " : ")])
    told = json.dumps(row(chance, number), ensure_ascii=chance.random() < 0.3, separators=blanks).encode(
        "utf-8", "surrogatepass"
    )
    kind = chance.random()
    if kind < 0.1:
        at = chance.randrange(len(told))
        told = (
            told[:at]
            + chance.choice([b"", b"\xff", b'"', b"\\", b"\xe4\xb9", b"\\ud800", b"\\u0041", b"\x01", b"{"])
            + told[at + chance.randint(0, 2) :]
        )
    elif kind < 0.13:
        told = told[:-1] + b', "id": "again"}'
    elif kind < 0.18:
        told = chance.choice([b"", b"  ", b"\t", b"[1]", b"\xef\xbb\xbf", b"null", b"{}"])
    return told.replace(b"\n", b" ")


def read(path, looks=None):
    return list(read_path(path, path.name, ReadOptions(looks=looks)))


def same(passing, whole):
    """Whether what passes is what reading in earnest gives, as far as anybody asks."""
    assert isinstance(whole, Listing)
    assert (passing.id, passing.origin, passing.marketplace) == (whole.id, whole.origin, whole.marketplace)
    assert (whole.gaps, whole.pictures, whole.seller) == ((), (), SellerClaim())
    assert passing.title == whole.first("title")
    assert all(markup.text_of(t.value) == t.value for t in whole.texts)
    assert sorted(passing.paragraphs) == sorted(key for *_, key in keyed(whole))
    return True


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_passes_is_what_reading_in_earnest_gives_and_the_rest_is_read(tmp_path, end, mark):
    chance = random.Random(5)
    first = json.dumps({"id": "A", "title": "Bag"}).encode()
    path = tmp_path / "l.jsonl"
    path.write_bytes(mark + end.join([first, *(line(chance, n) for n in range(1500))]))
    every, found = read(path), read(path, Glance(Sieve(Blind(), NONE, NONE), Silent()))
    assert len(every) == len(found)
    passed = [same(a, b) if isinstance(a, Passing) else a != b for a, b in zip(found, every, strict=True)]
    assert not any(is_so for is_so, one in zip(passed, found, strict=True) if not isinstance(one, Passing))
    assert (sum(isinstance(one, Passing) for one in found) > 50) == (end != b"\r")


def test_chunks_end_with_lines_and_hold_all(monkeypatch):
    monkeypatch.setattr(passing, "_CHUNK", 1 << 16)
    data = b"".join(b"x" * n + b"\n" for n in range(3000)) + b"rest"
    chunks = list(passing._chunks(io.BufferedReader(io.BytesIO(data), 1000)))
    assert b"".join(chunks) == data
    assert len(chunks) > 3
    assert all(chunk.endswith(b"\n") for chunk in chunks[:-1])


@pytest.mark.parametrize("fact", ["asin", "item_id", "url", "first_listed"])
def test_a_line_of_facts_alone_is_read_for_its_gap(tmp_path, fact):
    path = tmp_path / "l.jsonl"
    path.write_text(
        "".join(json.dumps(one) + "\n" for one in ({"id": "A", "title": "Bag"}, {"id": "B", "attributes": {fact: "x"}}))
    )
    found = read(path, Glance(Sieve(Blind(), NONE, NONE), Silent()))
    assert isinstance(found[0], Passing)
    assert found[1] == read(path)[1]


def test_lines_before_the_one_that_ends_the_reading_are_not_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_LINE", 1 << 15)
    monkeypatch.setattr(passing, "_CHUNK", 1 << 12)
    path = tmp_path / "l.jsonl"
    rows = [json.dumps({"id": f"S{n}", "title": "Bag"}) + "\n" for n in range(2000)]
    path.write_text("".join(rows) + json.dumps({"id": "long", "title": "x" * (1 << 17)}) + "\n")
    found = read(path, Glance(Sieve(Blind(), NONE, NONE), Silent()))
    assert sum(isinstance(one, Passing) for one in found) == 2000
    assert [one.kind for one in found if not isinstance(one, Passing)] == [
        one.kind for one in read(path) if not isinstance(one, Listing)
    ]


def test_no_listing_passes_in_which_a_changed_name_can_stand(tmp_path):
    chance = random.Random(13)
    touching = Touching(CHANGED, tables([*CHANGED, *OTHERS]).glue)
    listings = [made(chance, n) for n in range(2500)]
    path = tmp_path / "l.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for n, one in enumerate(listings):
            told = {"id": f"S{n}", **{t.field: t.value for t in one.texts if t.field != "bullets"}}
            told["bullets"] = [t.value for t in one.texts if t.field == "bullets"]
            text = json.dumps(told, ensure_ascii=n % 2 > 0)
            out.write((text.replace("Z", "\\u005a") if n % 3 == 0 else text) + "\n")
    whole = read(path)
    (told,) = touching.begin([[(tuple((t.field, t.value, t.index) for t in one.texts), ()) for one in whole]])
    found = read(path, Glance(touching.sieve, Here(touching)))
    passed = {n for n, one in enumerate(found) if isinstance(one, Passing)}
    assert not passed & set(told())
    assert len(passed) > 50


def test_shared_paragraphs_are_counted_whether_or_not_listings_pass(tmp_path):
    said = ["Our shop ships to all the world, from Monday to Friday.", "OUR shop  ships to all the\tworld, from Monday to friday.",
            "Groß und schön: Straßenschuhe für jeden Tag im Jahr", "乐高" * 20]  # fmt: skip
    path = tmp_path / "l.jsonl"
    rows = [
        {"id": f"S{n}", "title": f"Bag {n}", "description": f"{said[n % 4]}\n\nNumber {n} of many in this shop alone."}
        for n in range(40)
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    every, found = read(path), read(path, Glance(Sieve(Blind(), NONE, NONE), Silent()))
    assert all(isinstance(one, Passing) for one in found)
    mixed = [a if n % 3 else b for n, (a, b) in enumerate(zip(found, every, strict=True))]
    shared = dict(enumerate(p for _, p in counted(every)))
    got = {n: p for n, (_, p) in enumerate(counted(mixed)) if n % 3 == 0}
    assert got == {n: shared[n] for n in got}
    assert all(got.values())


def test_where_a_worker_fails_the_lines_it_was_asked_of_are_read(tmp_path):
    path = tmp_path / "l.jsonl"
    path.write_text("".join(json.dumps({"id": f"S{n}", "title": f"Bag {n} a$b"}) + "\n" for n in range(9)), "utf-8")
    sieve = Touching(CHANGED, frozenset()).sieve
    asked = Silent(Fault(kind="crashed", detail="died"))
    assert not any(isinstance(one, Passing) for one in read(path, Glance(sieve, asked)))
    assert asked.asked == 1
    assert all(isinstance(one, Passing) for one in read(path, Glance(sieve, Silent())))


def test_a_sieve_that_fails_leaves_all_lines_to_who_reads(tmp_path, capsys):
    path = tmp_path / "l.jsonl"
    path.write_text("".join(json.dumps({"id": f"S{n}", "title": "Bag"}) + "\n" for n in range(9)), "utf-8")
    broken = Glance(Sieve(None, NONE, NONE), Silent())
    assert read(path, broken) == read(path, broken) == read(path)
    assert capsys.readouterr().err.count("sifting for changed names failed") == 1
