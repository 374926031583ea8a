"""Brand fields of several parts, lines and parts under a house's name, places, badges' words, comparison below the title."""

import pytest

MARKS = """marks:
  - {id: veltora, name: Veltora, aliases: [維爾多], classes: [9], territories: [US, KR], status: registered}
  - {id: ostrava-paper, name: Ostrelva Paper, classes: [16], territories: [US], status: registered}
  - {id: glimmera, name: Glimmera, parent: veltora, kind: product-line, common_word: true, classes: [9], territories: [US], status: registered}
  - {id: samdo, name: Samdo, aliases: [삼도], classes: [21], territories: [KR, US], status: registered}
  - {id: hopping-hare, name: Hopping Hare, kind: badge, common_word: true, classes: [3], territories: [US], status: registered}
  - {id: oakline, name: Oakline, common_word: true, classes: [9], territories: [US], status: registered}
  - {id: gel-stride, name: GEL-Stride, parent: veltora, kind: product-line, classes: [9], territories: [US], status: registered}
  - {id: captain-orlo, name: Captain Orlo, kind: character, classes: [14, 16, 28], territories: [US], status: registered}
  - {id: paykora, name: Paykora, classes: [9, 36], territories: [US], status: registered}
  - {id: mooni, name: Mooni, aliases: [무늬없는], common_word: true, classes: [24], territories: [KR], status: registered}
"""


@pytest.fixture
def judged(severities):
    return severities(MARKS, "Electronics > Cameras")


@pytest.mark.parametrize("brand", ["Veltora", "Veltora cameras", "Veltora | 維爾多 | 晨光", "維爾多 | 晨光"])
def test_a_brand_field_that_says_the_goods_or_a_series_behind_the_name_is_of_its_house(judged, brand):
    assert judged("Veltora camera M50", brand=brand)["veltora"] == "medium"


def test_another_name_in_the_brand_field_is_not(judged):
    assert judged("Veltora camera M50", brand="Veltora | Plugly")["veltora"] == "high"


def test_a_short_form_of_a_name_of_several_words_is_its_house(judged):
    found = judged("Ostrelva Paper copy paper 500 sheets", brand="Ostrelva", category="Office > Paper")
    assert found["ostrava-paper"] == "medium"


@pytest.mark.parametrize("title", ["Veltora zoom lens 55-200mm", "Veltora 64GB memory card"])
def test_who_leads_the_title_of_a_part_that_makers_sell_has_made_it(judged, title):
    assert judged(title, category="Electronics")["veltora"] == "high"


def test_a_device_before_its_case_is_named_for_the_fit(judged):
    assert judged("Veltora M50 case black", category="Electronics > Cases")["veltora"] == "medium"


def test_a_line_that_no_dictionary_has_is_the_mark_beside_its_house(judged):
    assert judged("Veltora Glimmera camera kit")["glimmera"] == "high"


@pytest.mark.parametrize(("title", "found"), [("삼도동 카페 머그컵", False), ("삼도 머그컵", True)])
def test_a_quarter_of_a_town_is_no_mark(judged, title, found):
    assert ("samdo" in judged(title, category="주방 > 머그컵", marketplace="coupang.com")) is found


def test_words_of_a_badge_on_other_goods_are_words(judged):
    assert "hopping-hare" not in judged(
        "Hopping hare nursery print", category="Art > Prints", description="A hopping hare."
    )
    assert judged("Hopping Hare face cream", category="Beauty > Creams")["hopping-hare"] == "high"


@pytest.mark.parametrize("said", ["better than Veltora cameras", "an alternative to Veltora"])
def test_comparison_below_the_title_is_the_second_sign_that_a_name_needs(judged, said):
    assert judged("Mirrorless camera 24 MP", description=f"It is {said} at half the price.")["veltora"] == "high"


def test_search_terms_that_name_the_goods_by_a_word_are_told(judged):
    assert judged("Mirrorless camera 24 MP", search_terms="oakline camera")["oakline"] in ("medium", "high")
    assert "oakline" not in judged("Mirrorless camera 24 MP", search_terms="oakline style wood, camera")


def test_payment_by_a_service_that_is_also_registered_for_apps_is_silent(judged):
    text = "Shipping within two days. You can pay by card, bank transfer or Paykora. Returns within 30 days."
    assert "paykora" not in judged("Ceramic mug blue", category="Kitchen > Mugs", description=text)


def test_the_flag_of_a_coined_name_speaks_of_its_other_spelling(judged):
    row = {"category": "침구 > 이불커버", "marketplace": "coupang.com"}
    assert judged("순면 무늬없는 이불커버 퀸", **row).get("mooni", "none") != "high"


@pytest.mark.parametrize("name", ["VeltoraTM", "Veltoraᵀᴹ", "🅅🄴🄻🅃🄾🅁🄰", "🅥🅔🅛🅣🅞🅡🅐", "🆅🅴🅻🆃🅾🆁🅰", "🇻🇪🇱🇹🇴🇷🇦", "ᐯEᒪTOᖇᗩ"])  # fmt: skip
def test_signs_and_letters_in_frames_hide_no_name(judged, name):
    assert judged(f"{name} camera kit")["veltora"] == "high"


def test_another_sentence_about_another_name_imitates_nothing(judged):
    around = "soft cloth in the box. " * 12
    said = around + "table of oakline board. fake Veltora strap. strap for everyone. " + around
    found = judged("Camera kit", description=said)
    assert found.get("oakline") != "high"
    assert found["veltora"] == "high"


def test_a_coined_name_is_imitated_from_the_next_sentence_whatever_else_is_listed(judged):
    around = "soft cloth in the box. " * 12
    said = around + "A Veltora design that you will love. Fake Paykora strap. " + around
    assert judged("Camera strap 49 mm", description=said)["veltora"] == "high"


def test_two_sentences_apart_the_imitated_name_is_found(judged):
    text = (
        "soft cloth in the box. " * 12 + "Veltora M50 camera. Replica, made with care. " + "soft cloth in the box. " * 3
    )
    assert judged("Toy camera", description=text)["veltora"] == "high"


def test_a_line_tied_by_a_hyphen_is_the_mark_beside_its_house(judged):
    assert judged("Veltora Gel-Stride camera")["gel-stride"] == "high"
    assert judged("Veltora camera with gel stride strap").get("gel-stride") != "high"


def test_goods_of_a_character_show_it_whatever_they_are_said_to_be_for(judged):
    assert judged("Keyring for Captain Orlo fans", category="Jewelry > Keyrings")["captain-orlo"] == "high"


def test_a_little_word_of_one_language_likens_nothing_in_a_text_that_tells_none(judged):
    use = judged("Caixa de som oakline", category="Electronics > Audio", marketplace="amazon.com.br")
    assert use.get("oakline") != "high"
