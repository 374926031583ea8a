"""Ordinary words under imitation wording, lines of lines, brands in two spellings, two brands in one title."""

import pytest

MARKS = """marks:
  - {id: house, name: House}
  - {id: holiday, name: Holiday}
  - {id: summit, name: Summit, common_word: true, classes: [9], territories: [US], status: registered}
  - {id: veltora, name: Veltora, owner: Veltora Co, aliases: [維爾多], common_word: false, classes: [25], territories: [US], status: registered}
  - {id: veltora-glide, name: Veltora Glide, owner: Veltora Co, common_word: false, classes: [25], territories: [US], status: registered}
  - {id: quindara, name: Quindara, owner: Others, common_word: false, classes: [25], territories: [US], status: registered}
  - {id: film, name: Ember, parent: veltora, common_word: true, classes: [25], territories: [US], status: registered}
  - {id: hero, name: Willow, parent: film, common_word: true, classes: [25], territories: [US], status: registered}
"""


@pytest.fixture
def judged(judge):
    line = judge(MARKS, "Clothing")

    def run(title, **row):
        found = line(title, **row)["findings"]
        return {f["mark"]["id"]: (f["severity"], {r["code"]: r for r in f["reasons"]}) for f in found}

    return run


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Cotton dress from the house of stile street", "house"),
        ("Cotton dress in house style", "house"),
        ("Holiday style cotton dress", "holiday"),
        ("Replica of a holiday dress", "holiday"),
    ],
)
def test_an_ordinary_word_beside_imitating_words_is_no_mark(judged, title, mark):
    assert judged(title).get(mark, ("none",))[0] in ("none", "low")


@pytest.mark.parametrize(
    ("category", "severity"), [("Electronics", "high"), ("Things", "medium"), ("Clothing", "none")]
)
def test_a_flagged_word_is_imitated_in_its_own_goods_and_open_where_goods_are_unknown(judged, category, severity):
    assert judged("Plugly dupe of Summit", category=category).get("summit", ("none",))[0] == severity


@pytest.mark.parametrize(
    "title",
    ["Veltora shirt, cotton Ember, very soft and warm Willow", "Soft Willow shirt, light cotton Ember, Veltora"],
)
def test_a_line_of_a_line_leans_on_its_house_wherever_it_stands(judged, title):
    severity, reasons = judged(title)["hero"]
    assert severity == "medium"
    assert reasons["sense-house-mark"]["house"] == "film"


@pytest.mark.parametrize(
    ("brand", "mark", "severity"),
    [
        ("Veltora", "veltora", "medium"),
        ("Veltora | 維爾多", "veltora", "medium"),
        ("維爾多", "veltora", "medium"),
        ("V3ltora", "veltora", "high"),
        ("Veltora | Quindara", "veltora", "high"),
        ("Veltora | Plugly", "veltora", "high"),
        ("Veltora", "veltora-glide", "medium"),
        ("Quindara", "veltora-glide", "high"),
    ],
)
def test_a_house_is_known_in_the_brand_field_in_all_its_spellings(judged, brand, mark, severity):
    title = "Veltora Glide shirt" if mark == "veltora-glide" else "Veltora shirt"
    assert judged(title, brand=brand)[mark][0] == severity


@pytest.mark.parametrize(
    ("title", "brand", "code"),
    [
        ("Veltora shirt", "", "used-as-the-name-of-the-goods"),
        ("Veltora shirt", "Plugly", "used-as-the-name-of-the-goods"),
        ("Plugly Veltora shirt", "Plugly", "two-brands-in-title"),
        ("Quindara Veltora shirt", "", "two-brands-in-title"),
    ],
)
def test_two_brands_in_one_title_are_told(judged, title, brand, code):
    severity, reasons = judged(title, brand=brand)["veltora"]
    assert severity == "high"
    assert code in reasons
    cited = {r["rule"] for c, r in reasons.items() if c == "policy-rule"}
    assert ("AMZ-TM-06" in cited) == (code == "two-brands-in-title")


def test_pictures_that_say_otherwise_than_the_texts_are_told(judged):
    alone = judged("Plain shirt", images=[{"text": "Veltora"}])["veltora"][1]
    assert "picture-alone" in alone
    other = judged("Hanger for Veltora 7", category="Home", images=[{"text": "Veltora"}])["veltora"][1]
    assert (other["picture-against-text"]["picture"], other["picture-against-text"]["text"]) == (
        "identity",
        "compatible",
    )
    same = judged("Veltora shirt", images=[{"text": "Veltora"}])["veltora"][1]
    assert not {"picture-alone", "picture-against-text"} & set(same)


@pytest.mark.parametrize(
    ("title", "row", "change", "severity"),
    [
        ("Veltora ceiling lamp", {"category": "Lamps"}, "if-goods-in-class", "high"),
        ("Veltora shirt", {"marketplace": "nowhere.example"}, "if-marketplace-known", "high"),
    ],
)
def test_what_a_finding_would_be_otherwise_is_weighed_not_guessed(judged, title, row, change, severity):
    assert judged(title, **row)["veltora"][1][change]["severity"] == severity
