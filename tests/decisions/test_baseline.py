"""The baseline: what was accepted stays accepted, nothing more, and a damaged one is named."""

import json
import random

import pytest

from listing_preflight.decisions.baseline import Accepting, Baseline, Entry, Parts, changes, made, pruned
from listing_preflight.decisions.baseline_files import MANIFEST, read_baseline, write_baseline
from listing_preflight.errors import PreflightError
from listing_preflight.model import finding as findings
from tests.conftest import listing

ROWS = (
    listing("NIKE running shoes"),
    listing("plain shoes", id="S2"),
    listing("LEGO bricks", id="S3", category="Toys"),
)


@pytest.fixture
def base(preflight, marks, write, tmp_path):
    """Make a baseline of rows; the arguments that scan them under it."""

    def make(*rows, extra=()):
        path = write("catalog.jsonl", *rows)
        result = preflight("baseline", "create", path, "-w", marks, "-o", tmp_path / "base", *extra)
        assert result.code == 0, result.err
        return (path, "-w", marks, "--baseline", tmp_path / "base")

    return make


def shard(tmp_path):
    return next((tmp_path / "base").rglob("*/*.jsonl"))


def open_ones(result):
    return [(r["id"], f["mark"]["id"]) for r in result.listings for f in r["findings"] if not f["suppressed"]]


def test_an_unchanged_catalog_is_clean_and_says_what_is_held_back(preflight, base):
    result = preflight("scan", *base(*ROWS), "-f", "jsonl")
    assert result.code == 0
    assert open_ones(result) == []
    assert [r["decision"] for r in result.listings] == ["pass"] * 3
    assert result.rows[-1]["suppressed"] == 2
    assert result.rows[-1]["findings"] == {"high": 0, "medium": 0, "low": 0}
    assert {f["suppressed"] for r in result.listings for f in r["findings"]} == {"baseline"}


def test_the_text_report_counts_what_was_accepted_and_tells_what_is_new(preflight, base, write):
    args = base(*ROWS)
    result = preflight("scan", *args)
    assert "NIKE" not in result.out
    assert "LEGO" not in result.out
    assert "2 accepted before" in result.out
    write("catalog.jsonl", *ROWS, listing("Veltora boots", id="S4"))
    result = preflight("scan", *args)
    assert "Veltora" in result.out
    assert "NIKE" not in result.out


def test_moved_rows_edits_and_new_listings_leave_it_valid(preflight, base, write):
    args = base(*ROWS)
    write(
        "catalog.jsonl", ROWS[2], ROWS[1], listing("NIKE shoes for the trail, red"), listing("Veltora boots", id="S4")
    )
    result = preflight("scan", *args, "-f", "jsonl")
    assert result.code == 1
    assert open_ones(result) == [("S4", "veltora")]


def test_a_risen_severity_and_another_use_are_new(preflight, base, write):
    args = base(listing("Lace anchors for NIKE shoes"))
    assert preflight("scan", *args, "--fail-on", "low").code == 0
    write("catalog.jsonl", listing("NIKE running shoes replica"))
    assert preflight("scan", *args).code == 1


def test_repeated_ids_are_counted(preflight, base, write):
    args = base(ROWS[0], ROWS[0])
    assert preflight("scan", *args).code == 0
    write("catalog.jsonl", ROWS[0], ROWS[0], ROWS[0])
    result = preflight("scan", *args, "-f", "jsonl")
    assert result.code == 1
    assert len(open_ones(result)) == 1


def test_create_is_0_whatever_it_finds_and_says_what_it_could_not_look_at(preflight, marks, write, tmp_path):
    path = write("x.jsonl", {**ROWS[0], "images": [{"path": "none.jpg"}]}, listing("NIKE socks", id="x.jsonl#2"))
    result = preflight("baseline", "create", path, "-w", marks, "-o", tmp_path / "b")
    assert result.code == 0
    assert "1 thing could not be checked" in result.err
    assert "1 finding of listings without an id" in result.err


def test_creating_again_writes_nothing_new(base, tmp_path):
    base(*ROWS)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "base").rglob("*")}
    base(*ROWS)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "base").rglob("*")} == before


def test_diff_tells_new_risen_and_gone(preflight, base, write):
    args = base(listing("Lace anchors for NIKE shoes"), ROWS[2])
    write("catalog.jsonl", listing("NIKE running shoes"), listing("Veltora boots", id="S4"))
    result = preflight("baseline", "diff", *args)
    assert result.code == 1
    kinds = [line.split()[0] for line in result.out.splitlines()]
    assert kinds == ["gone", "gone", "new", "new"]
    assert "2 new, 0 risen, 2 gone" in result.err


def test_prune_takes_out_what_is_gone_and_accepts_nothing(preflight, base, write, tmp_path):
    args = base(*ROWS)
    write("catalog.jsonl", ROWS[0], listing("Veltora boots", id="S4"))
    assert preflight("baseline", "prune", *args).code == 0
    assert [e.parts.listing for e in read_baseline(tmp_path / "base").entries.values()] == ["S1"]
    assert preflight("scan", *args).code == 1


def test_prune_of_a_run_that_could_not_look_takes_nothing_out(preflight, base, write, tmp_path):
    args = base(*ROWS)
    write("catalog.jsonl", {**ROWS[1], "images": [{"path": "none.jpg"}]})
    result = preflight("baseline", "prune", *args)
    assert result.code == 3
    assert "nothing was taken out" in result.err
    assert len(read_baseline(tmp_path / "base").entries) == 2


def doubled(text):
    return text + text


