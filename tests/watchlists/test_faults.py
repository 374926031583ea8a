"""`watchlist check` tells every fault of every list, each with file and line, and how many there are."""

import pytest

YAML = """list: {name: own, rights: nosuch, wrong: 1}
marks:
  - Zorvex
  - {name: Veltora, clases: [25], famous: perhaps}
  - 7
  - {name: Quorvane}
  - {name: Quorvane}
works:
  - x
  - {id: w, kind: nothing}
"""
JSON = '{\n\t"list": {"name": "own"},\n\t"marks": [\n\t\t{"name": "Zorvex"},\n\t\t7,\n\t\t{"name": "Veltora", "status": "maybe"}]}'
CASES = {
    "a.yaml": (YAML, [
        "1: list.rights: 'nosuch' is not one of", "1: list.wrong: unknown field", "3: marks[0]: an entry must be a mapping, not str",
        "4: 'Veltora': clases: unknown field", "4: 'Veltora': famous:", "5: marks[2]: an entry must be a mapping, not int",
        "7: id 'quorvane' stands twice", "9: works[0]: an entry must be a mapping", "10: 'w': kind: 'nothing'"]),
    "a.json": (JSON, ["5: marks[1]: an entry must be a mapping", "6: 'Veltora': status: 'maybe'"]),
    "a.jsonl": ('{"name":"Zorvex","clases":[1]}\n"x"\n{"name": \n7\n', [
        "1: 'Zorvex': clases", "2: a line must be a JSON object", "3: is not JSON", "4: a line must be a JSON object"]),
    "a.csv": ("name,classes,wrong\nZorvex,25,1\nVeltora,2x,\nQuorvane,25,,,\n", [
        "2: 'Zorvex': wrong", "3: 'Veltora': classes: '2x'", "4: has 5 cells"]),
    "b.yaml": ("marks: {a: 1}\nwrong: 7\n", ["1: marks: must be a list", "1: wrong: unknown field"]),
    "c.yaml": ("marks:\n  - {classes: [25]}\n", ["2: name:"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_fault_is_told_with_its_line_and_counted(tmp_path, preflight, name):
    text, expected = CASES[name]
    (tmp_path / name).write_text(text, "utf-8")
    found = preflight("watchlist", "check", tmp_path / name)
    *told, last = found.err.splitlines()
    assert found.code == 2
    assert len(told) == len(expected)
    for said in expected:
        assert any(line.startswith(f"{tmp_path / name}:{said}") for line in told), (said, told)
    assert last.startswith(f"preflight: {len(expected)} fault{'s' if len(expected) > 1 else ''} in 1 list.")


def test_faults_of_several_lists_are_told_together(tmp_path, preflight):
    (tmp_path / "a.yaml").write_text("marks: [7]\n", "utf-8")
    (tmp_path / "b.yaml").write_text("marks: [8]\n", "utf-8")
    found = preflight("watchlist", "check", tmp_path)
    assert found.err.count("an entry must be a mapping, not int") == 2
    assert "preflight: 2 faults in 2 lists." in found.err


def test_a_scan_names_the_line_of_an_entry_in_json_too(tmp_path, preflight, write):
    (tmp_path / "a.json").write_text(JSON, "utf-8")
    found = preflight("scan", write("l.jsonl", {"id": "A", "title": "Cup"}), "-w", tmp_path / "a.json")
    assert (found.code, f"{tmp_path / 'a.json'}:5: marks[1]" in found.err) == (2, True)


def test_one_is_told_in_the_singular(tmp_path, preflight):
    (tmp_path / "a.yaml").write_text("marks: [{name: Zorvex, common_word: false}]\n", "utf-8")
    assert preflight("watchlist", "check", tmp_path / "a.yaml").out == "1 list, 1 mark, 0 works: valid, 0 hints\n"
