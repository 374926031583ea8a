"""What settles the use of a name: the maker that the brand field tells, a comparison, goods that show a work, models and parts named."""

import pytest

MARKS = """marks:
  - {id: veltora, name: Veltora, classes: [9, 11], territories: [US, KR, JP, TR, FR], status: registered}
  - {id: quindara, name: Quindara, classes: [9], territories: [US], status: registered}
  - {id: orchard, name: Orchard, common_word: true, classes: [21], territories: [US], status: registered}
  - {id: brixomo, name: Brixomo, classes: [28], territories: [US], status: registered}
  - {id: stowella, name: Stowella, classes: [21], territories: [US], status: registered}
  - {id: captain-orlo, name: Captain Orlo, kind: character, classes: [16, 28], territories: [US], status: registered}
  - {id: last-lamp, name: The Last Lamp, kind: title, classes: [16, 25], territories: [US], status: registered}
  - {id: gruppora, name: Gruppora, classes: [12], territories: [US], status: registered}
  - {id: chocolina, name: Chocolina, common_word: true, classes: [30], territories: [US], status: registered}
"""


@pytest.fixture
def judged(severities):
    return severities(MARKS)


@pytest.mark.parametrize(
    ("brand", "severity"), [("Plugly", "high"), ("", "medium"), ("Unbranded", "medium"), ("Kitchen", "medium")]
)
def test_a_word_that_leads_its_own_goods_is_the_mark_where_the_brand_field_tells_another_maker(judged, brand, severity):
    assert judged("Orchard enamel mug 300 ml", category="Kitchen > Mugs", brand=brand)["orchard"] == severity


def test_a_shade_that_leads_the_title_stays_open(judged):
    assert judged("Orchard blue enamel mug", category="Kitchen > Mugs", brand="Plugly")["orchard"] == "medium"


def test_a_comparison_in_the_title_says_that_the_goods_compete(judged):
    assert judged("Garden hose 30 m, better than Stowella", category="Garden > Hoses")["stowella"] == "high"


def test_running_text_that_compares_with_its_own_brand_is_no_comparison_with_another(judged):
    row = {"category": "Electronics > Cameras", "brand": "Veltora", "description": "As good as Veltora can be."}
    assert judged("Veltora camera M50", **row)["veltora"] == "medium"


@pytest.mark.parametrize("title", ["Captain Orlo mug 300 ml", "Party garland Captain Orlo, 24 pieces"])
def test_a_character_is_what_the_goods_show_whatever_their_class(judged, title):
    assert judged(title, category="Home > Mugs")["captain-orlo"] == "high"


@pytest.mark.parametrize(
    "title", ["Case for Veltora M50 with Captain Orlo", "Coque pour Veltora M50 avec Captain Orlo"]
)
def test_a_character_behind_the_device_of_an_accessory_is_what_it_shows(judged, title):
    found = judged(title, category="Electronics > Cases")
    assert (found["captain-orlo"], found["veltora"]) == ("high", "low")


def test_a_name_that_goods_are_said_to_be_free_of_is_denied(judged):
    found = judged("Stowella-free kitchen, glass containers, 5 pieces", category="Kitchen > Food storage")
    assert found["stowella"] == "medium"


def test_the_words_of_a_title_in_a_longer_sentence_are_looked_at(judged):
    assert (
        judged('T-Shirt "only the last lamp turns off the moon", navy', category="Clothing > T-Shirts")["last-lamp"]
        == "medium"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Magnetic building tiles set, compatible with Brixomo, ages 3+",
        "100 piece building tiles compatible with Brixomo",
    ],
)
def test_toys_of_the_marks_own_kind_called_compatible_are_substitutes(judged, title):
    assert judged(title, category="Toys > Building sets > Tiles")["brixomo"] == "high"


