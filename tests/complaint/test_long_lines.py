"""Shapes of text whose reading once took the square of their length or more: how often the work is done is counted, not timed."""

import pytest

from listing_preflight.complaint.folded import Span
from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading import listings, mark_places, marks, organisations, where
from listing_preflight.complaint.reading.notice import read
from listing_preflight.complaint.reading.page import Page

HEAD = "Amazon\nA rights owner reported your offer B0TESTQ1XZ for trademark infringement. We removed it.\nRights owner name: Velmora Ltd\n"


def page(text):
    letter = read_letter("n.txt", text.encode())
    return Page(letter, "letter", None, "en")


@pytest.mark.parametrize("times", [200, 400])
@pytest.mark.parametrize("part", ["A&", "A'", "A.", "A-", "A+", "VELMORA, ", "Ab ", "\n -- "])
def test_a_long_run_of_one_shape_is_read_to_its_end(part, times):
    found = read(read_letter("n.txt", (HEAD + part * times).encode()))
    assert found.people.complainant is not None
    assert found.people.complainant.value == "Velmora Ltd"
    assert [s.value for s in found.listings] == ["B0TESTQ1XZ"]


def test_blank_lines_before_a_platforms_name_are_no_part_of_its_line():
    assert where.is_personal("I am the photographer of this picture, my own work.\n" + "\n -- " * 2000 + "x")


@pytest.mark.parametrize("length", [10, 20])
def test_each_name_of_a_list_is_walked_over_once(length):
    names = [f"MOON{chr(65 + n)}" for n in range(length)]
    told = page("The marks " + ", ".join(names) + ".")
    spans = [told.folded.span(at, at + 5) for at in (told.flow.index(n) for n in names)]
    assert [s.value for s in mark_places.listed(told, spans, ())] == names
    assert [s.value for s in mark_places.listed(told, spans[:1], ())] == names


def test_names_inside_longer_names_are_left_out():
    inner, outer, beside = Span("FOX", 4, 7), Span("RED FOX", 0, 7), Span("OWL", 9, 12)
    assert marks._longest([inner, outer, outer, beside]) == [outer, outer, beside]


def test_a_line_is_looked_at_once_whatever_it_repeats(monkeypatch):
    seen = []
    was = mark_places._is_shouted
    monkeypatch.setattr(mark_places, "_is_shouted", lambda line: seen.append(line) or was(line))
    told = page("VELMORA goods, " * 50 + "\n- VELMORA")
    assert [s.value for s in mark_places.in_titles(told, ())] == ["VELMORA"]
    assert len(seen) == 2


def test_a_number_inside_a_longer_one_names_no_mark():
    found = read(
        read_letter(
            "n.txt", f"{HEAD}Order 94477120 QUORVEX.\nThe mark is registered under EUTM no. 4477120.\n".encode()
        )
    )
    assert "QUORVEX" not in [s.value for s in found.marks]


def test_goods_numbers_are_compared_with_ids_of_their_own_line():
    raw = "B012345678 4012345678901\n4012345678902 B012345679\n4012345678903"
    ids = [Span(v, raw.index(v), raw.index(v) + len(v)) for v in ("B012345678", "B012345679")]
    goods = [Span(v, raw.index(v), raw.index(v) + 13) for v in ("4012345678901", "4012345678902", "4012345678903")]
    assert listings._beside(raw, ids, goods) == {goods[0].start}
    assert listings._beside(raw, [Span("5012345678901", 0, 13)], goods) == set()


@pytest.mark.parametrize("count", [20, 200])
def test_a_page_is_searched_once_for_what_all_its_ids_ask(monkeypatch, count):
    class Counted:
        def __init__(self, pattern):
            self.pattern, self.times = pattern, 0

        def search(self, *args):
            self.times += 1
            return self.pattern.search(*args)

    trade = Counted(listings._TRADE)
    monkeypatch.setattr(listings, "_TRADE", trade)
    ids = ", ".join(str(4012345678901 + n) for n in range(count))
    read(read_letter("n.txt", f"Amazon\nEAN codes are named.\nProduct ID: {ids}\n".encode()))
    assert trade.times == 1
    letters = Counted(organisations._TURKISH_LETTER)
    monkeypatch.setattr(organisations, "_TURKISH_LETTER", letters)
    people = "Av. Deniz Altınok, " * count
    assert len(list(organisations._all(people, people, "unknown"))) >= count
    assert letters.times == 1
