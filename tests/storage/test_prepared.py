"""Prepared documents are those of their files, and a document that changed, or a damaged store, is read itself."""

import importlib.resources
import importlib.util
import pickle
from pathlib import Path

import pytest

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
