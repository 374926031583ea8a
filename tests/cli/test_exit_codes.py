"""Exit codes of contract §1, the same for every format and worker count."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import listing

BAD, FINE = listing("NIKE running shoes"), listing("running shoes")
GAP = {**FINE, "images": [{"path": "none.jpg"}]}
BOTH = {**BAD, "images": [{"path": "none.jpg"}]}


@pytest.mark.parametrize("form", ["text", "jsonl", "json"])
@pytest.mark.parametrize(
    ("row", "extra", "code"),
    [
        (FINE, (), 0), (BAD, (), 1), (GAP, (), 3), (BOTH, (), 4),
        (GAP, ("--allow-incomplete",), 0), (BOTH, ("--allow-incomplete",), 1), (BAD, ("--fail-on", "never"), 0),
        (GAP, ("--no-images",), 0), (GAP, ("--ocr", "off"), 0),
        (listing("Case for NIKE shoes"), ("--fail-on", "low"), 1),
    ],
)  # fmt: skip
def test_codes(preflight, marks, write, row, extra, code, form):
    result = preflight("scan", write("x.jsonl", row), "-w", marks, "-f", form, *extra)
    assert result.code == code
    assert "Traceback" not in result.err


def test_nothing_to_scan(preflight, marks, tmp_path):
    (tmp_path / "empty").mkdir()
    assert preflight("scan", tmp_path / "empty", "-w", marks).code == 5
    assert preflight("scan", tmp_path / "empty", "-w", marks, "--allow-empty").code == 0


@pytest.mark.parametrize(
    "args",
    [
        ("scan", "no-such.jsonl"), ("scan", "x.jsonl", "-w", "nowhere.yaml"), ("scan", "x.jsonl", "--fail-on", "maybe"),
        ("scan", "x.jsonl", "-f", "html"), ("scan", "x.jsonl", "-o", "nothing"), ("baseline", "create", "x.jsonl"),
        ("scan", "x.jsonl", "--date", "yesterday"), ("scan", "x.jsonl", "--encoding", "klingon"),
        ("scan", "x.jsonl", "--image-root", "nowhere"), ("scan", "x.jsonl", "--workers", "0"), ("scan",),
    ],
)  # fmt: skip
def test_usage_errors(preflight, write, tmp_path, monkeypatch, args):
    write("x.jsonl", FINE)
    monkeypatch.chdir(tmp_path)
    result = preflight(*args)
    assert result.code == 2
    assert result.err.strip()


def test_typo_in_a_list_names_file_line_field_and_remedy(preflight, write, tmp_path):
    (tmp_path / "typo.yaml").write_text("marks:\n  - {id: x, nmae: Y}\n")
    result = preflight("scan", write("x.jsonl", FINE), "-w", tmp_path / "typo.yaml")
    assert result.code == 2
    assert "typo.yaml:2" in result.err
    assert "nmae" in result.err
    assert "did you mean 'name'" in result.err


def test_gate(preflight, marks):
    bad = preflight("gate", "-w", marks, stdin=json.dumps(BAD).encode())
    assert (bad.code, bad.rows[0]["decision"]) == (1, "block")
    fine = preflight("gate", "-w", marks, stdin=json.dumps(FINE).encode())
    assert (fine.code, fine.rows[0]["decision"]) == (0, "pass")
    for text in (b"not json", b"", b"[]", b'{"id": "1"}', b"\xff\xfe{"):
        assert preflight("gate", "-w", marks, stdin=text).code == 2


def test_broken_inputs_are_gaps_and_the_rest_goes_on(preflight, marks, tmp_path):
    path = tmp_path / "mixed.jsonl"
    lines = [json.dumps(BAD), "[1, 2]", '{"id": "x"', '{"id": "y", "bullets": 7}', json.dumps({**FINE, "id": "S2"})]
    path.write_text("\n".join(lines) + "\n")
    result = preflight("scan", path, "-w", marks, "-f", "jsonl")
    assert result.code == 4
    assert [r["id"] for r in result.listings] == ["S1", "S2"]
    gaps = [r for r in result.rows if r["type"] == "gap"]
    assert [g["source"]["row"] for g in gaps] == [2, 3, 4]
    assert all(g["kind"] == "bad-row" for g in gaps)


def test_a_named_file_that_cannot_be_read_is_incomplete(preflight, marks, tmp_path):
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("needs FIFOs")
    os.mkfifo(tmp_path / "pipe.jsonl")
    result = preflight("scan", tmp_path / "pipe.jsonl", "-w", marks, "-f", "jsonl")
    assert result.code == 3
    assert result.rows[1]["kind"] == "unreadable"


def test_workers_write_the_same_bytes(preflight, marks, write):
    rows = [listing(f"Item {i} {'NIKE' if i % 3 == 0 else 'plain'} shoes", id=f"S{i}") for i in range(90)]
    path = write("many.jsonl", *rows)
    one = preflight("scan", path, "-w", marks, "-f", "jsonl", "--workers", "1")
    two = preflight("scan", path, "-w", marks, "-f", "jsonl", "--workers", "2")
    assert one.out == two.out
    assert [r["id"] for r in one.listings] == [r["id"] for r in rows]


def test_stdin_and_output_files(preflight, marks, tmp_path):
    out = tmp_path / "r.json"
    result = preflight("scan", "-", "-w", marks, "-q", "-o", f"json:{out}", stdin=json.dumps(BAD).encode())
    assert result.code == 1
    assert result.out == "1 listing: 1 block, 0 review, 0 incomplete, 0 pass.  Findings: 1 high, 0 medium, 0 low.\n"
    document = json.loads(out.read_text("utf-8"))
    assert set(document) == {"run", "listings", "gaps", "summary"}
    assert document["listings"][0]["decision"] == "block"


def test_several_marketplaces_give_a_line_each(preflight, marks, write):
    row = {k: v for k, v in BAD.items() if k != "marketplace"}
    extra = ("--marketplace", "amazon.com", "--marketplace", "amazon.co.jp")
    result = preflight("scan", write("x.jsonl", row), "-w", marks, "-f", "jsonl", *extra)
    assert [(r["marketplace"], r["decision"]) for r in result.listings] == [
        ("amazon.com", "block"),
        ("amazon.co.jp", "pass"),
    ]


def test_configuration_is_found_upward_and_never_in_what_is_scanned(preflight, marks, write, tmp_path, monkeypatch):
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "preflight.toml").write_text('fail_on = "never"\n')
    path = write("catalog/x.jsonl", BAD)
    (tmp_path / "catalog/preflight.toml").write_text('fail_on = "low"\n')
    monkeypatch.chdir(work)
    assert preflight("scan", path, "-w", marks).code == 0
    shown = preflight("config", "show").out
    assert any(line.split() == ["fail-on", "never", "../preflight.toml:1"] for line in shown.splitlines())
    (tmp_path / "preflight.toml").write_text("fial_on = 1\n")
    assert preflight("scan", path, "-w", marks).code == 2


def test_options_come_from_the_environment(preflight, marks, write, monkeypatch):
    monkeypatch.setenv("PREFLIGHT_FAIL_ON", "never")
    assert preflight("scan", write("x.jsonl", BAD), "-w", marks).code == 0


def test_a_list_of_nothing_is_an_error_and_never_clean(preflight, write, tmp_path):
    (tmp_path / "none.yaml").write_text("marks: []\n")
    result = preflight("scan", write("x.jsonl", BAD), "-w", tmp_path / "none.yaml")
    assert result.code == 2
    assert "no mark and no picture to look for" in result.err


def test_a_report_into_a_folder_is_a_usage_error(preflight, marks, write, tmp_path):
    result = preflight("scan", write("x.jsonl", FINE), "-w", marks, "-o", f"jsonl:{tmp_path}")
    assert result.code == 2
    assert "is a folder" in result.err


def test_nothing_to_scan_is_said(preflight, marks, tmp_path):
    (tmp_path / "empty.csv").write_text("")
    result = preflight("scan", tmp_path / "empty.csv", "-w", marks)
    assert result.code == 5
    assert "nothing to scan" in result.err


def test_an_unknown_marketplace_of_the_seller_file_is_announced(preflight, marks, write, tmp_path):
    file = tmp_path / "seller.yaml"
    file.write_text("authorisations: [{mark: NIKE, kind: letter, document: x.pdf, marketplaces: [amazom.com]}]\n")
    result = preflight("scan", write("x.jsonl", FINE), "-w", marks, "--seller", file)
    assert "'amazom.com'" in result.err


@pytest.mark.skipif(os.name == "nt", reason="shells of this kind are POSIX's")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("args", "code"), [("--version", 0), ("scan no-such.jsonl", 2)])
def test_a_program_without_streams_ends_with_its_code(tmp_path, args, code, closed):
    command = f"{sys.executable} -m listing_preflight.cli.main {args} {closed}"
    run = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == code
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_program_that_closed_its_streams_ends_with_its_code(stream):
    """As a reader that closes what it was given does."""
    program = f"import sys; from listing_preflight.cli import main; main.main = lambda: (sys.{stream}.close(), sys.exit(3)); main.console()"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (3, "")
