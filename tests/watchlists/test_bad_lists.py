"""Lists that are not what they should be: an error with file, line and field, or the right result; never a fault of the program."""

import json

import pytest

from listing_preflight.errors import ListError
from listing_preflight.watchlists.entries import MOST_LETTERS
from listing_preflight.watchlists.read import read_list
from tests.conftest import listing

LONG = "ab" * 100_000
BAD = [
    ("bytes.yaml", b"marks:\n- name: Zor\xffvane\n", "is not UTF-8 (byte 18)"),
    ("bytes.csv", b"name\nZor\xffvane\n", "is not UTF-8 (byte 8)"),
    ("surrogate.jsonl", b'{"name":"Zor\xed\xa0\x80vane"}\n', "is not UTF-8 (byte 12)"),
    ("surrogate.yaml", b'marks:\n- name: "Zor\\ud800vane"\n', "surrogate.yaml:2: is not YAML"),
    ("date.yaml", b"marks:\n- name: Zorvane\n  seen: 2020-99-99\n", "cannot be read (month must be in 1..12)"),
    ("digits.yaml", b"marks:\n- name: " + b"9" * 5000, "cannot be read"),
    ("digits.json", b'{"marks":[{"name":' + b"9" * 5000 + b"}]}", "cannot be read"),
    ("digits.jsonl", b'\n{"name":' + b"9" * 5000 + b"}", "digits.jsonl:2: holds a value that cannot be read"),
    ("deep.json", b'{"marks":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "is nested too deeply"),
    ("deep.jsonl", b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "deep.jsonl:1: is nested too deeply"),
    ("head.yaml", b"list: 7\nmarks: []\n", "list: must be a mapping"),
    ("defaults.yaml", b"list:\n  defaults: x\nmarks: []\n", "list.defaults: must be a mapping"),
    ("offices.yaml", b"list:\n  offices: {a: 5}\nmarks: []\n", "list.offices: must be text"),
    ("rights.yaml", b"list:\n  rights: [a]\nmarks: []\n", "list.rights: ['a'] is not one of"),
    ("twice.csv", b"name,owner,name\nZorvane,x,y\n", "twice.csv:1: column 'name' stands twice"),
    ("long.csv", b"name\nZorvane\n" + LONG.encode(), "long.csv:3: 'aba"),
    ("long.yaml", f"marks:\n- name: Zorvane\n- name: {LONG}\n".encode(), "long.yaml:3: 'aba"),
    ("long.jsonl", f'{{"name":"Zorvane"}}\n{{"name":"{LONG}"}}\n'.encode(), "long.jsonl:2: 'aba"),
    ("alias.jsonl", json.dumps({"name": "Zorvane", "aliases": ["q", {"name": LONG}]}).encode(), "alias.jsonl:1: 'Zorvane': name: has 200000"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), BAD, ids=[b[0] for b in BAD])
def test_a_list_that_cannot_be_read_is_an_error_that_tells_where(tmp_path, preflight, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ListError) as caught:
        read_list(path)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 1000
    if name.startswith("long"):
        assert f"name: has {len(LONG)} characters; a name has at most {MOST_LETTERS}" in str(caught.value)
    result = preflight("watchlist", "check", path)
    assert result.code == 2
    assert said in result.err


def test_the_longest_name_that_a_list_may_have_is_found(tmp_path, preflight):
    name = "ab" * (MOST_LETTERS // 2)
    (tmp_path / "list.csv").write_text(f"name\n{name}\n", "utf-8")
    (tmp_path / "in.jsonl").write_text(json.dumps(listing(f"a {name} b")), "utf-8")
    found = preflight("scan", tmp_path / "in.jsonl", "-w", tmp_path / "list.csv", "--format", "jsonl")
    assert [f["mark"]["name"] for row in found.listings for f in row["findings"]] == [name]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"name": "Zor\ud800vane"}, "name"),
        ({"name": "Zorvane", "owner": "x\udfff"}, "owner"),
        ({"name": "Zorvane", "near": ["a", "\ud83d"]}, "near"),
        ({"name": "Zorvane", "aliases": [{"name": "Q\udc00"}]}, "name"),
    ],
)
def test_half_a_character_is_refused_with_its_field(tmp_path, entry, field):
    path = tmp_path / "list.jsonl"
    path.write_text(json.dumps({"name": "Quellar 😀"}) + "\n" + json.dumps(entry), "utf-8")
    with pytest.raises(ListError, match=rf"list\.jsonl:2: .*{field}: holds half a character \(U\+D"):
        read_list(path)


def test_half_a_character_in_the_head_is_refused(tmp_path):
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"list": {"name": "l\ud800"}, "marks": []}), "utf-8")
    with pytest.raises(ListError, match=r"list\.name: holds half a character \(U\+D800"):
        read_list(path)


@pytest.mark.parametrize(("count", "places"), [(8_000, 1), (2, 2_000)], ids=["many marks", "many places"])
def test_one_name_is_one_finding_and_all_its_marks_are_counted(tmp_path, preflight, count, places):
    rows = ({"id": f"d{n}", "name": ("Zorvane", "ZORVANE")[n % 2], "owner": f"o{n}"} for n in range(count))
    (tmp_path / "list.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    row = {**listing("Zorvane shoes"), "description": "zorvane Zorvane5 " * places}
    (tmp_path / "in.jsonl").write_text(json.dumps(row), "utf-8")
    found = preflight("scan", tmp_path / "in.jsonl", "-w", tmp_path / "list.jsonl", "--format", "jsonl")
    assert [f["others"] for f in found.listings[0]["findings"]] == [count - 1]
