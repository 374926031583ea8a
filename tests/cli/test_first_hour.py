"""The first hour: what init writes works, traces hold no listing text, and a stranger of the same name is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from listing_preflight.cli import starting
from tests.conftest import ROOT, listing

COMMAND = Path(sys.executable).parent / "listing-preflight"


def test_init_writes_what_works_and_replaces_nothing(preflight, write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seller.yaml").write_text("seller: {name: Mine}\n")
    written = preflight("init", "--ci", "github")
    assert written.code == 0
    assert "kept     seller.yaml" in written.out
    assert (tmp_path / "seller.yaml").read_text() == "seller: {name: Mine}\n"
    assert preflight("watchlist", "check", "brands.yaml").out.endswith("valid, 0 hints\n")
    write("catalog/x.jsonl", listing("Zorvexa boots"))
    result = preflight("scan", "catalog", "-f", "jsonl")
    assert result.code == 1, result.err
    assert [f["mark"]["id"] for r in result.listings for f in r["findings"]] == ["zorvexa"]


@pytest.mark.parametrize("ci", starting.CI)
def test_every_ci_sample_is_yaml_that_calls_the_long_name(ci):
    for name in starting.CI[ci].values():
        text = starting.sample(name)
        assert yaml.safe_load(text)
        assert "listing-preflight scan" in text


def test_the_samples_of_the_kit_are_well_formed():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [h["entry"].split()[0] for h in hooks] == ["listing-preflight"] * 2
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    assert action["runs"]["using"] == "composite"
    assert all(step.get("shell") == "bash" for step in action["runs"]["steps"] if "run" in step)
    assert all(
        "${{" not in step.get("run", "") for step in action["runs"]["steps"]
    )  # inputs reach a shell as variables alone
    assert ".listing-preflight" in yaml.safe_load((ROOT / "ci/gitlab.yml").read_text())


def _scans():
    """The lines of the kit that scan, with the variables that they are told, as a service hands them to a shell."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"][-1]
    yield "action", action["run"], {"PATHS": "catalog", "ARGUMENTS": "-f github -o sarif:listings.sarif"}
    template = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text())[".listing-preflight"]
    yield "gitlab template", template["script"][-1], {"LISTINGS": template["variables"]["LISTINGS"]}
    yield "gitlab", yaml.safe_load(starting.sample("gitlab.yml"))["listings"]["script"][-1], {}
    yield "github", yaml.safe_load(starting.sample("github.yml"))["jobs"]["preflight"]["steps"][-1]["run"], {}


