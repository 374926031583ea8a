"""Help is instant; a text scan imports no picture library and no pool of processes."""

import re
import subprocess
import sys

import pytest

from tests.conftest import MARKS

HEAVY = ("numpy", "PIL", "cv2", "onnxruntime", "rapidocr", "rapidfuzz", "pebble", "asyncio", "multiprocessing")
TEXT_NEVER = set(HEAVY) - {"numpy", "rapidfuzz", "multiprocessing"}
"""Texts are judged in a process of their own, so that one listing cannot take the run down."""


def imported(*args, stdin=""):
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "listing_preflight.cli.main", *args],
        capture_output=True, text=True, input=stdin, check=False,
    )  # fmt: skip
    return run.returncode, {m for m in HEAVY if re.search(rf"\|\s+{m}$", run.stderr, re.MULTILINE)}


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("scan", "--help"), ("rules",), ("explain", "TM001")])
def test_light_commands(args):
    assert imported(*args) == (0, set())


def test_a_text_scan_imports_no_picture_library(tmp_path):
    (tmp_path / "marks.yaml").write_text(MARKS, "utf-8")
    code, heavy = imported(
        "scan", "-", "-w", str(tmp_path / "marks.yaml"), stdin='{"id": "1", "title": "NIKE shoes", "category": "Shoes"}'
    )
    assert code == 0
    assert not heavy & TEXT_NEVER


def test_a_gate_of_text_imports_nothing_for_pictures(tmp_path):
    (tmp_path / "marks.yaml").write_text(MARKS, "utf-8")
    code, heavy = imported("gate", "-w", str(tmp_path / "marks.yaml"), stdin='{"id": "1", "title": "Laces"}')
    assert code == 0
    assert not heavy & TEXT_NEVER
