"""Files that people write: what is wrong in them is told with file and line, whoever reads them."""

import json

import pytest
from fuzz.targets.settings import CONFIG, OVERLAY, SELLER
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight import documents
from listing_preflight.cli.prepare import mapping
from listing_preflight.decisions.suppression_files import read_suppressions
from listing_preflight.errors import ListError, PreflightError
from listing_preflight.judging.overlay import read_overlay
from listing_preflight.judging.seller import read_seller
from listing_preflight.policy.pack_reader import read_packs
from listing_preflight.watchlists.faults import faults
from listing_preflight.watchlists.read import read_list

LAUGHS = "\n".join(f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]" for n in range(12))
BAD = {
    "long number": ("\nx-a: " + "9" * 5000 + "\n", 2, "cannot be read"),
    "a key that is a mapping": ("\n\n? {a: b}\n: c\n", 3, "key"),
    "a key that is a list": ("? [a]\n: c\n", 1, "key"),
    "deep nesting": ("x-a: " + "[" * 3000, None, "nested|not YAML"),
    "anchors that expand": (LAUGHS + "\n", 8, "expand"),
    "an anchor in itself": ("x-a: &a\n  b: [*a]\n", None, "hold themselves"),
    "no such day": ("\n\nx-a: 2026-13-45\n", 3, "cannot be read"),
    "a tag of Python": ("\nx-a: !!python/object:os.system {}\n", 2, "YAML"),
    "a number of base sixty": ("x-a: " + "1:" * 3000 + "1\n", 1, "cannot be read"),
    "a number of base sixteen": ("x-a: 0x" + "f" * 6000, 1, "cannot be read"),
}


def decision(path):
    return read_suppressions(path.parent)


READERS = (read_list, read_seller, read_overlay, decision, lambda p: read_packs([p]), lambda p: mapping(str(p)))


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("read", READERS, ids=["list", "seller", "overlay", "decision", "pack", "mapping"])
def test_yaml_that_is_none_is_told_with_file_and_line(tmp_path, read, kind):
    text, line, _ = BAD[kind]
    path = tmp_path / "in.yaml"
    path.write_text(text, "utf-8")
    if read is READERS[-1] and line is None:
        return
    with pytest.raises(PreflightError, match=rf"in\.yaml:{line}:" if line else r"in\.yaml") as fault:
        read(path)
    assert len(str(fault.value)) < 1000


@pytest.mark.parametrize("kind", BAD)
def test_what_is_wrong_is_said(tmp_path, kind):
    text, _, said = BAD[kind]
    with pytest.raises(PreflightError, match=said):
        documents.load(tmp_path / "a.yaml", text)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('{\n"a": ' + "9" * 5000 + "}", 2, "a number of too many digits"), ("[" * 100_000, 1, "nested too deeply"),
        ('{"a": [],\n"b":\n' + '{"c":' * 100_000, 3, "nested too deeply"), ('{\n"a": }', 2, "is not JSON"), ("\ud800", 1, "is not JSON"),
    ],
)  # fmt: skip
def test_json_that_is_none_is_told_with_file_and_line(tmp_path, text, line, said):
    with pytest.raises(PreflightError, match=f"a.json:{line}: .*{said}"):
        documents.load_json(tmp_path / "a.json", text)


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".csv", ".yaml"])
@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", "0", "46"])
def test_classes_that_are_none(tmp_path, suffix, number):
    entry = {"name": "A", "classes": [number]}
    texts = {
        ".json": json.dumps({"marks": [entry]}), ".jsonl": json.dumps(entry), ".csv": f"name,classes\nA,{number}\n",
        ".yaml": f"marks:\n  - {{name: A, classes: ['{number}']}}\n",
    }  # fmt: skip
    path = tmp_path / f"in{suffix}"
    path.write_text(texts[suffix], "utf-8")
    (fault,) = faults(path)
    assert "is not a Nice class" in str(fault)
    assert len(str(fault)) < 500


def test_anchors_are_still_of_use(tmp_path):
    text = "a: &x {k: [1, 2]}\nb: *x\nc: {<<: *x, d: 3}\n"
    found = documents.load(tmp_path / "a.yaml", text)
    assert found["b"] == found["a"]
    assert (found["c"]["k"], found["c"]["d"]) == ([1, 2], 3)


def test_sound_files_are_read(tmp_path):
    for text, read in ((SELLER, read_seller), (OVERLAY, read_overlay)):
        (tmp_path / "in.yaml").write_bytes(text)
        read(tmp_path / "in.yaml")
    assert CONFIG


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a = " + "[" * 5000, "preflight.toml:1: is nested"), ("\na = " + "9" * 5000, "preflight.toml:2: holds"), ("a = 2026-13-45", "preflight.toml"),
        ("a = 0x" + "f" * 6000, "preflight.toml"), ("\n\na = ?\n", "preflight.toml:3: is not TOML"),
    ],
)  # fmt: skip
def test_configuration_that_is_none(preflight, tmp_path, text, where):
    (tmp_path / "preflight.toml").write_text(text, "utf-8")
    result = preflight("scan", "-", "--config", tmp_path / "preflight.toml")
    assert result.code == 2
    assert where in result.err
    assert "max_str_digits" not in result.err
    assert "Traceback" not in result.err


