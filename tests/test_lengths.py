"""A listing whose texts are too long for one listing: the text is a gap, the others are judged, by every way in."""

from listing_preflight import lengths
from listing_preflight.model.listing import Gap, Listing, Origin, Text
from listing_preflight.readers.formats.native import make_listing
from listing_preflight.scan import Scanner
from tests.conftest import listing as shoe
from tests.service.running import told

ORIGIN = Origin(file="a.jsonl", row=1)
BEYOND = "cup " * (lengths.MOST // 4 + 1)


def holding(*texts):
    return Listing(id="A", origin=ORIGIN, texts=texts)


def test_a_text_beyond_the_bound_is_a_gap_of_its_field_and_keeps_its_place():
    whole = holding(Text("title", "Mug"), Text("bullets", BEYOND, 2), Text("bullets", "Lid", 3))
    found = lengths.bounded(whole)
    assert [t.value for t in found.texts] == ["Mug", "", "Lid"]
    (gap,) = found.gaps
    assert (gap.kind, gap.field, gap.index, gap.origin) == ("over-limit", "bullets", 2, ORIGIN)
    assert f"{len(BEYOND):,} characters" in gap.detail


def test_texts_within_the_bound_together_are_as_they_were():
    texts = (Text("title", "Mug"), Text("description", "x" * (lengths.MOST - 3)))
    whole = holding(*texts)
    assert lengths.bounded(whole) is whole
    assert lengths.bounded(holding(*texts, Text("brand", "y"))).gaps


def test_a_bounded_listing_is_bounded_once():
    once = lengths.bounded(holding(Text("title", "Mug"), Text("description", BEYOND)))
    assert lengths.bounded(once) is once


def test_a_picture_that_html_holds_itself_does_not_count():
    held = "<p>Mug</p><img src='data:image/png;base64," + "QUJD" * (lengths.MOST // 4) + "'><p>Lid</p>"
    whole = holding(Text("description", held, html=True))
    assert lengths.bounded(whole) is whole


def test_a_gap_of_a_file_is_no_listing():
    gap = Gap(kind="bad-row", detail="x", origin=ORIGIN)
    assert lengths.bounded(gap) is gap


def test_scan_and_gate_judge_the_other_texts_and_say_what_was_not_looked_at(preflight, marks, write):
    row = shoe("NIKE dupe shoes", description=BEYOND)
    path = write("a.jsonl", row, shoe("Canvas bag", id="S2"))
    found = preflight("scan", path, "-w", marks, "-f", "jsonl", "--no-progress")
    first, second = found.listings
    assert (found.code, second["gaps"]) == (4, [])
    assert [(g["kind"], g["field"]) for g in first["gaps"]] == [("over-limit", "description")]
    assert first["findings"]
    one = preflight("gate", "-w", marks, stdin=path.read_bytes().split(b"\n")[0])
    assert (one.code, one.rows[0]["findings"], one.rows[0]["gaps"]) == (4, first["findings"], first["gaps"])


def test_a_scan_against_changed_marks_holds_to_the_bound(preflight, marks, write, tmp_path):
    old = tmp_path / "old.yaml"
    old.write_text("marks: [{name: Veltora}]\n", "utf-8")
    path = write("a.jsonl", shoe("NIKE dupe shoes", description=BEYOND))
    found = preflight("scan", path, "-w", marks, "--only-changed-since", old, "-f", "jsonl", "--no-progress")
    (one,) = found.listings
    assert [g["kind"] for g in one["gaps"]] == ["over-limit"]
    assert one["findings"]


def test_the_service_holds_to_the_bound(marks):
    with Scanner(told(marks).settings) as scanner:
        made = make_listing(shoe("NIKE dupe shoes", description=BEYOND), ORIGIN, ())
        (verdict,) = scanner.alone(made, ())
    assert [g.kind for g in verdict.gaps] == ["over-limit"]
    assert verdict.findings
