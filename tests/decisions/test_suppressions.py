"""Decisions of people: what they answer, when they end, and what is said of them."""

import pytest
import yaml

from tests.conftest import MARKS, listing

SHOE = listing("NIKE running shoes")
LACE = listing("Lace anchors for NIKE shoes")
GOOD = {
    "listing": "S1", "mark": "NIKE", "use": "identity", "status": "false match", "reason": "a surname", "author": "Ada",
    "date": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def decide(preflight, marks, write, tmp_path):
    """Scan rows with one decision; the Result of a JSON Lines report."""

    def run(rows, *decisions, day="2026-11-29", extra=()):
        for number, one in enumerate(decisions):
            write_decision(tmp_path, one, f"d{number}")
        path = write("catalog.jsonl", *rows)
        args = ("-w", marks, "--suppressions", tmp_path / "decisions", "--date", day, "-f", "jsonl")
        return preflight("scan", path, *args, *extra)

    return run


def write_decision(folder, row, name="d0"):
    (folder / "decisions").mkdir(exist_ok=True)
    text = row if isinstance(row, str) else yaml.safe_dump(row, sort_keys=False)
    (folder / "decisions" / f"{name}.yaml").write_text(text)


def why(result):
    return [f["suppressed"] for r in result.listings for f in r["findings"]]


@pytest.mark.parametrize(
    "scope",
    [
        {}, {"listing": "S*"}, {"listing": ["X", "S1"]}, {"mark": "nike"}, {"mark": "marks:nike"}, {"marketplace": "Amazon.com"},
        {"use": ["keyword", "identity"]}, {"rule": "TM001"}, {"rule": "mark-in-text"}, {"expires": "2026-11-29"},
    ],
)  # fmt: skip
def test_what_lies_in_the_scope_is_answered(decide, scope):
    result = decide([SHOE], GOOD | scope)
    assert why(result) == ["d0: false match"]
    assert (result.code, result.rows[-1]["suppressed"], result.listings[0]["decision"]) == (0, 1, "pass")
    assert "warning" not in result.err


@pytest.mark.parametrize(
    "scope",
    [
        {"listing": "S2"}, {"listing": "s1"}, {"mark": "LEGO"}, {"mark": "other:nike"}, {"marketplace": "amazon.de"},
        {"use": "compatible"}, {"rule": "TM002"}, {"severity": "medium"},
    ],
)  # fmt: skip
def test_what_lies_outside_is_told(decide, scope):
    result = decide([SHOE], GOOD | scope)
    assert why(result) == [None]
    assert result.code == 1
    assert ("severity rose" if "severity" in scope else "unused") in result.err


def test_an_expired_decision_opens_its_finding_with_file_and_line(decide):
    result = decide([SHOE], GOOD | {"expires": "2026-11-28"})
    assert result.code == 1
    assert "d0.yaml:8: expired on 2026-11-28; open again: S1" in result.err


def test_an_expired_decision_of_nothing_is_said(decide):
    result = decide([listing("plain shoes")], GOOD | {"expires": "2026-11-28"})
    assert "expired on 2026-11-28 and answers nothing" in result.err


def test_an_over_broad_decision_is_said(decide):
    wide = {k: v for k, v in GOOD.items() if k != "use"} | {"listing": "*"}
    assert "over-broad: it answers every use of NIKE on every listing" in decide([SHOE], wide).err
    assert "over-broad" not in decide([SHOE], GOOD | {"listing": "*"}).err


def test_unused_is_only_said_where_everything_was_checked(decide):
    gap = {**listing("plain"), "images": [{"path": "none.jpg"}]}
    assert "unused" not in decide([gap], GOOD).err


def test_wording_is_answered_by_its_rule(decide):
    row = listing("running \u202eshoes\u202c men")
    found = decide([row], GOOD).listings[0]["findings"]
    assert [f["rule"] for f in found] == ["HT001"]
    one = {k: v for k, v in GOOD.items() if k not in ("mark", "use")} | {
        "rule": "HT001",
        "status": "accepted risk",
        "expires": "2027-01-01",
    }
    assert why(decide([row], one)) == ["d0: accepted risk"]


BAD = [
    ({"reason": None}, "reason: is missing", 1), ({"reason": ""}, "reason: '' is no text", 5),
    ({"author": None}, "author: is missing", 1), ({"date": None}, "date: is missing", 1),
    ({"listing": None}, "listing: is missing", 1), ({"mark": None}, "mark: is missing", 1),
    ({"mark": False}, "mark: False is no text", 2), ({"status": "fine"}, "status: 'fine' is not one of", 4),
    ({"status": "authorised"}, "seller file (--seller)", 4), ({"status": "accepted risk"}, "needs an end", 4),
    ({"expires": "2026-10-31"}, "before the decision", 8), ({"expires": "soon"}, "is not a date", 8),
    ({"until": "mark changes"}, "needs the state", 8), ({"until": "rain"}, "until: 'rain'", 8),
    ({"reson": "x"}, "Did you mean 'reason'?", 8), ({"use": "stolen"}, "use: 'stolen'", 3), ({"rule": "XX1"}, "is no rule", 8),
    ({"state": 3}, "state: is not what", 8), ({"state": {"listings": {"S1": 3}}}, "a mapping of its fields", 8),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said", "line"), BAD)
def test_a_faulty_decision_is_named_with_file_and_line(decide, change, said, line):
    row = {k: v for k, v in (GOOD | change).items() if v is not None}
    result = decide([SHOE], row)
    assert result.code == 2
    assert said in result.err
    assert f"d0.yaml:{line}: " in result.err


def test_faults_of_the_folder(preflight, decide, marks, write, tmp_path):
    assert preflight("scan", write("x.jsonl", SHOE), "-w", marks, "--suppressions", tmp_path / "none").code == 2
    for text in ("- a list\n", "a: [\n", "listing: S1\nlisting: S2\n"):
        result = decide([SHOE], text)
        assert result.code == 2
        assert "d0.yaml:" in result.err
    (tmp_path / "decisions" / "d0.yaml").rename(tmp_path / "decisions" / "d0.yaml.orig")
    assert "is no decision" in decide([SHOE]).err


@pytest.fixture
def suppressed(preflight, marks, write, tmp_path):
    """Write a decision with the command about LACE."""

    def run(*extra, rows=(LACE,)):
        path = write("catalog.jsonl", *rows)
        return preflight(
            "suppress", path, "-w", marks, "--suppressions", tmp_path / "decisions", "--status", "compatible use",
            "--reason", "it fits", "--author", "Ada", "--date", "2026-11-29", *extra,
        )  # fmt: skip

    return run


SCOPE = ("--listing", "S1", "--mark", "NIKE")


def test_a_written_decision_answers_and_ends_when_the_listing_changes(suppressed, decide):
    assert suppressed(*SCOPE, "--until", "listing changes").code == 0
    assert why(decide([LACE]))[0].endswith(": compatible use")
    moved = decide([listing("plain", id="S0"), LACE])
    assert why(moved)[-1].endswith(": compatible use")
    changed = decide([listing("Lace clips for NIKE shoes")], extra=("--fail-on", "low"))
    assert changed.code == 1
    assert "reopened: the listing changed: title; open again: S1" in changed.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("status: registered}\n  - {id: pegasus", "status: pending}\n  - {id: pegasus"), "US - pending [25]"),
        (("classes: [25], territories: [US, EM]", "classes: [25, 18], territories: [US, EM]"), "[18 25]"),
        (("name: NIKE,", "name: NIKE, owner: Somebody,"), "owner Somebody"), (("{id: nike,", "{id: nike-2,"), "another mark bears the name"),
    ],
)  # fmt: skip
def test_it_ends_when_the_mark_changes_and_says_how(suppressed, decide, marks, change, said):
    assert suppressed(*SCOPE, "--until", "mark changes").code == 0
    marks.write_text("list: {name: marks, version: '2'}\n" + MARKS)
    assert why(decide([LACE]))[0].endswith(": compatible use")
    assert change[0] in MARKS
    marks.write_text(MARKS.replace(*change, 1))
    result = decide([LACE])
    assert why(result) == [None]
    assert "reopened: " in result.err
    assert said in result.err


