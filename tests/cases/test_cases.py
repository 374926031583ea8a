"""Every own case of fixtures/cases: a listing, and the severity that each mark must come out with."""

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / "fixtures/cases"
COLUMNS = ("mark", "severity", "category", "title", "brand", "marketplace", "why")


def read_cases():
    """All cases with the list they are judged by; a file's `rows` are the short form of cases with one mark."""
    out = []
    for file in sorted(FOLDER.glob("*.yaml")):
        document = yaml.safe_load(file.read_text("utf-8"))
        marks = document.get("list") if isinstance(document.get("list"), str) else "marks.yaml"
        if not isinstance(document, dict) or not document.keys() & {"cases", "rows"}:
            continue
        kept_apart = bool(document.get("held_out"))
        out += [{**case, "list": marks, "held_out": kept_apart} for case in document.get("cases", [])]
        for number, row in enumerate(document.get("rows", []), 1):
            cell = dict(zip(COLUMNS, row, strict=True))
            shown = {k: cell[k] for k in ("category", "title", "brand", "marketplace")}
            identity = f"{file.stem}-{number:03d}"
            out.append(
                {
                    "id": identity,
                    "why": cell["why"],
                    "listing": shown,
                    "expect": {cell["mark"]: cell["severity"]},
                    "list": marks,
                    "held_out": kept_apart,
                }
            )
    return out


ALL = read_cases()
CASES = [c for c in ALL if not c["held_out"]]
KNOWN_MISSES: dict[str, str] = {}


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    import json

    from listing_preflight.cli import main

    folder = tmp_path_factory.mktemp("cases")
    found = {}
    for marks in sorted({c["list"] for c in CASES}):
        rows = [json.dumps({"id": c["id"], **c["listing"]}, ensure_ascii=False) for c in CASES if c["list"] == marks]
        (folder / "cases.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
        out = folder / "report.jsonl"
        args = [
            "scan",
            str(folder / "cases.jsonl"),
            "-w",
            str(FOLDER / marks),
            "-q",
            "-o",
            f"jsonl:{out}",
            "--fail-on",
            "never",
        ]
        assert main._run(args) == 0
        report = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        found |= {
            r["id"]: {f["mark"]["id"]: f for f in r["findings"] if "mark" in f}
            for r in report
            if r["type"] == "listing"
        }
    return found


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
