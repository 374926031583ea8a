"""The sentences of one finding never contradict or repeat each other, and say every reason in words."""

import pytest

from listing_preflight.model.finding import Reason
from listing_preflight.policy.pack_reader import bundled
from listing_preflight.reports.catalog import LANGUAGES, catalog
from listing_preflight.reports.messages import CODES, sentence
from listing_preflight.reports.run import Summary, Telling
from listing_preflight.reports.text import summary_lines
from tests.conftest import listing


def test_imitation_is_told_once(scan):
    [row] = scan(listing("Apple style charger", category="Phone chargers")).listings
    said = " ".join(f["message"] for f in row["findings"])
    assert "imitation wording" in said
    assert "not imitated" not in said


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_words_in_every_language(code, tag):
    said = sentence(Reason(code, {}), catalog(tag))
    assert said
    assert said != code


def test_the_words_of_a_seller_stay_as_they_are(scan):
    [row] = scan(listing("NIKE style none yes shoes"), extra=("--lang", "zh-Hans")).listings
    assert any("仿品用语" in f["message"] for f in row["findings"])


def test_every_shipped_rule_of_a_marketplace_has_words_in_chinese():
    assert catalog("zh-Hans").tables["policy"].keys() == {rule.id for rule in bundled()}


def test_one_is_counted_as_one():
    words = catalog("en")
    assert [words.say("places-more", n=n) for n in (1, 2)] == ["and 1 more place", "and 2 more places"]


def test_a_reason_is_told_once_and_the_use_before_its_signs(scan):
    [row] = scan(listing("Nike Pegasus running shoes", category="Shoes"), extra=("-f", "jsonl")).listings
    for found in row["findings"]:
        parts = found["message"].rstrip(".").split("; ")
        assert len(parts) == len(set(parts))


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (Summary(interrupted=True), ["INTERRUPTED: this report is partial."]),
        (Summary(strict=True, unread=1), ["INCOMPLETE: 1 place in pictures could not be read or told from others (--strict-images)."]),
        (Summary(gaps=2), ["INCOMPLETE: 2 things that were asked for could not be checked."]), (Summary(unread=1), []),
    ],
)  # fmt: skip
def test_a_run_that_is_not_whole_says_what_of_it_is_missing(summary, said):
    lines = [line for line, style in summary_lines(summary, Telling()) if "magenta" in style]
    assert lines == said


def test_places_are_told_as_a_page_is_read(scan):
    row = listing("NIKE shoes", search_terms="NIKE", brand="NIKE", bullets=["Soft", "NIKE sole"])
    told = scan(row, extra=("-f", "text", "-v")).out
    fields = [told.index(f"{name}: ") for name in ("title", "bullets 2", "brand")]
    assert fields == sorted(fields)
