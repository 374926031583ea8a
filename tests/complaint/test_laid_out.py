"""Periods and days in the layouts of notices, in over forty languages: each period of a block in each sentence of it."""

import pathlib
import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading import deadlines
from listing_preflight.complaint.reading.page import Page

TABLE = pathlib.Path(__file__).parent / "said" / "laid-out.txt"
SLOTS = {"ask": "x", "have": "n", "lab": "b", "labn": "n", "subj": "x"}
Told = list[tuple[str, str]]


def fold(value: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value)).strip().casefold()


def blocks() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            found[line[1:-1]] = block = {}
        elif not line.startswith("#"):
            key, _, value = line.partition(":")
            block[key] = value.strip()
    return found


BLOCKS = blocks()


def sentences(told: str) -> Iterator[str]:
    """The sentences of a row; a value alone is the second cell of the table's row that the one before it begins."""
    cells = [cell.strip() for cell in told.split(" | ") if cell.strip()]
    while cells:
        first = cells.pop(0)
        value = cells and re.fullmatch(r"\{.\}", cells[0])
        yield f"| {first} | {cells.pop(0)} |" if value and "{" not in first else first


def rows(block: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each sentence with the words of its period."""
    for key, slot in SLOTS.items():
        values = [v.strip() for v in block.get(slot, "").split(";") if v.strip()]
        for sentence in sentences(block.get(key, "")):
            for value in values:
                yield sentence.replace(f"{{{slot}}}", value), value


def read(language: str, text: str) -> Told:
    page = Page(read_letter("n.txt", f"An opening line.\n\n{text}\n".encode()), "unknown", None, language)
    return [(d.words.value, d.purpose) for d in deadlines.find(page, "owner complaint", "Tallow Inc.")]


def missed(language: str, reader: Callable[[str, str], Told]) -> list[str]:
    """The rows of a language whose period a reader does not read, as one for the answer and in all its words or their core."""
    out = []
    for text, words in rows(BLOCKS[language]):
        found = reader(language, text)
        told, wanted = (fold(found[0][0]) if found else ""), fold(words)
        good = (
            len(found) == 1 and found[0][1] == "answer" and (wanted in told or told in wanted) and not told.isdecimal()
        )
        if not good:
            out.append(f"{text} [{words}] {found}")
    return out


@pytest.mark.parametrize("language", BLOCKS)
def test_periods_are_read_in_every_layout(language):
    assert missed(language, read) == []


@pytest.mark.parametrize("language", BLOCKS)
def test_days_that_ask_for_nothing_are_none(language):
    block = BLOCKS[language]
    control = next(rows(block))[0]
    for sentence in sentences(block.get("none", "")):
        found = read(language, f"{sentence}\n\n{control}")
        assert [purpose for _, purpose in found if purpose != "unknown"] == ["answer"], sentence


def test_a_reader_that_reads_nothing_misses_every_row():
    for language, block in BLOCKS.items():
        told = [*rows(block)]
        assert len(told) > 20
        assert len(missed(language, lambda _language, _text: [])) == len(told)
