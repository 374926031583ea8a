"""The own cases of force, class, territory, authority and strength: severity, reason and answers of each."""

import hashlib
import json

import pytest
import yaml

from listing_preflight.cli import main
from tests.conftest import ROOT

FOLDER = ROOT / "fixtures/cases/rights"
DAY = "2026-11-25"
DOCUMENT = b"a licence, invented for testing"
KNOWN_MISSES: dict[str, str] = {}
"""Case → why it is missed; strict, so that one that is met has to leave."""


def read_cases():
    files = sorted(f for f in FOLDER.glob("*.yaml") if f.name != "marks.yaml")
    return [c for f in files for c in yaml.load(f.read_text("utf-8"), Loader=yaml.BaseLoader)["cases"]]


CASES = read_cases()


def terms(case):
    """What a case is judged by, apart from its listing: one run for all that share it."""
    return case.get("date", DAY), json.dumps(case.get("seller"), sort_keys=True)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rights")
    (folder / "licence.txt").write_bytes(DOCUMENT)
    digest = hashlib.sha256(DOCUMENT).hexdigest()
    found = {}
    for day, seller in sorted({terms(c) for c in CASES}):
        part = [c for c in CASES if terms(c) == (day, seller)]
        extra = []
        if seller != "null":
            (folder / "seller.json").write_text(seller.replace("DIGEST", digest))
            extra = ["--seller", str(folder / "seller.json")]
        rows = [json.dumps({"id": c["id"], **c["listing"]}, ensure_ascii=False) for c in part]
        (folder / "cases.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
        out = folder / "report.jsonl"
        args = [
            "scan",
            str(folder / "cases.jsonl"),
            "-w",
            str(FOLDER / "marks.yaml"),
            "--date",
            day,
            "-q",
            "--explain",
            *extra,
        ]
        assert main._run([*args, "-o", f"jsonl:{out}", "--fail-on", "never"]) == 0
        lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        found |= {c["id"]: r for c, r in zip(part, [r for r in lines if r["type"] == "listing"], strict=True)}
    return found


def outcome(row, mark):
    """Severity, reason codes and answers that a report has about a mark."""
    for finding in row["findings"]:
        if finding["mark"]["id"] == mark:
            first = finding["rights"][0]
            answers = "".join(first[k][0] for k in ("in_force", "covers_goods", "covers_territory"))
            codes = {r["code"] + (":" + r["limit"] if "limit" in r else "") for r in finding["reasons"]}
            return finding["severity"], codes, answers, first["because"]
    return "none", {d["reason"] for d in row["dropped"] if d["mark"] == mark}, None, None


def test_there_are_enough_cases_and_each_says_why():
    assert len(CASES) >= 150
    assert len({c["id"] for c in CASES}) == len(CASES)
    assert all(c["why"] and c["reason"] for c in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_case(case, reported, request):
    if case["id"] in KNOWN_MISSES:
        request.applymarker(pytest.mark.xfail(reason=KNOWN_MISSES[case["id"]], strict=True))
    severity, codes, answers, because = outcome(reported[case["id"]], case["mark"])
    assert (severity, case["reason"] in codes) == (case["severity"], True), codes
    if "answers" in case:
        assert answers == case["answers"]
    if because is not None:
        starts = ["mark ", "status", "goods: ", "territory: ", "authority: "]
        assert all(line.startswith(start) for line, start in zip(because, starts, strict=True)), because
