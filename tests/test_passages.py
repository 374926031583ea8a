"""Paragraphs that listings share are counted block by block: what is told of a row hangs on its place in the input alone."""

import itertools
import random
import re

import pytest

from listing_preflight import passages
from listing_preflight.model.listing import Gap, Listing, Note, Origin, Text
from listing_preflight.passages import BLOCKS, HEAD, SHARED, counted

SHOP = "We ship every order from our own store within three days."


def listing(n, *paragraphs, title=None):
    texts = [Text("title", title or f"Bag {n}"), Text("description", "\n\n".join(paragraphs))]
    return Listing(id=str(n), origin=Origin(file="a", row=n), texts=tuple(texts))


def shared(items):
    return [bool(found) for _, found in counted(items)]


@pytest.fixture(autouse=True)
def blocks_of_eight(monkeypatch):
    monkeypatch.setattr(passages, "HEAD", 8)


def test_a_paragraph_is_shared_from_so_many_titles_on():
    for count in (SHARED - 1, SHARED):
        rows = [listing(n, SHOP) for n in range(count)]
        assert shared(rows) == [count == SHARED] * count


def test_variants_of_a_product_share_a_title_and_count_once_wherever_they_stand():
    titles = ["a", "b", "a", "b", "c", "a", "d"]
    assert not any(shared([listing(n, SHOP, title=t) for n, t in enumerate(titles)]))


def test_the_first_of_a_block_knows_what_its_last_shares_and_nothing_of_the_next():
    first = [listing(n, SHOP if n in (0, 7) else f"Some words about the bag number {n}.") for n in range(8)]
    second = [listing(8 + n, SHOP) for n in range(8)]
    assert shared([*first, *second]) == [False] * 8 + [True] * 8


def test_what_was_shared_stays_so_for_some_blocks(monkeypatch):
    monkeypatch.setattr(passages, "BLOCKS", 3)
    rows = [listing(n, SHOP) for n in range(8)]
    rows += [listing(8 + n, SHOP if n % 8 == 0 else f"Some words about the bag number {n}.") for n in range(40)]
    assert shared(rows)[8::8] == [True, True, False, False, False]
    assert BLOCKS > 3


def test_rows_that_could_not_be_read_keep_their_place_and_notes_have_none():
    gap, note = (
        Gap(kind="bad-row", detail="x", origin=Origin(file="a", row=1)),
        Note(origin=Origin(file="a"), detail="x"),
    )
    rows = [listing(n, SHOP) for n in range(SHARED)]
    assert any(shared([note, note, note, *rows]))
    assert not any(shared([gap, *rows[:4], gap, gap, gap, *rows[4:]]))


def test_order_and_content_stay_where_a_block_waits_on_disk(monkeypatch):
    rows = [listing(n, SHOP, f"Some words about the bag number {n}.") for n in range(30)]
    rows.insert(5, Gap(kind="bad-row", detail="x", origin=Origin(file="a", row=1)))
    told = list(counted(rows))
    monkeypatch.setattr(passages, "HELD", 100)
    assert list(counted(rows)) == told
    assert [item for item, _ in told] == rows


def test_what_has_no_paragraph_to_share_does_not_wait():
    def endless():
        yield listing(0, "short")
        yield listing(1, "short")
        raise AssertionError("read ahead for nothing")

    assert [item.id for item, _ in itertools.islice(counted(endless()), 2)] == ["0", "1"]


def test_blocks_are_large_enough_for_most_catalogues():
    assert HEAD == 2048


def test_paragraphs_are_what_lies_between_breaks():
    """Held to the plain way: cut at runs of breaks, blanks and case left out of what is counted."""
    breaks = re.compile(r"(?:(?<!\s)\s*\n\s*\n\s*|<(?:br|/?p|/?div|/?li|/?ul|/?h[1-6])\b[^<>]*>\s*)+", re.IGNORECASE)
    chance, met = random.Random(3), 0
    parts = ["\n", "\n\n", " ", "\t", "\u00a0", "\r\n", "\u2028", "<br>", "<BR/>", "</p>", "<p class='x'>", "<", "<b>", "<pre>",
             "Two pockets and a lining for all of it", "Straße  İstanbul, ſoft and wide as ever", "x"]  # fmt: skip
    for _ in range(3000):
        text = "".join(chance.choices(parts, k=chance.randint(1, 12)))
        edges = [0, *(at for m in breaks.finditer(text) for at in m.span()), len(text)]
        spans = [(s, e) for s, e in zip(edges[::2], edges[1::2], strict=True) if e - s >= passages.SHORTEST]
        found = passages.paragraphs(Listing(id="", origin=Origin(file=""), texts=(Text("description", text),)))
        assert [(s, e) for _, s, e, _ in found] == spans
        plain = [" ".join(text[s:e].casefold().split()) for s, e in spans]
        assert [found[a][3] == found[b][3] for a in range(len(spans)) for b in range(a)] == [
            plain[a] == plain[b] for a in range(len(spans)) for b in range(a)
        ]
        met += len(spans)
    assert met > 1500
