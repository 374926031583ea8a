"""The example export of each format, read and compared with what a person checked; a person looks at what a rewrite changes."""

import json
import os

import pytest

from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import FORMATS, choose
from listing_preflight.readers.source import open_source
from tests.readers.reading import EXPORTS, plain, read_file

GOLDEN = EXPORTS.parents[1] / "tests/readers/golden"
FILES = sorted(EXPORTS.iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_reading(path):
    found = {
        "format": choose(open_source(path, path.name), ReadOptions()).format.name,
        "items": [plain(i) for i in read_file(path)],
    }
    golden = GOLDEN / f"{path.name}.json"
    if os.environ.get("PREFLIGHT_REWRITE_GOLDEN"):
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


def test_every_format_has_an_example():
    shown = {json.loads(p.read_text("utf-8"))["format"] for p in GOLDEN.glob("*.json")}
    assert shown == {f.name for f in FORMATS}


def test_no_golden_without_its_example():
    assert {p.name.removesuffix(".json") for p in GOLDEN.glob("*.json")} == {p.name for p in FILES}
