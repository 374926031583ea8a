"""What a fingerprint rests on: neither place nor neighbours; and filters that change nothing but what they mark."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import listing

NAMES = ("Nike", "Zorvexa", "Quillbarn", "Lego", "Mirandelle", "Veltora")
WORDS = ("shoes", "for", "dupe", "red", "compatible with", "box", "lamp", "men")
ROWS = st.lists(
    st.lists(st.sampled_from(NAMES + WORDS), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=5
)  # fmt: skip
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def found(preflight, tmp_path):
    """(listing, mark) → fingerprints of a scan of titles by id under lists of names."""

    def run(titles, names, file="a.jsonl"):
        marks = [
            {"id": n.lower(), "name": n, "classes": [25], "territories": ["US"], "status": "registered"} for n in names
        ]
        (tmp_path / "l.json").write_text(json.dumps({"marks": marks}))
        path = tmp_path / file
        path.write_text("".join(json.dumps(listing(t, id=i)) + "\n" for i, t in titles))
        result = preflight("scan", path, "-w", tmp_path / "l.json", "-f", "jsonl", "--no-cache")
        path.unlink()
        return {(r["id"], f["mark"]["id"]): f["fingerprint"] for r in result.listings for f in r["findings"]}

    return run


@QUICK
@given(ROWS, st.randoms(use_true_random=False))
def test_shuffling_and_renaming_keep_fingerprints(found, rows, chance):
    titles = [(f"S{i}", t) for i, t in enumerate(rows)]
    before = found(titles, NAMES)
    chance.shuffle(titles)
    assert found(titles, NAMES, "other.jsonl") == before


@QUICK
@given(ROWS, ROWS)
def test_more_listings_keep_fingerprints(found, rows, more):
    titles = [(f"S{i}", t) for i, t in enumerate(rows)]
    before = found(titles, NAMES)
    after = found([*((f"T{i}", t) for i, t in enumerate(more)), *titles], NAMES)
    assert {k: v for k, v in after.items() if k[0].startswith("S")} == before


@QUICK
@given(ROWS, st.lists(st.sampled_from(["Zalbreck", "Oondrivar", "Fennimorax"]), min_size=1, max_size=3, unique=True))
def test_more_marks_keep_fingerprints(found, rows, more):
    titles = [(f"S{i}", t) for i, t in enumerate(rows)]
    before, after = found(titles, NAMES), found(titles, [*more, *NAMES])
    assert {k: v for k, v in after.items() if k in before} == before
