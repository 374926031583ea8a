"""The compiled core does what numpy does, byte for byte, and takes nothing that it is told on trust."""

import contextlib
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.errors import UsageError
from listing_preflight.text import core as core_of
from listing_preflight.text import stream
from listing_preflight.text.batch import KINDS
from listing_preflight.text.charset import charset
from listing_preflight.text.core import core
from listing_preflight.text.hashing import powers
from listing_preflight.text.index import IndexMatcher
from listing_preflight.text.naive import NaiveMatcher
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.sift import Sift
from listing_preflight.text.tables import Tables
from listing_preflight.text.vocabulary import vocabulary

if core_of._core("auto").module is None:
    pytest.skip(f"no compiled core: it {core_of._core('auto').absent}", allow_module_level=True)
MODULE = core_of._core("auto").module
NAMES = ["Zorvane", "Quellar", "Coca Cola", "H&M", "Lego", "The North Fold", "Mach3", "Brindlewok Max", "佐瓦尼", "ゾルヴァーネ", "Зорвейн",
         "Apple", "X2", "Harbor", "vvorm", "burnt", "Sun Shine", "B&L", "4℃", "Zor-Vane", "zorvane"]  # fmt: skip
FORMS = make_forms([Spelling(n, n, n in ("Apple", "Harbor"), n == "Lego") for n in NAMES], vocabulary())
TABLES = Tables(FORMS, vocabulary())
PIECES = [*NAMES, "zorvan", "Zοrvane", "Z0rv@ne", "z o r v a n e", "co ca cola", "Zorvanes", "zorvanedupe", "apple pie", "h & m", "H m", "for",
          "\n", "\u200b", "\ud800", "a\u0301\u0336", "\u202e", "ﬁ", "™", "15", "quelar", "m@ch3", "$", "bumt", "mycoca cola", "the northfold",
          "İ", "ß", "brindelwok max", "Ｚｏｒｖａｎｅ", "z\u0000or", "x" * 70, "́", "ガ", "ｶﾞ", "적", "ᄒ\u1161"]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=10).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=8
).map("".join)


def matcher(wanted):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(core_of.SETTING, wanted)
        return IndexMatcher.over(TABLES, vocabulary())


COMPILED, ARRAYS, SLOW = matcher("on"), matcher("off"), NaiveMatcher(FORMS, vocabulary())


