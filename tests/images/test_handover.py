"""Lines that the embedded engine cannot read are handed to Tesseract, and what stays unread can be made to count."""

import pathlib

import pytest

pytest.importorskip("onnxruntime", reason="needs the images extra")
from PIL import Image, ImageDraw, ImageFont

from listing_preflight.images.looked import Line
from listing_preflight.images.ocr import handover, rapid, tesseract

pytestmark = pytest.mark.images
STRANGE = Line(text="leloh", score=0.4, box=(60, 60, 300, 80), height=80, seen=0.9)


@pytest.fixture
def engines(monkeypatch):
    """An embedded engine that cannot read its line, and a Tesseract that answers."""

    def make(answer, known=("eng", "kor")):
        asked = []
        monkeypatch.setattr(rapid, "read", lambda *_: [STRANGE])
        monkeypatch.setattr(tesseract, "absent", lambda: None)
        monkeypatch.setattr(tesseract, "installed", lambda: frozenset(known))
        monkeypatch.setattr(
            tesseract, "read_line", lambda part, language: asked.append((part.size, language)) or answer
        )
        return asked

    return make


def read(spoken):
    return [line.text for line in handover.read(Image.new("RGB", (900, 600)), spoken)]


def test_a_line_that_cannot_be_read_is_handed_over(engines):
    asked = engines(("나이키", 0.9))
    assert read("eng+kor") == ["나이키"]
    assert asked == [((324, 104), "kor")]


@pytest.mark.parametrize(
    ("answer", "spoken"), [(("leloh", 0.9), "eng+kor"), (("나이키", 0.3), "eng+kor"), (("나이키", 0.9), "eng+tha")]
)
def test_what_tesseract_does_not_surely_read_stays_unread(engines, answer, spoken):
    engines(answer)
    assert read(spoken) == ["leloh"]


def test_without_another_script_nobody_is_asked(engines):
    asked = engines(("나이키", 0.9))
    assert read("eng+deu") == ["leloh"]
    assert asked == []


CYRILLIC = pathlib.Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.mark.skipif(
    tesseract.absent() is not None or "rus" not in tesseract.installed() or not CYRILLIC.exists(),
    reason="needs tesseract with Russian (apt-get install tesseract-ocr tesseract-ocr-rus fonts-dejavu-core)",
)
def test_cyrillic_letters_are_read_by_the_real_tesseract(preflight, tmp_path, write):
    picture = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(picture).text((80, 100), "Жемчуг", fill="black", font=ImageFont.truetype(CYRILLIC, 80))
    picture.save(tmp_path / "a.png")
    (tmp_path / "marks.yaml").write_text("marks:\n  - {name: Жемчуг, common_word: false}\n", "utf-8")
    path = write("l.jsonl", {"id": "A", "images": [{"path": "a.png"}]})
    found = [
        [f["mark"]["name"] for f in preflight("scan", path, "-w", tmp_path / "marks.yaml", "-f", "jsonl", *more).listings[0]["findings"]]
        for more in ([], ["--ocr", "rapidocr"])
    ]  # fmt: skip
    assert found == [["Жемчуг"], []]


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 3)])
def test_strict_images_makes_unread_text_incomplete(monkeypatch, preflight, tmp_path, write, strict, code):
    from listing_preflight import scan
    from listing_preflight.images.looked import Frame, Looked

    class Done:
        def result(self, timeout=None):  # noqa: ARG002
            return Looked(frames=(Frame(number=0, size=(900, 600), lines=(STRANGE,)),))

    monkeypatch.setattr(scan.Crew, "look", lambda *_: Done())
    (tmp_path / "marks.yaml").write_text("marks:\n  - {name: Quorvane}\n")
    path = write("l.jsonl", {"id": "A", "images": [{"path": "a.png"}]})
    result = preflight(
        "scan", path, "-w", tmp_path / "marks.yaml", "-f", "jsonl", *(["--strict-images"] if strict else [])
    )
    assert result.code == code
    assert result.listings[0]["decision"] == ("incomplete" if strict else "pass")
    assert result.listings[0]["unread"][0]["detail"] == "text seen, not read"
    assert result.listings[0]["gaps"] == []
    assert result.rows[-1]["complete"] is not strict
