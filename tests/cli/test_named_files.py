"""Files that a user names and that are not what they should be: a word on what, where and what to do, never a traceback."""

import os

import pytest

from listing_preflight.errors import PreflightError
from listing_preflight.judging.overlay import read_overlay
from listing_preflight.judging.seller import read_seller
from listing_preflight.policy.pack_reader import read_packs
from listing_preflight.watchlists.read import read_lists

RULE = "{id: A, fields: [title], construct: {use: imitation}, effect: block, text: t, source: s, seen: 2026-01-01, confidence: low}"
PACK = "pack: {platform: amazon, version: '1'}\nrules: [" + RULE + "]\n"
READERS = {
    "list": lambda p: read_lists([p]),
    "seller": read_seller,
    "policy": lambda p: read_packs([p]),
    "overlay": read_overlay,
}
WRONG = [
    ("list", "marks: [{name: X, registrations: [{office: US, registered: 2020-99-01}]}]"),
    ("seller", "own_marks: 5"),
    ("seller", "seller: x"),
    ("seller", "authorisations: {mark: X}"),
    ("seller", "authorisations: [{mark: X, classes: [99]}]"),
    ("seller", "authorisations: [{mark: X, classes: [[1]]}]"),
    ("seller", "authorisations: [{mark: X, until: 2026-02-31}]"),
    ("policy", "\x01"),
    ("policy", PACK.replace("effect: block", "effect: [a]")),
    ("policy", PACK.replace("use: imitation", "use: bogus")),
    ("policy", PACK.replace("use: imitation", "reasons: 5")),
    ("policy", PACK.replace("use: imitation", "wording: x")),
    ("policy", PACK.replace("[title]", "title")),
    ("policy", PACK.replace("2026-01-01", "2026-13-01")),
    ("overlay", "ordinary: 5"),
    ("overlay", "ordinary: [{name: x, classes: [a]}]"),
]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_a_wrong_file_is_an_error_that_names_it(tmp_path, kind, text):
    file = tmp_path / "named.yaml"
    file.write_text(text)
    with pytest.raises(PreflightError, match=r"named\.yaml"):
        READERS[kind](file)


def test_the_pack_of_this_test_is_right(tmp_path):
    file = tmp_path / "named.yaml"
    file.write_text(PACK)
    assert any(rule.id == "A" for rule in read_packs([file]))


@pytest.mark.parametrize("kind", READERS)
def test_a_pipe_is_refused_and_not_waited_for(tmp_path, kind):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with a name here")
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(PreflightError, match="not a regular file"):
        READERS[kind](tmp_path / "pipe.yaml")


def test_a_pipe_proves_nothing(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with a name here")
    os.mkfifo(tmp_path / "proof.pdf")
    file = tmp_path / "seller.yaml"
    file.write_text("authorisations: [{mark: X, kind: licence, document: proof.pdf}]")
    assert read_seller(file).authorisations[0].fault == "document-missing"
