"""One atomic replace for every file that the program writes: whole or as it was, where a link leads, with the mode that was there."""

import os
import stat

import pytest

from listing_preflight.storage.replacing import drafted, replacing


def test_the_file_is_as_it_was_until_the_end(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    with replacing(path) as out:
        out.write(b"new")
        out.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, SystemExit, OSError])
def test_after_a_fault_it_is_as_it_was(tmp_path, fault):
    path = tmp_path / "a"
    path.write_text("old")

    def write():
        with replacing(path, text=True) as out:
            out.write("new")
            raise fault

    with pytest.raises(fault):
        write()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there/file")
    with replacing(tmp_path / "link") as out:
        out.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there/file").read_bytes() == b"new"


def test_modes(tmp_path):
    umask = os.umask(0o027)
    try:
        with replacing(tmp_path / "new") as out:
            out.write(b"x")
        (tmp_path / "old").touch()
        (tmp_path / "old").chmod(0o640)
        with replacing(tmp_path / "old") as out:
            out.write(b"x")
    finally:
        os.umask(umask)
    assert [stat.S_IMODE((tmp_path / n).stat().st_mode) for n in ("new", "old")] == [0o640, 0o640]


@pytest.mark.parametrize("name", ["a" * 250, "耐" * 80, "é" * 120 + ".csv"])
def test_long_names(tmp_path, name):
    with replacing(tmp_path / name) as out:
        out.write(b"x")
    assert (tmp_path / name).read_bytes() == b"x"


def test_a_draft_may_be_read_and_keeps_its_ending(tmp_path):
    with drafted(tmp_path / "a.csv", ".csv") as draft:
        draft.write_text("x")
        assert draft.suffix == ".csv"
    assert (tmp_path / "a.csv").read_text() == "x"


def test_a_place_that_cannot_be_written_to(tmp_path):
    with pytest.raises(OSError, match="No such file"), replacing(tmp_path / "no/such"):
        raise AssertionError
