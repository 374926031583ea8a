"""One suite that every format passes, over its example export: cells known, damage told, nothing raised."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.errors import PreflightError
from listing_preflight.model.listing import Gap, Listing, Note
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import FORMATS, choose
from listing_preflight.readers.source import bytes_source, open_source
from tests.readers.reading import EXPORTS, plain, read, read_file

FILES = sorted(EXPORTS.iterdir())
TEXT_FILES = [p for p in FILES if p.suffix in (".csv", ".txt", ".tsv", ".json", ".jsonl", ".xml")]
ITEM = Listing | Gap | Note


def tolerant(data):
    """What a run does with a source: items, or one error that the user sees as a gap."""
    try:
        return read(data)
    except PreflightError as e:
        return [e]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
class TestFormat:
    def test_every_text_names_its_cell(self, path):
        for item in read_file(path):
            if isinstance(item, Listing):
                assert item.texts
                assert all(t.row and t.row >= item.origin.row and t.column for t in item.texts)

    def test_columns_are_shown(self, path):
        source = open_source(path, path.name)
        choice = choose(source, ReadOptions())
        shown = choice.format.columns(choice.seen, ReadOptions())
        assert choice.reason
        assert "title" in {c.reading for c in shown} or choice.seen.carrier == "xml"

    def test_twice_the_same(self, path):
        assert read_file(path) == read_file(path)

    def test_through_a_pipe_the_same(self, path):
        from listing_preflight.readers.catalog import read_stream

        with path.open("rb") as stream:
            items = list(read_stream(stream, ReadOptions()))
        texts = [plain(i)["texts"] for i in items if isinstance(i, Listing)]
        assert texts == [plain(i)["texts"] for i in read_file(path) if isinstance(i, Listing)]

    def test_cut_anywhere_never_raises(self, path):
        data = path.read_bytes()
        for n in range(0, len(data), max(1, len(data) // 60)):
            assert all(isinstance(i, ITEM | PreflightError) for i in tolerant(data[:n]))

    @pytest.mark.parametrize("junk", [b"\0", b"\xed\xa0\x80", b"\x1b[31m", b'"', b"\xff\xfe"])
    def test_junk_never_raises(self, path, junk):
        data = path.read_bytes()
        for n in range(0, len(data), max(1, len(data) // 25)):
            assert all(isinstance(i, ITEM | PreflightError) for i in tolerant(data[:n] + junk + data[n:]))

    def test_a_forced_format_that_does_not_fit_is_told(self, path):
        for form in FORMATS:
            try:
                items = read(path.read_bytes(), input_format=form.name)
            except PreflightError:
                continue
            assert items


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda p: p.name)
def test_other_line_ends_and_encodings_read_the_same(path):
    raw = path.read_bytes()
    source = bytes_source(raw, path.name)
    if path.suffix == ".xml":
        return  # an XML file declares its own
    text = raw.decode(source.encoding)
    plain_texts = [[t[:3] for t in plain(i)["texts"]] for i in read(raw) if isinstance(i, Listing)]
    for other in (text.replace("\r\n", "\n").encode(source.encoding), text.rstrip().encode(source.encoding)):
        assert [[t[:3] for t in plain(i)["texts"]] for i in read(other) if isinstance(i, Listing)] == plain_texts
    for encoding in ("utf-8-sig", "utf-16", "utf-16-be", "utf-32"):
        items = read(text.removeprefix("\ufeff").encode(encoding))
        assert [[t[:3] for t in plain(i)["texts"]] for i in items if isinstance(i, Listing)] == plain_texts


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_items_or_one_error(data):
    assert all(isinstance(i, ITEM | PreflightError) for i in tolerant(data))


@settings(max_examples=150)
@given(st.sampled_from(FILES), st.data())
def test_any_byte_may_be_damaged(path, data):
    raw = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255))
    assert all(isinstance(i, ITEM | PreflightError) for i in tolerant(bytes(raw)))