def test_bowls_called_compatible_with_bowls_are_substitutes_and_lids_are_not(judged):
    assert (
        judged("Lunch containers compatible with Stowella bowls, set of 4", category="Kitchen > Food storage")[
            "stowella"
        ]
        == "high"
    )
    assert (
        judged("Replacement lids for Stowella SB2 bowls, set of 4", category="Kitchen > Food storage")["stowella"]
        != "high"
    )


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("USB charging cable for Veltora, clip charger 1 m", "medium"),
        ("Charging cable for Veltora and Quindara, 1 m", "medium"),
        ("Tempered glass for Veltora phones, 3 pieces", "medium"),
        ("Tempered glass for Veltora EF mount phones", "low"),
        ("Charging cable for Veltora M50, 1 m", "low"),
        ("Band for Veltora, Zorvix, Quandil, Huvaro, Ticwix, quick release", "medium"),
        ("& for Veltora, Zorvix, Quandil, Huvaro, Ticwix", "medium"),
        ("Band compatible with , , Veltora, Zorvix, Quandil, Huvaro, Ticwix", "medium"),
        ("Ladekabel für Veltora mit Kette, Schwarz, Weiss, Silber, Grau", "medium"),
    ],
)
def test_a_fit_needs_a_model(judged, title, severity):
    assert judged(title, category="Electronics > Accessories")["veltora"] == severity


@pytest.mark.parametrize(
    ("title", "site", "severity"),
    [
        ("교체용 필터 2개입 Veltora 미에어 프로H 호환", "coupang.com", "low"),
        ("スマホケース Veltora オリジナル 手帳型 全機種対応", "rakuten.co.jp", "medium"),
        ("Yedek filtre seti, Veltora Floor One S5 ve S5 Pro için, 2 adet", "trendyol.com", "low"),
        ("Support de charge compatible avec les téléphones Veltora M50", "amazon.fr", "low"),
    ],
)
def test_a_fit_is_said_behind_long_models_and_before_articles(judged, title, site, severity):
    assert judged(title, marketplace=site, category="")["veltora"] == severity


def test_a_part_of_a_composition_named_again_stays_a_part(judged):
    row = {
        "category": "Sports > Bicycles",
        "bullets": ["Components: Gruppora groupset"],
        "description": "Built up with Gruppora P11, stem and bar in alloy, tyres 28 mm.",
    }
    assert judged("Road bicycle steel frame size 55", **row)["gruppora"] == "low"


@pytest.mark.parametrize(
    ("title", "severity"), [("Milk chocolate “Chocolina” 100 g", "high"), ("Milk chocolate Chocolina 100 g", None)]
)
def test_a_word_alone_in_quotation_marks_at_its_own_goods_is_a_name(judged, title, severity):
    found = judged(title, category="Grocery > Chocolate", brand="Plugly").get("chocolina")
    assert found == severity if severity else found != "high"


def test_a_text_that_tells_another_brand_contradicts_the_brand_field(judged):
    row = {"category": "Electronics > Cameras", "brand": "Veltora"}
    assert (
        judged("Mirrorless camera 24 MP", description="Sold under our own brand Zorvixo.", **row)["veltora"] == "high"
    )
    assert judged("Mirrorless camera 24 MP", description="From the brand Veltora.", **row)["veltora"] == "medium"


RULES = """
marks:
  - {id: slogan, name: Keep Rowing Home Again, kind: slogan, classes: [25]}
  - {id: girral, name: Girral, classes: [9]}
  - {id: hegget, name: Hegget, classes: [9]}
  - {id: tiffany, name: Tiffany, classes: [11, 14], famous: true}
  - {id: zwirr, name: Zwirr, classes: [9, 28, 41]}
  - {id: daivo, name: Daivo, aliases: [ダイヴォ], classes: [28]}
  - {id: dececca, name: De Cecca, classes: [30]}
  - {id: elva, name: Elva, kind: character, common_word: true, near: [Frostia, doll], classes: [16, 28]}
  - {id: strip-aid, name: Strip-Aid, common_word: true, near: [adhesive, wound], classes: [5]}
  - {id: nappolo, name: Nappolo, classes: [11]}
"""


