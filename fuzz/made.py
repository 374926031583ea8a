"""Lists of invented names, one of them as a register, and what is found with them."""

from pathlib import Path

from listing_preflight.api import Engine
from listing_preflight.model.finding import Verdict
from listing_preflight.watchlists import compile as compiling
from listing_preflight.watchlists.index import compile_lists

LISTS = """list: {name: made, version: "1", rights: stated, offices: [US]}
marks:
  - {id: zorvane, name: Zorvane, owner: Zorvane AG, aliases: [佐瓦尼, {name: zor, common_word: true}], famous: true, classes: [25], territories: [US], status: registered}
  - {id: quellar, name: Quellar Sport, parent: zorvane, near: [phone], registrations: [{office: WO, number: "1", classes: [9], status: registered, designated: [US], expires: 2035-01-01}]}
  - {id: brindle, name: Brindlewok, kind: character, common_word: false, requires: [case]}
works:
  - {id: lamp, kind: design, title: Lamp, images: ["phash256:%s"], office: US, number: D1, registered: 2020-01-31}
""" % ("0f" * 32)
REGISTER = "list: {name: register, rights: official}\nmarks:\n" + "".join(
    f"  - {{id: r{n}, name: {name}, owner: Owner {n}, registrations: [{{office: US, number: '{n}', classes: [25], status: registered}}]}}\n"
    for n, name in enumerate(("Yorvane", "Quibbleton", "Marrowfen Lights", "Zorvane", "Tessandry", "Olverick Shoes"))
)
ROWS = [
    {"id": "1", "marketplace": "amazon.com", "title": "Zorvane shoes Quellar Sport phone case", "description": "Brindlewok, zorvanes and Z0rvane"},
    {"id": "2", "marketplace": "amazon.com", "title": "Quibbleton running shoes by Yorvane", "brand": "Marrowfen Lights"},
    {"id": "3", "marketplace": "amazon.de", "title": "佐瓦尼 shoes, ZORVANEshoes, Quelar Sport", "bullets": ["Olverick Shoes tessandry"]},
]  # fmt: skip


def findings(path):
    """What is found with a list: rule, mark and place of each mention."""
    with Engine(lists=[path], images=False, cache=False, explain=True) as engine:
        return {
            (v["id"], f["rule"], f["mark"]["id"], e["field"], e["start"], e["end"])
            for row in ROWS for result in engine.gate(row) if isinstance(result, Verdict) for v in [engine.record(result)]
            for f in v["findings"] if f.get("mark") for e in f["evidence"]
        }  # fmt: skip


def compiled(folder: Path) -> Path:
    """The lists as one compiled file: the list of six is a register, as one of 100,000 is."""
    (folder / "made.yaml").write_text(LISTS, "utf-8")
    (folder / "register.yaml").write_text(REGISTER, "utf-8")
    large, compiling.LARGE = compiling.LARGE, 5
    try:
        compile_lists([folder / "made.yaml", folder / "register.yaml"], folder / "lists.lcx")
    finally:
        compiling.LARGE = large
    return folder / "lists.lcx"
