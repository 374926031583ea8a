"""Names in running text: what goods fit or are made on, words of the language itself, and names that only a code or a house tells."""

import pytest

MARKS = """marks:
  - {id: framora, name: Framora}
  - {id: bedwyn, name: Bedwyn, classes: [20], territories: [US], status: registered}
  - {id: inkvelle, name: Inkvelle, classes: [9], territories: [US, EM], status: registered}
  - {id: hamlin, name: Hamlin, common_word: true, requires: [spelling, brand-field], classes: [14], territories: [US], status: registered}
  - {id: quixbar, name: Quixbar, common_word: true, requires: [spelling, brand-field], classes: [25], territories: [US], status: registered}
  - {id: night-harbour, name: Night Harbour, common_word: true, requires: [spelling, brand-field], classes: [25], territories: [US], status: registered}
  - {id: ostwick, name: Ostwick, common_word: true, classes: [20, 24], territories: [US], status: registered}
  - {id: rizoma, name: Rizoma, classes: [12], territories: [US, EM, ES], status: registered}
  - {id: velvet-paper, name: Velvet Paper, common_word: false, classes: [16], territories: [US], status: registered}
  - {id: glintar, name: Glintar, classes: [14], territories: [US], status: registered}
  - {id: canvella, name: Canvella}
  - {id: jotul, name: Jøtul, classes: [11], territories: [US, EM, "NO"], status: registered}
  - {id: brunhild, name: Brunhild, classes: [9], territories: [US], status: registered}
"""


@pytest.fixture
def judged(severities):
    return severities(MARKS)


@pytest.mark.parametrize(
    ("site", "title", "text"),
    [
        ("etsy.com", "Lake poster 50 x 70 cm", "Our print fits every common frame by Framora."),
        ("amazon.fr", "Bougie en cire", "Ce format rentre dans les petits photophores Framora."),
        ("amazon.de", "Kerzen aus Bienenwachs", "Die Kerzen passen in alle schmalen Halter von Framora."),
    ],
)
def test_what_goods_are_said_to_fit_in_a_sentence_is_no_name_of_theirs(judged, site, title, text):
    assert judged(title, marketplace=site, description=text)["framora"] == "low"


def test_a_fit_in_another_sentence_says_nothing_of_the_name(judged):
    text = "It fits every wall. Framora quality for your home."
    assert judged("Lake poster 50 x 70 cm", category="Art > Posters", description=text)["framora"] != "low"


def test_a_fit_hides_no_goods_of_the_marks_own_kind(judged):
    found = judged("Oak bed 160 x 200", category="Furniture > Beds", description="Fits any room, as every Bedwyn bed.")
    assert found["bedwyn"] in ("medium", "high")


def test_the_tool_that_something_was_made_on_is_told(judged):
    row = {"category": "Art > Posters", "description": "Printed at home on my trusty old Inkvelle with pigment ink."}
    assert judged("Lake poster 50 x 70 cm", **row)["inkvelle"] == "low"


@pytest.mark.parametrize(
    "text",
    ["Designed by Inkvelle for bright rooms, on heavy paper.", "Every poster was drawn and designed by Inkvelle."],
)
def test_who_designed_something_is_no_tool(judged, text):
    assert judged("Lake poster 50 x 70 cm", category="Electronics > Posters", description=text)["inkvelle"] != "low"


@pytest.mark.parametrize(
    ("mark", "title", "found"),
    [
        ("quixbar", "Quixbar hoodie black size M", "high"),
        ("night-harbour", "Night Harbour hoodie black size M", "high"),
        ("quixbar", "Black hoodie quixbar size M", None),
        ("hamlin", "Hamlin watch", None),
        ("hamlin", "Hamlin watch H38615555 steel", "high"),
    ],
)
def test_a_name_that_needs_the_brand_field_may_lead_a_title_that_tells_it(judged, mark, title, found):
    assert judged(title).get(mark) == found


def test_a_line_behind_a_house_that_no_list_has_is_what_the_goods_are_for(judged):
    found = judged("Fitted slipcover for Zvelka Ostwick armchair, washable", category="Home > Covers")
    assert found["ostwick"] in ("low", "medium")


