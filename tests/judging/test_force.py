"""Whether a registration is in force on a day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.judging import force
from listing_preflight.model.mark import Registration
from listing_preflight.model.tri import Tri
from listing_preflight.policy.store import load
from tests.conftest import SHARED

DAY = datetime.date(2026, 11, 25)
DAYS = st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2080, 1, 1))


def row(**more):
    return Registration(**{"office": "US", "status": "registered", **more})


@given(DAYS, DAYS)
def test_a_right_never_comes_back_after_its_term(expires, day):
    order = ["registered", "unknown", "dead"]
    one, later = (force.of(row(expires=expires), d).kind for d in (day, day + datetime.timedelta(days=200)))
    assert order.index(one) <= order.index(later)


@given(DAYS, st.integers(0, 30))
def test_months_after_keeps_the_day_or_takes_the_last(day, months):
    later = force.months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


@given(st.sampled_from(["registered", "contested", "pending", "dead", "generic", "unknown"]), DAYS)
def test_the_answer_follows_from_the_kind(status, day):
    found = force.of(row(status=status), day)
    assert found.live is {"dead": Tri.NO, "generic": Tri.NO, "pending": Tri.UNKNOWN, "unknown": Tri.UNKNOWN}.get(
        status, Tri.YES
    )


def test_the_reason_tells_the_days():
    told = force.of(row(expires=datetime.date(2026, 9, 30)), DAY).reason
    assert told.code == "force-grace"
    assert (told.params["expired"], told.params["until"]) == ("2026-09-30", "2027-03-30")


def test_every_state_of_the_tables_is_one_that_is_known():
    assert {kind for t in load("statuses.yaml").values() for kind in t} <= {
        "registered",
        "contested",
        "pending",
        "dead",
        "unknown",
    }


@pytest.mark.shared
def test_every_code_of_the_office_has_an_answer():
    import csv

    path = SHARED / "data/registers/uspto/lookups/status_codes.csv"
    if not path.exists():
        pytest.skip("the data beside the project is not here")
    with path.open(encoding="utf-8") as file:
        codes = list(csv.DictReader(file))
    for code in codes:
        kind = force.of(row(status=f"US:{code['code']}"), DAY).kind
        said = code["live_dead_indicator"]
        wanted = {
            "Live/Pending": {"pending"},
            "Live/Registered": {"registered", "contested"},
            "Live": {"registered"},
        }.get(said)
        wanted = wanted or ({"dead"} if said.startswith("Dead") else {"unknown"})
        assert kind in wanted, code
