"""Words written small on goods of others, and signs by which a word is the mark all the same."""

import pytest

from listing_preflight.judging import goods

MARKS = """
marks:
  - {id: brilla, name: Brilla, classes: [15], territories: [US], status: registered}
  - {id: rapid-wend, name: Rapid Wend, classes: [26, 41], territories: [US], status: registered}
  - {id: veltora, name: Veltora, classes: [9], territories: [US], status: registered}
  - {id: windows, name: Windows, classes: [25], common_word: true, near: [skate shoes], territories: [US], status: registered}
"""


@pytest.mark.parametrize(
    ("category", "title", "brand", "mark", "severity"),
    [
        # written small, in a text that writes names large, on goods of others
        ("Home > Lamps", "Table Lamp with a warm brilla glow, brass", "Lumo", "brilla", None),
        ("Home > Lamps", "Table Lamp Brilla glow, brass", "Lumo", "brilla", "low"),
        ("home > lamps", "table lamp with a warm brilla glow, brass", "lumo", "brilla", "low"),
        ("Music > Cymbals", "Bronze Cymbal brilla 16 Inch", "Bronzo", "brilla", "high"),
        # several words that an emblem is named by
        ("Fan Shop > Patches", "Embroidered Patch RAPID WEND 8 cm iron on", "Needler", "rapid-wend", "high"),
        # denial is of the mark's own goods, whatever is sold
        ("Tools > Boxes", "Tool Box XL stackable, this is not Veltora", "Boxer", "veltora", "medium"),
        # the word for other goods, and beside its context word
        ("Building > Windows", "Windows with double glazing, white frame", "Glazer", "windows", None),
        ("", "Windows classic slip on skate shoes 10", "", "windows", "low"),
    ],
)
def test_a_word_or_a_name(severities, category, title, brand, mark, severity):
    assert severities(MARKS, category)(title, brand=brand).get(mark) == severity


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        # an English text tells no language that says its fits behind the name and its model
        ("Veltora 15 compatible strap", "medium"),
        ("Veltora 15 ile uyumlu kılıf", "low"),
    ],
)
def test_a_fit_behind_the_name_is_the_form_of_some_languages_alone(severities, title, severity):
    assert severities(MARKS, "")(title, brand="Etuix")["veltora"] == severity


def test_a_loan_word_in_katakana_holds_no_shorter_one():
    assert "プリン" not in goods.of_texts("", "両面プリント 応援フラッグ").nouns
    assert "バッグ" in goods.of_texts("", "レザーバッグ 大容量").nouns