def test_a_risen_severity_opens_it_again(suppressed, decide):
    wide = ("--listing", "S*", "--mark", "NIKE")
    assert suppressed(*wide).code == 0
    result = decide([SHOE])
    assert result.code == 1
    assert "severity rose from low to high" in result.err


def test_findings_are_answered_by_fingerprint(suppressed, decide):
    (key,) = [f["fingerprint"] for f in decide([LACE], GOOD).listings[0]["findings"]]
    assert suppressed("--finding", key).code == 0
    assert why(decide([LACE]))[0].endswith("compatible use")
    assert suppressed("--finding", key).code == 2  # nothing open is left to answer


def test_a_decision_about_a_finding_names_its_marketplace_and_rule(suppressed, decide, tmp_path):
    (key,) = [f["fingerprint"] for f in decide([LACE], GOOD).listings[0]["findings"]]
    assert suppressed("--finding", key).code == 0
    (file,) = (tmp_path / "decisions").glob("marks-nike*.yaml")
    row = yaml.safe_load(file.read_text("utf-8"))
    assert {k: row[k] for k in ("listing", "marketplace", "mark", "rule", "use")} == {
        "listing": "S1", "marketplace": "amazon.com", "mark": "marks:nike", "rule": "TM001", "use": "compatible",
    }  # fmt: skip
    elsewhere = decide([{**LACE, "marketplace": "amazon.de"}])
    assert why(elsewhere) == [None]


