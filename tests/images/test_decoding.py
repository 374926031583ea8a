"""What a browser shows is what is looked at, whatever the file is; what is damaged or hostile is a gap."""

import base64
import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest

pytest.importorskip("PIL", reason="needs the images extra")
from PIL import Image, ImageChops

from listing_preflight.images import decode as door
from listing_preflight.images import png, source, worker
from listing_preflight.images.decode import decode
from listing_preflight.images.looked import Task
from listing_preflight.images.source import PictureError, read_under
from tests.conftest import ROOT
from tests.images.drawn import encoded, scene

pytestmark = pytest.mark.images


def chunk(kind, body, checksum=None):
    return (
        struct.pack(">I", len(body))
        + kind
        + body
        + struct.pack(">I", zlib.crc32(kind + body) if checksum is None else checksum)
    )


def with_chunk(data, *more):
    return data[:33] + b"".join(more) + data[33:]


def shown(data):
    return decode(data).frames[0][1]


def alike(a, b, within=12):
    return max(high for _, high in ImageChops.difference(a.convert("RGB"), b.convert("RGB")).getextrema()) <= within


def fault(data):
    with pytest.raises(PictureError) as caught:
        decode(data)
    return caught.value.fault.kind


def test_a_profile_with_a_bad_checksum_is_left_out_as_browsers_do():
    data = with_chunk(
        encoded(scene()), chunk(b"iCCP", b"x\0\0" + zlib.compress(b"profile"), 1), chunk(b"tEXt", b"a\0b", 7)
    )
    assert alike(shown(data), scene())


@pytest.mark.parametrize("kind", [b"tRNS", b"fcTL"])
def test_a_chunk_that_changes_pixels_must_be_whole(kind):
    assert fault(with_chunk(encoded(scene()), chunk(kind, b"\0" * 26, 1))) == "unreadable"


def test_sixteen_bits():
    grey = scene().convert("L")
    wide = Image.new("I;16", grey.size)
    wide.putdata([v * 257 for v in grey.tobytes()])
    assert alike(shown(encoded(wide)), grey)


def test_ink_on_paper():
    assert alike(shown(encoded(scene().convert("CMYK"), "TIFF")), scene())
    assert alike(shown(encoded(scene().convert("CMYK"), "JPEG", quality=98)), scene(), within=90)


@pytest.mark.parametrize("form", ["AVIF", "WEBP"])
def test_lossy_formats_with_alpha(form):
    from PIL import features

    if not features.check(form.casefold()):
        pytest.skip(f"this Pillow has no {form}")
    assert shown(encoded(scene().convert("RGBA"), form)).size == (320, 240)


def test_heic_is_read_or_names_what_it_needs():
    try:
        import pillow_heif
    except ImportError:
        assert fault(b"\0\0\0\x18ftypheic" + b"\0" * 64) == "unsupported"
        return
    out = io.BytesIO()
    pillow_heif.from_pillow(scene()).save(out)
    assert shown(out.getvalue()).size == (320, 240)


def test_white_on_nothing_is_seen_on_black():
    picture = Image.new("RGBA", (60, 60), (255, 255, 255, 0))
    picture.paste((255, 255, 255, 255), (20, 20, 40, 40))
    assert [shown(encoded(picture)).getpixel(at) for at in ((5, 5), (30, 30))] == [(0, 0, 0), (255, 255, 255)]


def test_colours_under_full_transparency_are_not_seen():
    picture = scene().convert("RGBA")
    picture.putalpha(0)
    picture.paste((200, 0, 0, 255), (10, 10, 50, 50))
    assert shown(encoded(picture)).getpixel((200, 100)) == (255, 255, 255)


def test_the_suffix_says_nothing(tmp_path):
    (tmp_path / "a.gif").write_bytes(encoded(scene(), "JPEG"))
    assert worker.look(Task(path="a.gif", roots=(str(tmp_path),), ocr="off", known=True)).frames[0].size == (320, 240)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_cut_at_any_byte_is_a_gap_or_the_whole_picture(form):
    data = encoded(scene((120, 90)), form)
    kinds = set()
    for n in random.Random(8).sample(range(len(data)), 120):
        try:
            found = decode(data[:n])
        except PictureError as e:
            kinds.add(e.fault.kind)
        else:
            assert alike(found.frames[0][1], shown(data))
    assert kinds <= {"unreadable", "unsupported", "over-limit"}


