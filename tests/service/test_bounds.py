"""Deadlines, queues, slow bodies, pictures, reload and readiness: nothing hangs, nothing is mixed, what was not done is said."""

import datetime
import io
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from listing_preflight.decisions.suppressions import Suppression
from listing_preflight.errors import ListError, UsageError
from listing_preflight.images import crew
from listing_preflight.model.listing import Gap
from tests.conftest import MARKS
from tests.service.running import serving, told

SHOE = {"id": "S-1", "title": "Nike running shoes", "category": "Shoes", "marketplace": "amazon.com"}


def post(service, listing, **rest):
    return httpx.post(f"{service.url}/v1/check", json=listing, trust_env=False, timeout=30, **rest)


class Never:
    """A picture that no worker ever finishes."""

    def __init__(self):
        self.cancelled = False

    def result(self, timeout=None):
        time.sleep(timeout)
        raise TimeoutError

    def cancel(self):
        self.cancelled = True
        return True


def test_a_picture_that_hangs_is_a_gap_at_the_deadline(marks, monkeypatch):
    asked = []

    def look(*_):
        asked.append(Never())
        return asked[-1]

    monkeypatch.setattr(crew.Crew, "look", look)
    with serving(lambda: told(marks, images=True, ocr="rapidocr")) as service:
        answer = post(service, {**SHOE, "images": [{"path": "a.jpg"}], "deadline_ms": 5000}).json()
        clean = post(service, {"title": "A shirt", "images": [{"path": "a.jpg"}], "deadline_ms": 5000}).json()
    assert [g["kind"] for g in answer["verdict"]["gaps"]] == ["timed-out"]
    assert answer["decision"] == "block"
    assert answer["policy"] is None
    assert (clean["verdict"]["decision"], clean["decision"], clean["policy"]) == (
        "incomplete",
        "block",
        "on-incomplete:block",
    )
    assert clean["unchecked"]["gaps"] == 1
    assert all(one.cancelled for one in asked)


@pytest.mark.parametrize("policy", ["block", "review", "pass"])
def test_the_policy_for_incomplete_verdicts_is_applied_and_said(marks, policy):
    with serving(lambda: told(marks), policy=policy) as service:
        answer = post(service, {"title": "A shirt", "descripton": "x"}).json()
    assert answer["verdict"]["decision"] == "incomplete"
    assert (answer["decision"], answer["policy"]) == (policy, f"on-incomplete:{policy}")


def test_a_text_that_takes_too_long_is_ended_in_its_own_process(marks):
    with serving(lambda: told(marks)) as service:
        answer = post(
            service, {"title": "A shirt", "description": "Nike b l a c k alternative " * 40_000, "deadline_ms": 300}
        ).json()
        assert [g["kind"] for g in answer["verdict"]["gaps"]] == ["timed-out"]
        assert post(service, SHOE).json()["decision"] == "block"


def test_a_long_text_has_the_verdict_of_the_gate(marks):
    long = {"title": "A shirt", "description": "wear it for long days outside " * 2_000 + "Nike", "category": "Shoes"}
    with serving(lambda: told(marks)) as service:
        answer = post(service, long).json()
    assert [f["mark"]["name"] for f in answer["verdict"]["findings"]] == ["NIKE"]


def test_more_than_the_queue_holds_is_told_to_come_again(marks):
    release = threading.Event()

    def slow(listing, found, inner):
        release.wait(20)
        return inner(listing, found)

    with serving(lambda: told(marks), queue=2) as service:
        with service.keeper.borrowed() as state:
            inner = state.judge
            state.judge = lambda listing, found: slow(listing, found, inner)
        with ThreadPoolExecutor(6) as pool:
            asked = [pool.submit(post, service, {**SHOE, "id": str(n)}) for n in range(6)]
            while sum(f.done() for f in asked) < 4:
                time.sleep(0.01)
            release.set()
            answers = [f.result() for f in asked]
    refused = [a for a in answers if a.status_code == 429]
    assert len(refused) == 4
    assert {a.headers["retry-after"] for a in refused} == {"1"}
    assert {a.json()["error"]["code"] for a in refused} == {"busy"}
    assert [a.json()["decision"] for a in answers if a.status_code == 200] == ["block", "block"]


