"""Decoding, hashing and reading pictures, and what becomes of hostile ones."""

import io
import os

import pytest

PIL = pytest.importorskip("PIL", reason="needs the images extra")
from PIL import Image  # noqa: E402

from listing_preflight.images import hashes, worker  # noqa: E402
from listing_preflight.images.crew import Crew, looked  # noqa: E402
from listing_preflight.images.decode import MAX_FRAMES, decode  # noqa: E402
from listing_preflight.images.looked import Task  # noqa: E402
from listing_preflight.images.source import PictureError, read_under  # noqa: E402
from tests.images.drawn import encoded, scene  # noqa: E402

pytestmark = pytest.mark.images


def fault(data):
    with pytest.raises(PictureError) as caught:
        decode(data)
    return caught.value.fault.kind


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"])
def test_formats(form):
    ((number, picture),) = decode(encoded(scene(), form)).frames
    assert (number, picture.mode, picture.size) == (0, "RGB", (320, 240))


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "I;16", "1"])
def test_modes(mode):
    picture = scene().convert("L").convert(mode) if mode == "I;16" else scene().convert(mode)
    form = "TIFF" if mode == "CMYK" else "PNG"
    assert decode(encoded(picture, form)).frames[0][1].mode == "RGB"


def test_transparency_is_seen_on_white():
    picture = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert decode(encoded(picture)).frames[0][1].getpixel((3, 3)) == (255, 255, 255)


def test_exif_orientation_is_applied():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decode(encoded(scene(), "JPEG", exif=exif)).frames[0][1].size == (240, 320)


def test_frames_are_distinct_and_limited():
    frames = [scene().rotate(i) for i in range(30)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert 2 < len(decode(data).frames) <= MAX_FRAMES
    same = encoded(frames[0], "GIF", save_all=True, append_images=[frames[0].copy() for _ in range(5)])
    assert len(decode(same).frames) == 1


def test_cut_files_are_gaps_at_every_length():
    data = encoded(scene(), "JPEG")
    for n in (0, 1, 10, len(data) // 3, len(data) // 2, len(data) - 40):
        assert fault(data[:n]) in ("unreadable", "unsupported")


def test_what_is_no_picture():
    assert fault(b"<html>not found</html>") == "unsupported"
    assert fault(b"<svg xmlns='http://www.w3.org/2000/svg'/>") == "unsupported"


def test_bombs_are_refused_from_their_header():
    import struct
    import zlib

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 65535, 65535, 8, 6, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
    assert fault(png) == "over-limit"


def test_paths_stay_under_their_root(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.png").write_bytes(encoded(scene()))
    for path in ("../secret.png", str(tmp_path / "secret.png")):
        with pytest.raises(PictureError) as caught:
            read_under(path, (str(tmp_path / "in"),))
        assert caught.value.fault.kind == "outside-root"
    with pytest.raises(PictureError) as caught:
        read_under("none.png", (str(tmp_path / "in"),))
    assert caught.value.fault.kind == "missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_named_jpg_is_a_gap(tmp_path):
    os.mkfifo(tmp_path / "x.jpg")
    found = worker.look(Task(path="x.jpg", roots=(str(tmp_path),), ocr="off", known=True))
    assert found.faults[0].kind == "unreadable"


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p, lambda p: p.resize((200, 150)), lambda p: p.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        lambda p: p.transpose(Image.Transpose.ROTATE_90), lambda p: p.convert("L").convert("RGB"),
        lambda p: Image.open(io.BytesIO(encoded(p, "JPEG", quality=30))),
    ],
)  # fmt: skip
def test_copies_are_near_and_others_are_not(change):
    known = hashes.of(scene(), "phash256")
    assert any((v.bits ^ known).bit_count() <= hashes.NEAR["phash256"] for v in hashes.variants(change(scene())))
    other = Image.effect_mandelbrot((320, 240), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    assert all((v.bits ^ known).bit_count() > hashes.NEAR["phash256"] for v in hashes.variants(other))


def test_flat_pictures_have_no_hash():
    assert hashes.variants(Image.new("RGB", (200, 200), "#abc")) == ()


def test_written_hashes_are_read_back():
    for kind in hashes.KINDS:
        assert hashes.parse(hashes.written(kind, 12345)) == (kind, 12345)
    assert hashes.parse("known/x.jpg") is None


def _hang(_seconds):
    import time

    time.sleep(60)


def _die():
    os._exit(3)


def test_a_worker_that_hangs_or_dies_costs_only_its_task(tmp_path):
    (tmp_path / "ok.png").write_bytes(encoded(scene()))
    crew = Crew(1)
    try:
        late, dead = crew.submit(_hang, 60, seconds=1.5), crew.submit(_die)
        fine = crew.look(Task(path="ok.png", roots=(str(tmp_path),), ocr="off", known=True))
        assert looked(late).faults[0].kind == "timed-out"
        assert looked(dead).faults[0].kind == "crashed"
        assert looked(fine).frames[0].hash
    finally:
        crew.close()


def test_the_example_catalog_shows_each_kind_of_risk(preflight, marks):
    from tests.conftest import ROOT

    path = ROOT / "fixtures/catalog"
    result = preflight("scan", path, "-w", marks, "-w", ROOT / "fixtures/lists", "-f", "jsonl")
    assert result.code == 4
    rows = {r["id"]: r for r in result.listings}
    assert len(rows) == 14
    assert rows["SHOE-02"]["findings"][0]["evidence"][0]["steps"] == ["confusable", "leet"]
    copied = rows["POSTER-01"]["findings"][0]
    assert (copied["rule"], copied["work"]["id"]) == ("IM001", "lighthouse-at-night")
    assert copied["evidence"][0]["alteration"] == "mirrored"
    assert rows["CANDLE-01"]["findings"] == []
    assert [g["kind"] for g in rows["TOWEL-01"]["gaps"]] == ["unreadable"]


def test_words_in_a_picture_are_found_with_their_box(preflight, tmp_path):
    from tests.conftest import ROOT

    pytest.importorskip("rapidocr", reason="needs the images extra")
    (tmp_path / "l.yaml").write_text("marks:\n  - {name: Adidas, common_word: false}\n")
    result = preflight("scan", ROOT / "fixtures/catalog", "-w", tmp_path / "l.yaml", "-f", "jsonl")
    (finding,) = [f for r in result.listings if r["id"] == "SHIRT-01" for f in r["findings"]]
    (place,) = finding["evidence"]
    assert finding["rule"] == "TM002"
    assert place["text"].casefold() == "adidas"
    x, y, w, h = place["box"]
    assert 150 < x < 300
    assert 200 < w < 400
    assert h < w
    assert y > 200
    assert "ocr" in place["steps"]


def test_an_absent_engine_is_a_gap_with_the_line_to_type(monkeypatch, tmp_path):
    from listing_preflight.images.ocr import rapid, tesseract

    (tmp_path / "ok.png").write_bytes(encoded(scene()))
    for engine in (rapid, tesseract):
        monkeypatch.setattr(engine, "absent", lambda: 'not installed; pip install "listing-preflight[images]"')
    found = worker.look(Task(path="ok.png", roots=(str(tmp_path),), ocr="auto", known=True))
    assert found.faults[0].kind == "engine-absent"
    assert "pip install" in found.faults[0].detail
