"""What must hold of every verdict, over the own cases and made changes of them."""

import dataclasses
import datetime
import functools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listing_preflight.engine import Beforehand, Engine, Settings
from listing_preflight.model.finding import RANK
from listing_preflight.model.listing import Listing, Origin, Text
from listing_preflight.readers.formats import native
from listing_preflight.watchlists.read import read_list
from tests.cases.test_cases import CASES, FOLDER

DAY = datetime.date(2026, 11, 29)
NEUTRAL = (
    "Please measure twice before you choose.", "The edges are smooth and even.", "It arrives in a plain cardboard box.",
    "Bitte vorher ausmessen, Kanten sind glatt.", "Les bords sont lisses et réguliers.", "Los bordes son lisos.",
    "Brzegi są gładkie i równe.", "縁はなめらかです。", "边缘光滑平整。", "Края ровные и гладкие.",
)  # fmt: skip
"""Sentences about nothing that any mark, rule or other sense speaks of."""
LOOKS = str.maketrans({"a": "а", "e": "е", "o": "о", "A": "А", "E": "Е", "O": "О"})
"""Latin letters → Cyrillic ones that look the same."""
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
_EMPTY = Beforehand((), 0, ())
cases = st.sampled_from([c for c in CASES if "images" not in c["listing"]])


@functools.cache
def marks(name):
    return (read_list(FOLDER / name),)


@functools.cache
def engine(name):
    return Engine(Settings(lists=tuple(marks(name)), day=DAY, images=False))


def made(case) -> Listing:
    row = {"id": case["id"], **case["listing"]}
    return native.make_listing(row, Origin(file="x.jsonl", row=1), ())


def ranks(verdict):
    return {f.mark.id: RANK[f.severity] for f in verdict.findings if f.mark}


def covers(longer, place):
    """Whether another name at the same place is longer, or what was seen there more literally."""
    return longer.text == place.text and longer.start <= place.start and place.end <= longer.end


def judge(name, listing):
    (verdict,) = engine(name).check([(listing, _EMPTY)])
    return verdict


@SLOW
@given(cases, st.sampled_from(NEUTRAL), st.sampled_from(["description", "bullets", "attributes"]))
def test_neutral_text_never_lowers(case, sentence, field):
    listing = made(case)
    more = Text(field=field, value=sentence, index=90, name="note" if field == "attributes" else None)
    after = ranks(judge(case["list"], dataclasses.replace(listing, texts=(*listing.texts, more))))
    for mark, rank in ranks(judge(case["list"], listing)).items():
        assert after.get(mark, 0) >= rank, (mark, sentence)


@SLOW
@given(cases)
def test_a_disguise_is_never_below_the_plain_name(case):
    listing = made(case)
    verdict = judge(case["list"], listing)
    for finding in verdict.findings:
        titled = [m for m in (finding.mentions if finding.mark else ()) if m.hit.place.field == "title"]
        seen = titled[0].hit.seen if titled else ""
        hidden = seen.translate(LOOKS)
        if hidden == seen or not seen.isascii() or titled[0].hit.kind not in ("exact", "joined"):
            continue
        texts = tuple(
            t._replace(value=t.value.replace(seen, hidden)) if t.field == "title" else t for t in listing.texts
        )
        after = ranks(judge(case["list"], dataclasses.replace(listing, texts=texts)))
        assert after.get(finding.mark.id, 0) >= RANK[finding.severity], hidden


@SLOW
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_fields_changes_nothing(case, random):
    listing = made(case)
    before = ranks(judge(case["list"], listing))
    texts = list(listing.texts)
    random.shuffle(texts)
    assert ranks(judge(case["list"], dataclasses.replace(listing, texts=tuple(texts)))) == before


def test_the_order_of_marks_and_lists_changes_nothing():
    for name in sorted({c["list"] for c in CASES}):
        (whole,) = marks(name)
        half = len(whole.marks) // 2
        turned = dataclasses.replace(whole, marks=tuple(whole.marks)[::-1])
        parts = (
            dataclasses.replace(whole, marks=tuple(whole.marks)[half:]),
            dataclasses.replace(whole, marks=tuple(whole.marks)[:half]),
        )
        listings = [made(c) for c in CASES if c["list"] == name]
        batch = [(one, _EMPTY) for one in listings]
        before = [ranks(v) for v in engine(name).check(batch)]
        for lists in ((turned,), parts):
            other = Engine(Settings(lists=lists, day=DAY, images=False))
            assert [ranks(v) for v in other.check(batch)] == before


def test_a_mark_more_lowers_no_other_finding():
    """But for a longer name around it, of which it is then evidence."""
    for name in sorted({c["list"] for c in CASES}):
        (whole,) = marks(name)
        listings = [made(c) for c in CASES if c["list"] == name]
        batch = [(one, _EMPTY) for one in listings]
        after = engine(name).check(batch)
        fewer = Engine(
            Settings(lists=(dataclasses.replace(whole, marks=tuple(whole.marks)[::2]),), day=DAY, images=False)
        )
        for few, all_ in zip(fewer.check(batch), after, strict=True):
            now, taken = ranks(all_), [m.hit.place for f in all_.findings for m in f.mentions]
            for finding in few.findings:
                if finding.mark and now.get(finding.mark.id, 0) < RANK[finding.severity]:
                    assert all(any(covers(t, m.hit.place) for t in taken) for m in finding.mentions), finding


def test_a_wider_right_never_lowers():
    for name in sorted({c["list"] for c in CASES}):
        (whole,) = marks(name)
        wider = tuple(dataclasses.replace(m, famous=True) for m in whole.marks)
        batch = [(made(c), _EMPTY) for c in CASES if c["list"] == name]
        other = Engine(Settings(lists=(dataclasses.replace(whole, marks=wider),), day=DAY, images=False))
        for before, after in zip(engine(name).check(batch), other.check(batch), strict=True):
            now = ranks(after)
            assert all(now.get(mark, 0) >= rank for mark, rank in ranks(before).items()), before.listing


def test_a_rewrite_that_is_offered_is_accepted_by_a_fresh_scan():
    from listing_preflight.judging.rewrite import applied

    offered = 0
    for case in CASES:
        listing = made(case)
        for finding in judge(case["list"], listing).findings:
            for rewrite in finding.rewrites:
                offered += 1
                after = ranks(judge(case["list"], applied(listing, rewrite)))
                assert after.get(finding.mark.id, 0) <= RANK["low"]
    assert offered