def test_bytes_put_behind_or_before_a_picture():
    assert alike(shown(encoded(scene()) + b"PK\3\4 and more"), scene())
    assert fault(b"%PDF-1.7\n" + encoded(scene())) == "unsupported"
    assert fault(b"GIF89a" + b"<script>alert(1)</script>") in ("unreadable", "unsupported")


def webp(side):
    """An animation whose canvas has that side; its one frame has eight pixels."""
    inner = encoded(Image.new("RGB", (8, 8)), "WEBP")[12:]
    long = lambda n: n.to_bytes(3, "little")  # noqa: E731
    canvas = b"VP8X" + struct.pack("<I", 10) + b"\2\0\0\0" + long(side - 1) * 2
    frame = b"ANMF" + struct.pack("<I", 16 + len(inner)) + long(0) * 2 + long(7) * 2 + b"\0\0\0\0" + inner
    body = canvas + b"ANIM" + struct.pack("<I", 6) + b"\0" * 6 + frame
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def bomb(form):
    if form == "PNG":
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", 65535, 65535, 8, 6, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    if form == "GIF":
        return (
            b"GIF89a"
            + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0)
            + b","
            + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
            + b"\2\1\0\0;"
        )
    if form == "BMP":
        return (
            b"BM"
            + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 65535, 65535, 1, 24, 0, 0, 0, 0, 0, 0)
            + b"\0" * 64
        )
    if form == "WEBP":
        return webp(65535)
    data = bytearray(encoded(Image.new("L", (8, 8)), "TIFF"))
    for tag in (256, 257):
        at = data.find(struct.pack("<H", tag))
        data[at + 2 : at + 12] = struct.pack("<HII", 4, 1, 65535)
    return bytes(data)


BOMBS = ["PNG", "GIF", "BMP", "WEBP", "TIFF"]


