"""Pictures that are only addresses: not asked for by default, fetched on demand, kept, and a gap where they do not come."""

import concurrent.futures
import contextlib
import json
import threading
import time

import pytest

pytest.importorskip("PIL", reason="needs the images extra")
from listing_preflight.images import cache, fetch, fetched
from listing_preflight.images.fetch import Fetcher
from listing_preflight.images.looked import Frame, Looked
from listing_preflight.images.source import named
from listing_preflight.images.web import Terms
from listing_preflight.model.listing import Picture
from tests.images.shop import Shop, here

pytestmark = pytest.mark.images
SEEN = Looked(frames=(Frame(number=0, size=(1, 1)),))


@pytest.fixture
def shop():
    made = Shop()
    yield made
    made.close()


@pytest.fixture
def fetcher():
    made = Fetcher(keep=True, terms=Terms(allowed=here, seconds=5))
    yield made
    made.close()


def look(fetcher, *urls):
    done = concurrent.futures.Future()
    done.set_result(SEEN)
    return [later.result() for later in [fetcher.look(url, lambda _: done) for url in urls]]


def kinds(found):
    return [[f.kind for f in one.faults] for one in found]


def test_a_picture_is_asked_for_once_and_kept(shop, fetcher):
    assert look(fetcher, *[shop.url + "/slow"] * 6) == [SEEN] * 6
    assert len(shop.asked) == 1
    assert look(fetcher, shop.url + "/slow") == [SEEN]
    assert len(shop.asked) == 1
    path, (root,) = fetcher.place(shop.url + "/slow")
    assert (fetcher.store.folder / path).read_bytes().startswith(b"\x89PNG")
    assert root == str(cache.folder() / "web")


def test_an_old_picture_is_asked_about_and_a_changed_file_fetched_anew(shop, fetcher, monkeypatch):
    url = shop.url + "/tagged"
    look(fetcher, url)
    monkeypatch.setattr(fetched, "FRESH_SECONDS", -1)
    look(fetcher, url)
    assert [headers.get("If-None-Match") for _, headers in shop.asked] == [None, '"one"']
    monkeypatch.setattr(fetched, "FRESH_SECONDS", 3600)
    look(fetcher, url)
    assert len(shop.asked) == 2
    (fetcher.store.folder / fetcher.place(url)[0]).write_bytes(b"not what was sent")
    assert look(fetcher, url) == [SEEN]
    assert [headers.get("If-None-Match") for _, headers in shop.asked] == [None, '"one"', None]


def test_a_host_is_asked_politely(shop, fetcher):
    look(fetcher, *(f"{shop.url}/slow/{i}" for i in range(9)))
    assert len(shop.asked) == 9
    assert shop.most <= fetch.PER_HOST


def test_a_busy_host_is_asked_once_more(shop, fetcher):
    assert kinds(look(fetcher, shop.url + "/busy")) == [[]]
    assert [path for path, _ in shop.asked] == ["/busy", "/busy"]
    assert [fetch._wait(told) for told in ("3", "9999", "-1", "Wed, 21 Oct 2026 07:28:00 GMT", None)] == [
        3,
        20,
        0,
        1,
        1,
    ]


def test_a_host_that_fails_and_fails_is_left_alone(shop, fetcher):
    found = [one for i in range(12) for one in look(fetcher, f"{shop.url}/short/{i}")]
    assert kinds(found) == [["not-fetched"]] * 12
    assert len(shop.asked) == fetch.MOST_FAILURES
    assert "in a row" in found[-1].faults[0].detail


def test_a_host_that_stays_busy_is_left_alone(shop, fetcher):
    found = [one for i in range(10) for one in look(fetcher, f"{shop.url}/down/{i}")]
    assert kinds(found) == [["not-fetched"]] * 10
    assert len(shop.asked) == 2 * fetch.MOST_FAILURES


def test_closing_does_not_wait_for_a_name_server():
    hang = threading.Event()
    fetcher = Fetcher(keep=False, terms=Terms(allowed=here, resolve=lambda *_: hang.wait(60)))
    coming = fetcher.look("http://a.example/", lambda _: SEEN)
    began = time.monotonic()
    fetcher.close()
    with contextlib.suppress(concurrent.futures.CancelledError):
        assert kinds([coming.result(5)]) == [["not-fetched"]]
    assert time.monotonic() - began < 20
    hang.set()


def test_what_a_worker_could_not_see_comes_through(shop, fetcher):
    late = concurrent.futures.Future()
    late.set_exception(concurrent.futures.TimeoutError())
    with pytest.raises(concurrent.futures.TimeoutError):
        fetcher.look(shop.url + "/ok", lambda _: late).result()


def test_closing_cuts_what_is_on_its_way(shop):
    fetcher = Fetcher(keep=False, terms=Terms(allowed=here, seconds=60, most_bytes=1 << 40))
    coming = [fetcher.look(f"{shop.url}/drip/{i}", lambda _: SEEN) for i in range(5)]
    while not shop.asked:
        pass
    fetcher.close()
    for one in coming:
        with contextlib.suppress(concurrent.futures.CancelledError):
            assert kinds([one.result(5)]) == [["not-fetched"]]
    assert not fetcher.store.folder.exists()