@pytest.mark.parametrize(
    "title", ["Rizoma de cúrcuma fresca ecológica 500 g, origen Perú", "Cúrcuma: el rizoma entero y fresco 500 g"]
)
def test_a_word_of_the_language_on_other_goods_is_that_word(judged, title):
    assert "rizoma" not in judged(
        title, marketplace="amazon.es", category="Alimentación > Especias", description="El rizoma se ralla."
    )


def test_the_same_name_on_its_own_goods_is_the_mark(judged):
    found = judged("Rizoma espejo retrovisor para moto", marketplace="amazon.es", category="Motos > Espejos")
    assert found["rizoma"] == "medium"  # the device first in the title of an accessory


def test_words_of_a_dictionary_written_small_in_text_are_as_likely_just_words(judged):
    row = {"category": "Stationery > Cards", "description": "Six cards cut from velvet paper from a good house."}
    assert judged("Greeting cards, set of six", **row)["velvet-paper"] == "medium"  # its own goods: the sense is open
    row["description"] = "Six cards, stamped with a genuine Velvet Paper."
    assert judged("Greeting cards, set of six", **row)["velvet-paper"] in ("medium", "high")


def test_a_tag_may_repeat_the_part_that_the_title_names(judged):
    row = {"category": "Jewellery > Earrings", "marketplace": "etsy.com", "search_terms": "glintar crystal, earrings"}
    assert judged("Drop earrings with Glintar crystals, silver hooks", **row)["glintar"] == "low"
    assert judged("Drop earrings, silver hooks", **row)["glintar"] == "high"


def test_portuguese_no_is_no_denial(judged):
    row = {"marketplace": "etsy.com", "description": "Você mesma troca nome e data no Canvella pelo celular."}
    found = judged("Caneca de porcelana com flores", **row)
    assert found == judged(
        "Caneca de porcelana com flores", **{**row, "description": row["description"].replace(" no ", " do ")}
    )


@pytest.mark.parametrize("title", ["B-r-u-n-h-i-l-d headphones", "B r u n h i l d headphones"])
def test_a_name_whose_letters_stand_apart_is_hidden_on_purpose(judged, title):
    assert judged(title, category="Electronics > Headphones")["brunhild"] == "high"


@pytest.mark.parametrize(
    ("category", "title"),
    [
        ("", "Firewood basket of felt, made to fit beside the Glintar stove"),
        ("Home > Storage boxes", "Liten pastilldosa i tenn, graverad med initialer, rymmer en ask Glintar"),
        ("", "طبق تقديم من الأكريليك المذهب، يناسب قطع Glintar والتمور"),
    ],
)
def test_what_goods_are_said_to_hold_in_the_title_is_not_their_name(judged, category, title):
    found = judged(title, marketplace="etsy.com", category=category)
    assert set(found.values()) <= {"low"}
    assert found


def test_a_fit_behind_the_name_hides_nothing(judged):
    assert judged("Glintar ring, fits every finger", category="Jewellery > Rings")["glintar"] == "high"


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Stand for Glintar Inkvelle Zylko Brenvo Quaxtor", "medium"),
        ("Stand for Glintar Inkvelle Plain Black Wooden Display Case", "low"),
    ],
)
def test_makers_side_by_side_count_though_no_list_has_them_and_words_do_not(judged, title, severity):
    assert judged(title, category="Home > Stands")["glintar"] == severity


def test_a_turkish_denial_ends_its_clause(judged):
    found = judged("Glintar yüzük değil! El yapımı gümüş halka", category="Takı > Yüzük", marketplace="etsy.com")
    assert found["glintar"] == "medium"


def test_a_name_that_a_language_could_make_of_its_words_still_leads_as_a_name(judged):
    row = {"marketplace": "etsy.com", "category": "Kjøkken > Glass"}
    assert judged("Jøtul glass til stuen, keramisk 4 mm", **row)["jotul"] == "medium"


LASSIG = """marks:
  - {id: lassig, name: LÄSSIG, classes: [18, 25], territories: [US, EM], status: registered}
  - {id: kissan, name: Kissan, classes: [29, 30], territories: [US, EM], status: registered}
"""


