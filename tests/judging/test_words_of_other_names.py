"""Words of a language that are a letter, an accent or a script away from a name, and tags that repeat what the title says."""

import pytest

MARKS = """
marks:
  - {id: la-tovia, name: La Tovia, classes: [3]}
  - {id: bek-10, name: Bek 10, kind: title, classes: [16]}
  - {id: narute, name: Narute, kind: title, aliases: [ナルテ], classes: [16, 21, 25]}
  - {id: sarbe, name: Sarbe, classes: [25]}
  - {id: plottia, name: Plottia, classes: [7, 9], near: [plotter]}
"""


@pytest.mark.parametrize(
    ("category", "title", "text", "mark", "severity"),
    [
        # the little words of a name say nothing where the others are words
        (
            "Belleza > Jabón",
            "Jabón de afeitar con arcilla",
            "La espuma deja que la tovja resbale.",
            "la-tovia",
            "medium",
        ),
        ("Belleza > Jabón", "Jabón de afeitar con arcilla", "La espuma hace que la novia resbale.", "la-tovia", None),
        (
            "Papper > Julkort",
            "Julkort med kuvert",
            "Beställ senast den 10 december så hinner korten fram.",
            "bek-10",
            None,
        ),
        # katakana written in hiragana, in a run of which it is grammar
        ("キッチン > 茶筒", "桜皮の茶筒", "気になるてんは乾いた布で拭いてください。にぎやかになるて。", "narute", None),
    ],
)
def test_words_a_letter_away_are_words(severities, category, title, text, mark, severity):
    assert severities(MARKS, category)(title, description=text).get(mark) == severity


def test_a_name_of_katakana_in_hiragana_that_stands_alone_is_the_name(severities):
    assert severities(MARKS, "Tシャツ")("なるてのTシャツ 綿100%").get("narute") == "high"


def test_a_misspelling_of_two_words_that_are_words_is_still_a_misspelling(severities):
    marks = "marks:\n  - {id: mick, name: Mickel Mouze, kind: character, classes: [25]}\n"
    assert severities(marks, "Clothing > T-Shirts")("Mickel Mouse T-Shirt").get("mick") is not None


@pytest.mark.parametrize(
    ("marketplace", "tags", "severity"),
    [
        ("etsy.com", "teacher svg,plottia svg,cut files", "low"),
        ("amazon.com", "teacher svg plottia svg", "high"),
    ],
)
def test_tags_that_repeat_the_program_of_a_file_are_forbidden_where_every_name_is(
    severities, marketplace, tags, severity
):
    found = severities(MARKS, "Craft Supplies > Patterns")(
        "Teacher SVG Bundle, Cut Files for Plottia 3", search_terms=tags, marketplace=marketplace
    )
    assert found.get("plottia") == severity


@pytest.mark.parametrize(
    ("tags", "severity"), [("phone strap,plottia strap", "low"), ("phone strap,sarbe strap", "high")]
)
def test_tags_that_repeat_a_permitted_fit_are_told_like_it(severities, tags, severity):
    found = severities(MARKS, "Electronics > Straps")(
        "Leather strap compatible with Plottia 3", search_terms=tags, marketplace="etsy.com"
    )
    assert found.get("plottia" if "plottia" in tags else "sarbe") == severity


@pytest.mark.parametrize(
    ("category", "title", "severity"),
    [
        ("เครื่องสำอาง > ผลิตภัณฑ์จัดแต่งทรงผม", "Harbor แว็กซ์จัดแต่งทรงผม 75 กรัม อยู่ทรงนาน", "high"),
        ("เครื่องสำอาง > ผลิตภัณฑ์จัดแต่งทรงผม", "แว็กซ์จัดแต่งทรงผม กลิ่น Harbor 75 กรัม", None),
        ("Beauty > Hair Wax", "Harbor hair wax 75 g", None),
        ("บ้าน > โปสเตอร์", "Harbor โปสเตอร์ท่าเรือ ติดผนัง", None),
    ],
)
def test_an_english_word_at_the_head_of_its_own_goods_in_another_language_is_the_mark(
    severities, category, title, severity
):
    marks = "marks:\n  - {id: harbor, name: Harbor, common_word: true, requires: [neighbour], near: [clay pomade], classes: [3]}\n"
    assert severities(marks, category)(title).get("harbor") == severity


@pytest.mark.parametrize(
    ("category", "title", "severity"),
    [
        ("手袋", "ミノリル手袋 使い捨て 100枚入", "high"),
        ("手袋", "ミノリ手袋 使い捨て 100枚入", "high"),
        ("手袋", "ミノリグローブ 使い捨て 100枚入", "low"),
        ("家具", "ニトリル手袋 使い捨て 100枚入", None),
    ],
)
def test_a_name_of_katakana_inside_a_word_for_goods_is_that_word(severities, category, title, severity):
    marks = "marks:\n  - {id: minori, name: Minori, aliases: [ミノリ], classes: [25]}\n  - {id: nitora, name: Nitora, aliases: [ニトリ], classes: [20]}\n"
    assert severities(marks, category)(title).get("nitora" if "ニトリ" in title else "minori") == severity


@pytest.mark.parametrize(
    ("description", "severity"),
    [("Fine sleeve. Thx for looking, have a good day.", None), ("Fine sleeve. THX certified sound.", "high")],
)
def test_letters_of_a_badge_that_are_a_word_count_in_capitals(severities, description, severity):
    marks = "marks:\n  - {id: thx, name: THX, kind: badge, common_word: true, classes: [9]}\n"
    found = severities(marks, "Music > Vinyl Records")("Vinyl LP, first pressing", description=description)
    assert found.get("thx") == severity
