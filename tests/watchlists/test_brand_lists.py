"""The bundled lists hold their schema, their flags and their promises."""

import datetime
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from listing_preflight.errors import ListError
from listing_preflight.text.fold import folded_key
from listing_preflight.watchlists.lint import hints, hints_in_file
from listing_preflight.watchlists.read import read_list, read_lists

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "brand_lists/marks").glob("*.yaml"))
SCHEMA = json.loads((ROOT / "brand_lists/schema.json").read_text("utf-8"))


def _plain(value):
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_list_holds_the_schema_and_its_head(path):
    document = _plain(yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    head = document["list"]
    assert head["name"] == f"bundled-{path.stem}"
    assert head["rights"] == "assumed"
    assert head["version"]
    assert head["source"]
    assert head["licence"]
    ids = [m["id"] for m in document["marks"]]
    assert ids == sorted(set(ids))
    for mark in document["marks"]:
        assert mark["source"], mark
        assert mark["seen"], mark
        assert "number" not in mark, mark
        assert "registrations" not in mark, mark


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_list_is_lint_clean_and_has_a_page(path):
    assert not list(hints(read_list(path)))
    assert (ROOT / "docs/lists" / f"{path.stem}.md").exists()


def test_there_are_enough_marks_and_none_stands_twice():
    lists = read_lists([ROOT / "brand_lists/marks"])
    assert len(lists) >= 25
    assert sum(len(one.marks) for one in lists) >= 1500
    seen = {}
    for one in lists:
        for mark in one.marks:
            if mark.owner:
                other = seen.setdefault((folded_key(mark.name), mark.owner), mark)
                assert other is mark, (other.list, other.id, mark.list, mark.id)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: a, name: Brandix, classes: [46]}", "46"),
        ("{id: a, name: Brandix, territories: [EU], classes: [25]}", "EU"),
        ('{id: a, name: "Brandix "}', "space"),
        ("{id: a, name: Brandix, colour: red}", "unknown field"),
    ],
)
def test_a_fault_is_refused_with_file_and_line(tmp_path, entry, message):
    path = tmp_path / "bad.yaml"
    path.write_text(f"marks:\n  - {{id: b, name: Otherix}}\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(ListError) as caught:
        read_list(path)
    assert message in str(caught.value)
    assert "bad.yaml:3" in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{id: a, name: \u0410didax}", "mixes Latin with Cyrillic"),
        ("{id: a, name: Brandix, aliases: [Otherix]}", "also the name of b"),
        ("{id: a, name: Otherix}", "same name and owner"),
        ("{id: a, name: Gap}", "short or an ordinary word"),
        ("{id: a, name: Target, common_word: true}", "without context"),
        ("{id: a, name: Brandix, parent: nobody}", "parent 'nobody'"),
        ("{id: a, name: Brandix, aliases: [BRANDIX]}", "the name itself"),
    ],
)
def test_a_slip_is_a_hint_with_line_and_remedy(tmp_path, entry, problem):
    path = tmp_path / "slip.yaml"
    path.write_text(f"marks:\n  - {{id: b, name: Otherix}}\n  - {entry}\n", encoding="utf-8")
    found = [h for h in hints_in_file(path, read_list(path)) if problem in h.problem]
    assert found
    assert found[0].line == 3
    assert found[0].remedy
