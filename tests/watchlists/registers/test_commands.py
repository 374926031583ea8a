"""The commands on registers: import, info, search, diff, and scans that look at their age or their changes."""

import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the registers extra")
pytest.importorskip("lxml", reason="needs the registers extra")

from listing_preflight.cli.main import main
from tests.watchlists.registers import make

OLD = [("90000001", "ZORVELLA", "700"), ("90000002", "QUIMBRAX", "700"), ("90000003", "PELMARO", "630")]
NEW = [
    ("90000001", "ZORVELLA", "700"),
    ("90000002", "QUIMBRAX", "710"),
    ("90000003", "PELMARO", "700"),
    ("90000004", "TALUNESO", "700"),
]


@pytest.fixture
def preflight(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def go(*args):
        with pytest.raises(SystemExit) as done:
            main([str(a) for a in args])
        out, err = capsys.readouterr()
        return done.value.code, out, err

    return go


@pytest.fixture
def states(preflight, tmp_path):
    for name, rows in (("old", OLD), ("new", NEW)):
        cases = "".join(make.tdxf_case(serial=s, mark=m, status=c) for s, m, c in rows)
        make.write(tmp_path / f"{name}.zip", make.TDXF.format(cases))
        assert preflight("watchlist", "import", "uspto-tdxf", f"{name}.zip", "-o", f"{name}.parquet")[0] == 0
    return tmp_path


def test_import_says_what_it_took_and_skipped(preflight, tmp_path):
    make.write(tmp_path / "a.zip", make.TDXF.format(make.tdxf_case() + make.tdxf_case(serial="90000007", mark="")))
    code, out, err = preflight("watchlist", "import", "uspto-tdxf", "a.zip", "-o", "a.parquet")
    assert (code, out) == (0, "a.parquet: 1 records\n")
    assert "skipped 1: no-mark (90000007)" in err


def test_bad_input_is_exit_2_and_named(preflight, tmp_path):
    (tmp_path / "page.zip").write_text("<html>gone</html>", encoding="utf-8")
    code, out, err = preflight("watchlist", "import", "uspto-tdxf", "page.zip", "-o", "a.parquet")
    assert (code, out) == (2, "")
    assert "page.zip: is an HTML page" in err


@pytest.mark.usefixtures("states")
def test_a_register_covers_an_office_only_by_the_users_word(preflight):
    assert "none completely" in preflight("watchlist", "info", "new.parquet")[1]
    preflight("watchlist", "import", "uspto-tdxf", "new.zip", "-o", "all.parquet", "--complete", "US")
    assert "covers offices  US" in preflight("watchlist", "info", "all.parquet")[1]


@pytest.mark.parametrize(
    ("query", "how"), [("ZORVELLA", "exact"), ("zor vella", "folded"), ("zorvela", "fuzzy"), ("90/000,001", "number")]
)
@pytest.mark.usefixtures("states")
def test_search(preflight, query, how):
    code, out, _ = preflight("watchlist", "search", query, "-w", "new.parquet")
    assert code == 0
    assert out.startswith(f"ZORVELLA  [{how}")


@pytest.mark.usefixtures("states")
def test_search_that_finds_nothing_is_exit_1(preflight):
    assert preflight("watchlist", "search", "unheard of", "-w", "new.parquet")[0] == 1


def test_search_in_a_written_list(preflight, tmp_path):
    (tmp_path / "own.yaml").write_text(
        "marks: [{name: ZORVELLA, territories: [US], number: '7,000,001'}]", encoding="utf-8"
    )
    assert "[number]" in preflight("watchlist", "search", "7000001", "-w", "own.yaml")[1]
    assert "[fuzzy, 1 edits]" in preflight("watchlist", "search", "zorvela", "-w", "own.yaml")[1]


@pytest.mark.usefixtures("states")
def test_diff_names_new_changed_and_dead_marks(preflight):
    code, out, err = preflight("watchlist", "diff", "old.parquet", "new.parquet")
    assert code == 0
    assert [line.split()[:3:2] for line in out.splitlines()] == [
        ["dead", "QUIMBRAX"],
        ["changed", "PELMARO"],
        ["new", "TALUNESO"],
    ]
    assert "1 new, 1 changed, 1 dead, 0 gone" in err


def _scan(preflight, folder, *options):
    listing = {"id": "a", "title": "ZORVELLA QUIMBRAX PELMARO TALUNESO bag"}
    (folder / "c.jsonl").write_text(json.dumps(listing), encoding="utf-8")
    code, out, _ = preflight("scan", "c.jsonl", "-w", "new.parquet", "-f", "jsonl", "--no-images", *options)
    return code, [json.loads(line) for line in out.splitlines()]


def test_only_changed_since_checks_just_those(preflight, states):
    _, lines = _scan(preflight, states, "--only-changed-since", "old.parquet")
    assert {f["mark"]["name"] for f in lines[1]["findings"]} == {"PELMARO", "TALUNESO"}
    assert lines[0]["options"]["only_changed_since"] == "old.parquet"


@pytest.mark.parametrize(("age", "complete"), [(10, True), (5, False)])
def test_an_old_list_makes_the_run_incomplete(preflight, states, age, complete):
    code, lines = _scan(preflight, states, "--max-list-age", age, "--date", "2026-11-09")
    assert lines[-1]["complete"] is complete
    assert (code in (0, 1)) is complete
    assert [x["kind"] for x in lines if x["type"] == "gap"] == ([] if complete else ["stale-list"])


def test_a_damaged_register_is_a_list_error(preflight, states):
    (states / "new.parquet").write_bytes((states / "new.parquet").read_bytes()[:-500])
    assert preflight("watchlist", "search", "ZORVELLA", "-w", "new.parquet")[0] == 2
    assert _scan(preflight, states)[0] == 2


@pytest.mark.usefixtures("states")
def test_info_reads_the_metadata_alone(preflight):
    code, out, _ = preflight("watchlist", "info", "new.parquet")
    assert code == 0
    assert "date            2026-11-01" in out
    assert "records         4" in out
    assert "new.zip sha256:" in out


def test_a_failed_import_leaves_nothing_behind(preflight, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"")
    assert preflight("watchlist", "import", "uspto-tdxf", "a.zip", "-o", "a.parquet")[0] == 2
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_the_nearest_mark_of_all_lists_is_told_first(preflight):
    for name, mark in (("a", "Zorvel"), ("b", "Zorvela")):
        Path(f"{name}.yaml").write_text(f"marks: [{{name: {mark}, territories: [US]}}]", encoding="utf-8")
    out = preflight("watchlist", "search", "zorvela", "-w", "a.yaml", "-w", "b.yaml")[1]
    assert [line.split()[0] for line in out.splitlines()] == ["Zorvela", "Zorvel"]
