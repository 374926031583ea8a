"""Compiled lists: the same marks, the same reports, kept between runs and never trusted unseen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from listing_preflight.errors import ListError
from listing_preflight.watchlists import cache
from listing_preflight.watchlists.compiled import Compiled
from listing_preflight.watchlists.index import compile_lists, open_lists
from listing_preflight.watchlists.read import read_lists
from tests.conftest import MARKS, listing

BUNDLED = Path(__file__).parents[2] / "brand_lists/marks"
SECOND = """list: {name: second, version: "2", date: 2026-01-02, rights: assumed, offices: [US], licence: CC0, source: own}
marks:
  - {name: Quellar, aliases: [奎拉, {name: quell, common_word: true}], common_word: false, famous: true, near: [phone], never_near: [sea],
     requires: [case], permitted_use: "for Quellar", parent: nike, source: x, seen: 2026-01-01, images: ["phash256:1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e"], kind: product-line,
     registrations: [{office: WO, number: "1", classes: [9], status: "US:710", filed: 1999-01-02, registered: 2000-01-02,
       expires: 2030-01-02, goods: phones, excluded_goods: toys, disclaimed: [phone], supplemental: true, designated: [JP, MX]},
       {office: US}]}
  - {name: Zorvane, owner: "Zorvane AG", classes: [25], territories: [US, EM], status: registered}
  - {name: "!!!"}
works:
  - {id: lamp, kind: design, title: Lamp, images: ["phash256:%s"], office: US, number: D1, registered: 2020-01-31, locarno: ["02-04"]}
