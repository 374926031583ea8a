"""The gate over HTTP says what `preflight gate` says; every refusal has its status and form."""

import json
import re

import httpx
import pytest

from tests.conftest import MARKS
from tests.service.running import serving, told

SHOE = {"id": "S-1", "title": "Nike running shoes", "category": "Shoes", "marketplace": "amazon.com"}
PLAIN = {"id": "S-2", "title": "A plain cotton shirt", "category": "Clothing", "marketplace": "amazon.com"}
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "marks.yaml"
    path.write_text(MARKS, "utf-8")
    with serving(lambda: told(path), body=200_000, deadline=5.0) as running:
        yield running


@pytest.fixture
def ask(service):
    with httpx.Client(base_url=service.url, trust_env=False, timeout=20) as client:
        yield client


def gate(preflight, marks, listing):
    run = preflight(
        "gate", "-w", marks, "--date", "2026-11-29", "--no-images", "-q", stdin=json.dumps(listing).encode()
    )
    return run.out.strip()


@pytest.mark.parametrize(
    "listing", [SHOE, PLAIN, {"title": "N1ke and l e g o \ud800", "id": 7}, {"id": "x", "images": [{"text": "NIKE"}]}]
)
def test_the_verdict_is_that_of_the_gate_byte_for_byte(ask, preflight, marks, listing):
    answer = ask.post("/v1/check", content=json.dumps(listing).encode(), headers=JSON)
    assert answer.status_code == 200
    assert f'{{"verdict": {gate(preflight, marks, listing)}, "lists":' in answer.text
    told = answer.json()
    assert told["lists"][0]["name"] == "marks"
    assert told["lists"][0]["digest"].startswith("sha256:")
    assert told["policy"] is None
    assert told["ms"] > 0


def test_several_marketplaces_give_several_verdicts(marks):
    with serving(lambda: told(marks, marketplaces=("amazon.com", "amazon.cn"))) as service:
        answer = httpx.post(f"{service.url}/v1/check", json={**SHOE, "marketplace": None}, trust_env=False).json()
    assert [v["marketplace"] for v in answer["verdicts"]] == ["amazon.com", "amazon.cn"]
    assert answer["verdict"] == answer["verdicts"][0]
    assert answer["decision"] == "block"


