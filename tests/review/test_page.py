"""What the page asks and sends: the queue, one cause, decisions as suppression files, and who may ask at all."""

import json
import re

import httpx
import pytest
import yaml

from listing_preflight.decisions.suppression_files import read_suppressions
from tests.review.paging import paged

NAME = re.compile(r"{\w+}")
ROWS = [
    {"id": f"SHOE-{n}", "marketplace": "amazon.com", "category": "Shoes", "title": "Nike running shoes", "description": "Run far."} for n in range(5)
] + [
    {"id": "CASE-1", "marketplace": "amazon.com", "category": "Phone cases", "title": "Case for Apple iPhone 15", "description": "Slim."},
    {"id": "BRICK-1", "marketplace": "amazon.com", "category": "Toys", "title": "LEGO bricks set", "description": "<b>LEGO</b> style"},
]  # fmt: skip


@pytest.fixture
def scanned(preflight, marks, write, tmp_path):
    """A report with its catalog."""
    catalog = write("shop/listings.jsonl", *ROWS)
    report = tmp_path / "report.jsonl"
    preflight("scan", catalog, "-w", marks, "-q", "-o", f"jsonl:{report}", "--no-images", "--date", "2026-11-29")
    return report, catalog


@pytest.fixture
def page(scanned, marks, tmp_path):
    report, catalog = scanned
    with paged(report, tmp_path / "decisions", [marks], tmp_path / "copies", catalog=[catalog]) as running:
        yield running


def first(page, **filters):
    return page.client.get("/queue", params=filters).json()["rows"][0]


def decide(page, cause, status="false match", scope="cause", **rest):
    return page.client.post("/decide", json={"cause": cause, "status": status, "scope": scope, "author": "Ada", **rest})


def test_most_listings_come_first(page):
    found = page.client.get("/queue").json()
    assert [r["listings"] for r in found["rows"]] == sorted((r["listings"] for r in found["rows"]), reverse=True)
    assert found["rows"][0]["name"] == "NIKE"
    assert found["rows"][0]["listings"] == 5
    lines = map(json.loads, page.report.path.read_text("utf-8").splitlines())
    assert found["total"] == len({f["cause"] for line in lines if line["type"] == "listing" for f in line["findings"]})


def test_filters(page):
    names = {r["name"] for r in page.client.get("/queue", params={"q": "brick-1"}).json()["rows"]}
    assert names == {"LEGO"}
    assert page.client.get("/queue", params={"rule": "IM001"}).json()["total"] == 0
    assert {r["severity"] for r in page.client.get("/queue", params={"severity": "high"}).json()["rows"]} == {"high"}
    assert page.client.get("/queue", params={"show": "decided"}).json()["total"] == 0


def test_a_cause_shows_its_sentences_and_rights(page):
    told = page.client.get(f"/cause/{first(page)['cause']}").json()
    place = told["items"][0]["places"][0]
    assert (place["before"], place["text"], place["after"]) == ("", "Nike", " running shoes")
    assert told["rights"][0]["office"] == "US"
    assert told["can_follow_mark"]
    assert page.client.get("/cause/none").status_code == 404


def test_one_decision_answers_all_listings_of_its_cause(page, tmp_path, preflight, marks):
    made = decide(page, first(page)["cause"], reason="our own licence text")
    assert made.status_code == 201
    (one,) = read_suppressions(tmp_path / "decisions")
    assert one.id == made.json()["id"]
    assert one.listings == tuple(f"SHOE-{n}" for n in range(5))
    assert (one.status, one.author, one.reason, one.rule) == ("false match", "Ada", "our own licence text", "TM001")
    assert one.until == {"mark changes"}
    state = page.client.get("/state").json()
    assert state["decisions"] == 1
    assert state["open"] == state["findings"] - 5
    again = preflight(
        "scan",
        tmp_path / "shop",
        "-w",
        marks,
        "-f",
        "jsonl",
        "--suppressions",
        tmp_path / "decisions",
        "--no-images",
        "--date",
        "2026-11-29",
    )
    shoes = [f for r in again.listings if r["id"].startswith("SHOE") for f in r["findings"]]
    assert {f["suppressed"] for f in shoes} == {f"{one.id}: false match"}


@pytest.mark.parametrize("status", ["must be changed", "ask a lawyer"])
def test_orders_answer_nothing(page, tmp_path, preflight, marks, status):
    assert decide(page, first(page)["cause"], status).status_code == 201
    assert first(page)["name"] != "NIKE"
    again = preflight(
        "scan",
        tmp_path / "shop",
        "-w",
        marks,
        "-f",
        "jsonl",
        "--suppressions",
        tmp_path / "decisions",
        "--no-images",
        "--date",
        "2026-11-29",
    )
    assert {f["suppressed"] for r in again.listings for f in r["findings"]} == {None}
    assert "warning" not in again.err


def test_an_accepted_risk_ends_within_a_year(page, tmp_path):
    decide(page, first(page)["cause"], "accepted risk")
    (one,) = read_suppressions(tmp_path / "decisions")
    assert one.expires.isoformat() == "2027-11-29"


