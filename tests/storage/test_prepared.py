"""Prepared documents are those of their files, and a document that changed, or a damaged store, is read itself."""

import importlib.resources
import importlib.util
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.storage import prepared

ROOT = Path(__file__).parents[2]


def test_the_store_is_what_the_script_makes_of_the_documents():
    spec = importlib.util.spec_from_file_location("build_documents", ROOT / "scripts/build_documents.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    kept, fresh = pickle.loads(script.OUT.read_bytes()), script.build()
    said = "a document has changed: run `make tables`"
    assert {k: digest for k, (digest, _) in kept.items()} == {k: digest for k, (digest, _) in fresh.items()}, said
    assert all(pickle.loads(kept[k][1]) == pickle.loads(fresh[k][1]) for k in fresh), said


@pytest.mark.parametrize("store", [b"", b"\x80\x05N.", b"no pickle", pickle.dumps({"a": 1}), None])
def test_without_a_store_the_document_is_read(store, monkeypatch, tmp_path):
    place = importlib.resources.files("listing_preflight.policy").joinpath("data/terms.yaml")
    if store is not None:
        (tmp_path / prepared.PREPARED).write_bytes(store)
    monkeypatch.setattr(
        prepared.importlib.resources, "files", lambda room: place.parents[1] if "policy" in room else tmp_path
    )
    monkeypatch.setattr(prepared, "_prepared", prepared._prepared.__wrapped__)
    assert prepared.document("listing_preflight.policy", "data/terms.yaml") == prepared.written(place.read_bytes())


def test_a_document_that_changed_is_read(monkeypatch):
    monkeypatch.setattr(prepared, "digest_of", lambda _: "changed")
    monkeypatch.setattr(prepared, "written", lambda _: "read")
    assert prepared.document("listing_preflight.policy", "data/terms.yaml") == "read"


def cut(entry):
    return entry[0], entry[1][:-9]


DAMAGES = [
    cut,
    lambda e: (e[0], b""),
    lambda e: (e[0], b"no pickle"),
    lambda e: (e[0], None),
    lambda e: e[1:],
    lambda _: 1,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_value_is_read_from_its_document(monkeypatch, damage):
    place = importlib.resources.files("listing_preflight.policy").joinpath("data/terms.yaml")
    store = prepared._prepared()
    key = "listing_preflight.policy/data/terms.yaml"
    monkeypatch.setattr(prepared, "_prepared", lambda: {**store, key: damage(store[key])})
    assert prepared.document("listing_preflight.policy", "data/terms.yaml") == prepared.written(place.read_bytes())


@pytest.mark.parametrize("damage", [*DAMAGES, lambda e: (e[0], pickle.dumps(["no", "words"]))])
def test_damaged_words_are_folded_anew(monkeypatch, damage):
    store = prepared._prepared()
    assert prepared.folded()
    monkeypatch.setattr(prepared, "_prepared", lambda: {**store, prepared.FOLDED: damage(store[prepared.FOLDED])})
    assert prepared.folded() == {}


@settings(max_examples=50)
@given(st.data())
def test_a_value_cut_anywhere_is_read_from_its_document(data):
    key, room, place = "listing_preflight.policy/data/terms.yaml", "listing_preflight.policy", "data/terms.yaml"
    store = prepared._prepared()
    digest, value = store[key]
    whole = prepared.document(room, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            prepared, "_prepared", lambda: {**store, key: (digest, value[: data.draw(st.integers(0, len(value) - 1))])}
        )
        assert prepared.document(room, place) == whole
