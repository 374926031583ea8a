"""Inputs with twelve kinds of damage through the command: each told once, the exit codes, clean output, for any number of workers."""

import pytest
from fuzz.damaged import KINDS, ROWS_IN_A_FILE, faults, made, scanned

from fuzz import damaged

SEEN = {name for seed in range(4) for name in damaged.kinds(3 * ROWS_IN_A_FILE, seed)}


def test_four_folders_hold_every_kind():
    assert sorted(SEEN) == sorted(KINDS)
    assert len(KINDS) == 12


FORMS = [(0, ("text", "github")), (1, ("csv", "json")), (2, ("markdown", "sarif")), (3, ("junit", "gitlab"))]


@pytest.mark.parametrize(("seed", "forms"), FORMS)
def test_each_input_is_told_once(tmp_path, seed, forms):
    rows, files = made(tmp_path, 3 * ROWS_IN_A_FILE, seed)
    assert sum(len(lines) - 1 for lines in rows.values()) + len(files) == 3 * ROWS_IN_A_FILE
    reports = set()
    for workers, form in enumerate(forms, 1):
        told = scanned(tmp_path, form, workers)
        assert faults(tmp_path, rows, files, form, told) == []
        reports.add(told[3])
    assert len(reports) == 1
