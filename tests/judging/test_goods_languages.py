"""The goods of invented listings in every language: the head noun decides, whatever it is for, comes with or is made of."""

import csv
import importlib.util
import pathlib

import pytest

from listing_preflight.judging import goods, headnoun, nouns
from listing_preflight.judging.grammar import words

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
def test_a_noun_of_the_table_is_folded_already(code):
    assert all(nouns.written(key) == words(key) for key in nouns.languages()[code].nouns)


@pytest.mark.parametrize("code", sorted(nouns.languages()))
def test_every_language_names_goods_of_most_classes(code):
    classes = {c for found in nouns.languages()[code].nouns.values() for c in found}
    assert len(classes & set(range(1, 35))) >= 32


@pytest.mark.parametrize(
    ("text", "code"),
    [("Handtasche für Damen aus Leder", "de"), ("sac à main pour femme", "fr"), ("кроссовки мужские", "ru"), ("กระเป๋าถือ", "th"), ("スマホケース", "ja"), ("laukku naisten", "fi")],
)  # fmt: skip
def test_the_language_of_a_title(text, code):
    assert headnoun.spoken(text)[0] == code
