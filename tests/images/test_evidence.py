"""--evidence writes a crop of each place that a finding rests on, with its box drawn."""

import json

import pytest

pytest.importorskip("onnxruntime", reason="needs the images extra")
from PIL import Image

from listing_preflight.images import evidence
from tests.images.drawn import encoded, words

pytestmark = pytest.mark.images


def crop(tmp_path, **more):
    return evidence.Crop(
        **{
            "path": "a.png",
            "roots": (str(tmp_path),),
            "frame": 0,
            "box": (60, 100, 200, 60),
            "file": str(tmp_path / "c.png"),
            **more,
        }
    )


def test_the_box_is_drawn_into_the_crop(tmp_path):
    (tmp_path / "a.png").write_bytes(encoded(words("Quorvane")))
    assert evidence.write(crop(tmp_path))
    with Image.open(tmp_path / "c.png") as found:
        assert found.size == (340, 220)
        assert found.getpixel((61, 120)) == (214, 0, 38)


def test_what_cannot_be_read_again_leaves_no_crop(tmp_path):
    assert not evidence.write(crop(tmp_path))
    (tmp_path / "a.png").write_bytes(encoded(words("Quorvane")))
    assert not evidence.write(crop(tmp_path, frame=3))
    assert not (tmp_path / "c.png").exists()


def test_a_scan_names_its_crops(preflight, tmp_path, write):
    (tmp_path / "a.png").write_bytes(encoded(words("Quorvane")))
    (tmp_path / "marks.yaml").write_text("marks:\n  - {name: Quorvane}\n")
    path = write("l.jsonl", {"id": "A", "images": [{"path": "a.png"}]}, {"id": "B", "title": "Quorvane shoes"})
    result = preflight("scan", path, "-w", tmp_path / "marks.yaml", "-f", "jsonl", "--evidence", tmp_path / "out/crops")
    (row,) = map(json.loads, (tmp_path / "out/crops/index.jsonl").read_text().splitlines())
    (finding,) = result.listings[0]["findings"]
    assert (row["listing"], row["fingerprint"], row["box"]) == (
        "A",
        finding["fingerprint"],
        finding["evidence"][0]["box"],
    )
    assert finding["evidence"][0]["crop"] == row["file"]
    assert sorted(p.name for p in (tmp_path / "out/crops").iterdir()) == sorted([row["file"], "index.jsonl"])
    Image.open(tmp_path / "out/crops" / row["file"]).close()


def test_reports_link_crops_without_saying_where_they_are(preflight, tmp_path, write):
    (tmp_path / "a.png").write_bytes(encoded(words("Quorvane")))
    (tmp_path / "b.png").write_bytes(encoded(words("Quorvane", ground="#9cf")))
    (tmp_path / "known.png").write_bytes(encoded(words("Quorvane", ground="#9cf")))
    (tmp_path / "marks.yaml").write_text(
        "marks:\n  - {name: Quorvane}\nworks:\n  - {id: w, kind: image, images: [known.png]}\n"
    )
    same = {"id": "A", "images": [{"path": "a.png"}]}
    path = write("l.jsonl", same, {"id": "A", "images": [{"path": "b.png"}]}, same)
    runs = []
    for folder, workers in (("one", 1), ("two", 2)):
        report = tmp_path / f"{folder}.json"
        result = preflight(
            "scan", path, "-w", tmp_path / "marks.yaml", "-f", "text", "-o", f"jsonl:{report}", "--workers", workers,
            "--evidence", tmp_path / folder,
        )  # fmt: skip
        crops = {p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()}
        runs.append((report.read_text(), result.out, crops))
    assert runs[0] == runs[1]
    report, text, crops = runs[0]
    rows = [json.loads(line) for line in report.splitlines()]
    linked = [e["crop"] for r in rows if r["type"] == "listing" for f in r["findings"] for e in f["evidence"]]
    assert (len(linked), set(linked)) == (6, set(crops) - {"index.jsonl"})
    assert len(set(linked)) == 4  # a word and a copy in each of two pictures; the same listing twice shares them
    assert all(f"[{name}]" in text for name in linked)
    assert str(tmp_path) not in report + text + crops["index.jsonl"].decode()


def test_a_place_whose_picture_is_gone_links_nothing(preflight, tmp_path, write, monkeypatch):
    from listing_preflight.images.crew import Crew

    monkeypatch.setattr(Crew, "crop", lambda *_: False)
    (tmp_path / "a.png").write_bytes(encoded(words("Quorvane")))
    (tmp_path / "marks.yaml").write_text("marks:\n  - {name: Quorvane}\n")
    path = write("l.jsonl", {"id": "A", "images": [{"path": "a.png"}]})
    result = preflight("scan", path, "-w", tmp_path / "marks.yaml", "-f", "jsonl", "--evidence", tmp_path / "crops")
    assert "crop" not in result.listings[0]["findings"][0]["evidence"][0]
    assert (tmp_path / "crops/index.jsonl").read_text() == ""
