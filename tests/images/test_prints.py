"""Size and company tell a logo from a label, a line of a table and small print, and weigh the finding."""

import json

import pytest

from listing_preflight.detectors import prints
from listing_preflight.images.looked import Frame, Line, Looked

SIZE = (1000, 800)


def line(text="Quorvane", x=10, y=10, h=30):
    return Line(text=text, score=0.95, box=(x, y, 16 * len(text), h), height=h)


@pytest.mark.parametrize(
    ("h", "kind"), [(10, "small"), (14, "small"), (16, "label"), (59, "label"), (60, "logo"), (300, "logo")]
)
def test_size_alone(h, kind):
    assert prints.kind([line(h=h)], [line(h=h)], SIZE) == kind


def table(rows, gap=30, h=20, **own):
    return [line(f"Feature {i}", y=100 + gap * i, h=h) for i in range(rows)], line(y=100 + gap * rows, h=h, **own)


@pytest.mark.parametrize(
    ("rows", "more", "kind"),
    [(7, {}, "table"), (6, {}, "label"), (7, {"gap": 80}, "label"), (12, {"h": 40}, "label"), (7, {"x": 900}, "label")],
)
def test_a_line_among_many_alike_and_near_is_one_of_a_table(rows, more, kind):
    lines, own = table(rows, **more)
    assert prints.kind([own], [*lines, own], SIZE) == kind


def test_the_highest_line_of_a_name_counts():
    assert prints.kind([line(h=10), line(h=70)], [], SIZE) == "logo"


@pytest.fixture
def seen(monkeypatch, preflight, tmp_path, write):
    """The finding of a name whose lines are as given."""
    from listing_preflight import scan

    (tmp_path / "marks.yaml").write_text(
        "marks:\n  - {name: Quorvane, common_word: false}\n  - {name: Zigwave, common_word: false, kind: standard}\n"
        "  - {name: Dealpick, common_word: false, kind: badge}\n"
    )

    def run(*lines, title="Wooden chair"):
        looked = Looked(frames=(Frame(number=0, size=SIZE, lines=lines),))

        class Done:
            def result(self, timeout=None):  # noqa: ARG002
                return looked

        monkeypatch.setattr(scan.Crew, "look", lambda *_: Done())
        path = write("l.jsonl", {"id": "A", "marketplace": "amazon.com", "title": title, "images": [{"path": "a.png"}]})
        result = preflight("scan", path, "-w", tmp_path / "marks.yaml", "-f", "jsonl")
        return [
            (f["severity"], f["reasons"][0]["code"], [(e.get("print"), e.get("height")) for e in f["evidence"]])
            for f in json.loads(json.dumps(result.listings[0]["findings"]))
        ]

    return run


def test_a_logo_across_the_chest_blocks(seen):
    assert seen(line(h=120)) == [("high", "used-as-the-name-of-the-goods", [("logo", 0.12)])]


def test_small_print_and_a_table_are_looked_at(seen):
    assert seen(line(h=10)) == [("medium", "in-small-print", [("small", 0.01)])]
    lines, own = table(9)
    assert seen(*lines, own) == [("medium", "in-a-table", [("table", 0.02)])]


def test_the_largest_place_decides_and_all_are_told(seen):
    ((severity, code, places),) = seen(line(y=10, h=10), line(y=200, h=120), line(y=500, h=40))
    assert (severity, code, len(places)) == ("high", "used-as-the-name-of-the-goods", 3)
    ((severity, _, places),) = seen(line(h=10), title="Quorvane chair")
    assert (severity, [kind for kind, _ in places]) == ("high", [None, "small"])


def test_a_certification_mark_is_information_and_a_badge_blocks_at_any_size(seen):
    assert [s for s, _, _ in seen(line("Zigwave", h=100))] == ["low"]
    assert [(s, c) for s, c, _ in seen(line("Dealpick", h=10))] == [("high", "platform-badge")]


def test_compatible_wording_on_the_picture_is_compatible_use(seen):
    ((severity, _, _),) = seen(line("Case compatible with Quorvane 12", h=40), title="Phone case")
    assert severity == "low"
