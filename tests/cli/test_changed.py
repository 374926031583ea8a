"""--only-changed-since tells exactly the findings that two full scans, by the lists of then and of now, do not share."""

import json
import random

import pytest

from tests.conftest import MARKS, listing

ROWS = [
    listing("NIKE dupe shoes", id="A"), listing("Canvas bag", id="B"), listing("Lego bricks and Veltora shoes", id="C"),
    listing("Zorvexa bag", id="D"), listing("Apple pie dish", id="E", brand="Zor vexa"), listing("Bag", id="F", description="<b>乐高</b> toy"),
    listing("Quorvane game", id="G"), listing("Bag", id="H", images=[{"text": "Zorvexa"}]), listing("N1KE and L E G O", id="I"),
]  # fmt: skip
CHANGES = {
    "new": ("", "  - {id: zorvexa, name: Zorvexa}\n"),
    "gone": ("  - {id: veltora, name: Veltora, classes: [25], territories: [US], status: registered}\n", ""),
    "owner": ("{id: veltora,", "{id: veltora, owner: Veltora Ltd,"),
    "dead": ("{id: veltora, name: Veltora, classes: [25], territories: [US], status: registered}",
             "{id: veltora, name: Veltora, classes: [25], territories: [US], status: dead}"),
    "alias": ("aliases: [乐高]", "aliases: [乐高, Zorvexa]"),
    "classes": ("classes: [28], territories: [US, EM]", "classes: [25], territories: [US, EM]"),
    "ordinary word": ("name: Apple, common_word: true", "name: Apple, common_word: false"),
    "parent": (" parent: nike,", ""),
    "renamed": ("{id: nike, name: NIKE,", "{id: nike, name: NYKE,"),
}  # fmt: skip


@pytest.fixture
def states(tmp_path, write):
    def make(*names, rows=ROWS):
        text = MARKS
        for name in names:
            was, now = CHANGES[name]
            assert was in text
            text = text.replace(was, now, 1) if was else text + now
        (tmp_path / "old.yaml").write_text(MARKS, "utf-8")
        (tmp_path / "new.yaml").write_text(text, "utf-8")
        return write("l.jsonl", *rows), tmp_path / "old.yaml", tmp_path / "new.yaml"

    return make


def told(row):
    """The findings of a line without what the name of a list changes."""
    out = []
    for found in row["findings"]:
        found["mark"]["list"] = found["cause"] = None
        out.append(json.dumps(found))
    return out


def check(preflight, path, old, new, *extra):
    args = ("-f", "jsonl", "--no-progress", "--date", "2026-11-29", *extra)
    was = {r["id"]: told(r) for r in preflight("scan", path, "-w", old, *args).listings}
    now = {r["id"]: told(r) for r in preflight("scan", path, "-w", new, *args).listings}
    found = preflight("scan", path, "-w", new, "--only-changed-since", old, *args)
    expected = {key: [f for f in findings if f not in was[key]] for key, findings in now.items()}
    assert {r["id"]: told(r) for r in found.listings} == expected
    return found, expected


@pytest.mark.parametrize("name", CHANGES)
def test_exactly_the_findings_that_differ(preflight, states, name):
    found, expected = check(preflight, *states(name))
    assert name in ("gone", "dead", "parent") or any(expected.values())
    assert "9 listings can be touched" in found.err


def test_several_changes_and_workers(preflight, states):
    check(preflight, *states("new", "gone", "classes", "renamed"), "--workers", "2")


def test_any_mixture_of_changes_and_listings(preflight, states):
    chance = random.Random(7)
    words = "NIKE NYKE Lego 乐高 Veltora Zorvexa Zorv3xa Zor vexa Apple pie shoes bag dupe for Pegasus Quorvane compatible with".split()
    for _ in range(6):
        rows = [listing(" ".join(chance.choices(words, k=6)), id=str(n), brand=chance.choice(words)) for n in range(40)]
        names = chance.sample([n for n in CHANGES if n not in ("owner", "dead")], 3)
        check(preflight, *states(*names, rows=rows))


def test_what_cannot_be_touched_is_not_judged(preflight, states):
    found, _ = check(preflight, *states("new"))
    assert (
        "1 mark of either state differs; 3 of 9 listings can be touched, and judged; 0 findings of before gone"
        in found.err
    )
    found, _ = check(preflight, *states("gone"))
    assert "1 of 9 listings can be touched, and judged; 1 finding of before gone" in found.err


def test_nothing_changed(preflight, states):
    found, expected = check(preflight, *states())
    assert "0 marks of either state differ; 0 of 9 listings" in found.err
    assert not any(expected.values())
    assert found.code == 0


def test_gaps_stay_and_pictures_are_always_looked_at(preflight, states, tmp_path):
    path, old, new = states("new", rows=[listing("Bag", id="A", images=[{"path": "none.png"}]), {"id": "broken"}])
    found = preflight("scan", path, "-w", new, "--only-changed-since", old, "-f", "jsonl")
    assert found.listings[0]["gaps"][0]["kind"] == "missing"
    assert [r["kind"] for r in found.rows if r["type"] == "gap"] == ["bad-row"]
    assert found.code == 3
    found = preflight("scan", path, "-w", new, "--only-changed-since", old, "-f", "jsonl", "--no-images")
    assert found.rows[-1]["not_requested"] == 1
    assert tmp_path.exists()


def test_the_gate_takes_it_too(preflight, states):
    _, old, new = states("new")
    args = ("gate", "-w", new, "--only-changed-since", old)
    assert preflight(*args, stdin=json.dumps(listing("NIKE dupe")).encode()).code == 0
    assert preflight(*args, stdin=json.dumps(listing("Zorvexa dupe")).encode()).code == 1


def test_an_older_state_that_is_not_there_is_a_usage_error(preflight, states, tmp_path):
    path, _, new = states("new")
    assert preflight("scan", path, "-w", new, "--only-changed-since", tmp_path / "none.yaml").code == 2