@pytest.mark.parametrize(
    ("category", "title", "fields", "mark", "severity"),
    [
        # a slogan in capitals before goods that are written small
        ("Clothing > Hats", "Keep Rowing Home Again embroidered baseball cap, red", {}, "slogan", "high"),
        ("Clothing > Hats", "Keep Rowing Home Again And Again And Again cap", {}, "slogan", "medium"),
        # words that describe behind the device's noun are no model
        ("Elektro > Lichtschalter", "Wippe passend für Girral Schalter reinweiß", {}, "girral", "medium"),
        ("Elektro > Lichtschalter", "Wippe passend für Girral Schalter E2 reinweiß", {}, "girral", "low"),
        # the settled style in other languages
        ("Casă > Iluminat", "Veioză stil Tiffany cu abajur din vitralii", {}, "tiffany", "medium"),
        ("Bijuterii > Inele", "Inel stil Tiffany din argint", {}, "tiffany", "high"),
        # goods on which somebody trains are no clothes
        (
            "Sports > Cyclisme > Home trainer",
            "Capteur de cadence pour vélo, utilisable avec l'application Zwirr 1.6",
            {},
            "zwirr",
            "low",
        ),
        # the models that Japanese goods fit
        (
            "釣り > リールパーツ",
            "リール用カーボンハンドル 90mm ダイヴォ 20タトゥ SV・22アルファ対応",
            {},
            "daivo",
            "low",
        ),
        ("釣り > リール", "ダイヴォ 20タトゥ SV 大物対応", {}, "daivo", "high"),
        # a house that makes food
        (
            "Alimentari > Pasta",
            "Pasta di semola Pastificio Monte Verdo, fusilli",
            {"brand": "De Cecca"},
            "dececca",
            "high",
        ),
        (
            "Alimentari > Pasta",
            "Pasta di semola Pastificio De Cecca, fusilli",
            {"brand": "De Cecca"},
            "dececca",
            "medium",
        ),
        # a work beside its character, and search terms in the mark's own goods
        ("Petreceri > Decorațiuni", "Invitație aniversare Elva și Frostia, PDF", {}, "elva", "high"),
        ("Petreceri > Decorațiuni", "Invitație aniversare pentru Elva, PDF", {}, "elva", "low"),
        (
            "Health > First Aid",
            "Fabric bandages 100 count",
            {"search_terms": "strip-aid adhesive strips wound cover"},
            "strip-aid",
            "high",
        ),
        # a spare part by how its compound begins
        ("Garten > Grillroste", "Nappolo Grill Ersatzrost aus Edelstahl", {"brand": "Rostwerk"}, "nappolo", "medium"),
    ],
)
def test_what_a_use_is_told_by(severities, category, title, fields, mark, severity):
    assert severities(RULES, category)(title, **fields).get(mark) == severity


MORE = """
marks:
  - {id: velluba, name: Velluba, classes: [12]}
  - {id: nunera, name: Nunera, classes: [12]}
  - {id: pegga, name: Pegga Perro, classes: [12]}
  - {id: mama-moose, name: Mama Moose, kind: phrase, common_word: true, classes: [25]}
  - {id: river-plain, name: River Plain, kind: word, classes: [25, 28, 41]}
  - {id: litter-droid, name: Litter-Droid}
  - {id: wihor, name: Wihor, classes: [8]}
"""


@pytest.mark.parametrize(
    ("category", "title", "fields", "mark", "severity"),
    [
        ("Baby > Strollers > Accessories", "Stroller cup holder fits Velluba Nunera Stroller Pegga Perro Clip", {}, "pegga", "low"),
        ("Baby > Strollers > Accessories", "Raincover compatible with Velluba+ and Velluba X, clear", {}, "velluba", "low"),
        ("Clothing > T-Shirts", "Mama Moose Shirt, Tee for New Mom, Mama Moose with Calves", {}, "mama-moose", "medium"),
        ("Hogar > Mates", "Mate de algarrobo, escudo River Plain grabado", {}, "river-plain", "medium"),
        ("Pets > Cats", "Drawer liner bags, Litter-Droid-compatible waste liners", {}, "litter-droid", "medium"),
        ("Werkzeug > Schraubendreher", "Schraubendreher-Set 6-teilig", {"brand": "Wihor", "bullets": ["Entwickelt und gefertigt von Torqueo Tools"]}, "wihor", "high"),
        ("Werkzeug > Schraubendreher", "Schraubendreher-Set 6-teilig", {"brand": "Wihor", "bullets": ["Entwickelt und gefertigt von Wihor"]}, "wihor", "medium"),
    ],
)  # fmt: skip
def test_what_stands_between_and_behind_names(severities, category, title, fields, mark, severity):
    assert severities(MORE, category)(title, **fields).get(mark) == severity
