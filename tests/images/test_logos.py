"""Logos in pictures: by form and ink, in any colour, size and turn; look-alikes and shapes that are everywhere are nobody's."""

import json

import pytest

pytest.importorskip("cv2", reason="needs the images extra")
import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from listing_preflight.images import corners, edges, figures, gallery, inked, logos
from listing_preflight.watchlists.pictures import _of_file
from tests.images.test_known import drawn

pytestmark = pytest.mark.images


def horned(ink="black", ground="white", size=300):
    """An invented logo: a shield with two horns and an eye."""
    picture = Image.new("RGB", (300, 300), ground)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(30, 30), (110, 90), (190, 90), (270, 30), (240, 180), (150, 275), (60, 180)], fill=ink)
    pen.ellipse((120, 120, 180, 180), fill=ground)
    pen.polygon([(140, 200), (160, 200), (150, 240)], fill=ground)
    return picture.resize((size, size))


def hooked():
    """Another one: a hook over a wave."""
    picture = Image.new("RGB", (300, 300), "white")
    pen = ImageDraw.Draw(picture)
    pen.arc((60, 20, 240, 200), 150, 420, fill="black", width=40)
    pen.polygon([(20, 230), (90, 200), (150, 240), (210, 200), (280, 230), (280, 280), (20, 280)], fill="black")
    return picture


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logos")
    entries = []
    for n, one in enumerate((horned(), hooked(), disc())):
        one.save(folder / f"{n}.png")
        entries.append(_of_file(folder / f"{n}.png", "mark"))
    return gallery.Gallery(dict(gallery.packed(entries)))


def disc():
    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).ellipse((40, 40, 260, 260), fill="black")
    return picture


def on_goods(logo, *, ink="#d8c020", ground="#274b8a", size=170, turn=0.0, at=(220, 130)):
    """A logo in one ink on goods of one colour, with light falling from a side and some noise."""
    mask = ImageOps.invert(logo.convert("L")).resize((size, size)).rotate(turn, expand=True)
    picture = Image.new("RGB", (640, 480), ground)
    picture.paste(Image.new("RGB", mask.size, ink), at, mask)
    light = np.linspace(0.75, 1.1, 640)[None, :, None]
    noise = np.random.Generator(np.random.PCG64(3)).normal(0, 3, (480, 640, 3))
    return Image.fromarray(np.clip(np.asarray(picture) * light + noise, 0, 255).astype(np.uint8))


def found(shelf, picture):
    return logos.find(shelf, picture, logos.see(picture))


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"turn": 25},
        {"turn": 170},
        {"size": 90},
        {"ink": "white"},
        {"ink": "#101010", "ground": "#e8e0d0"},
        {"ink": "#a02020", "ground": "#205020"},
    ],
)
def test_a_logo_is_found_in_any_ink_size_and_turn(shelf, how):
    (copy,) = found(shelf, on_goods(horned(), **how))
    assert (copy.known, copy.method) == (0, "figure")
    zoom = how.get("size", 170) / 300
    if not how.get("turn"):
        assert np.allclose(copy.box, (220 + 30 * zoom, 130 + 30 * zoom, 240 * zoom, 245 * zoom), atol=8)


def test_a_covered_logo_is_found(shelf):
    picture = on_goods(horned())
    ImageDraw.Draw(picture).ellipse((345, 240, 395, 300), fill="#777777")
    assert [c.known for c in found(shelf, picture)] == [0]


def bitten():
    """Like the shield, but with one horn and no eye."""
    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).polygon(
        [(30, 90), (110, 90), (190, 90), (270, 30), (240, 180), (150, 275), (60, 180)], fill="black"
    )
    return picture


def shield():
    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).polygon([(30, 40), (270, 40), (240, 180), (150, 275), (60, 180)], fill="black")
    return picture


@pytest.mark.parametrize("other", [bitten(), shield(), disc()])
def test_look_alikes_are_nobodys_logo(shelf, other):
    assert found(shelf, on_goods(other)) == []


@pytest.mark.parametrize(
    "picture",
    [drawn(8), Image.new("RGB", (1, 1)), Image.new("RGB", (300, 200), "#abc"), Image.new("RGB", (30_000, 10), "white")],
)
def test_pictures_without_a_logo(shelf, picture):
    assert found(shelf, picture) == []


def barred():
    """Three bars, the middle one longer."""
    picture = Image.new("RGB", (300, 300), "white")
    pen = ImageDraw.Draw(picture)
    for x, top in ((40, 60), (130, 20), (220, 60)):
        pen.rectangle((x, top, x + 40, 280 - top // 2), fill="black")
    return picture


def test_bars_are_not_found_on_stripes(tmp_path):
    barred().save(tmp_path / "k.png")
    shelf = gallery.Gallery(dict(gallery.packed([_of_file(tmp_path / "k.png", "mark")])))
    stripes = np.where(np.arange(640) % 60 < 27, 40, 220)[None, :, None] * np.ones((480, 1, 3))
    assert found(shelf, Image.fromarray(stripes.astype(np.uint8))) == []


def whole(picture):
    ink = inked.ink(picture)
    return figures.whole(ink, edges.of_known(ink)[1])


def lettered(letter):
    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).text((90, 30), letter, "black", ImageFont.load_default(200), stroke_width=7)
    return picture


def starred():
    picture = Image.new("RGB", (300, 300), "white")
    turn = np.arange(10) * np.pi / 5
    far = np.where(np.arange(10) % 2, 55, 130)
    ImageDraw.Draw(picture).polygon(
        list(zip(150 + far * np.cos(turn), 150 + far * np.sin(turn), strict=True)), fill="black"
    )
    return picture


@pytest.mark.parametrize("plain", [disc(), lettered("B"), lettered("k"), starred()])
def test_discs_stars_and_letters_are_everywhere(plain):
    assert whole(plain).rarity < 0.045 < whole(horned()).rarity


def test_a_slanted_square_runs_in_two_directions():
    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).polygon([(20, 20), (220, 60), (280, 280), (80, 240)], fill="black")
    assert whole(picture).variety < 2.1 < whole(disc()).variety


