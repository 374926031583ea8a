"""What a list says of a mark beside its name: materials of others' goods, set phrases, lines of a house; and lengths that read like a name."""

import pytest

MARKS = """marks:
  - {id: fibre, name: Lunextra, common_word: false, part_of: [class 25], classes: [23, 25], territories: [US], status: registered}
  - {id: house, name: Veltora, common_word: false, never_near: [veltora sphere], classes: [25], territories: [US], status: registered}
  - {id: line, name: VQS, parent: house, common_word: true, classes: [25], territories: [US], status: registered}
  - {id: orchard, name: Orchard, common_word: true, classes: [25], territories: [US], status: registered}
  - {id: blossomer, name: Blossomera, parent: orchard, common_word: false, classes: [25], territories: [US], status: registered}
  - {id: length, name: Xiom, common_word: false, classes: [17], territories: [US], status: registered}
"""


@pytest.fixture
def judged(severities):
    return severities(MARKS, "Clothing")


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Women's black Lunextra leggings high waist", "low"),
        ("Leggings for women, Lunextra, high waist", "low"),
        ("Lunextra leggings for women", "high"),
    ],
)
def test_a_material_that_goods_are_made_with_is_low_unless_it_leads(judged, title, severity):
    assert judged(title)["fibre"] == severity


def test_a_set_phrase_is_no_name(judged):
    assert judged("Veltora sphere science poster", category="Posters & Prints") == {}


@pytest.mark.parametrize(
    "title", ["Veltora shirt with a sphere", "Sphere shirt, Veltora", "Veltora sphere poster and Veltora jacket"]
)
def test_a_set_phrase_speaks_of_its_own_place_alone(judged, title):
    assert judged(title)["house"] == "high"


def test_a_line_of_no_words_beside_its_house_is_the_mark(judged):
    assert judged("Veltora VQS jacket")["line"] == "high"


def test_a_house_that_is_a_word_is_the_mark_where_the_title_names_its_line(judged):
    assert judged("Men's Jacket Blossomera, Orchard")["orchard"] == "high"


@pytest.mark.parametrize("title", ["Garden hose 19mm x 10m green", "Seal tape 12 mm x10m", "Seal tape 12mm X 10M"])
def test_a_second_length_is_no_name(judged, title):
    assert judged(title, category="Tools") == {}


def test_a_disguised_name_that_no_length_precedes_is_one(judged):
    assert "length" in judged("X10m sealing tape", category="Tools")