@pytest.mark.skipif(os.name == "nt" or not COMMAND.exists(), reason="needs a shell and the installed command")
@pytest.mark.parametrize(
    ("line", "told"), [(line, told) for _, line, told in _scans()], ids=[name for name, *_ in _scans()]
)
def test_what_the_kit_runs_passes_and_stops(line, told, preflight, tmp_path):
    preflight("init", tmp_path / "shop")
    env = {**os.environ, **told, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    catalog = tmp_path / "shop/catalog/x.jsonl"
    catalog.parent.mkdir()
    for title, code in (("Blue mug", 0), ("Zorvexa boots", 1)):
        catalog.write_text(json.dumps(listing(title)) + "\n")
        run = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", line],
            cwd=tmp_path / "shop",
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == code, run.stdout + run.stderr


def test_the_log_file_holds_no_word_of_a_listing(preflight, marks, write, tmp_path):
    secret = listing("NIKE Quondamish shoes", id="SKU-Quondamish", images=[{"path": "Quondamish.jpg"}])
    path, log = write("x.jsonl", secret), tmp_path / "run.log"
    for _ in range(2):
        preflight("scan", path, "-w", marks, "--log-file", log)
    preflight("gate", "-w", marks, "--log-file", log, stdin=json.dumps(secret).encode())
    text = log.read_text()
    assert "Quondamish" not in text
    events = [json.loads(line) for line in text.splitlines()]
    assert [e["event"] for e in events] == ["started", "gap", "ended"] * 3
    assert (events[1]["kind"], events[2]["exit_code"], events[2]["high"]) == ("missing", 4, 1)
    assert events[-1]["command"] == "gate"


def test_a_log_file_that_cannot_be_written_is_a_usage_error(preflight, marks, write, tmp_path):
    result = preflight("scan", write("x.jsonl", listing("x")), "-w", marks, "--log-file", tmp_path / "no" / "x.log")
    assert result.code == 2
    assert "--log-file" in result.err


def test_stale_rules_and_lists_are_told(preflight):
    everything = preflight("rules", "--stale", "0")
    assert everything.code == 0
    assert "rule " in everything.out
    assert preflight("rules", "--stale", "36500").out == ""
    assert "list " not in preflight("rules", "--stale", "0", "--marketplace", "amazon.com").out
    assert preflight("rules", "--stale", "0", "--marketplace", "nowhere.example").code == 2


@pytest.mark.skipif(os.name == "nt", reason="a script without an ending is no command there")
def test_doctor_tells_of_another_preflight_that_stands_first(preflight, tmp_path, monkeypatch):
    assert "another" not in preflight("doctor").out
    for folder, name in (("other", "preflight"), ("ours", "listing-preflight")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("#!/bin/sh\n")
        (tmp_path / folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'other'}:{tmp_path / 'ours'}")
    assert f"{tmp_path / 'other' / 'preflight'} is another `preflight`" in preflight("doctor").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_under_both_names(shell, tmp_path):
    for name in ("preflight", "listing-preflight"):
        script = tmp_path / name
        script.write_text("import sys\nfrom listing_preflight.cli.main import main\nmain()\n")
        variable = f"_{name.replace('-', '_').upper()}_COMPLETE"
        env = {**os.environ, variable: f"{shell}_source"}
        run = subprocess.run([sys.executable, script], env=env, capture_output=True, text=True, check=False)
        assert variable in run.stdout


def test_all_faults_of_a_list_are_told_at_once(preflight, tmp_path):
    (tmp_path / "l.yaml").write_text(
        "marks:\n  - {id: a, name: No}\n  - {id: b, nmae: X}\n  - {id: c, name: Fine}\nworks:\n  - {id: d}\n"
    )
    result = preflight("watchlist", "check", tmp_path / "l.yaml")
    assert result.code == 2
    lines = [line for line in result.err.splitlines() if "l.yaml:" in line]
    assert [line.partition("l.yaml:")[2].partition(":")[0] for line in lines] == ["2", "3", "6"]
    assert "put No, yes, on or off in quotation marks" in lines[0]


def test_a_seller_file_that_names_a_stranger_or_an_empty_document_is_told(preflight, marks, write, tmp_path):
    (tmp_path / "empty.pdf").write_text("")
    rows = [
        {"mark": "NIKEE", "kind": "letter", "document": "empty.pdf"},
        {"mark": "marks:lego", "kind": "letter", "document": "empty.pdf"},
    ]
    (tmp_path / "seller.yaml").write_text(yaml.safe_dump({"authorisations": rows}))
    result = preflight("scan", write("x.jsonl", listing("x")), "-w", marks, "--seller", tmp_path / "seller.yaml")
    assert "names 'NIKEE', which no list knows" in result.err
    assert "'marks:lego'" not in result.err
    assert result.err.count("the document is empty") == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"<html>not found</html>", "a.pdf is named as PDF and holds none"), ("a.png", b"%PDF-1.7", "is named as PNG"),
        ("a.bin", b"\x7fELF\0\0\1", "is neither text nor a PDF, picture or office document"), ("a.webp", b"RIFF\1\2\3\4WAVE", "is named as WebP"),
        ("a.pdf", b"\n%PDF-1.7 ...", None), ("a.eml", b"From: Ada", None), ("a", b"\x89PNG\r\n\x1a\n\0\0", None),
        ("a.docx", b"PK\x03\x04\0\0", None), ("a.txt", "Brief".encode("utf-16"), None), ("a.webp", b"RIFF\1\2\3\4WEBPVP8", None),
        ("a.heic", b"\0\0\0\x18ftypheic", None), ("scan", b"xx\0%PDF-1.4", None),
    ],
)  # fmt: skip
def test_a_file_that_may_be_no_document_is_told_and_covers_all_the_same(
    preflight, marks, write, tmp_path, name, data, said
):
    (tmp_path / name).write_bytes(data)
    rows = [{"mark": "NIKE", "kind": "licence", "document": name}]
    (tmp_path / "seller.yaml").write_text(yaml.safe_dump({"authorisations": rows}))
    result = preflight(
        "scan", write("x.jsonl", listing("NIKE shoes")), "-w", marks, "--seller", tmp_path / "seller.yaml"
    )
    assert result.code == 0
    told = [line for line in result.err.splitlines() if "look whether it is the document" in line]
    assert (said is None) == (not told)
    assert said is None or f"warning: the licence for NIKE: {name}" in told[0]
    assert said is None or said in told[0]
