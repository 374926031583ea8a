"""The goods of invented listings in every language: the head noun decides, whatever it is for, comes with or is made of."""

import csv
import importlib.util
import pathlib

import pytest

from listing_preflight.judging import goods, headnoun, nouns
from listing_preflight.judging.grammar import words
from listing_preflight.model.listing import Listing, Origin, Text

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROWS = list(csv.reader((ROOT / "fixtures/goods/rows.tsv").read_text("utf-8").splitlines(), delimiter="\t"))[1:]


@pytest.mark.parametrize("row", ROWS, ids=[f"{r[0]}-{i}" for i, r in enumerate(ROWS)])
def test_invented_rows(row):
    _, category, title, number = row
    assert goods.of_texts(category, title).first() == int(number)


@pytest.mark.parametrize(
    "path", ["Home", "Other", "Women", "Sonstiges", "Maison", "104982", "cat_7781 > 2291", "Otros"]
)
def test_a_vague_path_or_a_number_never_overrides_a_clear_noun(path):
    assert goods.of_texts(path, "Wool blanket with fringes").first() == 24


def test_a_department_yields_to_the_noun_of_the_title_and_a_clear_last_step_does_not():
    assert goods.of_texts("Toys", "Kids backpack").first() == 18
    assert goods.of_texts("Kids > Backpacks", "Dinosaur toy friends").first() == 18


def test_the_description_is_asked_where_path_and_title_say_nothing():
    assert goods.of_texts("", "Zorvex 3000").first() is None
    assert goods.of_texts("", "Zorvex 3000", "Ceramic teapot with lid.").first() == 21
    assert goods.of_texts("", "Zorvex lamp", "Ceramic teapot with lid.").first() == 11


def test_a_noun_that_is_english_is_not_read_as_another_language():
    assert goods.of_texts("", "Socket set for mechanics").first() != 25


def test_the_prepared_table_is_what_the_script_makes_of_the_nouns():
    spec = importlib.util.spec_from_file_location("build_noun_tables", ROOT / "scripts/build_noun_tables.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.OUT.read_bytes() == script.build()


@pytest.mark.parametrize("code", sorted(nouns.languages()))
def test_a_noun_says_its_classes_over_all_languages_too(code):
    lang, every = nouns.languages()[code], nouns.votes()
    told = {key: found for key, found in lang.nouns.items() if not lang.rules.toned or " " in key}
    assert all(set(every.get(words(key))) >= set(found) - {0} for key, found in told.items())


@pytest.mark.parametrize("code", sorted(nouns.languages()))
def test_every_language_names_goods_of_most_classes(code):
    classes = {c for found in nouns.languages()[code].nouns.values() for c in found}
    assert len(classes & set(range(1, 35))) >= 32


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Jurkje met bloemen", 25), ("Gehaakt mutsje wol", 25), ("Katoenen dekentje baby", 24), ("Houten bloempotje", 21), ("Ringetje zilver", 14),
        ("Täschchen aus Leder", 18), ("Lämpchen LED", 11), ("Tischlein Holz", 20), ("Jäckchen gestrickt", 25),
        ("Vestidinho infantil algodão", 25), ("Bolsinha de couro", 18), ("Colarzinho de prata", 14), ("Bonequinha de pano", 28),
        ("Bolsito de cuero", 18), ("Zapatitos bebé", 25), ("Muñequita de trapo", 28), ("Cajita de madera", 20),
    ],
)  # fmt: skip
def test_a_diminutive_is_its_noun(title, number):
    assert goods.of_texts("", title).first() == number


@pytest.mark.parametrize(
    ("word", "code"), [("hähnchen", "de"), ("granito", "es"), ("vinho", "pt"), ("toetje", "nl"), ("mosquito", "es")]
)
def test_a_word_that_only_ends_as_a_diminutive_is_none(word, code):
    assert nouns._diminished(words(word)[0], nouns.languages()[code]) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("Handtasche für Damen aus Leder", "de"), ("sac à main pour femme", "fr"), ("кроссовки мужские", "ru"), ("กระเป๋าถือ", "th"), ("スマホケース", "ja"), ("laukku naisten", "fi")],
)  # fmt: skip
def test_the_language_of_a_title(text, code):
    assert headnoun.spoken(text)[0] == code


@pytest.mark.parametrize(
    ("category", "title", "number"),
    [
        ("घर > सजावट", "मिट्टी की मूर्ति हाथ से बनी", 20), ("תכשיטים > עגילים", "עגילי כסף עבודת יד", 14), ("Одяг", "Вишиванка жіноча льняна", 25),
        ("Дом", "Раница за туризъм 40 л", 18), ("Domov", "Vankúš dekoračný 45x45", 20), ("Dom", "Čarape za planinarenje 2 para", 25),
        ("Namai", "Puodelis su dangteliu", 21),
    ],
)  # fmt: skip
def test_languages_with_tables_of_their_own(category, title, number):
    assert goods.of_texts(category, title).first() == number


def test_a_vietnamese_syllable_is_read_with_its_tone():
    assert goods.of_texts("Thực phẩm > Cà phê", "Cà phê rang xay nguyên chất").first() == 30
    assert goods.of_texts("Mẹ và bé", "Bỉm quần cho bé").first() == 5


def test_an_unsure_noun_of_a_path_yields_to_the_noun_of_the_title():
    assert goods.of_texts("Koti", "Räsymatto pirtaan kudottu").first() == 27
    assert goods.of_texts("Kjøkken > Oppbevaring", "Matboks med tre rom").first() == 21


def test_what_is_included_or_attached_is_not_the_goods():
    assert goods.of_texts("", "水中フィルター ポンプ付き 60cm水槽用").first() == 11
    assert goods.of_texts("", "휴대폰케이스 스트랩 포함").first() == 9


def test_a_name_in_the_title_is_no_noun_unless_nothing_else_tells():
    listing = Listing(id="1", origin=Origin("a.csv", 1), texts=(Text("title", "アンパンマン 水筒 子供用"),))
    assert goods.of_listing(listing, [(0, 6)]).nouns == ("水筒",)
    alone = Listing(id="2", origin=Origin("a.csv", 1), texts=(Text("title", "Thermos"),))
    assert goods.of_listing(alone, [(0, 7)]) == goods.of_listing(alone)


@pytest.mark.parametrize(
    ("category", "title", "number"),
    [
        ("Jardín > Barbacoas", "Carbón vegetal de encina, saco 10 kg", 4), ("Cucina > Macchine per pasta", "Impastatrice a spirale 7 kg", 7),
        ("Hem > Golv", "Badrumsmatta grå 60x90", 27), ("Optik", "Lesebrille mit Etui +2,00", 10),
    ],
)  # fmt: skip
def test_a_short_path_yields_to_the_noun_that_opens_the_title(category, title, number):
    assert goods.of_texts(category, title).first() == number
