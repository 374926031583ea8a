"""What a rule for honest texts must not let through: names that a seller hides behind the words of a fit, a tool, a language or a part."""

import pytest

MARKS = """marks:
  - {id: nivarra, name: Nivarra, classes: [3], territories: [US, EM], status: registered}
  - {id: hublett, name: Hublett, classes: [14], territories: [US, EM], status: registered}
  - {id: pelikan, name: Pelikan, classes: [16], territories: [US, EM], status: registered}
  - {id: kartell, name: Kartell}
  - {id: heroka, name: Heroka, classes: [9, 16, 28, 41], territories: [US, EM], status: registered}
  - {id: inkvelle, name: Inkvelle, classes: [9], territories: [US, EM], status: registered}
  - {id: canvella, name: Canvella}
  - {id: glintar, name: Glintar, classes: [14], territories: [US, EM], status: registered}
  - {id: velvet-paper, name: Velvet Paper, common_word: false, classes: [16], territories: [US], status: registered}
  - {id: mini, name: MINI, common_word: true, classes: [9, 12], territories: [US, EM], status: registered}
"""
AT_LEAST = ("medium", "high")


@pytest.fixture
def judged(severities):
    return severities(MARKS)


@pytest.mark.parametrize(
    ("mark", "site", "title", "category"),
    [
        ("nivarra", "amazon.es", "Crema nivarrra hidratante 150 ml", "Belleza > Cremas"),
        ("hublett", "amazon.fr", "Montre hubllett homme automatique", "Bijoux > Montres"),
        ("pelikan", "amazon.de", "Füller pelikann blau", "Bürobedarf > Füller"),
    ],
)
def test_a_misspelling_written_small_on_own_goods_is_no_inflection(judged, mark, site, title, category):
    assert judged(title, marketplace=site, category=category).get(mark) in AT_LEAST


@pytest.mark.parametrize(
    "title", ["Kartell stołek do kuchni", "Stołek kartell do kuchni", "Naklejka kartell", "Brelok kartell"]
)
def test_a_name_that_the_user_lists_alone_is_no_word_of_the_language(judged, title):
    assert judged(title, marketplace="allegro.pl").get("kartell") in AT_LEAST


GERMAN = "Er ist leicht und stabil, hält lange und man trägt ihn gern. Für die Schule und für die Küche zu Hause."


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Hocker kartells für die Küche"},
        {"title": "Hocker aus Kunststoff für die Küche", "brand": "kartells"},
        {"title": "Hocker aus Kunststoff für die Küche", "search_terms": "hocker kartells weiss"},
    ],
)
def test_an_ending_hides_no_name_of_a_list_without_classes(judged, row):
    assert judged(marketplace="amazon.de", category="", description=GERMAN, **row).get("kartell") in AT_LEAST


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Rucksack blau für die Schule", "brand": "pelikans"},
        {"title": "Rucksack blau für die Schule", "search_terms": "pelikans blau schule"},
        {"title": "Rucksack wie von pelikans für die Schule"},
    ],
)
def test_an_ending_hides_no_name_in_fields_that_buyers_search_or_beside_what_imitates(judged, row):
    """A list with classes does not hide them on other goods either: elsewhere "pelikans" is the bird."""
    rest = {"marketplace": "amazon.de", "category": "Taschen > Rucksäcke", "description": GERMAN}
    assert judged(**row, **rest).get("pelikan") is not None
    assert judged("Rucksack mit Bild des pelikans für die Schule", **rest).get("pelikan") is None


@pytest.mark.parametrize("text", ["Engraved with Inkvelle on the lid.", "Printed with Inkvelle in large letters."])
def test_what_the_marks_own_goods_are_engraved_with_is_no_tool(judged, text):
    row = {"category": "Electronics > Tablets", "marketplace": "etsy.com", "description": text}
    assert judged("Tablet computer 10 inch", **row).get("inkvelle") in AT_LEAST


