"""A long run tells once how long it will take; a short one and one without pictures say nothing."""

import pytest

from listing_preflight.cli import estimate
from listing_preflight.cli.estimate import Estimate


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(estimate.time, "monotonic", lambda: now[0])
    return now


def test_it_is_told_once_the_first_pictures_are_done(clock):
    run = Estimate(lambda: iter([3] * 400), lambda item: item)
    assert run.step(7) is None
    clock[0] += 4.0
    assert run.step(1) == "1,200 pictures: about 10 min at the pace of the first ones"
    assert run.step(100) is None


def test_what_is_soon_done_needs_no_word(clock):
    run = Estimate(lambda: iter([3] * 40), lambda item: item)
    clock[0] += 2.0
    assert run.step(8) is None


def test_a_run_without_pictures_is_never_read_twice():
    def items():
        raise AssertionError

    run = Estimate(items, lambda item: item)
    assert [run.step(0) for _ in range(1000)] == [None] * 1000


def test_counting_takes_little_time_and_says_so(clock):
    def items():
        while True:
            clock[0] += 0.01
            yield 10

    clock[0] += 0.8
    run = Estimate(items, lambda item: item)
    clock[0] += 80.0
    assert run.step(8) == "2,010 pictures or more: about 5 h 34 min or more at the pace of the first ones"


def test_a_scan_tells_it_on_standard_error_alone(preflight, marks, write, tmp_path, monkeypatch):
    pytest.importorskip("onnxruntime", reason="needs the images extra")
    from tests.images.drawn import encoded, scene

    monkeypatch.setattr(estimate, "LEAST_SECONDS", 0.0)
    (tmp_path / "a.png").write_bytes(encoded(scene()))
    path = write("l.jsonl", *({"id": str(i), "images": [{"path": "a.png"}]} for i in range(70)))
    told = preflight("scan", path, "-w", marks, "-f", "jsonl")
    assert told.err.count("70 pictures: about") == 1
    assert len(told.listings) == 70
    for quiet in ("--no-progress", "-q", "--no-images"):
        assert "pictures:" not in preflight("scan", path, "-w", marks, "-f", "jsonl", quiet).err
    assert "pictures:" not in preflight("scan", "-", "-w", marks, "-f", "jsonl", stdin=path.read_bytes()).err