def test_a_body_that_never_ends_is_given_up(marks):
    with serving(lambda: told(marks), deadline=0.4) as service:
        host, _, port = service.url.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as wire:
            wire.sendall(
                b"POST /v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
            wire.settimeout(20)
            assert b" 408 " in wire.recv(4096).split(b"\r\n")[0]


def picture(text="NIKE"):
    from PIL import Image, ImageDraw

    made = Image.new("RGB", (320, 120), "white")
    ImageDraw.Draw(made).text((30, 30), text, fill="black", font_size=60)
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def test_pictures_of_a_form_are_looked_at(marks):
    pytest.importorskip("rapidocr")
    listing = {
        "id": "P",
        "title": "A shirt",
        "category": "Shoes",
        "marketplace": "amazon.com",
        "images": [{"path": "img/1.png"}, {"path": "img/2.png"}],
    }
    with serving(lambda: told(marks, images=True, ocr="rapidocr"), deadline=60) as service:
        files = [("listing", (None, json.dumps(listing))), ("image", ("img/1.png", picture()))]
        answer = httpx.post(f"{service.url}/v1/check", files=files, trust_env=False, timeout=90).json()
        left = [p.name for p in service.app.state.checker.folder.iterdir()]
    assert [f["evidence"][0]["path"] for f in answer["verdict"]["findings"]] == ["img/1.png"]
    assert [(g["kind"], g["index"]) for g in answer["verdict"]["gaps"]] == [("missing", 1)]
    assert left == ["nothing"]


@pytest.mark.parametrize("name", ["../x.png", "/etc/x.png", "a\\b.png", "C:x.png", "img/other.png"])
def test_pictures_stay_in_the_folder_of_their_request(marks, name):
    listing = {
        "title": "A shirt",
        "images": [{"path": "../x.png"}, {"path": "/etc/x.png"}, {"path": "a\\b.png"}, {"path": "C:x.png"}],
    }
    with serving(lambda: told(marks)) as service:
        files = [("listing", (None, json.dumps(listing))), ("image", (name, b"x"))]
        answer = httpx.post(f"{service.url}/v1/check", files=files, trust_env=False)
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "image"


def test_a_path_of_a_caller_reads_nothing_of_this_machine(marks, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.png").write_bytes(picture())
    with serving(lambda: told(marks, images=True, ocr="off")) as service:
        service.keeper  # noqa: B018
        with service.keeper.borrowed() as state:
            assert state.told.roots == ()
            roots = service.app.state.checker.roots(state)
    from listing_preflight.images.source import PictureError, read_under

    for path in ("own.png", str(tmp_path / "own.png"), "/etc/passwd", "../../../../etc/passwd"):
        with pytest.raises(PictureError):
            read_under(path, roots)


def test_reload_under_load_mixes_and_drops_nothing(marks):
    """Every answer is that of the lists whose digest it names: in one the mark stands, in the other it does not."""
    plain = MARKS.replace("{id: nike, name: NIKE, famous: true,", "{id: nike, name: Zorblatt, famous: true,")
    turns = iter(range(1_000))

    def load():
        marks.write_text(MARKS if next(turns) % 2 == 0 else plain, "utf-8")
        return told(marks)

    with serving(load) as service, ThreadPoolExecutor(4) as pool:
        stop = threading.Event()

        def asking():
            out = []
            while not stop.is_set():
                answer = post(service, SHOE)
                out.append((answer.status_code, answer.json()["lists"][0]["digest"], answer.json()["decision"]))
            return out

        jobs = [pool.submit(asking) for _ in range(4)]
        for _ in range(6):
            service.keeper.load()
        stop.set()
        seen = [row for job in jobs for row in job.result()]
        for _ in range(1_000):
            if not service.keeper._leaving:
                break
            time.sleep(0.01)
        assert service.keeper._leaving == []
    assert {status for status, *_ in seen} == {200}
    by_digest = {digest: {d for _, other, d in seen if other == digest} for _, digest, _ in seen}
    assert sorted(map(sorted, by_digest.values())) in ([["block"], ["pass"]], [["block"]], [["pass"]])


def test_a_reload_that_fails_keeps_the_lists_and_says_so(marks):
    broken = False

    def load():
        if broken:
            raise ListError("mark without a name", where="marks.yaml:3")
        return told(marks)

    with serving(load) as service:
        broken = True
        with pytest.raises(ListError):
            service.keeper.load()
        ready = httpx.get(f"{service.url}/readyz", trust_env=False)
        assert ready.status_code == 503
        assert ready.json()["reason"] == "reload-failed"
        assert "marks.yaml:3" in ready.json()["detail"]
        assert post(service, SHOE).json()["decision"] == "block"
        broken = False
        service.keeper.load()
        assert httpx.get(f"{service.url}/readyz", trust_env=False).status_code == 200


def test_readiness_tells_old_lists_and_the_answer_does_too(marks):
    gap = Gap(kind="stale-list", detail="marks: data of 2020-01-01, 2524 days old")
    with serving(lambda: told(marks, stale=lambda: (gap,))) as service:
        assert httpx.get(f"{service.url}/readyz", trust_env=False).json()["reason"] == "stale-list"
        answer = post(service, {"title": "A shirt"}).json()
    assert (answer["decision"], answer["policy"]) == ("block", "on-incomplete:block")
    assert answer["unchecked"]["stale"] == [gap.detail]


def test_readiness_tells_an_absent_engine(marks):
    with serving(lambda: told(marks), absent=lambda _: "tesseract is not installed") as service:
        assert httpx.get(f"{service.url}/readyz", trust_env=False).json() == {
            "reason": "engine-absent", "detail": "tesseract is not installed"}  # fmt: skip
        assert httpx.get(f"{service.url}/healthz", trust_env=False).status_code == 200


def test_it_lives_and_is_not_ready_while_lists_load(marks):
    go = threading.Event()

    def load():
        go.wait(20)
        return told(marks)

    with serving(load, wait=False) as service, httpx.Client(base_url=service.url, trust_env=False) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").json()["reason"] == "loading"
        refused = client.post("/v1/check", json=SHOE)
        assert refused.status_code == 503
        assert "retry-after" in refused.headers
        go.set()
        while not service.said:
            time.sleep(0.01)
        assert client.get("/readyz").status_code == 200
        assert client.post("/v1/check", json=SHOE).json()["decision"] == "block"


def test_decisions_of_people_hold(marks, tmp_path):
    one = Suppression(
        id="nike", file=tmp_path / "nike.yaml", line=1, listings=("S-*",), subject="marks:nike", status="false match", reason="r",
        author="a", date=datetime.date(2026, 11, 1),
    )  # fmt: skip
    with serving(lambda: told(marks, suppressions=(one,))) as service:
        answer = post(service, SHOE).json()
    assert answer["decision"] == "pass"
    assert answer["verdict"]["findings"][0]["suppressed"] == "nike: false match"


def test_a_port_in_use_is_told():
    from listing_preflight.service.server import bound

    sock = bound("127.0.0.1", 0)
    sock.listen()
    with pytest.raises(UsageError, match="--port"):
        bound("127.0.0.1", sock.getsockname()[1])
    sock.close()


def test_terms_follow_the_day(marks):
    from listing_preflight.service.keeper import Keeper

    keeper = Keeper(lambda: told(marks))
    assert not keeper.is_of_yesterday(datetime.date(2026, 11, 30))
    keeper.load()
    assert not keeper.is_of_yesterday(datetime.date(2026, 11, 29))
    assert keeper.is_of_yesterday(datetime.date(2026, 11, 30))
    keeper.close()


def test_an_engine_that_is_asked_for_and_missing_is_told(monkeypatch):
    pytest.importorskip("PIL")
    from listing_preflight.images import engines
    from listing_preflight.images.ocr import registry

    monkeypatch.setattr(registry, "choose", lambda name: f"{name} is not installed")
    assert engines.absent("tesseract") == "tesseract is not installed"
    assert engines.absent("off") is None


def test_a_slip_of_a_key_and_a_number_are_named_in_the_answer(marks):
    with serving(lambda: told(marks)) as service:
        answer = post(service, {"titel": "NIKE shoes", "description": "A shirt", "brand": 4711}).json()
    details = [g["detail"] for g in answer["verdict"]["gaps"]]
    assert "key 'titel' was not read; is 'title' meant?" in details
    assert any(d.startswith("brand: 4711 is a number") for d in details)
    assert answer["verdict"]["decision"] == "incomplete"
