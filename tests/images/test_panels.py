"""Parts with four corners laid flat, and what a plain border surrounds: how pictures with next to no points are found again."""

import numpy as np
import pytest

pytest.importorskip("cv2", reason="needs the images extra")
import cv2
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from listing_preflight.images import copies, gallery, hashes, panels
from listing_preflight.watchlists.pictures import _of_file
from tests.images.test_known import drawn

pytestmark = pytest.mark.images
SIZE = 320


def figure(bend=0):
    """A few smooth strokes on white; another `bend`, another figure."""
    picture = Image.new("RGB", (SIZE, SIZE), "white")
    pen = ImageDraw.Draw(picture)
    pen.arc((40, 40, 280, 280), -60 + bend, 200 + bend, fill="#1a5fd0", width=50)
    pen.rectangle((140, 60, 190, 190 - bend // 2), fill="#1a5fd0")
    return picture


def laid(picture, corners, ground):
    """A picture with its corners at these places of a ground."""
    size = ground.size
    edge = np.float32([[0, 0], [picture.width, 0], picture.size, [0, picture.height]])
    onto = cv2.getPerspectiveTransform(edge, np.float32(corners))
    warped = cv2.warpPerspective(np.asarray(picture), onto, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((picture.height, picture.width), 255, np.uint8), onto, size)
    return Image.composite(Image.fromarray(warped), ground, Image.fromarray(mask))


def framed(picture):
    return ImageOps.expand(picture, 16, "#111")


SCREEN = [[110, 90], [420, 150], [420, 360], [90, 400]]


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    path = tmp_path_factory.mktemp("known") / "k.png"
    figure().save(path)
    return gallery.Gallery(dict(gallery.packed([_of_file(path)])))


def found(known, picture):
    return copies.of_panels(known, picture, panels.panels(picture, ("phash256",)))


def test_a_figure_on_a_screen_is_found_where_it_is(known):
    (copy,) = found(known, laid(framed(figure()), SCREEN, drawn(4, (560, 460))))
    assert copy.method == "phash256"
    assert "in perspective" in copy.alteration
    edge = np.float32([[0, 0], [SIZE + 32, 0], [SIZE + 32, SIZE + 32], [0, SIZE + 32]])
    shown = np.float32([[16, 16], [SIZE + 16, 16], [SIZE + 16, SIZE + 16], [16, SIZE + 16]])
    at = cv2.perspectiveTransform(shown[None], cv2.getPerspectiveTransform(edge, np.float32(SCREEN)))[0]
    x, y, w, h = copy.box
    assert np.abs(np.array([[x, y], [x + w, y + h]]) - [at.min(0), at.max(0)]).max() < 8


def test_another_figure_on_a_screen_is_not(known):
    picture = laid(framed(figure(70)), SCREEN, drawn(4, (560, 460)))
    assert found(known, picture) == []
    assert copies.see([known], picture, b"?").copies == ()


def test_a_mirrored_panel_is_told_as_such(known):
    (copy,) = found(known, laid(ImageOps.mirror(figure()), SCREEN, Image.new("RGB", (560, 460), "#345")))
    assert copy.alteration.startswith("mirrored")


def test_a_figure_without_its_margin_on_a_larger_ground_is_found(known):
    ground = Image.new("RGB", (900, 700), "white")
    ground.paste(figure().crop((38, 38, 282, 282)).resize((260, 260)), (500, 120))
    (copy,) = copies.see([known], ground, b"?").copies
    assert (copy.method, copy.alteration) == ("phash256", "border")


def test_a_list_of_hashes_alone_asks_for_no_panel(known):
    only = gallery.Gallery(dict(gallery.packed([gallery.Entry(b"", tuple(known.hashes(0)))])))
    flat = panels.panels(laid(figure(), SCREEN, Image.new("RGB", (560, 460), "#345")), ("phash256",))
    assert flat
    assert copies.of_panels(only, drawn(1), flat) == []


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (300, 200), "#abc"),
        Image.new("RGB", (1, 1)),
        Image.new("L", (30_000, 20)),
        Image.new("RGB", (9, 900)),
    ],
)
def test_odd_pictures_have_no_panel(picture):
    assert panels.panels(picture, ("phash256", "pdq")) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-25, 25), min_size=8, max_size=8), st.integers(1, 5))
def test_the_corners_of_a_panel_are_found_to_a_few_pixels(off, zoom):
    corners = (np.array([[90, 70], [330, 70], [330, 250], [90, 250]]) + np.array(off).reshape(4, 2)) * zoom
    ground = Image.new("RGB", (420 * zoom, 320 * zoom), "#543")
    quads = panels.quads(laid(figure(), corners.tolist(), ground))
    assert quads
    assert np.abs(quads[0] - corners).max() < 4 * zoom


def test_a_known_picture_has_a_hash_of_what_its_border_surrounds():
    whole = ImageOps.expand(drawn(1), 40, "white")
    kept = hashes.known(whole)
    assert [kind for kind, _ in kept] == ["phash256", "phash256"]
    assert (kept[1][1] ^ hashes.of(drawn(1), "phash256")).bit_count() <= 20
    assert hashes.known(Image.new("RGB", (50, 50))) == []
