"""The uses of a name in titles and sentences of every language that has a grammar, told of invented marks and known services."""

import csv
import json

import pytest

from listing_preflight.cli import main
from listing_preflight.judging.grammar import languages
from tests.conftest import ROOT

ROWS = list(csv.DictReader((ROOT / "fixtures/uses/rows.tsv").read_text("utf-8").splitlines(), delimiter="\t"))
LIKENESS = ("imitation", "comparison")
EXPECTED = {
    "imitation": ("high", LIKENESS), "comparison": ("high", LIKENESS), "denial": ("medium", ("denial",)), "fit": ("low", ("compatible",)),
    "no-model": ("medium", ("compatible",)), "part": ("low", None), "shop": ("none", None), "simile": ("none", None),
}  # fmt: skip
"""Kind of row → severity, and the uses that it may be read as where they are told."""
HELD = {"territories": ["US", "EM", "GB"], "status": "registered"}
MARKS = [
    {"id": "zorvanta", "name": "Zorvanta"},
    {"id": "kelvorix", "name": "Kelvorix", "classes": [7, 8, 9, 10, 11, 12, 21], **HELD},
    {"id": "tirvexon", "name": "Tirvexon", "classes": [7, 18, 24, 25, 26], **HELD},
    {"id": "dhl", "name": "DHL", "classes": [9, 16, 18, 25, 35, 39], **HELD},
    {"id": "instagram", "name": "Instagram", "classes": [9, 18, 25, 35, 38, 42], **HELD},
]


def listing(number, row):
    shown = {"title": row["title"], "description": row["description"]}
    device = row["kind"] in ("fit", "no-model")
    return {
        "id": str(number),
        "marketplace": "etsy.com",
        "brand": "Lumeko",
        **({"category": "Electronics > Accessories"} if device else {}),
        **{k: v for k, v in shown.items() if v},
    }


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """Number of a row → severity and use of what was found in it, the severest first."""
    folder = tmp_path_factory.mktemp("uses")
    flagged = [{"id": f"word-{i}", "name": r["word"], "classes": [18, 20, 24, 25], "common_word": True, **HELD}
               for i, r in enumerate(ROWS) if r["word"]]  # fmt: skip
    put(folder / "list.jsonl", [*MARKS, *flagged])
    put(folder / "rows.jsonl", [listing(i, r) for i, r in enumerate(ROWS)])
    out = folder / "report.jsonl"
    args = [
        "scan",
        str(folder / "rows.jsonl"),
        "-w",
        str(folder / "list.jsonl"),
        "-o",
        f"jsonl:{out}",
        "-q",
        "--no-images",
    ]
    assert main._run([*args, "--fail-on", "never"]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    rank = ["none", "low", "medium", "high"].index
    found = {r["id"]: [(f["severity"], f["use"]) for f in r["findings"]] for r in rows if r["type"] == "listing"}
    return {i: max(uses, key=lambda u: rank(u[0]), default=("none", "")) for i, uses in found.items()}


def put(path, rows):
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")


@pytest.mark.parametrize(
    "number", range(len(ROWS)), ids=[f"{r['language']}-{r['kind']}-{i}" for i, r in enumerate(ROWS)]
)
def test_a_use_is_read_as_its_language_says_it(reported, number):
    severity, uses = EXPECTED[ROWS[number]["kind"]]
    found = reported[str(number)]
    assert found[0] == severity, ROWS[number]
    assert uses is None or found[1] in uses


def test_every_grammar_has_rows():
    assert {r["language"] for r in ROWS} == languages()
