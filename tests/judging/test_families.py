"""Families of false alarms on real listings, each with other names than those that showed it."""

import pytest

MARKS = """marks:
  - {id: veltora, name: Veltora, common_word: false, classes: [9], territories: [US], status: registered}
  - {id: quindara, name: Quindara, common_word: false, classes: [9], territories: [US], status: registered}
  - {id: hobrenn, name: Hobrenn, common_word: false, classes: [9], territories: [US], status: registered}
  - {id: festu, name: Festu, common_word: false, classes: [9], territories: [US], status: registered}
  - {id: kestrel, name: Kestrelworks, common_word: false, classes: [9], territories: [US], status: registered}
  - {id: ryzen, name: Ryzen, common_word: false, part_of: [laptop, graphics card, placa de vídeo], classes: [9], territories: [US], status: registered}
  - {id: noel, name: Halloween}
  - {id: boldword, name: INSTANT, common_word: true, classes: [9], territories: [US], status: registered}
"""


@pytest.fixture
def judged(preflight, write, tmp_path):
    (tmp_path / "l.yaml").write_text(MARKS)

    def run(**row):
        row = {"id": "1", "marketplace": "amazon.com", "category": "Electronics", "title": "Speaker", **row}
        found = preflight("scan", write("x.jsonl", row), "-w", tmp_path / "l.yaml", "-f", "jsonl").listings[0]
        return {f["mark"]["id"]: (f["severity"], f["reasons"]) for f in found["findings"]}

    return run


def test_a_row_of_names_in_running_text_is_looked_at(judged):
    found = judged(bullets=["Shows messages of Veltora, Quindara, Hobrenn and others"])
    assert {m: s for m, (s, _) in found.items()} == dict.fromkeys(("veltora", "quindara", "hobrenn"), "medium")


def test_the_same_row_in_the_title_is_not_excused(judged):
    assert judged(title="Veltora Quindara Hobrenn speaker")["veltora"][0] == "high"


def test_two_letters_apart_in_other_goods_is_looked_at(judged):
    assert judged(title="Kestrolwarks scarf", category="Clothing > Scarves")["kestrel"][0] in ("low", "medium")


def test_a_short_name_glued_to_letters_is_told_alone(judged):
    assert judged(title="festulamp speaker").get("festu", ("low",))[0] == "low"


def test_an_unflagged_festival_is_an_ordinary_word(judged):
    assert "noel" not in judged(title="Pumpkin decoration for Halloween party")


def test_letters_of_a_style_that_the_whole_text_is_set_in_hide_nothing(judged):
    assert "boldword" not in judged(description="𝐠𝐢𝐯𝐞𝐬 𝐲𝐨𝐮 𝐢𝐧𝐬𝐭𝐚𝐧𝐭 𝐬𝐨𝐮𝐧𝐝")
    assert judged(bullets=["gives you 𝐢𝐧𝐬𝐭𝐚𝐧𝐭 sound"])["boldword"][0] == "high"
    assert judged(description="gives you 𝐢𝐧𝐬𝐭𝐚𝐧𝐭 sound")["boldword"][0] == "medium"


@pytest.mark.parametrize(
    ("title", "severity"),
    [("Veltora tape for Veltora printers", "medium"), ("Tape compatible with Veltora 7", "high")],
)
def test_a_makers_own_accessory_is_resale_and_anothers_is_not(judged, title, severity):
    assert judged(title=title, brand="Veltora")["veltora"][0] == severity


def test_type_with_a_letter_is_a_standard_and_type_alone_imitates(judged):
    assert judged(title="Plugly charger for Veltora Type C", brand="Plugly")["veltora"][0] != "high"
    assert judged(title="Veltora type speaker", brand="Plugly")["veltora"][0] == "high"


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        ({"title": "Plugly 14 laptop with Ryzen 7", "brand": "Plugly"}, "low"),
        ({"title": "Veltora graphics card Ryzen edition"}, "medium"),
        ({"title": "Plugly 14 laptop", "brand": "Plugly", "bullets": ["Runs on a Ryzen 7"]}, "low"),
        ({"title": "Ryzen graphics card"}, "high"),
        ({"title": "Plugly Ryzen speaker", "brand": "Plugly"}, "high"),
        ({"title": "Ryzen style laptop by Plugly", "brand": "Plugly"}, "high"),
    ],
)
def test_a_part_inside_goods_of_another_maker_is_looked_at(judged, row, severity):
    assert judged(**row)["ryzen"][0] == severity
