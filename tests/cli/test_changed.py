"""--only-changed-since tells exactly the findings that two full scans, by the lists of then and of now, do not share."""

import json
import random

import pytest

from listing_preflight.cli import changed, touching
from listing_preflight.images.looked import Fault
from listing_preflight.model.listing import Listing, Origin
from listing_preflight.running.judges import Known
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


def test_what_cannot_be_touched_is_not_judged_and_no_pass(preflight, states):
    found, _ = check(preflight, *states("new"))
    assert [r["id"] for r in found.listings if r["decision"] != "not-rechecked"] == ["D", "E", "H"]
    assert found.rows[-1]["not_rechecked"] == found.rows[-1]["by_decision"]["not-rechecked"] == 6
    assert sum(found.rows[-1]["by_decision"].values()) == found.rows[-1]["listings"] == 9
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


@pytest.mark.parametrize(("form", "said"), [
    ("text", "6 listings not re-checked: no mark that changed can touch them."), ("markdown", "6 listings not re-checked"),
    ("junit", 'skipped="6"'), ("sarif", '"notRechecked":6'), ("github", "6 listings not re-checked"), ("json", '"not_rechecked":6'),
])  # fmt: skip
def test_every_report_says_what_was_not_looked_at(preflight, states, form, said):
    path, old, new = states("new")
    assert said in preflight("scan", path, "-w", new, "--only-changed-since", old, "-f", form).out


def test_the_page_never_says_clean_of_what_was_not_looked_at(preflight, states, tmp_path):
    path, old, new = states()
    preflight("scan", path, "-w", new, "--only-changed-since", old, "-o", f"html:{tmp_path / 'page.html'}")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "No listing was checked again" in page
    assert "Nothing that needs a hand" not in page
    said = preflight("scan", path, "-w", new, "--only-changed-since", old, "--lang", "zh-Hans")
    assert "9 个商品未重新检查" in said.out
    assert "9 个商品中有 0 个" in said.err


def test_a_name_glued_to_one_that_did_not_change_touches(preflight, states):
    rows = [
        listing("Zorvexanike bag", id="A"),
        listing("Legozorvexa", id="B"),
        listing("Bag", id="C", bullets=["soft zor", "vexa strap"]),
    ]
    found, _ = check(preflight, *states("new", rows=rows))
    assert [r["decision"] for r in found.listings].count("not-rechecked") == 0


ALIASED = (
    "marks:\n  - {id: a, name: Zorvexa, aliases: [Quorvane], classes: [18], territories: [JP], status: registered}\n"
)
FAMILY = """marks:
  - {id: h, name: Hallovane, classes: [18], territories: [US], status: registered}
  - {id: v, name: Velvet, parent: h, common_word: true, classes: [18], territories: [US], status: registered}
  - {id: k, name: Anchor, parent: h, common_word: true, classes: [18], territories: [US], status: registered}
"""


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        (ALIASED, ALIASED + "  - {id: b, name: Zorvexa, classes: [18], territories: [US], status: registered}\n", "Quorvane leather handbag"),
        (FAMILY, "marks:\n" + "\n".join(FAMILY.split("\n")[2:]), "Leather handbag velvet anchor"),
    ],
)  # fmt: skip
def test_marks_that_share_a_name_or_a_family_with_a_changed_one_touch(preflight, tmp_path, write, old, new, title):
    (tmp_path / "old.yaml").write_text(old, "utf-8")
    (tmp_path / "new.yaml").write_text(new, "utf-8")
    check(preflight, write("l.jsonl", listing(title, id="A")), tmp_path / "old.yaml", tmp_path / "new.yaml")


def test_listings_in_many_lots_with_gaps_between_them(preflight, states, monkeypatch):
    monkeypatch.setattr(touching, "LISTINGS", 3)
    monkeypatch.setattr(changed, "_HELD", 7)
    rows = [
        r
        for n in range(40)
        for r in (listing("Zorvexa bag" if n % 9 == 0 else "Canvas bag, soft", id=str(n)), {"id": f"broken {n}"})
    ]
    path, old, new = states("new", rows=rows)
    found = preflight("scan", path, "-w", new, "--only-changed-since", old, "-f", "jsonl")
    assert [r["type"] for r in found.rows[1:-1]] == ["listing", "gap"] * 40
    assert [r["id"] for r in found.listings if r["findings"]] == ["0", "9", "18", "27", "36"]


class Failing:
    """Workers that answer for the second lot alone."""

    def __init__(self):
        self.lots = 0

    def submit(self, _):
        self.lots += 1
        return Known([(1,) if self.lots == 2 else Fault(kind="crashed", detail="")])

    def close(self):
        """Nothing runs."""


def test_what_a_worker_fails_over_can_be_touched(monkeypatch):
    monkeypatch.setattr(touching, "LISTINGS", 3)
    looking = touching.Looking(Failing(), 1)
    items = [Listing(id=str(n), origin=Origin(file="")) for n in range(7)]
    assert list(looking.through(items)) == items
    assert [looking.take() for _ in items] == [True, True, True, False, True, False, True]


@pytest.mark.parametrize("command", ["create", "diff", "prune"])
def test_a_baseline_is_not_made_of_a_part(preflight, states, tmp_path, command):
    path, old, new = states("new")
    target = ("-o", tmp_path / "base") if command == "create" else ("--baseline", tmp_path / "base")
    preflight("baseline", "create", path, "-w", new, "-o", tmp_path / "base") if command != "create" else None
    found = preflight("baseline", command, path, "-w", new, "--only-changed-since", old, *target)
    assert found.code == 2
    assert "a baseline speaks of all" in found.err
