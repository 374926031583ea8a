"""XML feeds: raw ampersands mended and told, entities never expanded, damage a gap, memory bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing_preflight.model.listing import Gap, Listing, Note
from listing_preflight.readers.carriers import xml_items
from tests.readers.reading import listings, read

HEAD = '<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>'
TAIL = "</channel></rss>"


def feed(*items):
    return HEAD + "".join(f"<item>{i}</item>\n" for i in items) + TAIL


def test_raw_ampersands_are_text_and_told_once():
    items = read(
        feed("<g:id>1</g:id><title>H&M dress & belt</title>", "<g:id>2</g:id><title>A &amp; B&nbsp;&bogus; C</title>")
    )
    assert [i.first("title") for i in items if isinstance(i, Listing)] == ["H&M dress & belt", "A & B&nbsp;&bogus; C"]
    (note,) = [i for i in items if isinstance(i, Note)]
    assert note.detail.startswith("4 raw &")
    assert note.origin.row == 2


def test_ampersands_in_cdata_and_comments_stay():
    (row,) = listings(feed("<!-- R&D --><g:id>1</g:id><title><![CDATA[B&Q <b>saw</b>]]></title>"))
    assert row.first("title") == "B&Q <b>saw</b>"


@given(st.integers(1, 60), st.text(alphabet="ab& ;<>", max_size=60))
def test_chunks_may_end_anywhere(size, text):
    """Whatever stands in a CDATA section or as escaped text arrives as it was, however the bytes are cut."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    was, xml_items.CHUNK = xml_items.CHUNK, size
    try:
        (row,) = listings(feed(f"<g:id>1</g:id><title>x{escaped}</title><g:brand><![CDATA[y{text}]]></g:brand>"))
    finally:
        xml_items.CHUNK = was
    assert (row.first("title"), row.first("brand")) == (f"x{text}", f"y{text}")


def test_entity_bombs_expand_to_nothing():
    bomb = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    text = feed("<g:id>1</g:id><title>Mug &c;</title>").replace("<rss", bomb + "<rss", 1)
    found = [i for i in read(text) if isinstance(i, Listing)]
    assert all(len(t.value) < 100 for i in found for t in i.texts)


def test_outside_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", "utf-8")
    text = feed("<g:id>1</g:id><title>Mug &x;</title>").replace(
        "<rss", f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss', 1
    )
    assert "hidden" not in str(read(text))


def test_broken_xml_is_a_gap_and_the_rest_is_read():
    items = read(
        feed(
            "<g:id>1</g:id><title>Mug</title>",
            "<g:id>2</g:id><title>Cup<title></g:id>",
            "<g:id>3</g:id><title>Jug</title>",
        )
    )
    assert {"1", "3"} <= {i.id for i in items if isinstance(i, Listing)}
    assert any("broken XML" in i.detail for i in items if isinstance(i, Gap))


def test_lines_beyond_the_16_bit_limit_are_told():
    text = (
        HEAD
        + "<item><g:id>0</g:id><title>Jug</title></item>"
        + "\n" * 70_000
        + "<item><g:id>1</g:id><title>Mug</title></item>"
        + TAIL
    )
    assert listings(text)[1].origin.row == 70_002


def test_a_declared_encoding_is_taken():
    text = feed("<g:id>1</g:id><title>Набор кружек</title>").replace(
        'version="1.0"?', 'version="1.0" encoding="windows-1251"?'
    )
    assert listings(text, "cp1251")[0].first("title") == "Набор кружек"


def feed_of(*titles, declaration=b""):
    items = b"\n".join(b"<item><g:id>%d</g:id><g:title>%s</g:title></item>" % (n, t) for n, t in enumerate(titles))
    start = b'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
    return declaration + start + items + b"\n</channel></rss>"


DECLARED = b'<?xml version="1.0" encoding="%s"?>\n'


@pytest.mark.parametrize("declaration", [b"", DECLARED % b"utf-8"])
def test_a_foreign_byte_in_utf_8_xml_is_a_gap_of_its_record_alone(declaration):
    raw = feed_of("Größe für Möwen".encode(), b"Caf\xe9 blanc", "Tschüß Straße".encode(), declaration=declaration)
    items = read(raw, name="x.xml")
    assert [i.first("title") for i in items] == ["Größe für Möwen", "Caf\ufffd blanc", "Tschüß Straße"]
    assert [len(i.gaps) for i in items] == [0, 1, 0]
    assert f"in line {3 + bool(declaration)}: 0xE9;" in items[1].gaps[0].detail


def test_a_hole_of_the_declared_table_is_a_gap():
    (item,) = read(feed_of(b"Caf\x81 x", declaration=DECLARED % b"windows-1252"), name="x.xml")
    assert "0x81" in item.gaps[0].detail


@pytest.mark.parametrize("said", [b"iso-8859-1", b"windows-1252", b"utf-16", b"rot13", b"no-such"])
def test_utf_8_that_declares_another_table_is_read_as_its_bytes_tell(said):
    (item,) = read(feed_of("Größe für Möwen".encode(), declaration=DECLARED % said), name="x.xml")
    assert (item.first("title"), item.gaps) == ("Größe für Möwen", ())


def test_the_encoding_that_the_user_names_comes_before_the_declared_one():
    raw = feed_of("Набор".encode("cp1251"), declaration=DECLARED % b"utf-8")
    (item,) = read(raw, name="x.xml", given_encoding="cp1251")
    assert (item.first("title"), item.gaps) == ("Набор", ())


def test_a_foreign_byte_outside_what_is_read_is_told_once():
    raw = feed_of(b"Mug").replace(b"</item>", b"<g:note>\xe9</g:note></item>")
    assert ["0xE9" in i.detail for i in read(raw, name="x.xml", given_encoding="utf-8") if isinstance(i, Gap)] == [True]


def test_entities_that_the_file_declares_are_a_gap():
    raw = feed_of(b"&z; shoes", declaration=b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY z "Zorvane">]>\n')
    gaps = [i for i in read(raw, name="x.xml") if isinstance(i, Gap)]
    assert ["entities of its own" in g.detail for g in gaps] == [True]


def test_a_line_of_utf_8_in_a_feed_of_an_older_table_is_told():
    items = [f"Größe {n} Straße".encode("cp1252") for n in range(5)]
    found = [i for i in read(feed_of(*items, "Zörväne".encode()), name="x.xml") if isinstance(i, Gap)]
    assert ["line 7 is UTF-8" in g.detail for g in found] == [True]


def test_entities_in_a_comment_are_none():
    declaration = b'<?xml version="1.0"?><!-- <!ENTITY z "Zorvane"> -->\n'
    assert [i for i in read(feed_of(b"shoes", declaration=declaration), name="x.xml") if isinstance(i, Gap)] == []


def test_each_damaged_record_tells_its_own_line():
    raw = feed_of(b"one \xef\xbf\xbd", b"two", b"three \xe9")
    found = [g.detail for i in read(raw, name="x.xml", given_encoding="utf-8") for g in getattr(i, "gaps", ())]
    assert ["in the file itself" in d for d in found] == [True, False]
    assert "0xE9" in found[1]
