"""Accessories and parts whose title names the device in another form than owners permit, whatever class the goods are put into."""

import pytest

MARKS = """
marks:
  - {id: veltora, name: Veltora, classes: [9], territories: [US], status: registered}
  - {id: brew-well, name: Brew-Well, classes: [11], territories: [US], status: registered}
  - {id: quindara, name: Quindara, classes: [11], territories: [US], status: registered}
"""


@pytest.mark.parametrize(
    ("category", "title", "brand", "mark", "severity"),
    [
        # the form is judged, not the class of what is made for the device
        ("Craft Supplies > Vinyl", "Veltora-compatible permanent vinyl sheets, 20 colours", "", "veltora", "medium"),
        ("Tools > Pouches", "Veltora-compatible leather belt sheath, brown", "Cowdell", "veltora", "medium"),
        # other words that are a name because a fit says so
        ("Drogerie > Mundpflege", "Brew-Well-kompatible Hülle, Hartschale", "Kofferling", "brew-well", "medium"),
        # the device first, of words that are words as well
        ("Coffee Machines > Parts", "Brew-Well Replacement Lid Gasket", "SealRight", "brew-well", "medium"),
        # called a spare part by another maker
        ("Kitchen > Stoves", "Quindara stove replacement gasket, 4 pieces", "Plugly", "quindara", "medium"),
        # a part beside its noun is no device, a feature or a promise is no part
        ("Kitchen > Stoves", "Quindara gas stove 4 burners", "Plugly", "quindara", "high"),
        ("Kitchen > Stoves", "Quindara gas stove, free replacement for 2 years", "Plugly", "quindara", "high"),
        ("Kitchen > Stoves", "Quindara gas stove replacement", "Plugly", "quindara", "high"),
        ("Kitchen > Stoves", "Quindara gas stove 4 doors", "Plugly", "quindara", "high"),
        # the accessory opens the title, the device follows without a word that says so
        ("Telefony > Etui", "Etui silikonowe Veltora 15", "Etuix", "veltora", "medium"),
        # behind the name, as the language has it
        ("Telefon > Kılıf", "Veltora 15 ile uyumlu kılıf", "Kılıfcı", "veltora", "low"),
        # the whole device, sold with what is made for it
        ("Kitchen > Stoves", "Quindara stove with replacement knobs", "Plugly", "quindara", "high"),
    ],
)
def test_a_device_named_in_the_wrong_form(severities, category, title, brand, mark, severity):
    assert severities(MARKS, category)(title, brand=brand)[mark] == severity


@pytest.mark.parametrize(
    ("category", "title", "brand"),
    [
        ("Mutfak > Ocaklar", "Quindara ocak düğmesi yedek, 4 adet", "Parçacı"),
        ("주방용품", "Quindara 가스레인지 교체 노즐 2개", "부품상회"),
        ("Haushalt > Herde", "Quindara Topfträger Gusseisen für Gaskochfeld", "Rostwerk"),
    ],
)
def test_accessories_are_told_in_other_languages(severities, category, title, brand):
    marks = MARKS.replace("[US]", "[TR, KR, DE, US]")
    assert severities(marks, category)(title, brand=brand)["quindara"] == "medium"


def test_imitation_in_another_language_is_read_in_a_text_of_known_words(severities):
    marks = "marks:\n  - {id: shoedra, name: Shoedra, classes: [25], territories: [US], status: registered}"
    found = severities(marks, "Schuhe > Sneaker")(
        "Sneaker Herren schwarz",
        brand="Plugly",
        description="Herren Sneaker schwarz bequem sportlich imitación Shoedra",
    )
    assert found["shoedra"] == "high"


def test_a_word_is_read_in_the_language_whose_dictionary_has_its_neighbours(severities):
    marks = "marks:\n  - {id: paistella, name: Valoisa, classes: [15], territories: [US], status: registered}"
    found = severities(marks, "Koti > Valaisimet")("Pöytälamppu lämmin valoisa tunnelma, messinki, 32 cm")
    assert found.get("paistella") is None


def test_letters_before_a_hyphen_and_figures_make_no_compound():
    from listing_preflight.judging.goods import _is_accessory_compound

    assert not any(map(_is_accessory_compound, ("hdtv", "hx400v", "pottery", "reservoir")))
    assert _is_accessory_compound("waschmaschinendichtung")


def test_a_word_of_the_text_s_own_language_is_no_misspelt_name(severities):
    marks = "marks:\n  - {id: vaio-like, name: Vaio, classes: [9], territories: [US], status: registered}"
    assert "vaio-like" not in severities(marks, "")("Quellar 15-höz való tok átlátszó")


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Devikonhülle Silikon schwarz", "medium"),
        ("Devikon-Halterung für das Auto, schwarz", "medium"),
        ("Devikonskal med kortfack, svart", "medium"),
        ("Hülle für Devikon 15, schwarz", "low"),
        ("Devikontasche", "medium"),
        ("Devikon-Smartphone 128 GB", "high"),
    ],
)
def test_a_device_written_together_with_what_is_made_for_it_is_the_wrong_form(severities, title, severity):
    marks = "marks:\n  - {id: devikon, name: Devikon, classes: [9], territories: [US, EM, SE], status: registered}\n"
    assert severities(marks)(title, marketplace="amazon.de")["devikon"] == severity


def test_a_maker_of_bags_written_together_with_a_bag_is_its_maker(severities):
    marks = "marks:\n  - {id: bagora, name: Bagora, classes: [18, 25], territories: [US, EM], status: registered}\n"
    assert severities(marks)("Bagora-Tasche aus Leder, braun", marketplace="amazon.de")["bagora"] == "high"
