"""Texts that come again are not matched again, with registers and without; the memo is bounded and changes no answer."""

import pytest

from listing_preflight.detectors import marks_in_text
from listing_preflight.detectors.marks_in_registers import Bound, Seen
from listing_preflight.detectors.marks_in_text import MarksInText
from listing_preflight.model.listing import Listing, Origin, Text
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.vocabulary import vocabulary


class Counted:
    def __init__(self):
        self.asked = []
        forms = make_forms([Spelling("Zorvane", "Zorvane", False)], vocabulary())
        self.matcher = IndexMatcher(forms, vocabulary())

    def find_all(self, texts):
        self.asked += texts
        return self.matcher.find_all(texts)


class Nothing:
    """A register in which no name stands."""

    def find(self, texts, *about, **_):
        return Seen([[] for _ in texts], [0] * len(about[2]), [[] for _ in about[2]])


def listings(*titles):
    return [Listing(id=str(n), origin=Origin(file="a.jsonl"), texts=(Text(field="title", value=title), Text(field="brand", value="Zorvane"))) for n, title in enumerate(titles)]  # fmt: skip


BATCHES = [
    listings("Z0rvane shoes", "a bag"),
    listings("Z0rvane shoes", "zorvane<b>s</b>"),
    listings("a bag", "Zorvene"),
]


def hits(detector):
    seen = [one for batch in BATCHES for one in detector.see(batch, [Bound(None, None)] * 2)]
    return [[(h.key, h.kind, h.place, h.steps, h.around) for h in one.hits] for one in seen]


@pytest.mark.parametrize("registers", [None, Nothing()], ids=["lists", "registers"])
def test_a_text_that_comes_again_is_not_matched_again(registers, monkeypatch):
    counted = Counted()
    seen = hits(MarksInText(counted, registers))
    assert len(counted.asked) == len(set(counted.asked)) == 5
    assert [len(one) for one in seen] == [2, 1, 2, 2, 1, 2]
    assert seen == hits(MarksInText(Counted(), None if registers else Nothing()))
    monkeypatch.setattr(marks_in_text, "MEMO_LETTERS", 25)
    forgetful = Counted()
    assert hits(MarksInText(forgetful, registers)) == seen
    assert len(forgetful.asked) > 5
