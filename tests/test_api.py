"""The library: what it promises, and that it leaves its process as it is."""

import gc
import json
import signal
import sys

import pytest

from listing_preflight import api
from tests.conftest import listing

BAD, FINE = listing("NIKE running shoes"), listing("running shoes", id="S2")


def test_what_is_promised_is_there():
    assert api.__all__ == ["Engine", "Finding", "Gap", "Listing", "PreflightError", "Verdict", "gate", "record", "scan"]
    assert all(hasattr(api, name) for name in api.__all__)


def test_the_gate_and_a_scan_say_what_the_command_says(preflight, marks, write):
    (verdict,) = api.gate(BAD, lists=[marks])
    assert (verdict.decision, [f.severity for f in verdict.findings]) == ("block", ["high"])
    told = preflight("gate", "-w", marks, stdin=json.dumps(BAD).encode()).rows[0]
    assert json.loads(json.dumps(api.record(verdict))) == told
    path = write("x.jsonl", BAD, FINE)
    results = api.scan(path, lists=[marks])
    shown = preflight("scan", path, "-w", marks, "-f", "jsonl").listings
    assert json.loads(json.dumps([api.record(r) for r in results])) == shown


def test_an_engine_opens_closes_and_opens_again(marks, tmp_path):
    engine = api.Engine(lists=[marks], marketplaces=["amazon.com", "amazon.de"])
    with pytest.raises(api.PreflightError, match="closed"):
        engine.gate(BAD)
    nowhere = {k: v for k, v in BAD.items() if k != "marketplace"}
    for _ in range(2):
        with engine:
            assert [v.marketplace for v in engine.gate(nowhere)] == ["amazon.com", "amazon.de"]
            (tmp_path / "broken.jsonl").write_text("{\n")
            gaps = list(engine.scan(tmp_path / "broken.jsonl"))
            assert [engine.record(g)["kind"] for g in gaps] == ["bad-row"]


def test_the_process_is_left_as_it_is(marks, write):
    before = (
        gc.get_threshold(),
        gc.get_freeze_count(),
        sys.stdout,
        signal.getsignal(signal.SIGINT),
        sys.getrecursionlimit(),
    )
    api.scan(write("x.jsonl", BAD), lists=[marks])
    after = (
        gc.get_threshold(),
        gc.get_freeze_count(),
        sys.stdout,
        signal.getsignal(signal.SIGINT),
        sys.getrecursionlimit(),
    )
    assert after == before


def test_decisions_hold_in_the_library_too(preflight, marks, write, tmp_path):
    path = write("x.jsonl", BAD)
    assert preflight("baseline", "create", path, "-w", marks, "-o", tmp_path / "base").code == 0
    (verdict,) = api.scan(path, lists=[marks], baseline=tmp_path / "base")
    assert (verdict.decision, verdict.findings[0].suppressed) == ("pass", "baseline")


@pytest.mark.parametrize(
    "call",
    [
        lambda marks: api.gate({"id": "1"}, lists=[marks]), lambda marks: api.scan("nowhere.csv", lists=[marks]),
        lambda _: api.gate(BAD, lists=["nowhere.yaml"]), lambda marks: api.gate(BAD, lists=[marks], seller="nowhere.yaml"),
        lambda marks: api.gate(BAD, lists=[marks], baseline="nowhere"),
    ],
)  # fmt: skip
def test_faults_are_told_as_one_kind_of_error(marks, call):
    with pytest.raises(api.PreflightError):
        call(marks)
