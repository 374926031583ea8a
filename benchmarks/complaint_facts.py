"""Fifty invented cases: delete each fact that a draft rests on, look for words without a fact, run everything twice.

usage: benchmarks/complaint_facts.py [--cases N] [--json OUT]

Each case (fixtures/make_cases.py) is opened, assessed, compared, packed and answered by every route, one language a case in turn. Then
* every fact that a draft rests on is taken away alone: the sentences that it filled must be gone, and an element that is no longer filled must
  name what it lacks;
* every line of every draft must be a sentence of the language whose blanks hold values of facts and nothing else;
* every file of a second run must be byte for byte that of the first.
"""

import argparse
import datetime
import importlib.util
import json
import pathlib
import re
import string
import tempfile

from listing_preflight.complaint.answering import answer, drafted, routes, sentences
from listing_preflight.complaint.assessing import assess
from listing_preflight.complaint.case import Case, Facts
from listing_preflight.complaint.opening import open_case
from listing_preflight.complaint.packing import pack
from listing_preflight.complaint.similar import compare
from listing_preflight.reports.plain import visible

HERE = pathlib.Path(__file__).parent
LANGUAGES = ("en", "zh", "zh-Hant", "de", "fr", "es", "it", "ja")
DAY = datetime.date(2026, 11, 5)
STATED = [("cause", "the supplier's text was copied"), ("prevention", "every export is scanned before upload")]
SPARE = {"detail", "facts", "check"}


def maker():
    spec = importlib.util.spec_from_file_location("make_cases", HERE.parent / "fixtures" / "make_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ran(files, folder):
    """One case from notice to pack, every route in one language."""
    case = folder / "case"
    open_case(case, [("notice.txt", (files / "notice.txt").read_bytes())], marketplace=None, received=None, day=DAY)
    assess(
        case, [files / "marks.yaml"], files / "listings.jsonl", seller=files / "seller.yaml", day=None, today=DAY, images=False,
        sales=files / "sales.csv",
    )  # fmt: skip
    compare(case, files / "listings.jsonl", images=False, day=DAY)
    pack(case, sales=None, share=False, day=DAY)
    language = LANGUAGES[int(files.name) % len(LANGUAGES)]
    for n, route in enumerate(routes()):
        answer(case, route, language, STATED if n == 0 and int(files.name) % 2 else [], DAY)
    pack(case, sales=None, share=False, day=DAY)
    pack(case, sales=None, share=True, day=DAY)
    return case, language


def unsourced(text, language, facts):
    """Lines of a draft that no sentence makes, and words in the blanks that are no fact's."""
    known = sorted({w for row in facts.rows for w in values(row["value"])}, key=len, reverse=True)
    shapes = [(k, shape(s)) for k, s in sentences(language).items()]
    out = []
    for line in text.split("\n"):
        plain = re.sub(r"^(?:> |## |- \[ \] [a-z_]+: )", "", line)
        if not plain or (line.startswith("- ") and not line.startswith("- [ ]")):
            continue  # the list of what is missing names elements and fields, not facts
        found = [m for _, pattern in shapes if (m := pattern.fullmatch(plain))]
        if not found or not any(all(is_known(g, known) for g in m.groups()) for m in found):
            out.append(line)
    return out


def shape(sentence):
    parts = [re.escape(lit) + ("(.+?)" if field else "") for lit, field, _, _ in string.Formatter().parse(sentence)]
    return re.compile("".join(parts), re.DOTALL)


def values(value):
    if isinstance(value, dict):
        return [w for v in value.values() for w in values(v)]
    if isinstance(value, list):
        return [w for v in value for w in values(v)]
    plain = visible(str(value))
    return [plain, re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", plain)]


def is_known(words, known):
    for one in known:
        words = words.replace(one, "")
    return not re.search(r"\w", words)


def deleted(facts, route, language):
    """(facts taken away, those whose sentence stayed, elements that lost one and named no gap)."""
    before = {s.element: s for s in drafted(facts, route, language)[0]}
    used = {f for s in before.values() for f in s.facts}
    stayed, silent, asked = [], [], 0
    for row in facts.rows:
        twin = [r for r in facts.rows if r is not row and (r["field"], r["value"]) == (row["field"], row["value"])]
        if row["id"] not in used or twin:
            continue
        asked += 1
        after = {s.element: s for s in drafted(Facts([r for r in facts.rows if r is not row]), route, language)[0]}
        for element, slot in before.items():
            if row["id"] in slot.facts:
                gone = set(slot.sentences) - set(after[element].sentences)
                stayed += [] if gone else [(route, element, row["id"], row["field"])]
                if after[element].state == "filled":
                    continue
                silent += [] if after[element].lacking else [(route, element, row["id"], row["field"])]
    return asked, stayed, silent


def measured(count):
    out = {
        "cases": count,
        "drafts": 0,
        "facts_deleted": 0,
        "sentence_stayed": 0,
        "gap_not_named": 0,
        "lines_without_source": 0,
        "cases_with_other_bytes": 0,
    }
    shown = []
    with tempfile.TemporaryDirectory() as tmp:
        root = pathlib.Path(tmp)
        for seed in range(count):
            files = root / f"{seed:02d}"
            maker().make(files, seed)
            case, language = ran(files, files)
            first = {
                p.relative_to(case): p.read_bytes()
                for p in sorted(case.rglob("*"))
                if p.is_file() and p.name != "log.jsonl"
            }
            facts = Case(case).facts()
            for route in routes():
                out["drafts"] += 1
                asked, stayed, silent = deleted(facts, route, language)
                loose = unsourced(drafted(facts, route, language)[1], language, facts)
                out["facts_deleted"] += asked
                out["sentence_stayed"] += len(stayed)
                out["gap_not_named"] += len(silent)
                out["lines_without_source"] += len(loose)
                shown += [*stayed, *silent, *loose]
            ran(files, files)
            second = {
                p.relative_to(case): p.read_bytes()
                for p in sorted(case.rglob("*"))
                if p.is_file() and p.name != "log.jsonl"
            }
            other = [str(k) for k in first.keys() | second.keys() if first.get(k) != second.get(k)]
            out["cases_with_other_bytes"] += bool(other)
            shown += [f"{files.name}: {other}"] if other else []
    return out, shown


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--cases", type=int, default=50)
    ap.add_argument("--json", type=pathlib.Path, default=HERE / "results" / "complaint_facts.json")
    told = ap.parse_args()
    out, shown = measured(told.cases)
    told.json.write_text(json.dumps(out, indent=1) + "\n", "utf-8")
    print(json.dumps(out, indent=1))
    for one in shown[:20]:
        print(one)


if __name__ == "__main__":
    main()
