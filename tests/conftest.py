"""What tests share: the command in this process, small lists, and the data beside the project where it is there."""

import faulthandler
import io
import json
import os
import pathlib
import sys

import pytest
from hypothesis import settings

from listing_preflight.cli import main as cli_main

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
ROOT = pathlib.Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
MARKS = """marks:
  - {id: nike, name: NIKE, famous: true, common_word: false, classes: [25], territories: [US, EM], status: registered}
  - {id: pegasus, name: PEGASUS, parent: nike, common_word: true, classes: [25], territories: [US], status: registered}
  - {id: lego, name: LEGO, famous: true, common_word: false, aliases: [乐高], classes: [28], territories: [US, EM], status: registered}
  - {id: apple, name: Apple, common_word: true, famous: true, aliases: [苹果], classes: [9], territories: [US, EM, CN], status: registered}
  - {id: veltora, name: Veltora, classes: [25], territories: [US], status: registered}
  - {id: deadmark, name: Quorvane, classes: [28], territories: [US], status: "US:710"}
"""


def pytest_unconfigure():
    """A thread that a test left behind would hold the interpreter for ever: say which, and end. Workers are ended by their own."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        faulthandler.dump_traceback_later(60, exit=True)


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]

    @property
    def listings(self):
        return [r for r in self.rows if r["type"] == "listing"]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path_factory):
    """No test reads what another run has kept, nor speaks the language of this machine."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("PREFLIGHT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def preflight(monkeypatch):
    """Run the command in this process: preflight("scan", path, ..., stdin=bytes) -> Result."""

    def run(*args, stdin=b""):
        out, err = io.BytesIO(), io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", write_through=True))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = cli_main._run([str(a) for a in args])
        return Result(code, out.getvalue().decode(), err.getvalue().decode())

    return run


@pytest.fixture
def marks(tmp_path):
    path = tmp_path / "marks.yaml"
    path.write_text(MARKS, "utf-8")
    return path


@pytest.fixture
def write(tmp_path):
    def put(name, *rows):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
        return path

    return put


@pytest.fixture
def scan(preflight, marks, write):
    """Scan listings given as dictionaries; the Result of a JSON Lines report."""

    def run(*rows, extra=()):
        path = write("listings.jsonl", *rows)
        return preflight("scan", path, "-w", marks, "-f", "jsonl", "--no-progress", *extra)

    return run


def listing(title="", **more):
    return {"id": "S1", "marketplace": "amazon.com", "category": "Shoes", "title": title, "brand": "Striderly", **more}
