"""Known pictures that cannot be looked for, or only as a whole: `watchlist check`, `compile` and `hash` say which, where and what to do."""

import pytest

pytest.importorskip("cv2", reason="needs the images extra")
from PIL import Image

from tests.images.test_known import drawn

pytestmark = pytest.mark.images


def bar():
    picture = Image.new("RGB", (300, 300), "white")
    picture.paste((0, 0, 0), (100, 0, 200, 300))
    return picture


WEAK = [
    (Image.new("RGB", (1, 1), "red"), "k.png: 1 × 1 pixels that show next to nothing: only this very file is found"),
    (Image.new("RGB", (300, 300), "#abc"), "show next to nothing"),
    (Image.new("RGB", (30_000, 20), "#abc"), "30000 × 20 pixels that show next to nothing"),
    (drawn(1).resize((12, 9)), "12 × 9 pixels are too few to tell it from others; give a larger picture"),
    (bar(), "found as a whole, not as a part of another picture; give a larger picture, or put a logo among"),
]


@pytest.mark.parametrize(("picture", "said"), WEAK)
def test_a_picture_that_shows_too_little_is_told_with_its_line(tmp_path, preflight, picture, said):
    picture.save(tmp_path / "k.png")
    path = tmp_path / "list.yaml"
    path.write_text("works:\n- {id: w, kind: image, owner: O, title: T, images: [k.png]}\n")
    checked = preflight("watchlist", "check", path)
    assert (checked.code, "1 hint" in checked.out) == (0, True)
    assert f"{path}:2: w: images: " in checked.out
    assert said in checked.out
    made = preflight("watchlist", "compile", path, "-o", tmp_path / "c.lcx")
    assert (made.code, said in made.err) == (0, True)


def test_a_picture_that_can_be_looked_for_is_no_hint(tmp_path, preflight):
    drawn(1).save(tmp_path / "k.png")
    path = tmp_path / "list.yaml"
    path.write_text("works: [{id: w, kind: image, owner: O, title: T, images: [k.png]}]\n")
    assert "valid, 0 hints" in preflight("watchlist", "check", path).out


def test_all_pictures_that_cannot_be_used_are_told_at_once(tmp_path, preflight):
    (tmp_path / "no.png").write_text("<html>")
    path = tmp_path / "list.yaml"
    path.write_text(
        "works:\n"
        "- {id: a, kind: image, owner: O, title: T, images: ['phash256:12']}\n"
        "- {id: b, kind: image, owner: O, title: T, images: ['md5:12', no.png]}\n"
        "- {id: c, kind: image, owner: O, title: T, images: [gone.png]}\n"
    )
    result = preflight("watchlist", "check", path)
    assert result.code == 2
    for place, said in (
        ("2: 'a'", "phash256 has 64 hexadecimal digits, not 2. Run watchlist hash FILE"),
        ("3: 'b'", "hash kind 'md5' is not known. Give the picture, phash256:… or pdq:…"),
        ("3: 'b'", "no.png: is no picture that can be read"),
        ("4: 'c'", "gone.png: cannot be read (No such file or directory). Pictures lie beside their list"),
    ):
        assert any(line.startswith(f"{path}:{place}: images: ") and said in line for line in result.err.splitlines())
    assert "4 faults in 1 list" in result.err


def test_a_written_hash_that_no_picture_has_is_told(tmp_path, preflight):
    path = tmp_path / "list.yaml"
    path.write_text(f"works: [{{id: w, kind: image, owner: O, title: T, images: ['pdq:{'0' * 64}']}}]\n")
    assert "0 of its 256 bits are set, no picture has such a hash" in preflight("watchlist", "check", path).out


def test_a_hash_with_letters_that_only_look_like_digits_is_refused():
    from listing_preflight.images.hashes import parse

    with pytest.raises(ValueError, match="hexadecimal digits only"):
        parse("pdq:" + "1_" * 32)


def test_a_picture_of_one_colour_has_no_hash(tmp_path, preflight):
    Image.new("RGB", (40, 40), "white").save(tmp_path / "a.png")
    result = preflight("watchlist", "hash", tmp_path / "a.png")
    assert (result.code, result.out) == (3, "")
    assert "a.png: shows next to nothing" in result.err


def test_a_known_picture_of_one_colour_is_found_as_the_very_file_only(tmp_path, preflight):
    Image.new("RGB", (40, 40), "white").save(tmp_path / "k.png")
    Image.new("RGB", (60, 60), "white").save(tmp_path / "other.png")
    (tmp_path / "list.yaml").write_text("works: [{id: w, kind: image, owner: O, title: T, images: [k.png]}]\n")
    (tmp_path / "l.jsonl").write_text(
        '{"id": "same", "title": "T", "images": [{"path": "k.png"}]}\n'
        '{"id": "other", "title": "T", "images": [{"path": "other.png"}]}\n'
    )
    found = preflight("scan", tmp_path / "l.jsonl", "-w", tmp_path / "list.yaml", "--ocr", "off", "-f", "jsonl")
    assert [len(row["findings"]) for row in found.listings] == [1, 0]


def test_without_the_library_a_list_is_valid_and_says_that_nobody_looked(tmp_path, preflight, monkeypatch):
    from listing_preflight.errors import ListError
    from listing_preflight.watchlists import pictures

    def missing():
        raise ListError("known pictures need cv2, which is not installed", remedy="pip install it")

    monkeypatch.setattr(pictures, "_method", missing)
    path = tmp_path / "list.yaml"
    path.write_text("works: [{id: w, kind: image, owner: O, title: T, images: [gone.png]}]\n")
    result = preflight("watchlist", "check", path)
    assert result.code == 0
    assert "images: are not checked: known pictures need cv2, which is not installed; pip install it" in result.out
