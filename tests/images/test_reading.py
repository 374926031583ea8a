"""Words drawn into pictures come back with their place, however they are set."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("onnxruntime", reason="needs the images extra")
from PIL import Image, ImageDraw

from listing_preflight.images.looked import Line
from listing_preflight.images.ocr import detect, models, order, rapid
from tests.images.drawn import font, scene, words

pytestmark = pytest.mark.images


def read(picture):
    return [line for line in rapid.read(picture, "") if line.score > 0.6]


def text(picture):
    return "".join(line.text for line in read(picture)).casefold().replace(" ", "")


def test_a_line_has_its_box_in_pixels_of_the_full_picture():
    (line,) = read(words("Quorvane", size=(1400, 900), at=(700, 600), height=90))
    x, y, w, h = line.box
    assert line.text == "Quorvane"
    assert abs(x - 700) < 30
    assert abs(y + h / 2 - 655) < 30
    assert 300 < w < 480
    assert 60 < line.height < 160


@pytest.mark.parametrize("angle", [0, 30, 90, 180, 270])
def test_turned_lines(angle):
    assert "quorvane" in text(words("Quorvane", size=(600, 600), at=(140, 260)).rotate(angle, fillcolor="white"))


@pytest.mark.parametrize("angle", [0, 25, 90])
def test_a_line_has_corners_in_pixels_as_displayed(angle):
    (line,) = read(words("Quorvane", size=(600, 600), at=(140, 260)).rotate(angle, fillcolor="white"))
    xs, ys = zip(*line.quad, strict=True)
    x, y, w, h = line.box
    assert all(abs(a - b) <= 1 for a, b in zip((min(xs), min(ys), max(xs), max(ys)), (x, y, x + w, y + h), strict=True))
    (ax, ay), (bx, by) = (line.quad[0], line.quad[1]) if angle != 90 else (line.quad[3], line.quad[0])
    assert abs(math.degrees(math.atan2(ay - by, bx - ax)) - angle) < 4


def test_letters_set_one_below_the_other():
    picture = Image.new("RGB", (400, 800), "white")
    for i, letter in enumerate("VELTRA"):
        ImageDraw.Draw(picture).text((180, 60 + 100 * i), letter, fill="black", font=font(70))
    assert "veltra" in text(picture)


def test_a_line_on_an_arc():
    picture = Image.new("RGB", (800, 800), "#2a6")
    for i, letter in enumerate("QUORVANE"):
        angle = (i - 3.5) * 11
        tile = Image.new("RGBA", (800, 800))
        ImageDraw.Draw(tile).text((400, 140), letter, fill="white", font=font(60), anchor="mm")
        picture.paste(tile.rotate(-angle), (0, 0), tile.rotate(-angle))
    assert "quorvane" in text(picture)


def test_small_print_of_a_large_picture_is_found_in_tiles():
    picture = Image.new("RGB", (2800, 2800), "#eee")
    ImageDraw.Draw(picture).text((2000, 1900), "Quorvane", fill="black", font=font(26))
    (line,) = read(picture)
    assert (line.text, abs(line.box[0] - 2000) < 20) == ("Quorvane", True)


def test_a_picture_without_words_has_none():
    assert not [line for line in read(scene((640, 480))) if len(line.text) > 2]


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 2), (31, 33)])
def test_odd_sizes(size):
    assert read(Image.new("RGB", size, "white")) == []


def test_too_few_letters_for_a_line_are_not_sure():
    assert rapid.plausible("Quorvane", 5.0) == 1.0
    assert rapid.plausible("告", 1.5) == 0.5
    assert rapid.plausible("耐", 1.1) == 1.0


def test_rows_are_read_from_left_to_right():
    boxes = {"b": (200, 12, 80, 40), "a": (10, 10, 80, 40), "c": (20, 90, 80, 40)}
    lines = [Line(text=t, score=1.0, box=b) for t, b in boxes.items()]
    assert [line.text for line in order.in_order(lines)] == ["a", "b", "c"]


def test_what_tiles_and_overview_both_saw_is_one_blob():
    quad = lambda x, y, w, h: detect.np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], "float32")  # noqa: E731
    blobs = [detect.Blob(q, q, 0.9, False) for q in (quad(0, 0, 100, 20), quad(40, 1, 60, 19), quad(0, 0, 400, 400))]
    assert len(detect.merged(blobs)) == 2


def test_a_damaged_model_is_an_error_that_names_it(monkeypatch, tmp_path):
    for name in (models.DETECTOR, models.RECOGNISER):
        (tmp_path / name).write_bytes(b"not a network")
    monkeypatch.setattr(models, "folder", lambda: tmp_path)
    models._session.cache_clear()
    with pytest.raises(models.ModelError, match="PP-OCR"):
        rapid.read(words("Quorvane"), "")
    (tmp_path / models.DETECTOR).unlink()
    assert models.DETECTOR in rapid.absent()
    models._session.cache_clear()


def test_importing_the_engine_touches_neither_logs_nor_network():
    import subprocess
    import sys

    code = """
import socket, sys
from listing_preflight.images.ocr import rapid
from tests.images.drawn import words
socket.socket.connect = None
rapid.read(words("Quorvane"), "")
assert "requests" not in sys.modules
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")


def test_what_is_of_one_colour_is_asked_of_no_network(monkeypatch):
    asked = []
    monkeypatch.setattr(models, "run", lambda name, batch: asked.append((name, batch.shape)) or 1 / 0)
    grain = Image.effect_noise((300, 200), 1).convert("RGB").point(lambda v: 200 + v % 8)
    for picture in (Image.new("RGB", (300, 200), "#fa2"), grain):
        assert rapid.read(picture, "") == []
    assert asked == []


@pytest.fixture
def looks(monkeypatch):
    """The sides of what the detector is shown."""
    shown = []
    real = models.run

    def run(name, batch):
        if name == models.DETECTOR:
            shown.append(batch.shape[2:])
        return real(name, batch)

    monkeypatch.setattr(models, "run", run)
    return shown


def test_only_the_place_of_a_trace_is_looked_at_closely(looks):
    assert "quorvane" in text(words("Quorvane", size=(1000, 1000), at=(600, 700), height=30))
    (glance, close) = looks
    assert glance == (320, 320)
    assert close[0] * close[1] < 0.2 * 960 * 960
    assert not [side for side in close if side % 32]


def test_a_picture_full_of_words_is_looked_at_whole(looks):
    picture = Image.new("RGB", (900, 900), "white")
    for i in range(12):
        ImageDraw.Draw(picture).text((20, 20 + 72 * i), "Quorvane Veltra Zigwave", fill="black", font=font(60))
    assert text(picture).count("quorvane") == 12
    assert looks == [(320, 320), (896, 896)]


def test_a_picture_without_a_trace_costs_a_glance(looks, monkeypatch):
    monkeypatch.setattr(detect, "TRACE", 0.3)
    assert read(Image.linear_gradient("L").convert("RGB").resize((640, 480))) == []
    assert looks == [(256, 320)]


@given(st.lists(st.tuples(*[st.integers(0, 300)] * 2, *[st.integers(1, 200)] * 2), max_size=12))
def test_joined_windows_hold_all_and_none_two_that_could_be_one(windows):
    out = detect.joined(list(windows))
    for x, y, w, h in windows:
        assert any(a <= x and b <= y and x + w <= a + c and y + h <= b + d for a, b, c, d in out)
    assert not [1 for a, b in itertools.combinations(out, 2) if detect._costs_little(a, b)]
