"""What runs out of memory while words are learnt leaves no memo behind that answers for other words."""

import pytest

from listing_preflight.text import tokens
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.vocabulary import vocabulary

TEXT = "Zorvene shoes and zorvanebags, a zorvane"


def matcher():
    return IndexMatcher(make_forms([Spelling("Zorvane", "Zorvane", False)], vocabulary()), vocabulary())


@pytest.mark.parametrize("at", ["add", "extend"])
def test_a_memo_that_was_broken_off_answers_as_a_new_one(at, monkeypatch):
    wanted = matcher().find_all([TEXT, "Zorvane"])
    broken = matcher()
    broken.find_all(["a first text"])
    owner = tokens.Numbers if at == "add" else tokens.Traits
    real = getattr(owner, at)

    def fails(self, *told, **more):
        if at == "add":
            real(self, *told, **more)  # numbered, and no more than that
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(owner, at, fails)
        with pytest.raises(MemoryError):
            broken.find_all(["quorvane things never met"])
    assert wanted[0]
    assert broken.find_all([TEXT, "Zorvane"]) == wanted