@pytest.mark.parametrize(
    ("scope", "listing", "stored"),
    [("listing", "SHOE-3", ("SHOE-3",)), ("pattern", "SHOE-[12]", ("SHOE-[12]",)), ("mark", "", ("*",))],
)
def test_scopes(page, tmp_path, scope, listing, stored):
    cause = first(page)["cause"]
    assert decide(page, cause, scope=scope, listing=listing).status_code == 201
    (one,) = read_suppressions(tmp_path / "decisions")
    assert one.listings == stored
    assert one.over_broad is None
    assert page.client.get(f"/cause/{cause}").json()["open"] == {"listing": 4, "pattern": 3, "mark": 0}[scope]


def test_a_decision_that_ends_with_its_listing(page, tmp_path, preflight, marks, write):
    decide(page, first(page)["cause"], until_listing=True)
    (one,) = read_suppressions(tmp_path / "decisions")
    assert one.until == {"mark changes", "listing changes"}
    write("shop/listings.jsonl", {**ROWS[0], "description": "Run farther."}, *ROWS[1:])
    again = preflight(
        "scan",
        tmp_path / "shop",
        "-w",
        marks,
        "-f",
        "jsonl",
        "--suppressions",
        tmp_path / "decisions",
        "--no-images",
        "--date",
        "2026-11-29",
    )
    assert [bool(f["suppressed"]) for r in again.listings if r["id"].startswith("SHOE") for f in r["findings"]] == [
        False
    ] + 4 * [True]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"status": "authorised"}, "status"), ({"scope": "everything"}, "scope"), ({"author": " "}, "author"), ({"scope": "listing"}, "listing"),
        ({"scope": "listing", "listing": "NONE"}, "listing"), ({"expires": "tomorrow"}, "expires"), ({"expires": "2020-01-01"}, "expires"),
        ({"reason": "x" * 3_000}, "reason"), ({"reason": ["x"]}, "reason"),
    ],
)  # fmt: skip
def test_what_is_no_decision_is_refused_and_nothing_is_written(page, tmp_path, told, field):
    answer = page.client.post(
        "/decide",
        json={"cause": first(page)["cause"], "status": "false match", "scope": "cause", "author": "Ada", **told},
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == field
    assert not (tmp_path / "decisions").exists() or not list((tmp_path / "decisions").iterdir())


def test_two_reviewers_lose_nothing(page, tmp_path):
    """The second decision of one scope is refused, and the first stays; others come in as files."""
    cause = first(page)["cause"]
    assert decide(page, cause, reason="first").status_code == 201
    taken = decide(page, cause, "descriptive", reason="second")
    assert taken.status_code == 409
    assert [d.reason for d in read_suppressions(tmp_path / "decisions")] == ["first"]
    row = {
        "listing": "BRICK-1",
        "mark": "LEGO",
        "status": "descriptive",
        "reason": "r",
        "author": "Bob",
        "date": "2026-11-29",
    }
    version = page.client.get("/state").json()["version"]
    (tmp_path / "decisions/bob.yaml").write_text(yaml.safe_dump(row), "utf-8")
    assert page.client.get("/state").json()["version"] > version
    assert "LEGO" not in {r["name"] for r in page.client.get("/queue").json()["rows"]}


def test_undo_takes_the_file_away(page, tmp_path):
    made = decide(page, first(page)["cause"]).json()["id"]
    before = first(page)["name"]
    assert page.client.post("/undo", json={"id": made}).status_code == 200
    assert list((tmp_path / "decisions").iterdir()) == []
    assert first(page)["name"] == "NIKE" != before
    assert page.client.post("/undo", json={"id": made}).status_code == 409
    assert page.client.post("/undo", json={"id": "../../etc/passwd"}).status_code == 409


def test_a_broken_file_is_told_and_left_alone(page, tmp_path):
    folder = tmp_path / "decisions"
    folder.mkdir(exist_ok=True)
    (folder / "bad.yaml").write_text("listing: x\nstatus: nonsense\n", "utf-8")
    state = page.client.get("/state").json()
    assert len(state["faults"]) == 1
    assert "bad.yaml:" in state["faults"][0]
    assert decide(page, first(page)["cause"]).status_code == 201
    assert (folder / "bad.yaml").exists()


def test_decisions_that_ended_leave_the_finding_open(page, tmp_path):
    row = {
        "listing": "SHOE-*",
        "mark": "marks:nike",
        "status": "accepted risk",
        "reason": "r",
        "author": "Bob",
        "date": "2025-01-01",
        "expires": "2025-02-01",
    }
    (tmp_path / "decisions").mkdir(exist_ok=True)
    (tmp_path / "decisions/old.yaml").write_text(yaml.safe_dump(row), "utf-8")
    told = page.client.get(f"/cause/{first(page)['cause']}").json()
    assert told["open"] == 5
    assert [(h["id"], h["ended"]) for h in told["held"]] == [("old", "expired")]


def test_only_the_person_who_started_it_may_ask(page):
    with httpx.Client(base_url=page.url, trust_env=False) as stranger:
        assert stranger.get("/state").status_code == 401
        assert stranger.get("/").status_code == 401
        assert stranger.get("/open?key=guess").status_code == 401
        assert stranger.get("/state", headers={"Host": "evil.example"}).status_code == 403
    cause = first(page)["cause"]
    for origin in ("http://evil.example", "null"):
        answer = page.client.post("/decide", json={"cause": cause}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert page.client.post("/decide", content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert (
        page.client.post("/decide", content=b" " * 30_000, headers={"Content-Type": "application/json"}).status_code
        == 413
    )


def test_every_answer_bears_the_policy(page):
    for path in ("/", "/state", "/asset/page.js", "/nope", "/cause/none"):
        headers = page.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_words_are_there_in_both_languages(page):
    english, chinese = (page.client.get("/words", params={"lang": tag}).json()["ui"] for tag in ("en", "zh-Hans"))
    assert set(english) == set(chinese)
    assert [k for k in english if sorted(NAME.findall(english[k])) != sorted(NAME.findall(chinese[k]))] == []


def test_rule_pages(page):
    assert page.client.get("/rule/TM001").json()["page"].startswith("# TM001")
    assert page.client.get("/rule/XX999").status_code == 404


def test_a_rewrite_is_accepted_for_fix(preflight, marks, write, tmp_path):
    row = {
        "id": "CASE-1",
        "marketplace": "amazon.com",
        "category": "Phone Cases",
        "title": "Quellar 12 Pro Case Shockproof",
        "description": "Fits well.",
    }
    marks.write_text(
        "marks:\n  - {id: quellar, name: Quellar, common_word: false, famous: true, classes: [9], territories: [US], status: registered}\n",
        "utf-8",
    )
    catalog, report = write("shop/cases.jsonl", row), tmp_path / "report.jsonl"
    preflight("scan", catalog, "-w", marks, "-q", "-o", f"jsonl:{report}", "--no-images")
    with paged(report, tmp_path / "decisions", [marks], tmp_path / "copies", catalog=[catalog]) as page:
        cause = first(page)["cause"]
        (rewrite,) = page.client.get(f"/cause/{cause}").json()["items"][0]["rewrites"]
        assert page.client.post("/accept", json={"cause": cause, "id": rewrite["id"]}).json() == {
            "accepted": [rewrite["id"]]
        }
        assert read_suppressions(tmp_path / "decisions") == ()
        for wrong in ("none", "../x", "a/b"):
            assert page.client.post("/accept", json={"cause": cause, "id": wrong}).status_code == 404
        fixed = preflight(
            "fix", catalog, "-o", tmp_path / "out.jsonl", "--accept", rewrite["id"], "-w", marks, "--no-images"
        )
        assert fixed.code == 0
        assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))[rewrite["field"]] == rewrite["after"]
        assert page.client.post("/accept", json={"cause": cause, "id": rewrite["id"], "take": False}).json() == {
            "accepted": []
        }
        assert list((tmp_path / "decisions").iterdir()) == []


def test_a_disk_that_is_full_is_told_and_nothing_is_half_written(page, tmp_path, monkeypatch):
    from listing_preflight.decisions import suppression_files

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(suppression_files.os, "fsync", full)
    answer = decide(page, first(page)["cause"])
    assert answer.status_code == 503
    assert "No space left" in answer.json()["error"]["message"]
    assert list((tmp_path / "decisions").iterdir()) == []


def test_pictures_of_a_report_lead_nowhere_else(page):
    item = next(iter(page.report.groups.values())).items[0]
    assert page.client.get(f"/picture/{item.offset}/{item.number}/0").status_code == 404
    assert page.client.get(f"/known/{item.offset}/{item.number}/0").status_code == 404
    assert page.client.get("/picture/999999/0/0").status_code == 404
    assert page.client.get("/picture/x/0/0").status_code == 422
    assert page.client.get(f"/picture/{item.offset}/{item.number}/99").status_code == 404


def test_the_page_is_told_that_a_report_was_cut_in_the_middle(scanned, marks, tmp_path):
    report, catalog = scanned
    with paged(report, tmp_path / "d", [marks], tmp_path / "copies", catalog=[catalog]) as whole:
        assert whole.client.get("/state").json()["lacking"] is None
    lines = report.read_bytes().splitlines(keepends=True)
    report.write_bytes(b"".join(lines[:4]) + lines[4][:80])
    with paged(report, tmp_path / "d", [marks], tmp_path / "copies", catalog=[catalog]) as cut:
        state, words = cut.client.get("/state").json(), cut.client.get("/words").json()["ui"]
    assert state["lacking"] == {"phrase": "cut-off", "params": {"listings": 3}}
    assert "not whole" in words[state["lacking"]["phrase"]]
    assert ":5: is no line of a report" in state["faults"][-1]
