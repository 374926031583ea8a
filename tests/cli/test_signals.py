"""A run that is told to end: what was done is reported as partial, by SIGTERM as by Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import listing


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are POSIX's")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_end_reports_what_was_done(tmp_path, marks, sent):
    (tmp_path / "out.jsonl").write_text("old\n")
    log = tmp_path / "log.jsonl"
    command = [
        sys.executable, "-m", "listing_preflight.cli.main", "scan", "-", "-w", str(marks), "--no-images", "-f", "json",
        "-o", "jsonl:out.jsonl", "--log-file", str(log),
    ]  # fmt: skip
    child = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - runs in the background are deaf to it
    )
    child.stdin.write(json.dumps(listing("Nike shoes")).encode() + b"\n")
    child.stdin.flush()
    while child.poll() is None and not (log.is_file() and log.read_text().strip()):
        time.sleep(0.05)
    time.sleep(0.5)
    child.send_signal(sent)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert b"Traceback" not in err
    last = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[-1])
    assert (last["type"], last["complete"]) == ("summary", False)
    assert json.loads(out)["summary"]["complete"] is False
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.skipif(os.name == "nt", reason="a pipe of POSIX")
@pytest.mark.parametrize("command", [["rules"], ["watchlist", "search", "Nike"]])
def test_a_reader_that_goes_away_is_no_finding(command):
    run = [sys.executable, "-m", "listing_preflight.cli.main", *command]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        child.stdout.close()
        _, err = child.communicate(timeout=120)
    assert (child.returncode, err) == (130, b"")
