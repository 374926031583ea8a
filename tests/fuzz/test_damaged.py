"""Inputs with twelve kinds of damage through the command: each told once, the exit codes, clean output, for any number of workers."""

import pytest
from fuzz.damaged import KINDS, faults, made, scanned


@pytest.mark.parametrize(("seed", "forms"), [(1, ("text", "github")), (7, ("csv", "json"))])
def test_each_input_is_told_once(tmp_path, seed, forms):
    rows, files = made(tmp_path, 20 * len(KINDS), seed)
    assert len(files) == 20 * 5
    reports = set()
    for workers, form in enumerate(forms, 1):
        told = scanned(tmp_path, form, workers)
        assert faults(tmp_path, rows, files, form, told) == []
        reports.add(told[3])
    assert len(reports) == 1
