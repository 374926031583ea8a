"""Processes that are forked: how they end, in a process that has no streams or was started deaf to the end of its children."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from listing_preflight.running import nest
from listing_preflight.running.nest import Forking, _Forked
from listing_preflight.running.supervisor import Supervisor
from tests.conftest import listing
from tests.running.test_supervisor import Poisoned

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked on this system")


@pytest.fixture
def deaf():
    """As after `nohup` of a kind: the system itself forgets children that ended."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGCHLD, before)


@pytest.mark.usefixtures("deaf")
def test_a_child_that_nobody_can_wait_for_has_ended():
    child = _Forked(lambda: None)
    child.join()
    assert not child.is_alive()


@pytest.mark.usefixtures("deaf")
def test_how_workers_ended_is_known_all_the_same():
    with Supervisor(Forking(Poisoned, Poisoned()), 1) as crew:
        one, fault, other = crew.submit([1, "exit", 2]).result()
    assert (one, other) == (2, 4)
    assert "exit 9" in fault.detail


def test_a_scan_that_was_started_deaf(marks):
    run = subprocess.run(
        [sys.executable, "-m", "listing_preflight.cli.main", "scan", "-", "-w", str(marks), "-f", "jsonl"],
        input=json.dumps(listing("NIKE running shoes")).encode(),
        capture_output=True,
        preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN),  # as `env --ignore-signal` does
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, b"")


def test_whoever_was_waited_for_is_not_killed(monkeypatch):
    child = _Forked(lambda: None)
    child.join()
    killed = []
    monkeypatch.setattr(nest.os, "kill", lambda *a: killed.append(a))
    child.kill()
    assert not killed


@pytest.mark.usefixtures("deaf")
def test_whoever_ended_unnoticed_is_not_killed():
    child = _Forked(lambda: None)
    child.kill()
    child.join()
    child.kill()


@pytest.mark.parametrize(("given", "code"), [(None, 0), (7, 7), (259, 3), ("why", 1)])
def test_a_child_that_leaves_says_nothing(capfd, given, code):
    child = _Forked(lambda: sys.exit(given))
    assert os.waitstatus_to_exitcode(os.waitpid(child._pid, 0)[1]) == code
    assert capfd.readouterr().err == ""


def test_a_child_that_fails_says_why(capfd):
    child = _Forked(lambda: 1 / 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child._pid, 0)[1]) == 1
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_process_without_streams_forks(monkeypatch, tmp_path):
    closed = (tmp_path / "out").open("w")
    closed.close()
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", closed)
    child = _Forked(lambda: None)
    child.join()
    assert not child.is_alive()


def test_what_was_forked_ends_when_its_parent_is_killed():
    """All of them hold the pipe that is read to its end here."""
    program = """
import os, signal, time
from tests.running.test_supervisor import Forking, Poisoned, Supervisor
crew = Supervisor(Forking(Poisoned, Poisoned()), 2)
crew.submit([1]).result()
crew.submit(["hang"])
time.sleep(0.3)
os.kill(os.getpid(), signal.SIGKILL)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, timeout=60, check=False
    )
    assert (run.returncode, run.stderr) == (-signal.SIGKILL, b"")
