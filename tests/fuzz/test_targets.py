"""Every target takes its seeds and some mutations of them; every crash that fuzzing found stays mended."""

import io
import random
import zipfile

import pytest
from fuzz.one import mutated
from fuzz.target import attempt
from fuzz.targets import TARGETS


def unnamed():
    """An archive with an entry that has no name."""
    entry, out = zipfile.ZipInfo("x"), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry.filename = ""
        archive.writestr(entry, "text")
    return out.getvalue()


CRASHES = (
    ("opendocument", unnamed()),
    ("archives", unnamed()),
    ("config", b"a = " + b"[" * 3000),
    ("register-csv", b"no,mark,state,nice,date\n1,Zorvella,Registered," + b"9" * 5000 + b",2020-01-02\n"),
    ("notice-mail", b"From: a@b.example\n\nThe listing https://[x] and https://amazon.com/dp/B000000001\n"),
    ("notice-text", b"Listing: https://[::1 and https://shop.example]/x\n"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "data"), CRASHES, ids=[f"{n}-{name}" for n, (name, _) in enumerate(CRASHES)])
def test_what_crashed_once(name, data, tmp_path):
    assert attempt(TARGETS[name], data, tmp_path) is None


@pytest.mark.images
@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_some_mutations(name, tmp_path):
    target, chance = TARGETS[name], random.Random(22)
    seeds = list(target.seeds())
    assert seeds
    few = [mutated(chance.choice(seeds), seeds, chance) for _ in range(6)]
    for data in (*seeds[:6], *few):
        fault = attempt(target, data, tmp_path)
        assert fault is None, (data[:200], fault)
