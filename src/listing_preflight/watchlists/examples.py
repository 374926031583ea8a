"""A short example of the right form for each field that people write into lists, seller files and decisions."""

import re
from collections.abc import Mapping

_DATES = ("filed", "registered", "expires", "from", "until", "date", "seen")
_TEXTS: Mapping[str, str] = {
    "id": "nike", "name": "NIKE", "owner": '"Nike Innovate C.V."', "parent": "nike", "source": '"USPTO, bulk data"', "note": '"asked on 1 May"',
    "permitted_use": '"compatible with Bluetooth"', "goods": '"athletic shoes"', "title": '"Red Poppy"', "number": '"1234567"', "version": '"2026.11"',
}  # fmt: skip
_LISTS: Mapping[str, str] = {
    "aliases": "[Nikee, {name: Swan, common_word: true}]", "requires": "[case]", "near": "[sneaker]", "never_near": "[fruit]",
    "compounds": "[Nikeland]", "part_of": "[Nike Air]", "classes": "[25, 18]", "territories": "[US, EM]", "designated": "[JP, MX]", "offices": "[US, EM]",
    "disclaimed": "[shoes]", "images": "[known/shoe.jpg]", "locarno": '["02-04"]', "marketplaces": "[amazon.com]", "skus": '["SHOE-*"]',
}  # fmt: skip
_EXAMPLES: Mapping[str, str] = {
    **_TEXTS, **_LISTS, **dict.fromkeys(_DATES, "2026-01-31"), **dict.fromkeys(("famous", "common_word", "supplemental"), "true"),
    "office": "US", "status": "registered", "rights": "stated", "defaults": "{territories: [US]}",
    "registrations": '[{office: US, number: "1234567", classes: [25], status: registered}]',
    "marks": "[{name: NIKE, classes: [25]}]", "works": "[{id: poppy, kind: image, images: [poppy.jpg]}]", "list": "{name: shoes, rights: stated}",
    "mark": "NIKE", "work": "shoes:poppy", "document": "docs/letter.pdf", "sha256": '"9f86d081…", the 64 digits that sha256sum prints',
    "invoice": "{date: 2026-01-10, supplier: Shoes Ltd, lines: [{sku: SHOE-1, quantity: 200}]}",
    "seller": "{name: RunFly Ltd}", "own_marks": "[{name: RunFly, classes: [25], territories: [US]}]",
    "authorisations": "[{mark: NIKE, kind: letter, document: docs/letter.pdf}]",
}  # fmt: skip
_ONE_OF = re.compile(r" is not one of ([\w-]+)")
_MEANT = re.compile(r"did you mean '(\w+)'")
_LAST = re.compile(r"(\w+)(?:\[\d+\])?$")
SAID = "for example"
_CLEAR = (" like 20", " is before ", "stands twice")
"""Problems that no example of the form makes clearer."""


def example(field: str, problem: str) -> str:
    """`field: value` in the right form; empty where none helps: the problem has one, or nobody reads the field."""
    if SAID in problem or any(one in problem for one in _CLEAR):
        return ""
    if one := _ONE_OF.search(problem):
        return f"{_key(field)}: {one[1]}"
    meant = _MEANT.search(problem)
    key = meant[1] if meant else _key(field)
    return f"{key}: {_EXAMPLES[key]}" if key in _EXAMPLES else ""


def with_example(field: str, problem: str) -> str:
    """A problem of a field with an example behind it."""
    found = example(field, problem)
    return f"{problem.removesuffix('?')}; {SAID} `{found}`" if found else problem


def shown(key: str) -> str:
    """The remedy that shows the right form of a field."""
    return f"For example `{key}: {_EXAMPLES[key]}`"


ENTRIES = ("own_marks", "authorisations", "marks", "works")
"""Fields that hold lists of entries."""


def _key(field: str) -> str:
    found = _LAST.search(field)
    return found[1] if found else field