@pytest.mark.parametrize(
    ("mark", "row"),
    [
        ("canvella", {"title": "Everyday wear for men, holds Canvella", "category": ""}),
        ("glintar", {"title": "Wall clock, holds its time, Glintar", "category": "Jewellery > Clocks"}),
        ("glintar", {"title": "Silver ring fits every finger Glintar", "category": "Jewellery > Rings"}),
        ("canvella", {"title": "T-shirt for boys that fits well, Canvella", "category": "Clothing > T-Shirts"}),
    ],
)
def test_the_word_for_a_fit_before_the_name_of_the_goods_hides_it_not(judged, mark, row):
    assert judged(marketplace="amazon.com", **row).get(mark) in AT_LEAST


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("canvella", "It will hold for years: a genuine Canvella that fits your home."),
        ("canvella", "It fits every wall and it is a genuine Canvella."),
        ("canvella", "It fits well as genuine Canvella."),
        ("canvella", "It fits every wall, a Canvella for your home."),
        ("canvella", "Fits any room - the new Canvella."),
        ("heroka", "This poster is printed with your favourite Heroka heroes."),
        ("inkvelle", "Printed in our house and sold as Inkvelle."),
        ("inkvelle", "Cut to size, Inkvelle quality."),
    ],
)
def test_a_fit_or_a_tool_elsewhere_in_the_sentence_says_nothing_of_the_name(judged, mark, text):
    row = {"category": "Art > Posters", "marketplace": "etsy.com", "description": text}
    assert judged("Lake poster 50 x 70 cm", **row).get(mark) in AT_LEAST


def test_words_of_own_goods_stay_open_though_they_are_written_small(judged):
    row = {"category": "Stationery > Paper", "description": "A pad of velvet paper for your pens."}
    assert judged("Drawing pad A4", **row)["velvet-paper"] == "medium"


@pytest.mark.parametrize(
    "title", ["Glintar earrings with Glintar crystals", "Glintar necklace, made with Glintar crystals"]
)
def test_a_tag_hides_nothing_where_the_title_names_the_goods_too(judged, title):
    row = {"category": "Jewellery > Earrings", "marketplace": "etsy.com", "search_terms": "glintar crystal, earrings"}
    assert judged(title, **row)["glintar"] == "high"


@pytest.mark.parametrize("title", ["Mini-Stativ für Kamera", "Handy Mini-Stativ schwarz", "Mini-Halterung fürs Auto"])
def test_an_ordinary_word_before_a_hyphen_is_no_device(judged, title):
    assert "mini" not in judged(title, marketplace="amazon.de", category="Elektronik > Stative")


def test_several_devices_behind_the_word_for_a_fit_are_each_what_fits(judged):
    row = {
        "category": "Art > Posters",
        "marketplace": "etsy.com",
        "description": "Fits Inkvelle, Canvella and Glintar.",
    }
    found = judged("Lake poster 50 x 70 cm", **row)
    assert found == {"inkvelle": "low", "canvella": "low", "glintar": "low"}


@pytest.mark.parametrize(
    ("site", "text"),
    [
        ("amazon.com", "Not made or endorsed by Inkvelle."),
        ("amazon.es", "No fabricado ni avalado por Inkvelle."),
        ("amazon.es", "No es un producto original de Inkvelle."),
        ("amazon.de", "Wir stehen in keiner Verbindung zur Inkvelle GmbH."),
        ("amazon.com", "We have no connection to the Robert Inkvelle company."),
    ],
)
def test_a_disclaimer_beside_a_permitted_form_is_a_denial_and_no_name_of_the_goods(judged, site, text):
    row = {"category": "Electronics > Cables", "marketplace": site, "description": text}
    assert judged("Cable, compatible with Canvella 3", **row)["inkvelle"] == "medium"


@pytest.mark.parametrize("text", ["Made by Inkvelle or endorsed by nobody.", "Not for children. Made by Inkvelle."])
def test_what_is_denied_of_something_else_is_no_denial_of_the_name(judged, text):
    row = {"category": "Electronics > Cables", "description": text}
    assert judged("Braided cable", **row)["inkvelle"] != "low"


WORDS = """marks:
  - {id: only, name: Only, common_word: true, classes: [25], territories: [US], status: registered}
  - {id: starbucks, name: Starbucks, famous: true, common_word: false, classes: [21, 30], territories: [US], status: registered}
"""


def test_a_word_written_small_is_likened_by_no_other_sentence(severities):
    row = {"category": "Clothing > Pyjamas", "description": "Please buy only from us. Beware of fake sellers."}
    assert severities(WORDS)("Flannel pyjamas", **row) == {}


def test_a_famous_name_torn_into_two_words_is_the_name_on_its_own_goods_alone(severities):
    judged = severities(WORDS)
    assert judged("Star Bucks tumbler", category="Kitchen > Tumblers") == {"starbucks": "high"}
    assert judged("Doe, star bucks and fawn poster", category="Art > Posters") == {}