def test_an_inflected_word_of_the_language_is_no_name_though_a_list_has_it(severities):
    judged = severities(LASSIG)
    row = {
        "marketplace": "etsy.com",
        "description": "Ein lässiger Hoodie mit Kapuze, den man gern trägt und der lange hält.",
    }
    assert judged("Schnittmuster Hoodie für Damen mit Tasche", **row) == {}
    assert judged("Lässig Hoodie für Damen mit Tasche", marketplace="etsy.com")["lassig"] in ("medium", "high")


def test_a_word_of_the_language_on_related_goods_is_that_word(severities):
    judged = severities(LASSIG)
    title = "Sterilised 37 kissan kuivaruoka 10 kg, täysravinto leikatuille kissoille"
    row = {
        "category": "Lemmikit > Kissat",
        "description": "Täysravinto aikuisille kissoille, joka on hyvä ja maistuva, mutta ei liian rasvainen.",
    }
    assert judged(title, marketplace="etsy.com", **row) == {}


MAKERS = """marks:
  - {id: patriot, name: Patriot, common_word: true, requires: [spelling, brand-field], classes: [9], territories: [US, EM], status: registered}
  - {id: agent, name: "007", common_word: true, classes: [9], territories: [US, EM], status: registered}
  - {id: corsair, name: Corsair, common_word: true, classes: [9], territories: [US, EM], status: registered}
  - {id: grinvald, name: Grinvald, classes: [7, 8], territories: [US, EM], status: registered}
  - {id: zelbick, name: Zelbick, classes: [7], territories: [US, EM], status: registered}
  - {id: yunq, name: Yunq, classes: [7], territories: [US, CN, EM], status: registered, aliases: [云麒]}
  - {id: maravie, name: Maravie, classes: [3], territories: [US, EM], status: registered}
"""


@pytest.fixture
def made(severities):
    return severities(MAKERS)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Corsair Air Series SP120 PWM Quiet Edition", "medium"),  # the goods are not told
        ("Corsair Halloween costume for boys", None),
        ("Costume for boys, corsair, SP120", None),
    ],
)
def test_a_word_that_leads_a_title_with_a_makers_code_is_the_maker(made, title, found):
    assert made(title).get("corsair") == found


def test_the_tool_of_the_goods_is_told_on_its_own_kind_of_goods_too(made):
    row = {"category": "Tools > Knives", "marketplace": "etsy.com"}
    text = "Every blade is sharpened on a Grinvald T-8 before it leaves the smithy."
    assert made("Sloyd knife with birch handle", description=text, **row)["grinvald"] == "low"
    text = "A sharpened Grinvald knife for every smithy."
    assert made("Sloyd knife with birch handle", description=text, **row)["grinvald"] in ("medium", "high")


def test_makers_with_their_models_are_a_row_and_models_of_one_house_are_none(made):
    row = {"category": "Home > Vacuum parts", "marketplace": "amazon.com"}
    several = "Side brush for Zelbick Spin, Rolvane S8, Ectora T30, Dravix X40, Huvane AI, Nolvik j7"
    assert made(several, **row)["zelbick"] == "medium"
    assert made("Side brush for Zelbick Spin, S8, T30, X40, AI, J7", **row)["zelbick"] == "low"


def test_a_machine_whose_feature_names_an_accessory_is_the_machine(made):
    row = {"category": "家用电器 / 扫地机", "marketplace": "taobao.com"}
    assert made("云麒扫拖一体机器人 自动洗拖布 家用静音", **row)["yunq"] == "high"


def test_what_smells_like_goods_of_a_name_imitates_it(made):
    row = {"category": "Beauty > Creams", "marketplace": "amazon.com"}
    assert made("Hand cream", description="It smells like perfume of Maravie.", **row)["maravie"] == "high"
    assert made("Hand cream", description="It smells of the sea, Maravie.", **row)["maravie"] == "medium"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Patriot PSF1G40SD secure digital card 1 GB", "high"),
        ("Patriot secure digital card 1 GB", None),
        ("Secure digital card 1 GB patriot", None),
    ],
)
def test_a_name_that_asks_for_the_brand_field_counts_directly_before_its_own_model(made, title, found):
    assert made(title, category="Electronics > Memory cards").get("patriot") == found


def test_figures_in_front_of_a_code_are_no_makers_name(made):
    assert "agent" not in made("550121-007-b server licence, users 1000-1999")