""" % ("0f" * 32)
ROWS = [
    listing("Nike shoes with Quellar phone"), {**listing("N1KE dupe"), "id": "S2", "description": "<b>Zor</b>vane and zorvanes nike.com"},
    {**listing("plain jug"), "id": "S3"}, {**listing("Zorvaneshoes by 奎拉 quellarnike"), "id": "S4", "brand": "Zorvane"},
]  # fmt: skip


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/first.yaml").write_text(MARKS, "utf-8")
    (tmp_path / "lists/second.yaml").write_text(SECOND, "utf-8")
    return tmp_path / "lists"


@pytest.fixture
def run(preflight, write):
    path = write("listings.jsonl", *ROWS)

    def go(*args):
        return preflight("scan", path, "-f", "jsonl", "--no-progress", "--no-images", "--explain", *args)

    return go


def reported(result):
    assert result.code in (0, 1), result
    return result.out


def test_every_bundled_mark_comes_back(tmp_path):
    made = compile_lists([BUNDLED], tmp_path / "b.lcx")
    for one, other in zip(read_lists([BUNDLED]), made.lists, strict=True):
        assert tuple(other.marks) == one.marks
        assert (other.name, other.digest, other.version, other.date, other.rights) == (
            one.name, one.digest, one.version, one.date, one.rights,
        )  # fmt: skip


def test_every_field_comes_back(lists, tmp_path):
    made = compile_lists([lists], tmp_path / "b.lcx")
    for one, other in zip(read_lists([lists]), made.lists, strict=True):
        assert (tuple(other.marks), tuple(other.works)) == (one.marks, one.works)
        assert (other.offices, other.licence, other.source) == (one.offices, one.licence, one.source)


def test_a_status_that_nobody_gives_comes_back(tmp_path):
    (tmp_path / "a.yaml").write_text("marks: [{name: Zorvane, classes: [25], territories: [US]}]\n", "utf-8")
    (made,) = compile_lists([tmp_path / "a.yaml"], tmp_path / "a.lcx").lists
    (one,) = read_lists([tmp_path / "a.yaml"])
    assert tuple(made.marks) == one.marks
    assert one.marks[0].registrations[0].status == "unstated"


def test_reports_are_the_same_bytes(run, lists, tmp_path, preflight):
    plain = reported(run("-w", lists, "--no-cache"))
    assert preflight("watchlist", "compile", lists, "-o", tmp_path / "c.lcx").code == 0
    assert reported(run("-w", tmp_path / "c.lcx")) == plain
    assert reported(run("-w", tmp_path / "c.lcx", "--no-cache", "--workers", "2")) == plain
    assert reported(run("-w", lists)) == plain == reported(run("-w", lists))
    assert json.loads(plain.splitlines()[-1])["findings"]["high"] >= 2


def test_compiled_and_plain_lists_together(run, lists, tmp_path, preflight):
    plain = reported(run("-w", lists, "--no-cache"))
    preflight("watchlist", "compile", lists / "first.yaml", "-o", tmp_path / "c.lcx")
    for extra in ((), ("--no-cache",)):
        assert reported(run("-w", tmp_path / "c.lcx", "-w", lists / "second.yaml", *extra)) == plain
    preflight("watchlist", "compile", tmp_path / "c.lcx", lists / "second.yaml", "-o", tmp_path / "d.lcx")
    assert reported(run("-w", tmp_path / "d.lcx")) == plain


def test_commands_read_compiled_lists(lists, tmp_path, preflight):
    preflight("watchlist", "compile", lists, "-o", tmp_path / "c.lcx")
    assert "2 lists" in preflight("watchlist", "check", tmp_path / "c.lcx").out
    assert preflight("watchlist", "info", tmp_path / "c.lcx").out == preflight("watchlist", "info", lists).out
    assert "Zorvane AG" in preflight("watchlist", "search", "zorvane", "-w", tmp_path / "c.lcx").out
    assert preflight("watchlist", "diff", tmp_path / "c.lcx", lists).out == ""


@pytest.mark.images
def test_pictures_are_kept_as_hashes(lists, tmp_path, preflight):
    image = pytest.importorskip("PIL.Image")
    image.effect_noise((64, 64), 90).save(lists / "known.png")
    work = {"works": [{"id": "w", "kind": "image", "images": ["known.png"]}], "list": {"name": "pictures"}}
    (lists / "third.json").write_text(json.dumps(work), "utf-8")
    compile_lists([lists / "third.json"], tmp_path / "c.lcx")
    image.open(lists / "known.png").save(tmp_path / "seen.png")
    (lists / "known.png").unlink()
    row = {**listing("print"), "images": [{"path": "seen.png"}]}
    (tmp_path / "x.jsonl").write_text(json.dumps(row), "utf-8")
    result = preflight("scan", tmp_path / "x.jsonl", "-w", tmp_path / "c.lcx", "--ocr", "off", "-f", "jsonl")
    (finding,) = result.listings[0]["findings"]
    assert (finding["work"]["id"], finding["evidence"][0]["known"]) == ("w", "known.png")


def test_a_picture_that_is_missing_is_an_error_and_nothing_is_written(lists, tmp_path, preflight):
    (lists / "third.json").write_text(json.dumps({"works": [{"id": "w", "images": ["no.png"]}]}), "utf-8")
    result = preflight("watchlist", "compile", lists, "-o", tmp_path / "c.lcx")
    assert (result.code, list(tmp_path.glob("*c.lcx*"))) == (2, [])


@pytest.mark.parametrize(("cut", "said"), [(0, "cut short"), (40, "cut short"), (-1, "cut short"), (None, "longer")])
def test_a_damaged_file_is_a_list_error(run, lists, tmp_path, cut, said):
    compile_lists([lists], tmp_path / "c.lcx")
    data = (tmp_path / "c.lcx").read_bytes()
    (tmp_path / "c.lcx").write_bytes(data + b"x" if cut is None else data[:cut])
    result = run("-w", tmp_path / "c.lcx")
    assert result.code == 2
    assert said in result.err
    assert "watchlist compile" in result.err


def test_a_file_of_another_fold_is_refused(lists, tmp_path, monkeypatch):
    compile_lists([lists], tmp_path / "c.lcx")
    monkeypatch.setattr("listing_preflight.watchlists.compiled.stamp", lambda: "other")
    with pytest.raises(ListError, match="folds names otherwise"):
        Compiled(tmp_path / "c.lcx")


def test_an_output_that_cannot_be_written(lists, tmp_path, preflight):
    result = preflight("watchlist", "compile", lists, "-o", tmp_path / "no/such/c.lcx")
    assert result.code == 2
    assert "cannot be written" in result.err


def test_the_cache_is_used_checked_and_made_anew(run, lists):
    before = set(cache.files())
    first = reported(run("-w", lists))
    (kept,) = set(cache.files()) - before
    stamp = kept.stat().st_mtime_ns
    assert reported(run("-w", lists)) == first
    assert kept.stat().st_mtime_ns == stamp
    data = bytearray(kept.read_bytes())
    for at in (20, len(data) // 2, len(data) - 5):
        kept.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        assert reported(run("-w", lists)) == first
        assert kept.read_bytes() == bytes(data)


def test_a_changed_list_is_read_anew(run, lists):
    assert "Quellar" in reported(run("-w", lists))
    (lists / "second.yaml").write_text("list: {name: second}\nmarks: [{name: Other}]\n", "utf-8")
    assert '"name":"Quellar"' not in reported(run("-w", lists))


def test_nothing_is_kept_with_no_cache(run, lists):
    before = set(cache.files())
    run("-w", lists, "--no-cache")
    assert set(cache.files()) == before


def test_a_cache_that_cannot_be_written_is_said(run, lists, tmp_path, monkeypatch):
    plain = reported(run("-w", lists))
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PREFLIGHT_CACHE_DIR", str(tmp_path / "file"))
    assert reported(run("-w", lists)) == plain
    assert "cannot be kept" in run("-w", lists, "-v").err


def test_info_and_clear(run, lists, preflight, tmp_path, monkeypatch):
    monkeypatch.setenv("PREFLIGHT_CACHE_DIR", str(tmp_path / "cache"))
    assert "0 files" in preflight("cache", "info").out
    run("-w", lists)
    assert "1 file," in preflight("cache", "info").out
    assert preflight("cache", "clear").code == 0
    assert "0 files" in preflight("cache", "info").out


def test_several_processes_compile_at_once(lists, tmp_path):
    env = {**os.environ, "PREFLIGHT_CACHE_DIR": str(tmp_path / "cache")}
    row = json.dumps(ROWS[0]).encode()
    command = [
        sys.executable,
        "-m",
        "listing_preflight.cli.main",
        "scan",
        "-",
        "-w",
        str(lists),
        "-f",
        "jsonl",
        "--no-images",
    ]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) for _ in range(3)]
    outs = {p.communicate(row)[0] for p in started}
    assert len(outs) == 1
    assert {p.returncode for p in started} == {1}
    assert len(list((tmp_path / "cache/lists").iterdir())) == 1


def test_a_list_named_twice_is_the_same_as_for_reading(lists):
    found = open_lists([lists, lists], keep=False, say=print)
    assert [one.name for one in found.lists] == [one.name for one in read_lists([lists, lists])]
