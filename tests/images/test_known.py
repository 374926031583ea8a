"""Known pictures: each step of the cascade, fast indexes beside their references, and what becomes of odd ones."""

import random

import pytest

PIL = pytest.importorskip("PIL", reason="needs the images extra")
pytest.importorskip("cv2", reason="needs the images extra")
import numpy as np  # noqa: E402
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from PIL import Image, ImageDraw, ImageOps  # noqa: E402

from listing_preflight.images import copies, features, gallery, hamming, hashes, shapes, words  # noqa: E402
from listing_preflight.watchlists.pictures import _of_file  # noqa: E402
from tests.images.drawn import scene  # noqa: E402
from tests.images.drawn import words as lettered  # noqa: E402

pytestmark = pytest.mark.images


def drawn(seed, size=(420, 320)):
    """A picture with much to see, the same for a seed."""
    dice = random.Random(seed)
    picture = Image.new("RGB", size, (dice.randrange(180, 255),) * 3)
    pen = ImageDraw.Draw(picture)
    for _ in range(90):
        x, y, r = dice.randrange(size[0]), dice.randrange(size[1]), dice.randrange(5, 45)
        colour = tuple(dice.randrange(256) for _ in range(3))
        shape = dice.choice((pen.ellipse, pen.rectangle))
        shape((x, y, x + r, y + dice.randrange(5, 45)), fill=colour)
    return picture


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("known")
    entries = []
    for n in range(4):
        drawn(n).save(folder / f"{n}.png")
        entries.append(_of_file(folder / f"{n}.png"))
    return gallery.Gallery(dict(gallery.packed(entries)))


def found(shelf, picture, digest=b"?"):
    return copies.see([shelf], picture, digest).copies


def inset(picture):
    ground = drawn(77, (900, 700))
    ground.paste(picture.resize((300, 229)), (520, 60))
    return ground


@pytest.mark.parametrize(
    ("change", "method", "told"),
    [
        (lambda p: p.resize((200, 152)), "phash256", "none"),
        (ImageOps.mirror, "phash256", "mirrored"),
        (lambda p: p.crop((60, 50, 400, 300)), "features", "cropped to"),
        (lambda p: p.rotate(20, expand=True, fillcolor="white"), "features", "turned"),
        (lambda p: ImageOps.mirror(p).crop((0, 0, 300, 260)), "features", "mirrored, cropped to"),
        (inset, "features", "fills 11 % of the picture"),
    ],
)
def test_alterations_are_found_and_named(shelf, change, method, told):
    (copy,) = found(shelf, change(drawn(2)))
    assert (copy.known, copy.method) == (2, method)
    assert told in copy.alteration


def test_the_place_of_an_inset_is_its_box(shelf):
    (copy,) = found(shelf, inset(drawn(1)))
    assert np.allclose(copy.box, (520, 60, 300, 229), atol=4)


def test_the_very_file_is_known_by_its_digest(shelf):
    (copy,) = found(shelf, drawn(0), shelf.digest(0))
    assert (copy.method, copy.score) == ("exact", 1.0)


@pytest.mark.parametrize("seed", range(20, 26))
def test_others_are_not_found(shelf, seed):
    assert found(shelf, drawn(seed)) == ()


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (1, 1)),
        Image.new("RGB", (300, 200), "#abc"),
        Image.new("RGB", (9000, 12), "white"),
        Image.effect_noise((30_000, 16), 60).convert("RGB"),
        scene((64, 64)),
    ],
)
def test_odd_pictures_match_nothing(shelf, picture):
    assert found(shelf, picture) == ()


def test_a_plain_picture_is_told_as_such(shelf):
    assert copies.see([shelf], Image.new("RGB", (300, 200), "#abc"), b"?").plain
    assert not copies.see([shelf], drawn(50), b"?").plain


def test_two_works_with_one_picture_are_both_found(tmp_path):
    drawn(3).save(tmp_path / "x.png")
    entry = _of_file(tmp_path / "x.png")
    both = gallery.Gallery(dict(gallery.packed([entry, entry])))
    assert {c.known for c in found(both, inset(drawn(3)))} == {0, 1}


def test_a_hash_alone_is_enough_for_a_whole_picture():
    only = gallery.Entry(b"", (("pdq", hashes.of(drawn(4), "pdq")),))
    (copy,) = found(gallery.Gallery(dict(gallery.packed([only]))), drawn(4).resize((300, 230)))
    assert copy.method == "pdq"