def test_edges_come_back_from_their_arrays():
    points, ways = edges.of_known(inked.ink(horned()))
    again = edges.unpacked(**{name.removeprefix("edge_"): one for name, one in edges.packed([(points, ways)])})
    assert np.abs(again.points[0] - points).max() <= 0.5
    assert np.abs(again.ways[0] - ways).max() < 0.01


def test_points_come_back_from_their_arrays():
    points, _ = corners.of_known(horned())
    again = corners.unpacked(corners.packed(points))
    off = np.abs(again - points)
    off[:, 3] = np.minimum(off[:, 3] % (2 * np.pi), 2 * np.pi - off[:, 3] % (2 * np.pi))
    assert off.max() < 0.02


def test_moving_brings_a_logo_that_lies_a_little_off_onto_its_edges():
    picture, logo = on_goods(horned()), inked.ink(horned())
    one = edges.Edges(*(part[None] for part in edges.of_known(logo)))
    zoom = 170 / inked.SIDE
    true = np.array([[[zoom, 0, 220 - inked.PAD * zoom], [0, zoom, 130 - inked.PAD * zoom]]])
    off = true + np.array([[[0.04, -0.05, 3.0], [0.05, 0.03, -4.0]]])
    coarse, fine = edges.slopes(picture)
    score, plane = edges.chosen(coarse, one, off)
    moved = edges.snug(fine, one, off, plane, inked.SIDE, (*edges.FAR, *edges.CLOSE))
    corner = np.array([[0, 0, 1], [156, 156, 1]])
    assert np.abs((moved.matrix[0] - true[0]) @ corner.T).max() < 2.5
    assert moved.score[0] > score[0]
    assert moved.again[0] < 0.4


def test_a_shape_that_is_everywhere_is_worth_nothing(shelf):
    plain = shelf.rarity[shelf.figure_of == 2]
    assert plain.max() < shelf.rarity[shelf.figure_of == 0].max() / 4


def test_the_fit_is_the_same_in_negative():
    picture = np.asarray(on_goods(horned()))
    figure = inked.ink(horned())
    onto = inked.framed((300, 300)) @ np.array(
        [[300 / 170, 0, -220 * 300 / 170], [0, 300 / 170, -130 * 300 / 170], [0, 0, 1]]
    )
    ours, negative = (inked.fit(one, figure, onto) for one in (picture, 255 - picture))
    assert ours.sharp > 0.9
    assert negative.sharp == pytest.approx(ours.sharp, abs=0.05)


def test_ink_that_goes_on_beyond_a_form_is_told_from_a_form_on_its_ground():
    figure = inked.ink(horned())
    onto = inked.framed((300, 300)) @ np.array(
        [[300 / 170, 0, -220 * 300 / 170], [0, 300 / 170, -130 * 300 / 170], [0, 0, 1]]
    )
    whole = np.asarray(on_goods(horned()))
    fitting = inked.fit(whole, figure, onto)
    assert fitting.even > 0.9
    assert fitting.bare > 0.9
    ink = np.median(whole[200:210, 270:300].reshape(-1, 3), 0)
    longer, covered = whole.copy(), whole.copy()
    longer[:, 345:] = ink
    covered[130:215, 220:305] = (250, 20, 20)
    assert inked.fit(longer, figure, onto).bare < fitting.bare - 0.1
    assert 0.5 < inked.fit(covered, figure, onto).even < fitting.even - 0.1


def test_a_form_is_the_same_at_any_turn():
    one = figures.of_seen(on_goods(horned(), turn=0)).forms
    other = figures.of_seen(on_goods(horned(), turn=57)).forms
    assert figures.distances(one, other).min() < 0.03


def test_figures_come_back_from_their_gallery(shelf):
    again = shelf.entry(0).figures
    assert len(again.frames) == (shelf.figure_of == 0).sum()
    assert np.abs(again.polar - shelf.figures.polar[shelf.figure_of == 0]).max() < 0.01


def test_a_logo_whose_name_is_an_ordinary_word_is_its_mark_and_its_name_is_not(tmp_path, preflight):
    horned().save(tmp_path / "k.png")
    on_goods(horned()).save(tmp_path / "a.png")
    marks = (
        "marks: [{id: m, name: Summer, kind: figurative, common_word: true, requires: [neighbour], images: [k.png]}]\n"
    )
    (tmp_path / "list.yaml").write_text(marks)
    rows = [{"id": "A", "title": "Cap", "images": [{"path": "a.png"}]}, {"id": "B", "title": "Summer cap"}]
    (tmp_path / "l.jsonl").write_text("".join(json.dumps(r | {"marketplace": "amazon.com"}) + "\n" for r in rows))
    args = ("-w", tmp_path / "list.yaml", "--ocr", "off", "-f", "jsonl", "--evidence", tmp_path / "ev")
    shown, named = preflight("scan", tmp_path / "l.jsonl", *args).listings
    (finding,) = shown["findings"]
    (place,) = finding["evidence"]
    assert (finding["rule"], finding["mark"]["id"], place["steps"]) == ("TM002", "m", ["features"])
    with Image.open(tmp_path / "ev" / place["crop"]) as crop:
        beside = crop.convert("L").crop((crop.width - 192, 0, crop.width, 192))
    assert np.abs(np.asarray(beside, float) - np.asarray(horned(size=192).convert("L"), float)).mean() < 6
    assert named["findings"] == []