@pytest.mark.parametrize(
    ("path", "headers", "body", "status", "code", "field"),
    [
        ("/v1/check", JSON, b"{", 400, "not-json", None),
        ("/v1/check", JSON, b"", 400, "not-json", None),
        ("/v1/check", JSON, b"\xff\xfe", 400, "not-json", None),
        ("/v1/check", JSON, b"[" * 100_000, 400, "not-json", None),
        ("/v1/check", JSON, b"[1]", 422, "not-a-listing", None),
        ("/v1/check", JSON, b"{}", 422, "not-a-listing", None),
        ("/v1/check", JSON, b'{"title": ["a"]}', 422, "not-a-listing", "title"),
        ("/v1/check", JSON, b'{"title": "a", "deadline_ms": -1}', 422, "bad-deadline", "deadline_ms"),
        ("/v1/check", JSON, b'{"title": "a", "deadline_ms": true}', 422, "bad-deadline", "deadline_ms"),
        ("/v1/check", JSON, b'{"title": "a", "deadline_ms": NaN}', 422, "bad-deadline", "deadline_ms"),
        ("/v1/check", JSON, b'{"title": "' + b"a" * 300_000 + b'"}', 413, "too-large", None),
        ("/v1/check", {"Content-Type": "text/plain"}, b"{}", 415, "media-type", "content-type"),
        ("/v1/check", {"Content-Type": "multipart/form-data"}, b"{}", 400, "bad-form", None),
        ("/v1/check-batch", {"Content-Type": "text/plain"}, b"{}", 415, "media-type", "content-type"),
        ("/v1/reload", JSON, b"", 404, "not-found", None),
        ("/v2/check", JSON, b"{}", 404, "not-found", None),
    ],
)  # fmt: skip
def test_what_is_no_listing_gets_an_error_and_no_verdict(ask, path, headers, body, status, code, field):
    answer = ask.post(path, content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["field"] == field
    assert "verdict" not in answer.json()


def test_a_body_that_streams_is_counted(ask):
    answer = ask.post("/v1/check", content=(b" " * 50_000 for _ in range(40)), headers=JSON)
    assert answer.status_code == 413


def test_a_wrong_method_is_told_in_the_same_form(ask):
    answer = ask.get("/v1/check")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method-not-allowed"


def test_a_batch_answers_in_order_and_goes_on_after_a_fault(ask):
    rows = [json.dumps(SHOE), "{", "", json.dumps(PLAIN), "[]"]
    answer = ask.post("/v1/check-batch", content="\n".join(rows).encode(), headers=LINES)
    out = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.status_code == 200
    assert [o["verdict"]["id"] if "verdict" in o else (o["error"]["code"], o["line"]) for o in out] == [
        "S-1", ("not-json", 2), "S-2", ("not-a-listing", 5)]  # fmt: skip
    assert [o["verdict"]["source"]["row"] for o in out if "verdict" in o] == [1, 4]


def test_a_batch_streams(service):
    """The first answer comes before the last listing is sent."""
    import http.client

    line = json.dumps(SHOE).encode() + b"\n"
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=20)
    connection.putrequest("POST", "/v1/check-batch")
    connection.putheader("Content-Type", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    connection.send(f"{len(line):x}\r\n".encode() + line + b"\r\n")
    answer = connection.getresponse()
    first = answer.readline()
    assert json.loads(first)["verdict"]["id"] == "S-1"
    connection.send(f"{len(line):x}\r\n".encode() + line + b"\r\n0\r\n\r\n")
    assert json.loads(answer.readline())["verdict"]["source"]["row"] == 2
    assert answer.read() == b""
    connection.close()


def test_a_batch_too_large_ends_with_its_error(ask):
    rows = b"".join(json.dumps({**PLAIN, "description": "x" * 20_000}).encode() + b"\n" for _ in range(30))
    answer = ask.post("/v1/check-batch", content=rows, headers=LINES)
    out = [json.loads(line) for line in answer.text.splitlines()]
    assert out[-1]["error"]["code"] == "too-large"


def test_what_the_service_knows_is_told(ask):
    assert {"rule": "TM001", "name": "mark-in-text"} in ask.get("/v1/rules").json()
    (told,) = ask.get("/v1/lists").json()
    assert (told["name"], told["marks"], told["works"]) == ("marks", 6, 0)
    page = ask.get("/v1/explain/mark-in-text").json()
    assert page["rule"] == "TM001"
    assert page["page"].startswith("# TM001")
    assert ask.get("/v1/explain/AMZ-NOPE").status_code == 404
    assert ask.get("/healthz").json() == {"status": "alive"}
    assert ask.get("/readyz").json() == {"status": "ready"}


def test_metrics_count_and_hold_no_listing_text(marks):
    with serving(lambda: told(marks)) as service, httpx.Client(base_url=service.url, trust_env=False) as ask:
        ask.post("/v1/check", json={**SHOE, "id": "canary-id", "title": "Nike canary shoes"})
        ask.get("/canary-path")
        page = ask.get("/metrics").text
    assert 'preflight_verdicts_total{decision="block"} 1.0' in page
    assert 'preflight_requests_total{route="/v1/check",status="200"} 1.0' in page
    assert "canary" not in page


def test_the_log_holds_no_listing_text(marks):
    lines = []
    with serving(lambda: told(marks), log=lambda *a, **k: lines.append(repr((a, k)))) as service:
        httpx.post(f"{service.url}/v1/check?q=canary", json={**SHOE, "title": "Nike canary"}, trust_env=False)
        httpx.get(f"{service.url}/canary", headers={"Authorization": "Bearer canary"}, trust_env=False)
    assert len(lines) == 2
    assert "canary" not in "".join(lines)


def test_a_page_of_another_site_is_refused(ask):
    answer = ask.post("/v1/check", json=SHOE, headers={"Host": "rebound.example"})
    assert answer.status_code == 403


def test_with_a_token_only_its_bearer_is_answered(marks):
    with serving(lambda: told(marks), token="0123456789abcdef") as service:

        def ask(path, method="POST", **headers):
            return httpx.request(method, service.url + path, json=SHOE, headers=headers, trust_env=False)

        assert ask("/v1/check").status_code == 401
        assert ask("/v1/check", Authorization="Bearer 0123456789abcdeF").status_code == 401
        assert ask("/v1/check", Authorization="Basic 0123456789abcdef").status_code == 401
        assert ask("/metrics", "GET").status_code == 401
        assert ask("/healthz", "GET").status_code == 200
        assert ask("/v1/check", Authorization="Bearer 0123456789abcdef", Host="gate.example").status_code == 200
        assert ask("/v1/reload", Authorization="Bearer 0123456789abcdef").status_code == 200
        assert service.keeper.loads == 2


def test_the_interface_is_described_with_examples(ask):
    told = ask.get("/openapi.json").json()
    assert set(told["paths"]) >= {
        "/v1/check",
        "/v1/check-batch",
        "/v1/rules",
        "/v1/lists",
        "/v1/explain/{rule}",
        "/healthz",
        "/readyz",
    }
    example = told["paths"]["/v1/check"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert ask.post("/v1/check", json=example).status_code == 200
    assert not re.search("https?://", json.dumps(told))
