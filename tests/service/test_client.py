"""The client: typed answers, errors that say what happened, few retries and only where they help."""

import asyncio

import httpx
import pytest

from listing_preflight.service import client as clients
from listing_preflight.service.client import Answer, AsyncClient, Client, ServiceError
from tests.conftest import MARKS
from tests.service.running import serving, told

SHOE = {"id": "S-1", "title": "Nike running shoes", "category": "Shoes", "marketplace": "amazon.com"}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "marks.yaml"
    path.write_text(MARKS, "utf-8")
    with serving(lambda: told(path), token="0123456789abcdef") as service:
        yield service.url


def test_answers_are_typed(url):
    with Client(url, token="0123456789abcdef") as gate:
        answer = gate.check(SHOE, deadline_ms=5000)
        assert isinstance(answer, Answer)
        assert not answer.may_publish
        assert answer.verdict["findings"][0]["mark"]["name"] == "NIKE"
        assert gate.ready() is None
        found = list(gate.check_batch([SHOE, {}, {"title": "A shirt"}]))
        assert [f.decision if isinstance(f, Answer) else f.code for f in found] == ["block", "not-a-listing", "pass"]
        with pytest.raises(ServiceError, match="title: must be text") as caught:
            gate.check({"title": ["x"]})
        assert (caught.value.status, caught.value.field) == (422, "title")


def test_pictures_go_along(url):
    with Client(url, token="0123456789abcdef") as gate:
        answer = gate.check({"title": "A shirt", "images": [{"path": "a/1.png"}]}, pictures={"a/1.png": b"x"})
    assert answer.unchecked["not_requested"] == 1


def test_asyncio(url):
    async def ask():
        async with AsyncClient(url, token="0123456789abcdef") as gate:
            return await asyncio.gather(*(gate.check({**SHOE, "id": str(n)}) for n in range(5)), gate.ready())

    *answers, ready = asyncio.run(ask())
    assert [a.verdict["id"] for a in answers] == ["0", "1", "2", "3", "4"]
    assert ready is None


def test_asyncio_batches(url):
    async def ask():
        async with AsyncClient(url, token="0123456789abcdef") as gate:
            return [one async for one in gate.check_batch([SHOE, {}, {"title": "A shirt"}])]

    found = asyncio.run(ask())
    assert [f.decision if isinstance(f, Answer) else f.code for f in found] == ["block", "not-a-listing", "pass"]


def test_a_busy_batch_is_tried_again_and_a_cut_answer_is_an_error(monkeypatch):
    monkeypatch.setattr(clients.time, "sleep", lambda _: None)
    answers = iter((httpx.Response(429, json=ERROR), httpx.Response(200, content=b'{"cut')))
    with Client(retries=2, transport=httpx.MockTransport(lambda _: next(answers))) as gate:
        (found,) = gate.check_batch([SHOE])
    assert isinstance(found, ServiceError)


@pytest.mark.parametrize("listing", [{"title": float("nan")}, {"title": {1}}])
def test_what_json_cannot_hold_is_refused_before_it_is_sent(listing):
    unsent = httpx.MockTransport(lambda _: pytest.fail("was sent"))
    with Client(transport=unsent) as gate, pytest.raises(ServiceError, match="is not JSON"):
        gate.check(listing)


def test_a_wrong_token_is_told(url):
    with Client(url, token="another-token-altogether") as gate, pytest.raises(ServiceError, match="401 unauthorised"):
        gate.check(SHOE)


ERROR = {"error": {"code": "busy", "message": "come again", "field": None}}


@pytest.mark.parametrize(("status", "tries"), [(429, 3), (503, 3), (500, 1), (400, 1), (413, 1), (502, 1)])
def test_only_busy_and_unready_are_tried_again(monkeypatch, status, tries):
    waited, asked = [], []
    monkeypatch.setattr(clients.time, "sleep", waited.append)

    def answer(request):
        asked.append(request)
        return httpx.Response(status, json=ERROR, headers={"Retry-After": "99"})

    with Client(retries=2, transport=httpx.MockTransport(answer)) as gate, pytest.raises(ServiceError):
        gate.check(SHOE)
    assert len(asked) == tries
    assert len(waited) == tries - 1
    assert all(clients.LONGEST_WAIT <= w <= 1.25 * clients.LONGEST_WAIT for w in waited)


def test_a_service_that_is_not_there_is_no_pass():
    with Client("http://127.0.0.1:9", retries=0) as gate:
        with pytest.raises(ServiceError, match="unreachable"):
            gate.check(SHOE)
        assert gate.ready() == "unreachable"
    with (
        Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, text="<html>"))) as gate,
        pytest.raises(ServiceError),
    ):
        gate.check(SHOE)
