"""Drafts of invented cases: without a fact its sentence goes, and no word is without a fact (the benchmark's own measure, on a few cases)."""

import importlib.util

import pytest

from listing_preflight.complaint.case import Facts
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def measure():
    spec = importlib.util.spec_from_file_location("complaint_facts", ROOT / "benchmarks" / "complaint_facts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_fact_carries_its_sentence_and_each_word_has_a_fact(measure):
    out, shown = measure.measured(5)
    assert out["facts_deleted"] > 100
    assert shown == []


FACTS = Facts(
    [{"id": "F001", "field": "complaint_ids", "value": "18812345670", "source": {"file": "n", "start": 0, "end": 1}}]
)


@pytest.mark.parametrize(
    ("line", "loose"),
    [
        ("This is about complaint 18812345670.", False),
        ("This is about complaint 18812345671.", True),
        ("We sold 500 pieces.", True),
    ],
)
def test_the_measure_sees_a_word_without_a_fact(measure, line, loose):
    assert bool(measure.unsourced(line, "en", FACTS)) is loose