def test_a_decision_until_the_listing_changes_looks_at_the_bytes_of_pictures(suppressed, decide, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"one")
    pictured = {**LACE, "images": [{"path": "a.jpg"}]}
    assert suppressed(*SCOPE, "--until", "listing changes", "--no-images", rows=(pictured,)).code == 0
    (tmp_path / "a.jpg").rename(tmp_path / "b.jpg")
    renamed = decide([{**LACE, "images": [{"path": "b.jpg"}]}], extra=("--no-images",))
    assert why(renamed)[0].endswith(": compatible use")
    (tmp_path / "b.jpg").write_bytes(b"two")
    changed = decide([{**LACE, "images": [{"path": "b.jpg"}]}], extra=("--no-images",))
    assert why(changed) == [None]
    assert "reopened: the listing changed: images" in changed.err
    (tmp_path / "b.jpg").unlink()
    assert why(decide([{**LACE, "images": [{"path": "b.jpg"}]}], extra=("--no-images",))) == [None]


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ((), "names no finding"), (("--listing", "S9", "--mark", "NIKE"), "no open finding lies in the scope"),
        (("--finding", "1:00"), "no open finding of this run has it"), ((*SCOPE, "--expires", "soon"), "--expires"),
        ((*SCOPE, "--until", "rain"), "--until"), ((*SCOPE, "--expires", "2026-01-01"), "before the decision"),
    ],
)  # fmt: skip
def test_a_decision_that_would_answer_nothing_is_not_written(suppressed, tmp_path, extra, said):
    result = suppressed(*extra)
    assert result.code == 2
    assert said in result.err
    assert not (tmp_path / "decisions").exists()


def test_one_scope_is_decided_once(suppressed):
    assert suppressed(*SCOPE).code == 0
    assert suppressed(*SCOPE, rows=(LACE, {**LACE, "id": "S1", "title": "NIKE shoes"})).code == 2


def test_the_gate_takes_decisions(preflight, marks, tmp_path):
    import json

    write_decision(tmp_path, GOOD)
    args = ("gate", "-w", marks, "--suppressions", tmp_path / "decisions", "--date", "2026-11-29")
    assert preflight(*args, stdin=json.dumps(SHOE).encode()).code == 0
    other = preflight(*args, stdin=json.dumps({**SHOE, "id": "S2"}).encode())
    assert other.code == 1
    assert "unused" not in other.err


def test_suppressing_marks_and_changes_nothing_else(scan, decide):
    plain, told = scan(SHOE).listings[0], decide([SHOE], GOOD).listings[0]
    assert told["decision"] == "pass"
    told["decision"], told["findings"][0]["suppressed"] = plain["decision"], None
    told["source"]["file"] = plain["source"]["file"]
    assert told == plain


@pytest.mark.parametrize(("pattern", "broad"), [("*", True), ("**", True), ("?*", True), ("S*", False)])
def test_a_decision_about_everything_is_warned_about_when_it_is_written(
    preflight, marks, write, tmp_path, pattern, broad
):
    path = write("l.jsonl", SHOE)
    told = ("--status", "false match", "--reason", "r", "--author", "a", "-w", marks)
    made = preflight("suppress", path, "--suppressions", tmp_path / "d", "--listing", pattern, "--mark", "NIKE", *told)
    assert made.code == 0
    assert ("over-broad: it answers every use of NIKE on every listing" in made.err) == broad
    made = preflight(
        "suppress",
        path,
        "--suppressions",
        tmp_path / "e",
        "--listing",
        pattern,
        "--mark",
        "NIKE",
        "--use",
        "identity",
        *told,
    )
    assert "over-broad" not in made.err