LISTED = """list:
  name: mine
  seen: 2026-11-29
marks:
  - {id: "1more", name: "1More", kind: word, aliases: [万魔, "70迈"], common_word: true, requires: [neighbour],
     near: [dash cam, hi-fi], classes: [9, 25], source: general knowledge, seen: 2026-11-29}
  - {id: bose, name: Bose & Söhne, owner: null, aliases: [{name: 博士, common_word: true}, ~], classes: [], number: 0x1F}
  - {id: x, name: x}
"""


def both(text):
    """What the fast reader and the plain one say of a list: a value, or a fault."""
    out = []
    for read in (documents.load_list, documents.load):
        try:
            out.append(repr(read("a.yaml", text)))
        except ListError as e:
            out.append(str(e))
    return out


def test_a_list_is_read_as_any_document_is():
    fast, plain = both(LISTED)
    assert fast == plain
    assert "'x-line': 8" in fast


@pytest.mark.parametrize(
    "instead",
    [
        "  - {id: x, id: y}\n", "  - {no: x, name: y}\n", "  - {name: 2026-13-45}\n", "  - {name: x # y}\n", "  - {name: a: b}\n", "  - &a {name: x}\n  - *a\n",
        "  - {name: x}\nworks:\n  - {id: w}\n", "  - {name: x}\n# the end\n", "  - {name: x,\nkind: y}\n", "  - {name: 'it''s', kind: \"a\\tb\"}\n",
        "  - {name: x} y\n", "  - id: x\n", '  - {name: "x}\n  - {y"}\n', "  - {name: x}\nmarks:\n  - {name: y}\n", "  - {}\n", "  - {name: <<, kind: =}\n", "  - {name: x",
        "  - {name: 12:30, seen: 1_000}\n", "  - {name: x}\n---\n", "  - {name: ? x}\n", "  - {name:  x}\n", "  - {name: [[x]]}\n", "  - {name: x, }\n", "  - {name: x,}\r\n",
    ],
)  # fmt: skip
def test_what_is_no_plain_entry_is_read_as_any_document_is(instead):
    fast, plain = both(LISTED.replace("  - {id: x, name: x}\n", instead))
    assert fast == plain


@pytest.mark.parametrize(
    "odd", ["\x00", "\x07", "\x0c", "\r", "\x1c", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\ud800", "\ufeff", "\ufffe", "\uffff"]
)  # fmt: skip
@pytest.mark.parametrize("instead", ['"x{} y"', '"x {}y"', "x{}y", "[a{}, b]"])
def test_characters_that_are_none_of_a_text_are_read_as_in_any_document(odd, instead):
    fast, plain = both(LISTED.replace("name: x}", f"name: {instead.format(odd)}}}"))
    assert fast == plain


@pytest.mark.parametrize(
    "text",
    [
        LISTED.replace("  - {id: x", "...\n  - {id: x"), LISTED + "...\n", LISTED + "...\nx: y\n", "...\n" + LISTED, LISTED.replace("name: x}", "a" * 1025 + ": x}"),
        LISTED[LISTED.index("marks:") :], "\n" + LISTED[LISTED.index("marks:") :], "# marks\n" + LISTED[LISTED.index("marks:") :], "marks:\n", "marks:\n  - {a: [}\n",
    ],
)  # fmt: skip
def test_a_list_begins_and_ends_as_any_document_does(text):
    fast, plain = both(text)
    assert fast == plain


def test_a_list_of_nothing_but_marks_is_read_without_yaml(monkeypatch):
    read = []
    monkeypatch.setattr(documents, "load", lambda _, text: read.append(text) or {"marks": []})
    found = documents.load_list("a.yaml", "marks:\n  - {id: x, name: y}\n")
    assert (read, found["marks"]) == (["marks: []\n"], [{"id": "x", "name": "y", "x-line": 2}])


ODD = [
    *"{}[],:\"'# \n-&*!|>%@`?~<=0x\\m\té\x00\x07\x0b\r\x1f\x7f\x85\x9f\xa0\u2028\ud800\ufeff\uffff",
    "\n...",
    "\n---",
    "\nmarks:\n  - {",
]


@settings(max_examples=1500)
@given(
    begin=st.sampled_from([0, LISTED.index("marks:")]),
    at=st.integers(0, len(LISTED)),
    gone=st.integers(0, 6),
    new=st.lists(st.sampled_from(ODD), max_size=4).map("".join),
)
def test_a_list_changed_anywhere_is_read_as_any_document_is(begin, at, gone, new):
    text = LISTED[begin:]
    fast, plain = both(text[:at] + new + text[at + gone :])
    assert fast == plain
