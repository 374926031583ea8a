"""Which grammars read a listing, and what a grammar with an error does."""

import pytest

from listing_preflight.errors import ListError
from listing_preflight.judging import speech
from listing_preflight.judging.grammar import anywhere, languages, read_grammar
from tests.conftest import listing


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("Tasche für Damen mit Reißverschluss und Futter", "de", "sv"),
        ("Sac à main pour femme avec fermeture", "fr", "de"),
        ("Placa de som para o computador com cabo", "pt", "sv"),
        ("Leather tote bag waterproof", "en", "id"),
        ("Сумка для ноутбука", "ru", "ja"),
        ("トートバッグ 帆布", "ja", "zh"),
        ("帆布包 手提包", "zh", "ja"),
        ("운동화 for men and women", "ko", "ar"),
        ("حذاء رجالي", "ar", "ru"),
        ("תיק לנשים", "he", "ar"),
        ("Чанта за лаптоп", "bg", "ja"),
        ("Сумка с отделением, мягкая подкладка, вышивка", "ru", "ja"),
        ("Чехол, мягкий, для книги и карты, цвет чёрный", "ru", "bg"),
        ("Torba za prijenosno računalo s džepom", "hr", "sv"),
        ("Taška na notebook so zipsom alebo pre ženy", "sk", "sv"),
        ("Veske til damer med glidelås og uten fôr", "no", "de"),
        ("Beg untuk wanita yang boleh anda bawa", "ms", "sv"),
        ("Kott naistele, mis on mõeldud sülearvuti jaoks, koos taskuga", "et", "sv"),
        ("Soma ar kabatu, paredzēta sievietēm un vīriešiem", "lv", "sv"),
        ("Torba za prenosnik, ki je izdelana iz usnja, brez logotipa", "sl", "sv"),
        ("Ang bag na ito ay gawa sa katad ng mga taga-Marikina", "tl", "sv"),
        ("ল্যাপটপ ব্যাগ", "bn", "hi"),
        ("லேப்டாப் பை", "ta", "bn"),
        ("Торба за лаптоп, кожна, са џепом", "sr", "bg"),
        ("Фотоапарат и торба", "sr", "en-GB"),
        ("Сумка для ноутбука, чёрная", "ru", "sr"),
    ],
)
def test_languages_by_script_and_function_words(text, has, lacks):
    spoken = speech.of_text(text).languages
    assert has in spoken
    assert lacks not in spoken


def test_mixed_texts_use_all_that_occur_and_english_always():
    spoken = speech.of_text("帆布包 for men und für Damen mit Futter").languages
    assert {"zh", "de", "en"} <= set(spoken)


def test_a_short_text_that_tells_nothing_is_read_with_every_latin_grammar():
    assert {"de", "fr", "tr", "sv"} <= set(speech.of_text("Quellar tarzı").languages)
    assert set(speech.of_text("Quellar tarzı").languages) <= languages()


def test_a_language_without_a_grammar_is_said(scan):
    row = {**listing("ჩანთა NIKE ქალებისთვის"), "category": "Clothing"}
    (finding,) = scan(row).listings[0]["findings"]
    assert {"code": "language-without-grammar", "scripts": "georgian"} in finding["reasons"]
    assert not any(
        r["code"] == "language-without-grammar"
        for r in scan({**row, "title": "Сумка NIKE"}).listings[0]["findings"][0]["reasons"]
    )


def test_words_of_another_language_do_not_read_a_listing(scan):
    """Swedish "som" is like; Portuguese "som" is sound."""
    row = {**listing("Caixa de som NIKE para o carro com cabo"), "category": "Clothing"}
    assert scan(row).listings[0]["findings"][0]["use"] == "identity"


def test_one_to_one_must_stand_as_written():
    assert anywhere("Watch 1:1 copy", "imitation_anywhere") == ("1", "1")
    assert anywhere("Version 1.1 of 11:1", "imitation_anywhere") is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("claims: [official]\nimitations: [like]\n", 2, "imitations"),
        ("claims: [official]\nfillers: and\n", 2, "fillers"),
        ("claims: [official]\nfillers: [and,\n  '!!']\n", 3, "fillers"),
        ("claims: [official]\nclaims: [x]\n", 2, "claims"),
        ("claims: [official\n", 2, "YAML"),
        ("- x\n", None, "kinds"),
    ],
)
def test_a_grammar_with_an_error_names_file_line_and_kind(text, line, said):
    with pytest.raises(ListError) as caught:
        read_grammar("xx.yaml", text)
    assert said in str(caught.value)
    assert (f"xx.yaml:{line}" if line else "xx.yaml") in str(caught.value)
