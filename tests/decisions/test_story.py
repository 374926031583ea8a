"""A year of a shop in a scratch repository: scan, baseline, clean CI, a new finding, a decision, its end."""

import shutil
import subprocess
import sys

import pytest

from tests.conftest import listing

SEED = listing("Veltora boots for men", id="BOOT-1"), listing("plain laces", id="LACE-1")
EDIT = listing("Lace anchors for NIKE shoes", id="LACE-1")


@pytest.fixture
def shop(tmp_path, marks, write):
    """A repository with a catalog, a list and a configuration; runs the installed program as its CI does."""
    repo = tmp_path / "shop"
    (repo / ".git").mkdir(parents=True)  # what marks a repository; nothing of git is needed
    shutil.move(marks, repo / "brands.yaml")
    (repo / "preflight.toml").write_text(
        'watchlist = ["brands.yaml"]\nbaseline = "baseline"\nsuppressions = "decisions"\nfail-on = "low"\n'
    )
    (repo / "decisions").mkdir()
    write("shop/catalog/listings.jsonl", *SEED)

    def run(command, *args, day="2026-03-01"):
        line = [sys.executable, "-m", "listing_preflight.cli.main", *command.split(), "catalog", *args, "--date", day]
        return subprocess.run(line, cwd=repo, capture_output=True, text=True, check=False)

    return run


def test_the_story(shop, write, tmp_path):
    first = shop("scan", "--baseline", "", "--no-progress")
    assert first.returncode == 1
    assert "Veltora" in first.stdout

    created = shop("baseline create", "-o", "baseline")
    assert created.returncode == 0, created.stderr
    clean = shop("scan", "--no-progress")
    assert clean.returncode == 0, clean.stderr
    assert "BOOT-1" not in clean.stderr

    write("shop/catalog/listings.jsonl", SEED[0], EDIT)
    fresh = shop("scan", "-f", "jsonl")
    assert fresh.returncode == 1
    assert fresh.stdout.count('"suppressed":null') == 1
    listed = shop("baseline diff")
    assert [line.split()[:5] for line in listed.stdout.splitlines()] == [
        ["new", "low", "TM001", "LACE-1", "amazon.com"]
    ]

    answer = (
        "--listing",
        "LACE-1",
        "--mark",
        "NIKE",
        "--status",
        "accepted risk",
        "--reason",
        "names what it fits",
        "--author",
        "Ada",
    )
    decided = shop("suppress", *answer, "--expires", "2026-09-01", "--until", "mark changes")
    assert decided.returncode == 0, decided.stderr
    (file,) = (tmp_path / "shop" / "decisions").iterdir()
    assert shop("scan").returncode == 0
    assert shop("scan", day="2026-09-01").returncode == 0

    ended = shop("scan", "-v", day="2026-09-02")
    assert ended.returncode == 1
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if text.startswith("expires"))
    assert f"warning: decisions/{file.name}:{line}: expired on 2026-09-01; open again: LACE-1" in ended.stderr.replace(
        "\\", "/"
    )
    assert "NIKE" in ended.stdout
