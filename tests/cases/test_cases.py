"""Every own case of fixtures/cases: a listing, and the severity that each mark must come out with."""

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / "fixtures/cases"
CASES = [c for f in sorted(FOLDER.glob("*.yaml")) for c in yaml.safe_load(f.read_text("utf-8")).get("cases", [])]
KNOWN_MISSES: dict[str, str] = {}


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    import json

    from listing_preflight.cli import main

    folder = tmp_path_factory.mktemp("cases")
    rows = [json.dumps({"id": c["id"], **c["listing"]}, ensure_ascii=False) for c in CASES]
    (folder / "cases.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    out = folder / "report.jsonl"
    code = main._run(
        ["scan", str(folder / "cases.jsonl"), "-w", str(FOLDER / "marks.yaml"), "-q", "-o", f"jsonl:{out}", "--fail-on", "never"]
    )
    assert code == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return {r["id"]: {f["mark"]["id"]: f for f in r["findings"]} for r in rows if r["type"] == "listing"}


def test_ids_are_unique_and_every_case_says_why():
    assert len({c["id"] for c in CASES}) == len(CASES)
    assert all(c["why"] and c["expect"] for c in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_case(case, reported, request):
    if case["id"] in KNOWN_MISSES:
        request.applymarker(pytest.mark.xfail(reason=KNOWN_MISSES[case["id"]], strict=True))
    found = reported[case["id"]]
    got = {mark: found[mark]["severity"] if mark in found else "none" for mark in case["expect"]}
    assert got == case["expect"]