def test_the_store_lets_the_oldest_go(tmp_path, monkeypatch):
    import os

    store = fetched.Store(tmp_path)
    for i in range(8):
        store.keep(f"http://a.example/{i}", b"x" * 1000, {})
        os.utime(tmp_path / store.name(f"http://a.example/{i}"), (i, i))
    monkeypatch.setattr(fetched, "LARGEST", 5000)
    monkeypatch.setattr(fetched, "_CHECKED_EVERY", 1)
    store.keep("http://a.example/8", b"x" * 1000, {})
    assert store.size() <= 5000
    assert store.kept("http://a.example/0") is None
    assert store.kept("http://a.example/8").fresh


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"sha256": 3}', '{"sha256": "x", "at": "now"}', "\x00"])
def test_what_is_not_as_it_was_kept_is_as_good_as_none(tmp_path, damage):
    store = fetched.Store(tmp_path)
    store.keep("http://a.example/", b"picture", {})
    assert store.kept("http://a.example/").fresh
    (tmp_path / (store.name("http://a.example/") + ".json")).write_text(damage)
    assert store.kept("http://a.example/") is None


def test_a_user_and_password_are_never_shown():
    shown = named(Picture(index=0, url="https://me:secret@a.example/x@2.png?u=a@b"))
    assert shown == "https://a.example/x@2.png?u=a@b"


@pytest.fixture
def scan(preflight, tmp_path, write, monkeypatch):
    monkeypatch.setattr(fetch, "Terms", lambda: Terms(allowed=here))
    (tmp_path / "marks.yaml").write_text("marks:\n  - {name: Quorvane, common_word: false}\n")

    def run(*images, extra=()):
        path = write("l.jsonl", {"id": "A", "images": list(images)}, {"id": "B", "title": "nothing"})
        return preflight("scan", path, "-w", tmp_path / "marks.yaml", "-f", "jsonl", *extra)

    return run


def test_without_the_flag_nothing_is_asked_for(scan, shop):
    result = scan({"url": shop.url + "/ok.png"})
    assert (result.code, shop.asked) == (0, [])
    assert (result.rows[-1]["not_requested"], result.rows[-1]["gaps"]) == (1, 0)
    result = scan({"url": shop.url + "/ok.png"}, extra=["--fetch-images", "--no-images"])
    assert (result.code, shop.asked, result.rows[-1]["not_requested"]) == (0, [], 1)


def test_words_in_a_fetched_picture_are_found(scan, shop, tmp_path):
    pytest.importorskip("onnxruntime", reason="needs the images extra")
    url = shop.url + "/ok.png"
    result = scan({"url": url}, extra=["--fetch-images", "--evidence", tmp_path / "crops"])
    assert (result.code, result.rows[-1]["not_requested"]) == (1, 0)
    (finding,) = result.listings[0]["findings"]
    assert (finding["evidence"][0]["text"], finding["evidence"][0]["path"]) == ("Quorvane", url)
    assert len(list((tmp_path / "crops").glob("*.png"))) == 1
    again = scan({"url": url}, extra=["--fetch-images"])
    assert again.listings[0]["findings"][0]["fingerprint"] == finding["fingerprint"]
    assert len(shop.asked) == 1


def test_what_does_not_come_is_a_gap_and_the_rest_is_done(scan, shop):
    pytest.importorskip("onnxruntime", reason="needs the images extra")
    images = [{"url": shop.url + path} for path in ("/gone.png", "/html", "/ok.png", "/short")]
    result = scan(*images, {"url": "ftp://a.example/x.png"}, extra=["--fetch-images", "--no-cache"])
    gaps = {g["index"]: g["kind"] for g in result.listings[0]["gaps"]}
    assert gaps == {0: "not-fetched", 1: "unsupported", 3: "not-fetched", 4: "not-fetched"}
    assert (result.code, result.rows[-1]["complete"], len(result.listings[0]["findings"])) == (4, False, 1)
    assert not (cache.folder() / "web").exists()


def test_this_machine_is_not_asked_without_the_tests_policy(scan, shop, monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setenv("PREFLIGHT_CACHE_DIR", str(tmp_path / "cache"))
    result = scan({"url": shop.url + "/ok.png"}, extra=["--fetch-images"])
    assert (result.code, shop.asked) == (3, [])
    assert [(g["kind"], "public" in g["detail"]) for g in result.listings[0]["gaps"]] == [("not-fetched", True)]


def test_the_gate_fetches_too(scan, shop, preflight, tmp_path):
    pytest.importorskip("onnxruntime", reason="needs the images extra")
    scan()  # the policy of tests, and the list
    row = json.dumps({"id": "A", "images": [{"url": shop.url + "/ok.png"}]}).encode()
    result = preflight("gate", "-w", tmp_path / "marks.yaml", "--fetch-images", stdin=row)
    assert (result.code, json.loads(result.out)["decision"]) == (1, "block")
