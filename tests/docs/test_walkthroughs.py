"""What the tutorial and the how-to pages tell people to type works as it stands, and the reference is that of the code."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = ["tutorial/first-hour.md", "how-to/gate.md", "how-to/seller-file.md", "how-to/own-list.md"]
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(os.name == "nt", reason="the pages are written for a POSIX shell")
@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_tells_to_type_works(page, tmp_path):
    blocks = BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))
    assert blocks
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for language, text in blocks:
        line = ["sh", "-ec", text] if language == "sh" else [sys.executable, "-c", text]
        run = subprocess.run(line, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{text}\n{run.stdout}\n{run.stderr}"
        assert "Traceback" not in run.stderr


def reference():
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "scripts" / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_that_of_the_code():
    made = reference()
    for name, page in made.PAGES.items():
        assert (made.FOLDER / name).read_text("utf-8") == page(), "run python scripts/make_reference.py"


def test_every_setting_is_a_flag_and_a_variable():
    rows = re.findall(r"^\| `([\w-]+)` \| `(\w+)` \| `([^`]+)`", reference().settings_page(), re.MULTILINE)
    assert len(rows) > 30
    assert [
        key
        for key, variable, flag in rows
        if variable != f"PREFLIGHT_{key.replace('-', '_').upper()}" or f"--{key}" not in flag
    ] == []


def test_every_page_is_linked_from_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    pages = [*PAGES, "how-to/ci.md", "how-to/decisions.md", "how-to/blocked.md", "how-to/traces.md", "reference/commands.md",
             "reference/settings.md", "reference/files.md"]  # fmt: skip
    assert [p for p in pages if f"docs/{p}" not in readme] == []
