"""What a rule that stays silent, or reads a fit, must not let a seller hide."""

import pytest

from listing_preflight.judging import nouns

MARKS = """
marks:
  - {id: vellori, name: Vellori, classes: [18, 25], famous: true}
  - {id: ossanto, name: Ossanto, classes: [18, 25]}
  - {id: quellar, name: Quellar, classes: [9]}
  - {id: tervin, name: Tervin, classes: [12]}
  - {id: dorvane, name: Dorvane, classes: [36]}
  - {id: stray-lads, name: Stray Lads, classes: [9, 25]}
  - {id: kask, name: Kask, classes: [9], common_word: true}
"""


@pytest.mark.parametrize(
    ("category", "title", "mark", "severity"),
    [
        # the word for a place beside it, or hyphens as in one
        ("Home > Mugs", "Pottery mug from Dorvane-sur-Mer", "dorvane", None),
        ("Grocery > Honey", "Miel de forêt récolté près de Ossanto-en-Yvelines", "ossanto", None),
        ("Home > Mugs", "Becher mit Original-Vellori Motiv", "vellori", "high"),
        ("Home > Mugs", "Taza Vellori-la-mejor cerámica", "vellori", "high"),
        ("Accessories > Patches", "Original-Ossanto embroidered patch", "ossanto", "high"),
        # beside a device
        ("Phone Cases", "Case for Quellar 15 Pro Ossanto flowers", "ossanto", "high"),
        ("Phone Cases", "Case for Quellar 15 Ossanto 2024 print", "ossanto", "high"),
        ("Phone Cases", "Ossanto Quellar 15 case leather", "ossanto", "high"),
        ("Phone Cases", "Charging cable for Quellar Ossanto Android", "ossanto", "low"),
        ("Phone Cases", "Strap for Quellar 5, Ossanto Gen 6", "ossanto", "low"),
        # an unlisted maker before it
        ("Car Parts > Mirrors", "Coque de rétroviseur pour Blorxel Tervin 3", "tervin", "low"),
        ("Shoes > Sneakers", "Sneakers for Blorxel Ossanto 90", "ossanto", "high"),
        ("Bags > Totes", "Leather bag that looks like 14k Ossanto", "ossanto", "high"),
        # what Japanese goods can do is no fit
        ("バッグ", "Ossantoトートバッグ大容量A4対応", "ossanto", "high"),
        # words that name the emblem that is sold
        ("Accessories > Patches", "Stray Lads Embroidered Iron-On Patch", "stray-lads", "high"),
        # the noun of the goods
        ("Sport > Rowery > Kaski", "Kask rowerowy MTB z daszkiem", "kask", None),
        # another name beside it
        ("Clothing > Hoodies", "Quellar x Ossanto hoodie", "ossanto", "high"),
    ],
)
def test_a_title_is_judged(severities, category, title, mark, severity):
    assert severities(MARKS, category)(title).get(mark) == severity


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Pay by card or through Dorvane, we ship the next day.", None),
        ("Contact us: the Vellori print is high quality and ships by courier.", "medium"),
    ],
)
def test_a_statement_about_the_shop_hides_no_famous_mark(severities, text, severity):
    found = severities(MARKS, "Home > Mugs")("Ceramic mug, speckled glaze", description=text)
    assert max(found.values(), default=None) == severity


def test_a_word_of_stacked_diminutives_is_read_in_one_step():
    word = "a" + "chen" * 400
    assert nouns.single(word, "de") is None
    assert nouns.single("taschchen", "de") is not None


CARDS = """
marks:
  - {id: pixelor, name: Pixelor, classes: [9], common_word: false, near: [graphics card], part_of: [graphics card, laptop]}
  - {id: macronix-like, name: Vendoro, classes: [9]}
"""


@pytest.mark.parametrize(
    ("title", "brand", "severity"),
    [
        ("Vendoro Pixelor 4070 graphics card 12 GB", "", "high"),
        ("Vendoro Pixelor 4070 graphics card 12 GB", "Vendoro", "medium"),
        ("Vendoro gaming laptop with Pixelor 4070, 16 GB", "", "low"),
    ],
)
def test_a_part_that_is_sold_under_its_own_name_is_the_mark_where_no_brand_field_tells_a_maker(
    severities, title, brand, severity
):
    assert severities(CARDS, "Computers")(title, brand=brand)["pixelor"] == severity


FAMOUS = """
marks:
  - {id: adivas, name: Adivas, famous: true, classes: [18, 25]}
  - {id: guccia, name: Gucci, famous: true, classes: [18, 25]}
  - {id: paistro, name: Paistro, classes: [15]}
  - {id: superga, name: Superga, classes: [25]}
  - {id: zwilla, name: Zwilling, classes: [8, 21]}
  - {id: narvuto, name: Narvuto, kind: character, famous: true, aliases: [ナルヴォト], classes: [25, 28]}
"""


@pytest.mark.parametrize(
    ("category", "title", "mark", "severity"),
    [
        # a famous name in a case of the language is no word of it
        ("Odzież > Bluzy", "Bluza Adivasa męska", "adivas", "high"),
        ("", "Torebka Gucciego, kopia", "guccia", "high"),
        ("", "Torba inspirirana Guccijem", "guccia", "high"),
        # a letter apart from a name of other goods, beside words that liken
        ("", "Paistra kott, koopia", "paistro", "low"),
        # the noun of the goods is no misspelt name, and a word that says "dupe" is none inside
        ("", "Superge po vzoru Adivasa, moške", "superga", None),
        ("", "Duftzwilling Nr. 23, 50 ml", "zwilla", None),
        # letters glued to a name of katakana hide nothing
        ("ホビー > ぬいぐるみ", "ナルヴォトー ぬいぐるみ 30cm", "narvuto", "high"),
        ("ホビー > ぬいぐるみ", "かわいいなるゔぉと ぬいぐるみ", "narvuto", "high"),
    ],
)
def test_a_name_in_another_form_is_judged(severities, category, title, mark, severity):
    assert severities(FAMOUS, category or None)(title).get(mark) == severity
