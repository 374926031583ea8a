"""A long run is counted beside itself; a short one, and standard input, are not."""

import time

import pytest

from listing_preflight.cli import counting, screen
from listing_preflight.cli.counting import Counting
from listing_preflight.readers.options import ReadOptions
from tests.conftest import listing


def waited(count):
    for _ in range(600):
        if count.total() is not None:
            break
        time.sleep(0.1)
    return count.total()


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(counting, "FROM_SECONDS", 0.0)


@pytest.mark.usefixtures("at_once")
def test_listings_are_counted_and_gaps_are_not(write):
    path = write("l.jsonl", *(listing("Bag", id=str(n)) for n in range(70)), {"id": "broken"})
    with Counting([str(path), str(path)], ReadOptions()) as count:
        assert waited(count) == 140


def test_a_short_run_starts_nothing(write):
    with Counting([str(write("l.jsonl", listing("Bag")))], ReadOptions()) as count:
        assert count.total() is None
        assert count._process is None


@pytest.mark.usefixtures("at_once")
def test_standard_input_is_not_read_twice():
    with Counting(["-"], ReadOptions()) as count:
        assert count.total() is None
        assert count._process is None


def test_the_bar_learns_the_total(monkeypatch):
    class Counted:
        known = iter([None, None, 500])

        def total(self):
            return next(self.known)

    seen = []
    monkeypatch.setattr(screen, "_ASKED_EVERY", 2)
    step = screen.stepping(seen.append, Counted())
    for _ in range(5):
        step()
    assert seen == [None, None, None, 500, 500]
