"""Catalog folders: every file ends as listings, pictures, a gap or set aside; none is skipped silently."""

import os

import pytest

from listing_preflight.model.listing import Aside, Gap, Listing
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")


def walk(folder):
    items = list(read_path(folder, "cat", ReadOptions()))
    return (
        [i for i in items if isinstance(i, Listing)], [i for i in items if isinstance(i, Gap)],
        [i for i in items if isinstance(i, Aside)],
    )  # fmt: skip


def test_named_pictures_and_pictures_in_a_folder_called_after_the_sku(tmp_path, write):
    write("listings.jsonl", {"id": "A", "title": "Mug", "images": [{"path": "img/1.jpg"}]}, {"id": "B", "title": "Cup"})
    for name in ("img/1.jpg", "B/1.jpg", "B/2.png", "C/x.webp", "loose.gif"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    listings, gaps, aside = walk(tmp_path)
    assert not gaps
    assert not aside
    found = {row.id: [p.path for p in row.pictures] for row in listings}
    assert found == {"A": ["img/1.jpg"], "B": ["B/1.jpg", "B/2.png"], "C": ["C/x.webp"], "loose.gif": ["loose.gif"]}


@POSIX
def test_hazards_are_gaps(tmp_path, write):
    outside = tmp_path / "outside.jsonl"
    outside.write_text('{"id": "X", "title": "secret"}\n')
    folder = tmp_path / "cat"
    write("cat/ok.jsonl", {"id": "A", "title": "Mug"})
    os.mkfifo(folder / "pipe.csv")
    (folder / "link.jsonl").symlink_to(outside)
    (folder / "nowhere.csv").symlink_to(folder / "gone.csv")
    (folder / "book.xlsx").write_bytes(b"PK")
    (folder / "notes.md").write_text("hello")
    (folder / "binary.csv").write_bytes(bytes(range(256)) * 40)
    listings, gaps, aside = walk(folder)
    assert [row.id for row in listings] == ["A"]
    kinds = {g.origin.file: g.kind for g in gaps}
    assert kinds == {
        "cat/pipe.csv": "unreadable", "cat/link.jsonl": "outside-root", "cat/nowhere.csv": "missing",
        "cat/book.xlsx": "unsupported", "cat/binary.csv": "unsupported",
    }  # fmt: skip
    assert [a.origin.file for a in aside] == ["cat/notes.md"]


@POSIX
def test_links_in_a_circle_end(tmp_path, write):
    write("cat/ok.jsonl", {"id": "A", "title": "Mug"})
    (tmp_path / "cat/loop").symlink_to(tmp_path / "cat")
    listings, _, aside = walk(tmp_path / "cat")
    assert [row.id for row in listings] == ["A"]
    assert aside
