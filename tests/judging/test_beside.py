"""What stands beside a name: its own line, a longer expression, an accessory, another spelling of it, words of other languages."""

import pytest

MARKS = """list: {name: own, rights: assumed}
marks:
  - {id: orchard, name: Orchard, common_word: true, classes: [9]}
  - {id: quivora, name: Quivora, parent: orchard, common_word: false, classes: [9]}
  - {id: harbor, name: Harbor, common_word: true, near: [tumbler], classes: [21]}
  - {id: harbor-cup, name: Harbor Cup, common_word: true, near: [regatta], classes: [28, 41]}
  - {id: veltora, name: Veltora, aliases: [维尔托拉], common_word: false, classes: [9]}
  - {id: hobrenn, name: Hobrenn, common_word: false, near: [adapter], classes: [9]}
  - {id: torrick, name: Torrick, common_word: false, part_of: [laptop, graphics card], classes: [9]}
  - {id: brackwell, name: Brackwell, common_word: false, classes: [8]}
  - {id: shard, name: Bramble, common_word: true, classes: [21]}
  - {id: motto, name: Beyond the seventh ridge, kind: slogan, common_word: false, classes: [25]}
  - {id: g-brumm, name: G-Thunder, classes: [14]}
"""


@pytest.fixture
def judged(preflight, write, tmp_path):
    (tmp_path / "l.yaml").write_text(MARKS)

    def run(**row):
        row = {"id": "1", "marketplace": "amazon.com", "title": "Speaker", **row}
        found = preflight("scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl").listings[0]
        return {f["mark"]["id"]: f["severity"] for f in found["findings"]}

    return run


def test_a_word_beside_its_own_line_is_the_house(judged):
    assert judged(title="Orchard Quivora 4 tablet 64 GB") == {"orchard": "high", "quivora": "high"}
    assert "orchard" not in judged(title="Basket for orchard apples")


def test_a_longer_expression_that_is_no_mark_leaves_the_name_in_it(judged):
    assert judged(title="Harbor cup dupe tumbler", category="Kitchen > Tumblers") == {"harbor": "high"}
    assert "harbor" not in judged(title="Harbor cup regatta poster", category="Posters")


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Screen protector Veltora 5 glass", "medium"),
        ("Screen protector for Veltora 5 glass", "low"),
        ("Hobrenn HX20 adapter USB", "high"),
        ("Hobrenn bike light for Veltora 5", "high"),
    ],
)
def test_an_accessory_before_the_device_wants_the_word_between(judged, title, severity):
    found = judged(title=title, category="Electronics > Accessories")
    assert found["hobrenn" if "Hobrenn" in title else "veltora"] == severity


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Plugly 14 laptop Torrick 7 16 GB", "low"),
        ("Plugly graphics card Torrick 7", "medium"),
        ("Torrick 7 graphics card 16 GB", "high"),
    ],
)
def test_a_part_in_a_whole_device_is_told_and_a_part_that_leads_is_sold(judged, title, severity):
    assert judged(title=title)["torrick"] == severity


def test_supplies_called_compatible_have_the_wrong_form_and_other_goods_are_substitutes(judged):
    assert judged(title="Brackwell 3 compatible razor blades 8 pack")["brackwell"] == "medium"
    assert judged(title="Brackwell compatible knife")["brackwell"] == "high"


def test_a_name_told_again_in_another_script_is_used_as_before(judged):
    assert judged(title="保护壳 适用于维尔托拉 Veltora X5", marketplace="taobao.com")["veltora"] == "low"


def test_an_english_word_in_a_text_of_another_language_is_the_name(judged):
    title = "Bramble Kochtopf mit Deckel und Griff für die Küche, 3 Liter"
    assert judged(title=title, category="Küche > Töpfe", marketplace="amazon.de")["shard"] == "high"
    assert "shard" not in judged(title="Pot with bramble decor and lid", category="Kitchen > Pots")


def test_a_slogan_behind_the_goods_it_is_printed_on_is_whole(judged):
    title = "T-Shirt Beyond the seventh ridge Herren schwarz für das Büro"
    assert judged(title=title, category="Kleidung > T-Shirts", marketplace="amazon.de")["motto"] == "high"


def test_a_letter_with_a_hyphen_makes_a_name_of_a_word(judged):
    assert judged(title="Digital watch G-Thunder", category="Watches")["g-brumm"] == "high"


def test_a_brand_field_with_words_of_a_company_is_the_brand(judged):
    assert judged(title="Orchard tablet", brand="Orchard Electronics Ltd")["orchard"] == "medium"
