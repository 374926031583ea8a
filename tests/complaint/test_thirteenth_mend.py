"""Sentences, names and cells that were read for what they are not; and long ones that took too long."""

import pytest

from listing_preflight.complaint.html_text import read_html
from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read

HEAD = "Hello,\nwe removed your listing after a report of a rights owner.\nItem number: 256012345678\n"


def said(text):
    return read(read_letter("n.txt", text.encode()))


def listed(text):
    return said(f"{HEAD}{text}\nThe eBay team\n")


def test_ids_in_a_cell_are_parted_by_its_breaks_and_a_long_one_ends():
    rows = "<table><tr><td>1<td>B0AAAAAAA1<br>B0AAAAAAA2 B0AAAAAAA3<br>Blue lamp<br>with shade<td>mark</tr></table>"
    assert read_html(rows)[0] == "1\tB0AAAAAAA1, B0AAAAAAA2 B0AAAAAAA3, Blue lamp\nwith shade\tmark\n"
    long = "1" * 20_000 + "!"
    assert read_html(f"<table><tr><td>x<td>y<td>{long}<br>t</tr></table>")[0] == f"x\ty\t{long}\nt\n"
    many = "".join(f"B0{n:08}<br>" for n in range(5_000))
    assert read_html(f"<table><tr><td>x<td>y<td>{many}end</tr></table>")[0].count(", ") == 5_000


def test_a_number_on_the_first_line_is_read():
    told = said("Our design is infringed: 디자인 등록번호 30-1234567.\nPlease remove it.\n")
    assert [(n.type, n.office, n.value) for n in told.numbers] == [("design", "KR", "301234567")]


def test_a_word_for_a_case_again_and_again_is_read_through():
    assert said("case#" * 8_000).complaint_ids == ()