def test_an_entry_comes_back_from_its_gallery(shelf, tmp_path):
    drawn(1).save(tmp_path / "1.png")
    entry, again = _of_file(tmp_path / "1.png"), shelf.entry(1)
    assert (again.digest, again.hashes, again.small) == (entry.digest, entry.hashes, entry.small)
    assert np.array_equal(again.features.descriptors, entry.features.descriptors)
    assert np.abs(again.features.points - entry.features.points).max() < 0.2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 2**256 - 1), min_size=1, max_size=40),
    st.integers(0, 39),
    st.integers(0, 255),
    st.integers(0, 128),
)
def test_the_fast_search_of_hashes_equals_the_naive_one(known, which, flipped, most):
    asked = known[which % len(known)] ^ (1 << flipped)
    assert hamming.within(hamming.table_of(known), asked, most) == hamming.within_naive(known, asked, most)


@pytest.mark.parametrize("block", [1 << 16, 700, 1])
def test_the_fast_search_of_features_equals_the_naive_one(shelf, monkeypatch, block):
    monkeypatch.setattr(words, "_BLOCK", block)
    seen = features.of_seen(drawn(2).crop((40, 40, 380, 300))).descriptors[::12]
    fast = words.share(shelf.lot, seen)
    rows = list(zip(fast.seen.tolist(), fast.known.tolist(), fast.bits.tolist(), strict=True))
    assert rows == words.share_naive(shelf.lot, seen)
    assert rows


@pytest.mark.parametrize("way", [1, 2, 3])
def test_a_way_is_undone_by_another_order_of_bins(way):
    picture = drawn(5)
    changed = ImageOps.mirror(picture) if way & 1 else picture
    changed = ImageOps.invert(changed) if way & 2 else changed
    made = features.other_way(features.of_known(picture), way).descriptors.astype(float)
    real = features.of_known(changed).descriptors.astype(float)
    alike = (made @ real.T / 65025).max(1)
    assert np.median(alike) > 0.99


def test_the_hash_is_that_of_imagehash_in_all_ways():
    imagehash = pytest.importorskip("imagehash", reason="an oracle of the dev extra")
    small = hashes.reduced(drawn(6))
    turns = hashes.turned(small, "phash256")
    for turn, way in ((0, None), (1, Image.Transpose.FLIP_LEFT_RIGHT), (3, Image.Transpose.ROTATE_180)):
        turned = small if way is None else small.transpose(way)
        theirs = int(str(imagehash.phash(turned, hash_size=16)), 16)
        assert (turns[turn] ^ theirs).bit_count() <= 6


def test_pdq_is_that_of_the_reference():
    """The value was made by the reference implementation (pdqhash 0.2.8) from the same 200 x 150 pixels."""
    y, x = np.mgrid[0:150, 0:200]
    pixels = ((x * x // 7 + 3 * y + (x * y) // 11) % 256).astype(np.uint8)
    assert hashes.written("pdq", hashes.of(Image.fromarray(pixels), "pdq")) == PDQ


PDQ = "pdq:7fdf66ec59583b39dffe0ec018f1bfff04f807c03fc0fffffc000000f800c000"


@pytest.mark.parametrize("written", ["pdq:12", "phash256:" + "g" * 64, "shape:" + "0" * 63])
def test_a_hash_of_the_wrong_length_or_letters_is_refused(written):
    with pytest.raises(ValueError):
        hashes.parse(written)


def chair(ground="white", ink="#842"):
    picture = Image.new("RGB", (400, 500), ground)
    pen = ImageDraw.Draw(picture)
    for box in (
        (100, 60, 130, 260),
        (100, 230, 300, 260),
        (100, 260, 120, 440),
        (280, 260, 300, 440),
        (130, 60, 200, 90),
    ):
        pen.rectangle(box, fill=ink)
    return picture


def test_an_outline_is_the_same_in_any_colour_and_mirrored():
    known, other = shapes.outline(chair()), shapes.outline(ImageOps.mirror(chair("#eee", "#123")).resize((300, 375)))
    assert (known.bits ^ other.mirrored).bit_count() <= shapes.NEAR
    assert (known.bits ^ other.bits).bit_count() > shapes.NEAR


@pytest.mark.parametrize("picture", [drawn(1), Image.new("RGB", (50, 50)), lettered("."), Image.new("RGB", (1, 1))])
def test_what_has_no_outline_of_its_own(picture):
    assert shapes.outline(picture) is None


def test_boxes_and_discs_are_no_outline():
    for shape in ("rectangle", "ellipse"):
        picture = Image.new("RGB", (300, 300), "white")
        getattr(ImageDraw.Draw(picture), shape)((50, 80, 250, 220), fill="navy")
        assert shapes.outline(picture) is None
