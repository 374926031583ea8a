"""Periods, ids, signs and numbers as notices of many languages say them: a table of sentences and labels, each in a short notice of its language."""

import pathlib
import re
import unicodedata
from collections.abc import Iterator

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import Notice, read

FOLDER = pathlib.Path(__file__).parent / "said"
LINK = "URL: https://www.ebay.com/itm/204719938812"
WITHOUT = {"th": ["ค318442"], "lv": ["M 71442"], "vi": ["nhãn hiệu số 391827"]}
"""Rows that are not read whole yet: a letter before a number, and a certificate's name that tells its office."""


def rows(name: str) -> Iterator[tuple[str, str, str, str]]:
    language = ""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            language = line[1:-1]
        elif "|" in line and not line.startswith("#"):
            said, first, second = (cell.strip() for cell in line.rsplit("|", 2))
            yield language, said, first, second


def intros() -> dict[str, str]:
    found = re.findall(r"\[(\S+)\]\nintro: ([^\n]+)", (FOLDER / "periods.txt").read_text("utf-8"))
    return dict(found)


INTROS = intros()
CONTROLS = {row[0]: row[1] for row in reversed([*rows("periods.txt")]) if row[3] == "answer"}
"""For each language a sentence with a period: a reader that reads nothing misses it."""


def notice(language: str, said: str) -> Notice:
    text = f"{INTROS[language]}\n\n{LINK}\n\n{said}\n".replace("¶", "\n")
    return read(read_letter("notice.txt", text.encode()))


def fold(value: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value)).strip().casefold()


def bare(value: str) -> str:
    return re.sub(r"[^\w]|_", "", value.casefold())


@pytest.mark.parametrize("language", INTROS)
def test_a_language_is_told(language):
    assert notice(language, "").language == language


@pytest.mark.parametrize("row", [*rows("periods.txt")], ids=lambda r: f"{r[0]}-{r[1][:40]}")
def test_periods_are_read(row):
    language, said, words, purpose = row
    found = [(fold(d.words.value), d.purpose) for d in notice(language, said).deadlines]
    if (
        not words
    ):  # what the one who writes does by then, or what is past, asks for nothing; what stands below it still does
        beside = notice(language, f"{said}\n\n{CONTROLS[language]}").deadlines
        assert [told for told in (d.purpose for d in beside) if told != "unknown"] == ["answer"]
        return
    assert len(found) == 1
    assert found[0][1] == purpose
    got, wanted = found[0][0], fold(words)
    assert wanted in got or (got in wanted and not got.isdecimal())  # a figure alone is no period read


def marked(row: tuple[str, str, str, str]) -> object:
    """A row of the table; one that is not read whole has to be taken from the list as soon as it is."""
    known = any(part in row[1] for part in WITHOUT.get(row[0], ()))
    why = pytest.mark.xfail(strict=True, reason="not read whole yet")
    return pytest.param(row, id=f"{row[0]}-{row[1][:40]}", marks=(why,) if known else ())


@pytest.mark.parametrize("row", [*map(marked, rows("ids.txt"))])
def test_ids_signs_and_numbers_are_read_and_nothing_else_is(row):
    language, said, kind, value = row
    found = notice(language, said)
    want: dict[str, list[str]] = {"listing": [], "case": [], "number": []}
    if kind == "number":
        told, _, office = value.rpartition(" ") if " " in value else (value, "", "")
        want["number"] = [f"{bare(told)} {office}".strip()]
    elif kind:
        want[kind] = sorted(bare(v) for v in value.split(";"))
    got = {
        "listing": sorted(bare(s.value) for s in found.listings if "204719938812" not in s.value),
        "case": sorted(bare(s.value) for s in found.complaint_ids),
        "number": [f"{bare(n.value)} {n.office or ''}".strip() for n in found.numbers],
    }
    assert got == want
