"""The same picture in several listings: clusters beside their reference, one look at one file, and known pictures that match too much."""

import json
from concurrent.futures import Future

import pytest

pytest.importorskip("cv2", reason="needs the images extra")
from hypothesis import given, settings
from hypothesis import strategies as st
from pebble import ProcessExpired
from PIL import Image

from listing_preflight.images import clusters
from listing_preflight.images.clusters import Clusters
from listing_preflight.images.crowd import LEAST, Crowd
from listing_preflight.images.looked import Copy, Frame, Looked, Task
from listing_preflight.images.once import Once
from tests.images.test_known import drawn

pytestmark = pytest.mark.images


def looked(bits=None, digest=b"", copies=()):
    return Looked(frames=(Frame(number=0, size=(10, 10), hash=bits, copies=copies),), digest=digest)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.integers(0, 255), max_size=16)), max_size=25))
def test_clusters_are_those_of_the_naive_reference(made):
    bases = [0, 2**256 - 1, int("0f" * 32, 16), int("3355" * 16, 16)]
    hashes = [bases[n] ^ sum(1 << bit for bit in flipped) for n, flipped in made]
    ours = Clusters()
    told = [ours.place(f"L{n}", 0, f"{n}.png", looked(bits)) for n, bits in enumerate(hashes)]
    assert [n if s is None else int(s.listing[1:]) for n, s in enumerate(told)] == clusters.naive(hashes)


def test_the_same_file_is_told_with_its_first_listing():
    ours = Clusters()
    assert ours.place("A", 0, "a.png", looked(5, b"x")) is None
    assert ours.place("B", 2, "b.png", looked(5, b"x")) == (2, "a.png", "A", "file")


def test_a_flat_picture_is_only_the_same_as_its_own_file():
    ours = Clusters()
    assert ours.place("A", 0, "a.png", looked(None, b"x")) is None
    assert ours.place("B", 0, "b.png", looked(None, b"y")) is None
    assert ours.place("C", 0, "c.png", looked(None, b"y")).listing == "B"


def test_no_more_leaders_are_kept_than_allowed():
    ours = Clusters(most=1)
    ours.place("A", 0, "a.png", looked(0, b"x"))
    ours.place("B", 0, "b.png", looked(2**256 - 1, b"y"))
    assert ours.place("C", 0, "c.png", looked(2**256 - 1, b"z")) is None


def asked(tmp_path, *names):
    calls = []
    once = Once(lambda task: calls.append(task.path) or object(), kept=2)
    tasks = [Task(path=n, roots=(str(tmp_path),), ocr="off", known=True) for n in names]
    return [once.look(t) for t in tasks], calls


def test_one_file_is_looked_at_once_under_any_name(tmp_path):
    for name, data in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / name).write_bytes(data)
    futures, calls = asked(tmp_path, "a", "b", "c", "a")
    assert calls == ["a", "c"]
    assert futures[0] is futures[1] is futures[3]


def test_a_missing_file_is_left_to_the_worker(tmp_path):
    _, calls = asked(tmp_path, "x", "x")
    assert calls == ["x", "x"]


def test_what_was_seen_longest_ago_is_forgotten(tmp_path):
    for name in "abc":
        (tmp_path / name).write_text(name)
    _, calls = asked(tmp_path, *"abca")
    assert calls == [*"abca"]


SEEN = Copy(known=3, method="phash256", score=0.9, box=(0, 0, 1, 1), alteration="none")


def test_a_known_picture_is_set_aside_once_it_matches_too_much():
    crowd = Crowd()
    told = [crowd.count((looked(copies=(SEEN,)),)) for _ in range(LEAST + 5)]
    assert told[LEAST - 1] == {(0, 3): LEAST}
    assert all(not one for n, one in enumerate(told) if n != LEAST - 1)
    assert crowd.without(looked(copies=(SEEN,))).frames[0].copies[0].aside


def test_a_known_picture_in_a_small_share_stays():
    crowd = Crowd()
    told = [crowd.count((looked(copies=(SEEN,) if n % 6 == 0 else ()),)) for n in range(600)]
    assert not any(told)
    assert crowd.without(looked(copies=(SEEN,))).frames[0].copies == (SEEN,)


