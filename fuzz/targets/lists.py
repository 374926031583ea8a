"""Watch-lists in all four forms, their faults, and lists of picture hashes."""

from fuzz.made import LISTS
from fuzz.target import Target, fixtures, written
from listing_preflight.watchlists.hash_lists import run as hashes
from listing_preflight.watchlists.faults import faults
from listing_preflight.watchlists.read import read_list

YAML = (
    LISTS, "marks: [{name: A, famous: yes, classes: [25]}]\n", "list: &l {name: x}\nmarks:\n  - &a {name: B, near: [x]}\n  - {<<: *a, id: c}\n",
    "marks: [{name: 12, registered: 2020-01-01, registrations: [{office: US, filed: 1999-01-02, classes: [1, 45]}]}]\nworks: [{id: w, images: [a.png], locarno: ['02-04']}]",
)  # fmt: skip
JSON = (b'{"list": {"name": "x", "offices": ["US"]}, "marks": [{"name": "A", "classes": [25]}]}',
        b'{"works": [{"id": "w", "kind": "design", "images": ["pdq:f8f8"], "registered": "2020-01-31"}]}')  # fmt: skip
LINES = (b'{"name": "A", "aliases": [{"name": "B", "common_word": true}]}\n{"name": "C", "territories": ["US"]}\n',)
CSV = (
    b"name,classes,territories,famous,near\nA,25|18,US|EM,true,x|y\n",
    b"id,name,status,expires\n1,A,registered,2035-01-01\n2,B,US:710,\n",
)


def read(suffix):
    def call(data, folder):
        path = written(folder, f"in{suffix}", data)
        faults(path)
        read_list(path)

    return call


def hashed(data, folder):
    hashes([written(folder, "in.txt", data)], folder / "out.jsonl")


TARGETS = (
    Target("list-yaml", lambda: [y.encode() for y in YAML] + list(fixtures("lists/*.yaml")()), read(".yaml")),
    Target("list-json", lambda: JSON, read(".json")),
    Target("list-json-lines", lambda: LINES, read(".jsonl")),
    Target("list-csv", lambda: CSV, read(".csv")),
    Target("list-hashes", lambda: [b"f8f8f0cc" * 8 + b",100,x\n" + b"0f" * 32 + b"\n"], hashed),
)
