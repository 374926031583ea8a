"""Marks, owners and agents in the layouts of notices, in over thirty languages."""

import pathlib
import re
import unicodedata
from collections.abc import Iterator

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import Notice, read
from tests.complaint.test_said_anywhere import INTROS, LINK

FOLDER = pathlib.Path(__file__).parent / "said"
NAMES = (("ZORVIX", "Luma Tide"), ("Velkarra Sol", "BRUMEL"), ("kiuaskeiju", "Ostera"))
FLOOR = 0.9
"""Share of owners and agents of one layout that are read with the bounds of their names; each was higher when it was set."""


def fold(value: str | None) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value or "")).strip().casefold()


def opened(text: str) -> Notice:
    return read(read_letter("n.txt", text.encode()))


def mark_rows() -> dict[str, str]:
    lines = (FOLDER / "marks-laid-out.txt").read_text("utf-8").splitlines()
    return {line[1:].partition("]")[0]: line.partition("]")[2] for line in lines if line.startswith("[")}


@pytest.mark.parametrize("language", mark_rows())
def test_marks_are_read_in_any_letters(language):
    for sentence in mark_rows()[language].split(" | "):
        for first, second in NAMES:
            said = sentence.strip().replace("{A}", first).replace("{B}", second)
            want = {first.casefold()} | ({second.casefold()} if "{B}" in sentence else set())
            found = opened(f"{INTROS.get(language, '')}\n\n{LINK}\n\n{said}\n")
            assert {m.value.casefold() for m in found.marks} == want, said


def people_rows() -> Iterator[tuple[str, str, str, str]]:
    """The layout, a notice in it, the owner and the agent."""
    language = owner = agent = ""
    for line in (FOLDER / "people-laid-out.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            language, _, told = line[1:].partition("]")
            owner, agent = (n.strip() for n in told.split(" ; "))
        elif not line.startswith("#"):
            key, _, told = line.partition(":")
            for sentence in told.split(" | "):
                said = sentence.strip().replace("{o}", owner).replace("{a}", agent).replace("¶", "\n")
                if key == "r":
                    yield "signed", f"{said}\n\n{LINK}\n\n--\n\n{agent}\n", owner, agent
                    yield "headed", f"{agent}\nMarket Street 12, 10115 Berlin\n\n{said}\n\n{LINK}\n", owner, agent
                elif key == "b":
                    yield "told", f"{said}\n\n{LINK}\n", owner, agent
                else:
                    yield "labelled", f"{INTROS.get(language, '')}\n\n{LINK}\n{said}\n", owner, agent


@pytest.mark.parametrize("layout", ["signed", "headed", "told", "labelled"])
def test_owners_and_agents_are_told_apart(layout):
    right = total = 0
    for _, text, owner, agent in (row for row in people_rows() if row[0] == layout):
        found = opened(text).people
        total += 2
        right += fold(found.complainant and found.complainant.value) == fold(owner)
        right += fold(found.agent and found.agent.value) == fold(agent)
    assert total > 60
    assert right / total >= FLOOR