def test_several_pictures_of_one_listing_count_once():
    crowd = Crowd()
    for _ in range(LEAST - 1):
        assert not crowd.count((looked(copies=(SEEN,)), looked(copies=(SEEN, SEEN))))


@pytest.fixture
def catalog(tmp_path, preflight):
    def scan(count, *args, works="works: [{id: w, kind: image, owner: O, title: T, images: [known/k.png]}]\n"):
        (tmp_path / "known").mkdir()
        drawn(1).save(tmp_path / "known/k.png")
        drawn(1).save(tmp_path / "a.png")
        drawn(1).resize((210, 160)).save(tmp_path / "b.png")
        (tmp_path / "list.yaml").write_text(works)
        rows = [
            {"id": f"L{n}", "marketplace": "amazon.com", "title": "Thing", "images": [{"path": "ab"[n % 2] + ".png"}]}
            for n in range(count)
        ]
        (tmp_path / "l.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
        return preflight("scan", tmp_path / "l.jsonl", "-w", tmp_path / "list.yaml", "--ocr", "off", *args)

    return scan


def test_what_matches_too_much_of_a_catalogue_is_set_aside_and_told(catalog):
    result = catalog(LEAST + 10, "-f", "jsonl", "--explain")
    rows = [json.loads(line) for line in result.out.splitlines()]
    (gap,) = [r for r in rows if r["type"] == "gap"]
    assert gap["kind"] == "over-limit"
    assert f"seen in {LEAST} of the first {LEAST} listings" in gap["detail"]
    listings = [r for r in rows if r["type"] == "listing"]
    assert all(r["findings"] for r in listings[:LEAST])
    assert all(not r["findings"] and r["dropped"][0]["reason"] == "set-aside" for r in listings[LEAST:])
    assert result.code == 4


def test_pictures_shown_before_are_told_and_counted(catalog, tmp_path):
    result = catalog(4, "-f", "jsonl", "-o", f"html:{tmp_path / 'r.html'}")
    rows = [json.loads(line) for line in result.out.splitlines()]
    shared = [r.get("shared") for r in rows if r["type"] == "listing"]
    first = {"index": 0, "picture": "a.png", "listing": "L0"}
    assert shared == [None, [first | {"way": "near"}], [first | {"way": "file"}], [first | {"way": "file"}]]
    assert rows[-1]["shared"] == 3
    assert (tmp_path / "r.html").read_text().count('data-i="a.png (L0)"') == 4


def test_pictures_are_grouped_without_any_list_of_pictures(tmp_path, preflight):
    (tmp_path / "l.yaml").write_text("marks: [{name: Zorvane}]\n")
    Image.effect_noise((200, 200), 80).save(tmp_path / "a.png")
    row = {"marketplace": "amazon.com", "title": "Zorvane", "images": [{"path": "a.png"}]}
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(row | {"id": n}) + "\n" for n in ("A", "B")))
    result = preflight("scan", tmp_path / "c.jsonl", "-w", tmp_path / "l.yaml", "--ocr", "off", "-f", "jsonl")
    assert all("shared" not in row for row in result.listings)  # nobody looks at pictures here: none is told


def ended(error=None):
    told = Future()
    told.set_exception(error) if error else told.set_result("seen")
    return told


@pytest.mark.parametrize(
    ("outcomes", "calls"),
    [([None], 1), ([TimeoutError()], 1), ([ProcessExpired("died")], 2), ([ProcessExpired("died"), None], 2)],
    ids=["seen", "late", "always dies", "died once"],
)
def test_a_lost_look_is_tried_once_more_and_a_late_one_is_kept(tmp_path, outcomes, calls):
    (tmp_path / "a").write_bytes(b"1")
    futures = [ended(outcomes[min(n, len(outcomes) - 1)]) for n in range(5)]
    asked_for = iter(futures)
    once = Once(lambda _: next(asked_for))
    task = Task(path="a", roots=(str(tmp_path),), ocr="off", known=True)
    found = [once.look(task) for _ in range(4)]
    assert len({id(one) for one in found}) == calls
    assert found[-1] is futures[calls - 1]
