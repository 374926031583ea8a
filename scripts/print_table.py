"""Print the signals and the table of verdicts into docs/judging.md, so that a lawyer can read what runs.

usage: print_table.py [--check]
"""

import pathlib
import re
import sys

from listing_preflight.judging.signals.registry import FAMILIES
from listing_preflight.judging.table import table

PAGE = pathlib.Path(__file__).parent.parent / "docs/judging.md"


def signals():
    out = ["| signal | what it asks |", "|---|---|"]
    for family in FAMILIES:
        out.append(f"| **{family.__name__.rsplit('.', 1)[1]}** | {first_line(family.__doc__)} |")
        out += [f"| `{name}` | {first_line(predicate.__doc__) or name.replace('-', ' ') + '.'} |" for name, predicate in family.SIGNALS.items()]
    return out


def first_line(text):
    return (text or "").strip().split("\n")[0]


def rows():
    found = table()
    out = ["| group | holds with any of |", "|---|---|"]
    out += [f"| `{name}` | {names(members)} |" for name, members in found.groups.items()]
    out += ["", "| set | holds with all of |", "|---|---|"]
    out += [f"| `{name}` | {names(members)} |" for name, members in found.both.items()]
    out += ["", "| row | what the words say | why | asks for | but not | legal | platform |", "|---|---|---|---|---|---|---|"]
    for row in found.rows:
        asks = names(row.all) + (" + any of " if row.all and row.any else "any of " if row.any else "") + names(row.any)
        weights = "nothing | nothing" if row.drop else f"{row.legal} | {row.platform}{'*' if row.any_goods else ''}"
        out.append(f"| {row.priority} `{row.id}` | {row.says} | {row.why} | {asks} | {names(row.none)} | {weights} |")
    return out


def names(members):
    return ", ".join(f"`{m}`" for m in members)


def printed(text):
    for name, lines in (("signals", signals()), ("table", rows())):
        block = "\n".join(lines)
        pattern = rf"(<!-- {name}: scripts/print_table.py -->\n).*?(<!-- /{name} -->)"
        text = re.sub(pattern, lambda m, block=block: f"{m.group(1)}\n{block}\n\n{m.group(2)}", text, flags=re.DOTALL)
    return text


def main():
    before = PAGE.read_text("utf-8")
    after = printed(before)
    if "--check" in sys.argv:
        sys.exit(0 if after == before else "docs/judging.md is not what runs: scripts/print_table.py")
    PAGE.write_text(after, "utf-8")


if __name__ == "__main__":
    main()
