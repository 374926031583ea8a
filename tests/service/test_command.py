"""`preflight serve` as a user starts it: it tells where it listens, reloads on SIGHUP, ends in peace, and refuses what cannot be."""

import json
import os
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from tests.conftest import MARKS

SHOE = {"id": "S-1", "title": "Nike running shoes", "category": "Shoes", "marketplace": "amazon.com"}


@pytest.fixture
def started(marks, tmp_path):
    runs = []

    def start(*args):
        run = subprocess.Popen(
            [sys.executable, "-m", "listing_preflight.cli.main", "serve", "-w", str(marks), "--port", "0", "--no-images", *map(str, args)],
            stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        )  # fmt: skip
        runs.append(run)
        url = re.search(r"http://\S+", run.stderr.readline())[0]
        assert "ready" in run.stderr.readline()
        return run, url

    yield start
    for run in runs:
        if run.poll() is None:
            run.kill()
        run.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGHUP")
def test_it_serves_reloads_and_ends_in_peace(started, marks, tmp_path):
    log = tmp_path / "serve.log"
    run, url = started("--log-file", log)
    assert httpx.post(f"{url}/v1/check", json=SHOE, trust_env=False).json()["decision"] == "block"
    marks.write_text(MARKS.replace("{id: nike, name: NIKE,", "{id: nike, name: Zorblatt,"), "utf-8")
    run.send_signal(signal.SIGHUP)
    assert "were reloaded" in run.stderr.readline()
    assert httpx.post(f"{url}/v1/check", json=SHOE, trust_env=False).json()["decision"] == "pass"
    marks.write_text("marks: [{nonsense: true}]", "utf-8")
    run.send_signal(signal.SIGHUP)
    assert "the ones before stay" in run.stderr.readline()
    assert httpx.get(f"{url}/readyz", trust_env=False).json()["reason"] == "reload-failed"
    assert httpx.post(f"{url}/v1/check", json=SHOE, trust_env=False).json()["decision"] == "pass"
    run.send_signal(signal.SIGTERM)
    assert run.wait(30) == 0
    rows = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [r["route"] for r in rows if r["event"] == "request"].count("/v1/check") == 3
    assert "Nike" not in log.read_text("utf-8")


def test_what_cannot_be_served_is_said_and_nothing_starts(preflight, marks, tmp_path):
    short = tmp_path / "token"
    short.write_text("short\n", "utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text("marks: [{nonsense: true}]", "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for args, said in [
            (("--port", port), "--port"),
            (("--host", "0.0.0.0"), "only loopback addresses are served without a token"),
            (("--token-file", short), "too short"),
            (("--token-file", tmp_path / "none"), "cannot be read"),
        ]:
            run = preflight("serve", "-w", marks, *args)
            assert run.code == 2
            assert said in run.err
    run = preflight("serve", "-w", broken, "--port", "0")
    assert run.code == 2
    assert "broken.yaml:1" in run.err


def test_without_the_extra_it_says_what_to_install(preflight, marks, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    run = preflight("serve", "-w", marks)
    assert run.code == 2
    assert 'pip install "listing-preflight[serve]"' in run.err
