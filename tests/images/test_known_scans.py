"""Known pictures through the command: designs, logos, harmless pictures, hash lists, evidence and compiled lists."""

import json

import pytest

pytest.importorskip("cv2", reason="needs the images extra")
from PIL import Image, ImageDraw, ImageOps

from tests.images.test_known import chair, drawn, inset

pytestmark = pytest.mark.images


@pytest.fixture
def shop(tmp_path, preflight):
    """A folder of known and of seller's pictures, and a scan of the latter."""
    (tmp_path / "known").mkdir()
    (tmp_path / "in").mkdir()

    def put(name, picture, folder="in"):
        picture.save(tmp_path / folder / name)

    def scan(listed, *args, names=("a.png",)):
        (tmp_path / "list.yaml").write_text(listed)
        rows = [{"id": n, "marketplace": "amazon.com", "title": "Thing", "images": [{"path": n}]} for n in names]
        (tmp_path / "in/l.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
        return preflight(
            "scan", tmp_path / "in/l.jsonl", "-w", tmp_path / "list.yaml", "--ocr", "off", "-f", "jsonl", *args
        )

    put.root, scan.root = tmp_path, tmp_path
    return put, scan


WORK = "works: [{id: w, kind: %s, owner: O, title: T, images: [known/k.png]}]\n"


def test_a_part_of_a_known_picture_is_a_finding_with_its_place(shop):
    put, scan = shop
    put("k.png", drawn(1), "known")
    put("a.png", inset(drawn(1)))
    (finding,) = scan(WORK % "image").listings[0]["findings"]
    (place,) = finding["evidence"]
    assert (finding["rule"], place["method"], place["steps"]) == ("IM001", "features", ["features"])
    assert place["alteration"] == "fills 11 % of the picture"


def test_a_design_is_found_by_its_outline_and_left_to_a_person(shop):
    put, scan = shop
    put("k.png", chair(), "known")
    put("a.png", chair("#f4f4f4", "#157"))
    (finding,) = scan(WORK % "design").listings[0]["findings"]
    assert (finding["rule"], finding["severity"]) == ("DS001", "medium")
    assert finding["evidence"][0]["method"] in ("shape", "phash256")


def test_a_harmless_picture_is_silent_and_told_on_request(shop):
    put, scan = shop
    put("k.png", drawn(1), "known")
    put("a.png", ImageOps.mirror(drawn(1)))
    both = WORK.replace("]\n", ", {id: h, kind: harmless, title: Size chart, images: [known/k.png]}]\n") % "image"
    (row,) = scan(both, "--explain").listings
    assert row["findings"] == []
    assert {d["mark"] for d in row["dropped"]} == {"w", "h"}


def logo():
    picture = Image.new("RGB", (300, 300), "white")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(20, 280), (150, 20), (280, 280), (150, 190)], fill="black")
    pen.ellipse((110, 70, 190, 150), fill="white")
    pen.rectangle((30, 30, 90, 60), fill="black")
    pen.polygon([(220, 40), (280, 70), (230, 110)], fill="black")
    return picture


def test_a_logo_in_a_photograph_is_its_mark(shop):
    put, scan = shop
    put("k.png", logo(), "known")
    ground = drawn(9, (700, 600))
    ground.paste(logo().resize((200, 200)).rotate(12, fillcolor="white"), (260, 200))
    put("a.png", ground)
    listed = "marks: [{id: m, name: Zorvane, kind: figurative, images: [known/k.png]}]\n"
    (finding,) = scan(listed).listings[0]["findings"]
    assert (finding["rule"], finding["mark"]["id"]) == ("TM002", "m")
    assert finding["evidence"][0]["steps"] == ["features"]


def test_evidence_shows_the_known_picture_beside_the_place(shop):
    put, scan = shop
    put("k.png", drawn(1), "known")
    put("a.png", inset(drawn(1)))
    (finding,) = scan(WORK % "image", "--evidence", scan.root / "ev").listings[0]["findings"]
    with Image.open(scan.root / "ev" / finding["evidence"][0]["crop"]) as crop:
        assert crop.width > 640


def test_a_compiled_list_needs_no_picture(shop, preflight):
    put, scan = shop
    put("k.png", drawn(1), "known")
    put("a.png", inset(drawn(1)))
    before = scan(WORK % "image").listings[0]["findings"]
    out = scan.root / "c.lcx"
    assert preflight("watchlist", "compile", scan.root / "list.yaml", "-o", out).code == 0
    (scan.root / "known/k.png").unlink()
    after = preflight("scan", scan.root / "in/l.jsonl", "-w", out, "--ocr", "off", "-f", "jsonl").listings[0][
        "findings"
    ]
    assert [f["evidence"] for f in after] == [f["evidence"] for f in before]