def edited(text):
    return text.replace('"S1"', '"S9"').replace('"S3"', '"S9"')


def conflicted(text):
    return f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> branch\n"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (doubled, "stands twice"), (edited, "a line was edited"), (conflicted, "a merge conflict was left"),
        (lambda text: text[:40], "is not JSON"), (lambda _: "[" * 100_000, "is not JSON"), (lambda _: "[]\n", "an entry has"),
        (lambda text: text.replace('"high": 1', '"high": 0'), "counts of low, medium, high"),
        (lambda text: text.replace('"1:', '"2:'), "a fingerprint of version 2"),
        (lambda text: text.replace('"1:', '"x'), "is no fingerprint"),
    ],
)  # fmt: skip
def test_a_badly_merged_baseline_is_named_with_file_and_line(preflight, base, tmp_path, damage, said):
    args = base(*ROWS)
    file = shard(tmp_path)
    file.write_text(damage(file.read_text()))
    result = preflight("scan", *args)
    assert result.code == 2
    assert said in result.err
    assert f"{file.name}:" in result.err


def test_a_head_that_is_nested_too_deeply_is_named(preflight, base, tmp_path):
    args = base(*ROWS)
    (tmp_path / "base" / MANIFEST).write_text('{"schema":' + "[" * 100_000)
    result = preflight("scan", *args)
    assert (result.code, f"{MANIFEST}:1: is not the head of a baseline" in result.err) == (2, True)


def test_another_version_a_stray_file_and_a_moved_shard_are_refused(preflight, base, tmp_path):
    args = base(*ROWS)
    stray = shard(tmp_path).with_suffix(".jsonl.orig")
    stray.write_text("")
    assert "is no part of a baseline" in preflight("scan", *args).err
    stray.unlink()
    wrong = shard(tmp_path)
    (tmp_path / "base" / "00").mkdir()
    wrong.rename(tmp_path / "base" / "00" / "00ff.jsonl")
    assert "stands in the wrong file" in preflight("scan", *args).err
    (tmp_path / "base" / MANIFEST).write_text('{"schema": "preflight.baseline/9"}')
    result = preflight("scan", *args)
    assert (result.code, f"{MANIFEST}:1" in result.err, "preflight.baseline/9" in result.err) == (2, True, True)


def test_what_is_no_baseline_is_never_taken_for_an_empty_one(preflight, marks, write, tmp_path):
    path = write("x.jsonl", ROWS[0])
    for name in ("nowhere", "."):
        assert preflight("scan", path, "-w", marks, "--baseline", tmp_path / name).code == 2
    assert preflight("baseline", "create", path, "-w", marks, "-o", tmp_path).code == 2
    assert preflight("baseline", "diff", path, "-w", marks).code == 2


def test_a_later_fingerprint_follows_entries_by_their_parts(tmp_path, monkeypatch):
    parts = Parts("TM001", "amazon.com", "S1", "nike", "identity")
    write_baseline(tmp_path / "b", made([Entry(parts=parts, accepted={"high": 1})]))
    monkeypatch.setattr(findings, "FINGERPRINT", 2)
    monkeypatch.setattr("listing_preflight.decisions.baseline_files.FINGERPRINT", 2)
    followed = read_baseline(tmp_path / "b")
    assert list(followed.entries) == [parts.fingerprint]
    assert parts.fingerprint.startswith("2:")
    write_baseline(tmp_path / "b", followed)
    assert read_baseline(tmp_path / "b") == followed


def entry(number, **accepted):
    return Entry(parts=Parts("TM001", "", f"S{number}", "nike", "identity"), accepted=accepted)


def test_any_order_of_entries_writes_the_same_bytes(tmp_path):
    entries = [entry(n, high=1 + n % 2) for n in range(400)]
    write_baseline(tmp_path / "a", made(entries))
    random.Random(7).shuffle(entries)
    write_baseline(tmp_path / "b", made(entries))
    read = [{p.relative_to(f): p.read_bytes() for p in f.rglob("*.json*")} for f in (tmp_path / "a", tmp_path / "b")]
    assert read[0] == read[1]
    assert read_baseline(tmp_path / "a") == made(entries)


def test_changes_and_pruning_count_by_severity():
    before, now = made([entry(1, low=1, high=1), entry(2, high=1)]), made([entry(1, high=2), entry(3, low=1)])
    assert [(c.kind, c.parts.listing, c.times, c.severity) for c in changes(before, now)] == [
        ("gone", "S2", 1, "high"), ("new", "S3", 1, "low"), ("risen", "S1", 1, "high"),
    ]  # fmt: skip
    assert pruned(before, now) == made([entry(1, high=1)])
    assert pruned(before, before) == before
    assert changes(before, before) == []


def test_hostile_ids_stay_in_their_line(tmp_path):
    odd = Entry(parts=Parts("TM001", "", 'a\n{"x": 1}\u2028\ud800', "nike", "identity"), accepted={"high": 1})
    write_baseline(tmp_path / "b", made([odd]))
    assert read_baseline(tmp_path / "b") == made([odd])
    assert json.loads(shard_text(tmp_path / "b"))["listing"] == odd.parts.listing


def shard_text(folder):
    (file,) = folder.rglob("*/*.jsonl")
    (line,) = file.read_text("utf-8").splitlines()
    return line


def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PreflightError, match="is no baseline"):
        write_baseline(tmp_path / "file", Baseline())


def test_an_empty_baseline_changes_nothing(scan):
    verdicts = scan(*ROWS).listings
    assert Accepting(Baseline(), strict=False)._left == {}
    assert all(f["suppressed"] is None for r in verdicts for f in r["findings"])
