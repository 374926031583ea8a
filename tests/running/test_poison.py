"""Through the command: poisoned listings are gaps of their own, all others are told as if they had not been there."""

import json

import pytest

from listing_preflight.running import supervisor
from tests.conftest import listing
from tests.running import poison

GOOD = [listing(f"NIKE dupe shoes number {n}", id=f"S{n}") for n in range(90)]


@pytest.fixture(autouse=True)
def poisoned(monkeypatch):
    poison.install(monkeypatch.setattr)
    monkeypatch.setattr(supervisor, "SECONDS", 4.0)


def mixed():
    rows = list(GOOD)
    for n, word in enumerate(poison.KINDS):
        rows.insert(n * 17 + 3, listing(f"POISON {word}", id=f"P-{word}"))
    return rows


@pytest.mark.parametrize("extra", [(), ("--workers", "2")], ids=["one worker", "two workers"])
def test_exactly_the_poison_is_a_gap(scan, extra):
    clean = {r["id"]: r["findings"][0]["fingerprint"] for r in scan(*GOOD).listings}
    found = scan(*mixed(), extra=extra)
    assert [r["id"] for r in found.listings] == [r["id"] for r in mixed()]
    gaps = {r["id"]: [g["kind"] for g in r["gaps"]] for r in found.listings if r["gaps"]}
    assert gaps == {f"P-{word}": [kind] for word, kind in poison.KINDS.items()}
    judged = {r["id"]: r["findings"][0]["fingerprint"] for r in found.listings if not r["gaps"]}
    assert judged == clean
    assert {r["decision"] for r in found.listings if r["gaps"]} == {"incomplete"}
    assert found.rows[-1]["gaps"] == len(poison.KINDS)
    assert found.code == 4


def test_the_bytes_are_the_same_for_any_number_of_workers(scan):
    assert len({scan(*mixed(), extra=("--workers", n)).out for n in "123"}) == 1


@pytest.mark.parametrize("extra", [(), ("--workers", "2")], ids=["one worker", "two workers"])
def test_what_failed_answers_for_no_repeat_of_it(scan, extra):
    rows = [listing("POISON exit", id=f"P{n}") for n in range(4)] + [
        listing("NIKE dupe", id=f"S{n}") for n in range(200)
    ]
    rows.append(listing("POISON exit", id="P4"))
    found = scan(*rows, extra=extra)
    assert [r["id"] for r in found.listings if [g["kind"] for g in r["gaps"]] == ["crashed"]] == [
        f"P{n}" for n in range(5)
    ]
    assert len({json.dumps(r["findings"][0]["message"]) for r in found.listings if not r["gaps"]}) == 1
    assert found.rows[-1]["findings"]["high"] == 200


def test_a_poisoned_listing_is_a_gap_on_every_marketplace(scan):
    row = {**listing("POISON exit"), "marketplace": None}
    found = scan(
        {k: v for k, v in row.items() if v}, extra=("--marketplace", "amazon.de", "--marketplace", "amazon.com")
    )
    assert [(r["marketplace"], r["gaps"][0]["kind"]) for r in found.listings] == [
        ("amazon.de", "crashed"),
        ("amazon.com", "crashed"),
    ]


def test_the_gate_answers_with_a_gap(preflight, marks):
    found = preflight("gate", "-w", marks, stdin=json.dumps(listing("POISON hang")).encode())
    assert found.code == 3
    assert [g["kind"] for g in found.rows[0]["gaps"]] == ["timed-out"]
    assert found.rows[0]["gaps"][0]["detail"] == "not judged after 4 s; the worker was ended"


def test_dropped_hits_are_told_and_counted_as_without_workers_of_their_own(scan):
    row = listing("Apple pie dish and Quorvane game")
    brief, full = scan(row), scan(row, extra=("--explain",))
    assert full.listings[0]["dropped"]
    assert brief.rows[-1]["dropped"] == full.rows[-1]["dropped"] == len(full.listings[0]["dropped"])