@pytest.mark.skipif(sys.platform != "linux", reason="counts a process's memory as Linux does")
def test_bombs_are_refused_before_memory_is_spent():
    """Counted for a process of its own, as native code takes its memory unseen by Python."""
    code = (
        "import resource\nfrom tests.images.test_decoding import BOMBS, bomb, fault, shown, webp\n"
        "assert shown(webp(8)).size == (8, 8)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print([fault(bomb(form)) for form in BOMBS])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    kinds, grown = run.stdout.splitlines()
    assert kinds == str(["over-limit"] * len(BOMBS))
    assert int(grown) < 50_000


def test_ten_thousand_frames_are_a_gap_beside_what_was_seen():
    head = b"GIF89a" + struct.pack("<HHBBB", 2, 2, 0x80, 0, 0) + b"\xff\xff\xff\0\0\0"
    dark, light = (
        b"," + struct.pack("<HHHHB", 0, 0, 2, 2, 0) + pixels + b"\0" for pixels in (b"\2\3\x84\x51\0", b"\2\2\x84\x51")
    )
    data = head + (light + dark) * 5_000 + b";"
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.n_frames == 10_000
    found = decode(data)
    assert 1 <= len(found.frames) <= door.MAX_FRAMES
    assert [f.kind for f in found.faults] == ["over-limit"]
    assert "10000 frames" in found.faults[0].detail


def test_large_frames_are_looked_at_as_far_as_the_budget_goes(monkeypatch):
    monkeypatch.setattr(door, "MAX_ANIMATED_PIXELS", 320 * 240 * 3)
    frames = [scene().rotate(20 * i) for i in range(12)]
    found = decode(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert [n for n, _ in found.frames] == [0, 1, 2]
    assert [f.kind for f in found.faults] == ["over-limit"]


def test_distinct_frames_are_kept_as_far_as_memory_goes(monkeypatch):
    monkeypatch.setattr(door, "MAX_PIXELS", 320 * 240 * 3)
    frames = [scene().rotate(20 * i) for i in range(6)]
    found = decode(encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert [n for n, _ in found.frames] == [0, 1, 2]
    assert [(f.kind, f.detail) for f in found.faults] == [
        ("over-limit", "3 frames of 320 × 240 pixels are looked at, and no more")
    ]
    same = decode(encoded(frames[0], "TIFF", save_all=True, append_images=[frames[0]] * 5))
    assert ([n for n, _ in same.frames], same.faults) == ([0], [])


@pytest.mark.skipif(sys.platform != "linux", reason="counts a process's memory as Linux does")
def test_the_largest_transparent_picture_is_seen_within_a_gigabyte(tmp_path):
    Image.new("RGBA", (7_000, 7_000), (200, 20, 20, 128)).save(tmp_path / "a.png", compress_level=1)
    code = (
        "import re, sys\nfrom listing_preflight.images.worker import look\n"
        "from listing_preflight.images.looked import Task\n"
        "found = look(Task(path='a.png', roots=(sys.argv[1],), ocr='off', known=True))\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()).group(1)\n"  # not what a large parent had
        "print(found.frames[0].size, int(peak) // 1024)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("(7000, 7000) ")
    assert int(run.stdout.split()[-1]) < 900


def test_data_inside_a_listing(preflight, marks, write):
    uri = "data:image/png;base64," + base64.b64encode(encoded(scene())).decode()
    path = write(
        "l.jsonl", {"id": "A", "images": [{"url": uri}]}, {"id": "B", "images": [{"url": "data:image/png;base64,AAAA"}]}
    )
    result = preflight("scan", path, "-w", marks, "-f", "jsonl", "--ocr", "rapidocr")
    assert [[g["kind"] for g in r["gaps"]] for r in result.listings] == [[], ["unsupported"]]
    assert result.rows[-1]["not_requested"] == 0


def test_a_picture_in_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "pics.zip", "w") as pack:
        pack.writestr("img/a.png", encoded(scene()))
    roots = (str(tmp_path),)
    assert shown(read_under("pics.zip/img/a.png", roots)).size == (320, 240)
    kinds = {}
    (tmp_path / "bad.zip").write_bytes(b"PK not an archive")
    for path in ("pics.zip/img/b.png", "bad.zip/a.png", "pics.zip/../../a.png"):
        with pytest.raises(PictureError) as caught:
            read_under(path, roots)
        kinds[path] = caught.value.fault.kind
    assert kinds == {
        "pics.zip/img/b.png": "missing",
        "bad.zip/a.png": "unreadable",
        "pics.zip/../../a.png": "outside-root",
    }


def test_the_directory_of_an_archive_is_limited_before_it_is_read(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "pics.zip", "w") as pack:
        for i in range(200):
            pack.writestr(f"{i}.png", encoded(scene((20, 20))))
    task = Task(path="pics.zip/7.png", roots=(str(tmp_path),), ocr="off", known=True)
    assert worker.look(task).faults == ()
    monkeypatch.setattr(source._Pack, "most", 1000)
    assert [(f.kind, "directory" in f.detail) for f in worker.look(task).faults] == [("over-limit", True)]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_member_of_an_archive_is_unreadable(tmp_path, packing):
    with zipfile.ZipFile(tmp_path / "pics.zip", "w", packing) as pack:
        pack.writestr("a.png", encoded(scene()))
    data = bytearray((tmp_path / "pics.zip").read_bytes())
    data[60:400] = b"\xff" * 340
    (tmp_path / "pics.zip").write_bytes(data)
    found = worker.look(Task(path="pics.zip/a.png", roots=(str(tmp_path),), ocr="off", known=True))
    assert [f.kind for f in found.faults] == ["unreadable"]


def test_many_bad_chunks_are_left_out_in_one_pass():
    data = with_chunk(encoded(scene()), chunk(b"tEXt", b"", 1) * 100_000, chunk(b"gAMA", b"\0\0\xb1\x8f"))
    assert png.mended(data) == with_chunk(encoded(scene()), chunk(b"gAMA", b"\0\0\xb1\x8f"))


def test_an_archive_that_swells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 1 << 16)
    with zipfile.ZipFile(tmp_path / "pics.zip", "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("a.png", b"\0" * (1 << 20))
    with pytest.raises(PictureError) as caught:
        read_under("pics.zip/a.png", (str(tmp_path),))
    assert caught.value.fault.kind == "over-limit"


def test_a_picture_that_changes_while_it_is_read_is_a_gap(tmp_path, monkeypatch):
    (tmp_path / "a.png").write_bytes(encoded(scene()))
    real, sizes = source.os.fstat, iter((0, 1))

    def stat(handle):
        found = real(handle)
        return source.os.stat_result((*found[:6], found.st_size + next(sizes, 1), *found[7:10]))

    monkeypatch.setattr(source.os, "fstat", stat)
    found = worker.look(Task(path="a.png", roots=(str(tmp_path),), ocr="off", known=True))
    assert [f.kind for f in found.faults] == ["changed"]
