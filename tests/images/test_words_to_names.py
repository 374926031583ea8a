"""What was read in a picture becomes hits: joined over lines, put right, gated; or unread."""

import pytest

from listing_preflight.detectors import marks_in_images
from listing_preflight.images.looked import Frame, Line, Looked
from listing_preflight.images.ocr import languages
from listing_preflight.model.listing import Picture
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.vocabulary import vocabulary

NAMES = ("Quorvane", "Veltora", "The North Face", "Bosch", "Zarn", "EKO", "Adidas")


@pytest.fixture(scope="module")
def matcher():
    return IndexMatcher(make_forms([Spelling(n, n, False, True) for n in NAMES], vocabulary()), vocabulary())


def line(text, x=10, y=10, w=None, h=30, score=0.95, seen=0.9):
    return Line(text=text, score=score, box=(x, y, w or 18 * len(text), h), height=h, seen=seen)


@pytest.fixture
def see(matcher):
    def run(*lines):
        frame = Frame(number=0, size=(800, 600), lines=lines)
        return marks_in_images.see(matcher, Picture(index=0, path="a.png"), Looked(frames=(frame,)))

    return run


def names(words):
    return sorted({h.form for h in words.hits})


@pytest.mark.parametrize("seen", ["Quorvane", "QUORVANE", "Quorvame", "Bosch", "B0SCH", "Boscb", "Zam"])
def test_misread_letters_are_put_right(see, seen):
    wanted = {"q": "Quorvane", "b": "Bosch", "z": "Zarn"}[seen[0].casefold()]
    assert (names(see(line(seen))) == [wanted]) == (seen != "Zam")


@pytest.mark.parametrize("word", ["basket", "north", "the face", "add", "adding", "ideas"])
def test_ordinary_words_are_never_put_right(see, word):
    assert names(see(line(word))) == []


def test_no_edit_under_six_letters(see):
    assert names(see(line("Bosxh"))) == []
    assert names(see(line("Veltoxa"))) == ["Veltora"]


def test_every_hit_says_that_it_was_read_from_a_picture_and_how_high_it_stands(see):
    (hit,) = see(line("B0SCH", h=60)).hits
    assert "ocr" in hit.steps
    assert not hit.steps & {"leet", "confusable"}
    assert hit.place.height == 0.075


@pytest.mark.parametrize(
    ("quad", "box", "wanted"),
    [
        (((0, 300), (300, 0), (321, 21), (21, 321)), (0, 0, 321, 321), (150, 0, 171, 171)),  # rising
        (
            ((100, 0), (130, 0), (230, 400), (200, 400)),
            (100, 0, 130, 400),
            (150, 200, 80, 200),
        ),  # steep, read downwards
        (((10, 12), (330, 10), (330, 40), (10, 42)), (10, 10, 320, 32), (180, 10, 150, 32)),  # level
    ],
)
def test_a_name_in_a_slanted_line_has_the_box_of_its_part(see, quad, box, wanted):
    (hit,) = see(Line(text="blue one Quorvane"[:17], score=0.95, box=box, height=30, seen=0.9, quad=quad)).hits
    assert all(abs(a - b) <= 12 for a, b in zip(hit.place.box, wanted, strict=True)), hit.place.box


def test_a_name_over_two_lines(see):
    (hit,) = see(line("THE NORTH"), line("FACE", y=45)).hits
    assert (hit.form, hit.place.box) == ("The North Face", (10, 10, 162, 65))


def test_a_name_down_a_column_beside_another(see):
    assert "The North Face" in names(see(line("THE NORTH"), line("sale", x=500), line("FACE", y=45)))


def test_a_name_is_not_put_together_from_afar(see):
    assert names(see(line("THE NORTH"), line("FACE", y=500))) == []
    assert names(see(line("THE NORTH"), line("FACE", y=140, h=120, w=400))) == []


def test_a_name_torn_in_two_boxes(see):
    assert names(see(line("Quor", w=80), line("vane", x=95))) == ["Quorvane"]
    assert names(see(line("Quorv", w=100), line("rvane", x=80))) == ["Quorvane"]


def test_short_names_need_a_sure_line(see):
    assert names(see(line("EKO", score=0.95))) == ["EKO"]
    assert names(see(line("EKO", score=0.7))) == []


def test_text_seen_and_not_read_is_never_matched_and_never_clean(see):
    words = see(line("Quorvane", score=0.4))
    assert not words.hits
    assert [u.box for u in words.unread] == [(10, 10, 144, 30)]


@pytest.mark.parametrize(
    "texture", [line("F", h=400, w=420, score=0.3), line("xy", h=5, score=0.3), line("xy", score=0.3, seen=0.55)]
)
def test_texture_is_not_text(see, texture):
    assert see(texture) == ((), ())


def test_languages_of_shops_and_names():
    assert languages.together(languages.of_marketplace("coupang.com")) == "eng+kor"
    assert (
        languages.together(languages.of_marketplace("amazon.de"), languages.of_names(["NIKE", "Балтика"]))
        == "eng+deu+rus"
    )
    assert languages.together() == "eng"
