"""The prepared grammars are those of their files, and a file that changed is read itself."""

import importlib.util
from pathlib import Path

import pytest
import yaml

from listing_preflight.judging import fits, grammar, speech

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "src/listing_preflight/judging/data/grammar").glob("*.yaml"))


def test_the_prepared_table_is_what_the_script_makes_of_the_files():
    spec = importlib.util.spec_from_file_location("build_grammar_table", ROOT / "scripts/build_grammar_table.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.OUT.read_bytes() == script.build(), "a grammar or the folding has changed: run `make tables`"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_prepared_sheet_is_that_of_the_file(file):
    read = grammar.sheet(grammar.read_grammar(file.name, file.read_text("utf-8")))
    assert grammar._files().sheets[file.stem]() == read


def test_a_file_that_changed_is_read_itself(monkeypatch):
    monkeypatch.setattr(grammar, "digest_of", lambda _: "changed")
    read = grammar._files.__wrapped__()
    assert read.sheets.keys() == grammar._files().sheets.keys()
    assert all(read.sheets[lang]() == grammar._files().sheets[lang]() for lang in ("de", "ja"))
    assert not read.together
    assert grammar.signs_of(read.sheets) == grammar.signs()


@pytest.mark.parametrize("kind", ["imitation_before", "compatible_before", "signs"])
@pytest.mark.parametrize("spoken", [None, tuple(sorted(speech.latin())), ("en", "de", "tr"), ("ja",)])
def test_languages_together_say_what_each_says(kind, spoken):
    together = grammar.grammar(spoken)[kind]
    asked = sorted(grammar.languages() if spoken is None else spoken)
    parts = grammar.Grammar((), [grammar.grammar((lang,))[kind] for lang in asked])
    assert together.phrases == parts.phrases
    assert together.by_first == parts.by_first
    assert together.by_last == parts.by_last


def test_a_kind_that_no_grammar_has_is_no_kind():
    with pytest.raises(KeyError):
        grammar.grammar(("en",))["verbs"]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_no_phrase_stands_twice_in_a_list(file):
    lists = {k: v for k, v in yaml.safe_load(file.read_text("utf-8")).items() if isinstance(v, list)}
    assert {k: twice for k, v in lists.items() if (twice := {str(p) for p in v if v.count(p) > 1})} == {}


def test_no_little_word_is_one_for_people():
    told = {w for lang in grammar.languages() for (w, *more) in grammar.grammar((lang,))["fillers"].phrases if not more}
    assert fits.for_people().isdisjoint(told | {"si", "se", "de", "la"})