def in_arrays(texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(core_of.SETTING, "off")
        return ARRAYS.find_all(texts)


def compiled(texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(core_of.SETTING, "on")
        return COMPILED.find_all(texts)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_the_core_finds_what_arrays_find(texts):
    assert compiled(texts) == in_arrays(texts)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_core_finds_what_the_reference_finds(text):
    assert compiled([text]) == [SLOW.find(text)]


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
def test_a_text_is_read_alike(text, visual):
    ours, theirs = stream._compiled(MODULE, text, visual=visual), stream._in_arrays(text, visual=visual)
    assert ours.differing.tolist() == theirs.differing.tolist()
    assert ours.written.tolist() == theirs.written.tolist()
    for a, b in zip((ours.plain, ours.visual), (theirs.plain, theirs.visual), strict=True):
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            assert [column.tolist() for column in a] == [column.tolist() for column in b]
            assert a.running.tolist() == b.running.tolist()


def test_a_long_word_and_a_long_text_are_read_alike():
    text = " ".join(["z" * n for n in (1, 63, 64, 65, 127, 128, 129, 500)]) + "\n" + "zorvane 佐瓦尼 " * 500
    ours, theirs = stream._compiled(MODULE, text, visual=True), stream._in_arrays(text, visual=True)
    assert [column.tolist() for column in ours.plain] == [column.tolist() for column in theirs.plain]
    assert compiled([text]) == in_arrays([text])


SIFT = Sift(MODULE, TABLES, vocabulary())


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_no_text_with_a_match_is_sifted_out(texts):
    suspect = SIFT.sift(texts).suspect.tolist()
    assert all(is_so for is_so, found in zip(suspect, compiled(texts), strict=True) if found)


def test_a_text_of_ordinary_words_is_sifted_out():
    told = SIFT.sift(
        ["Two pockets and a soft lining for all of it", "Zorvane", "", "caf\u00e9 \u2013 d\u00e9cor\nof wood", "$5"]
    )
    assert told.suspect.tolist() == [False, True, False, False, True]
    assert told.read.tolist() == [True, True, True, True, False]


def test_texts_and_columns_that_do_not_fit_are_not_sifted():
    with pytest.raises(TypeError):
        MODULE.sift(
            SIFT._known, b"", 1, np.zeros(1, np.int64), (), np.zeros(64, np.uint64), (), (), np.zeros(1, np.uint64)
        )
    for starts in ([0, 9], [-1, 3], [2, 1]):
        with pytest.raises(ValueError, match="outside"):
            _sifted("bag", starts=np.array(starts, np.int64))
    for wrong in (
        {"up": np.zeros(8, np.uint64)},
        {"empty": np.zeros(4, np.uint64)},
        {"bits": 3},
        {"traits": (np.zeros(1, np.uint16),) * 8},
    ):
        with pytest.raises(ValueError, match=r"sift|array|columns"):
            _sifted("bag", **wrong)


def _sifted(text, starts=None, **wrong):
    known, table, t = charset(), SIFT._numbers.table(), SIFT._traits
    columns = (t.flags, t.length, t.shape, t.shape_length, t.letters, t.digits, t.tail, t.key)
    return MODULE.sift(
        SIFT._known, np.frombuffer(text.encode("ascii"), np.uint8), 1, np.array([0, len(text) + 1]) if starts is None else starts,
        (known.kind, known.letter, known.value, known.ready), wrong.get("up", powers(80)), (*table[:2], wrong.get("bits", table[2])),
        wrong.get("traits", columns), wrong.get("empty", np.zeros(1 << 16, np.uint64)),
    )  # fmt: skip


def test_what_does_not_fit_together_is_refused():
    known = MODULE.Tables(COMPILED._engine._arrays)
    empty = np.zeros(0, np.int64)
    with pytest.raises(ValueError, match="columns"):
        MODULE.plain(known, (empty,), empty, empty, 1)
    with pytest.raises(TypeError):
        MODULE.plain(None, (), empty, empty, 1)
    with pytest.raises(ValueError, match="wide"):
        MODULE.runs(b"", 3, empty, empty, True)
    with pytest.raises(KeyError):
        MODULE.Tables({})
    with pytest.raises(ValueError, match="rows"):
        MODULE.Tables({**COMPILED._engine._arrays, "easy": np.zeros(1, np.bool_)})


@pytest.mark.parametrize(
    "name", ["exact/numbers", "exact/buckets", "exact/starts", "first", "lengths", "start", "count", "key_of", "filed"]
)
def test_a_number_that_points_outside_is_an_error_and_no_crash(name, monkeypatch):
    monkeypatch.setenv(core_of.SETTING, "on")
    arrays = dict(COMPILED._engine._arrays)
    for value in (-(1 << 31), (1 << 31) - 1):
        arrays[name] = np.full_like(arrays[name], value)
        with pytest.raises(IndexError, match=r"outside|fit"):
            _with(arrays).find_all([" ".join(PIECES)])


@pytest.mark.parametrize(
    "name", ["exact/numbers", "exact/buckets", "exact/starts", "looks/numbers", "first", "lengths", "key_of"]
)
def test_a_damaged_table_sifts_nothing_out_and_does_not_crash(name):
    for value in (-(1 << 31), (1 << 31) - 1):
        arrays = dict(SIFT._arrays)
        arrays[name] = np.full_like(arrays[name], value)
        damaged = Sift(MODULE, TABLES, vocabulary())
        damaged._known = MODULE.Tables(arrays)
        texts = [" ".join(NAMES), "bumt m@ch3 coca cola", "Sun Shine brindelwok max"]
        with contextlib.suppress(IndexError):
            assert damaged.sift(texts).suspect.all()


def _with(arrays):
    found = matcher("on")
    found._engine._known = MODULE.Tables(arrays)
    return found


def test_kinds_have_the_numbers_that_the_core_knows():
    assert KINDS == ("edit", "exact", "glued", "joined", "plural", "respaced", "split", "visual")  # core/windows.c


def test_the_setting_chooses(monkeypatch):
    monkeypatch.setenv(core_of.SETTING, "off")
    assert core().name == "numpy"
    monkeypatch.setenv(core_of.SETTING, "on")
    assert core().name == "compiled"
    monkeypatch.setenv(core_of.SETTING, "perhaps")
    with pytest.raises(UsageError, match="off, on or auto"):
        core()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_core_that_is_cut_short_is_not_used(tmp_path, share):
    if not MODULE.__file__.endswith(".so") or sys.platform != "linux":
        pytest.skip("a library of Linux is cut")
    whole = pathlib.Path(MODULE.__file__).read_bytes()
    package = tmp_path / "listing_preflight"
    shutil.copytree(
        pathlib.Path(MODULE.__file__).parents[1], package, ignore=shutil.ignore_patterns("*.so", "__pycache__")
    )
    (package / "text" / pathlib.Path(MODULE.__file__).name).write_bytes(whole[: int(len(whole) * share)])
    code = "from listing_preflight.text.core import core; print(core().name, core().absent)"
    env = {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    out = subprocess.run(
        [sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert out.stdout.startswith("numpy "), out.stdout
    assert "install" in out.stdout