def test_pdq_lists_are_imported(shop, preflight, tmp_path):
    put, _ = shop
    put("a.png", drawn(1))
    printed = preflight("watchlist", "hash", tmp_path / "in/a.png").out
    pdq = next(line for line in printed.splitlines() if line.startswith("pdq:")).split()[0].removeprefix("pdq:")
    (tmp_path / "bad-apples.txt").write_text(f"# shared list\n{pdq},100,x.jpg\n{'0' * 64},3\n")
    made = preflight("watchlist", "import", "pdq", tmp_path / "bad-apples.txt", "-o", tmp_path / "h.json")
    assert "1 hash, 1 left out" in made.out
    put("a.png", drawn(1).resize((200, 150)))
    (tmp_path / "in/l.jsonl").write_text(json.dumps({"id": "x", "title": "T", "images": [{"path": "a.png"}]}))
    found = preflight("scan", tmp_path / "in/l.jsonl", "-w", tmp_path / "h.json", "--ocr", "off", "-f", "jsonl")
    (finding,) = found.listings[0]["findings"]
    assert (finding["work"]["id"], finding["evidence"][0]["method"]) == ("bad-apples", "pdq")


@pytest.mark.parametrize("line", ["f8f8", "z" * 64, "<html>"])
def test_a_line_that_is_no_hash_is_named(preflight, tmp_path, line):
    (tmp_path / "x.txt").write_text(f"{'a' * 64}\n{line}\n")
    result = preflight("watchlist", "import", "pdq", tmp_path / "x.txt", "-o", tmp_path / "h.json")
    assert result.code == 2
    assert "x.txt:2" in result.err


def test_a_gallery_of_another_method_is_refused(shop, preflight, monkeypatch):
    put, scan = shop
    put("k.png", drawn(1), "known")
    put("a.png", drawn(1))
    scan(WORK % "image")
    out = scan.root / "c.lcx"
    from listing_preflight.images import gallery
    from listing_preflight.watchlists.index import compile_lists

    monkeypatch.setattr(gallery, "METHOD", 99)
    compile_lists([scan.root / "list.yaml"], out)
    monkeypatch.undo()
    result = preflight("scan", scan.root / "in/l.jsonl", "-w", out, "--ocr", "off")
    assert result.code == 2
    assert "another version" in result.err


def test_a_thousand_white_products_do_not_match_each_other(shop):
    put, scan = shop
    put("k.png", Image.new("RGB", (400, 400), "white"), "known")
    names = [f"{n}.png" for n in range(12)]
    for n, name in enumerate(names):
        picture = Image.new("RGB", (400, 400), "white")
        ImageDraw.Draw(picture).ellipse((150 + n, 150, 250, 250 + n), fill=(200 + n, 180, 160))
        put(name, picture)
    assert all(not row["findings"] for row in scan(WORK % "image", names=names).listings)


@pytest.mark.parametrize(
    ("images", "said"),
    [
        ("", "a work needs at least one picture file or hash"),
        (", images: ['phash256:12']", "has 64 hexadecimal digits, not 2"),
        (", images: ['md5:0123']", "hash kind 'md5' is not known"),
        (", images: [gone.png]", "gone.png: cannot be read"),
    ],
)
def test_a_work_that_cannot_be_looked_for_stops_the_scan(shop, images, said):
    put, scan = shop
    put("a.png", drawn(1))
    result = scan("works: [{id: w, kind: image, owner: O, title: T" + images + "}]\n")
    assert result.code == 2
    assert said in result.err


@pytest.mark.parametrize("size", [(300, 200), (1, 1), (30_000, 200)])
def test_a_picture_with_too_little_structure_is_told_as_unread(shop, size):
    put, scan = shop
    put("k.png", drawn(1), "known")
    put("a.png", Image.new("RGB", size, "#abc"))
    result = scan(WORK % "image", "--strict-images")
    (row,) = result.listings
    assert row["unread"][0]["detail"] == "too little structure to look for known pictures"
    assert (row["decision"], result.code) == ("incomplete", 3)


def test_a_strip_in_which_a_copy_is_lost_as_it_is_shrunk_is_not_called_clean(shop):
    put, scan = shop
    put("k.png", drawn(1), "known")
    strip = Image.new("RGB", (30_000, 420), "white")
    for at in range(0, 30_000, 1_500):
        strip.paste(drawn(at + 2).resize((560, 420)), (at, 0))
    strip.paste(drawn(1).resize((560, 420)), (15_000, 0))
    put("a.png", strip)
    (row,) = scan(WORK % "image", "--strict-images").listings
    assert [one["detail"] for one in row["unread"]] == ["too little structure to look for known pictures"]
    assert row["decision"] == "incomplete"
