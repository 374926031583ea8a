"""JSON of all shapes: near-miss keys, damage, streams, the marketplaces' own answers."""

import json

import pytest

from listing_preflight.model.listing import Gap, Listing, Note
from tests.readers.reading import listings, read


@pytest.mark.parametrize(
    ("key", "value", "field", "texts"),
    [
        ("bullet_points", ["One", "Two"], "bullets", ["One", "Two"]), ("bullet", "One", "bullets", ["One"]), ("keywords", "a b", "search_terms", ["a b"]),
        ("tags", ["a", "b"], "search_terms", ["a, b"]), ("name", "Mug", "title", ["Mug"]), ("vendor", "Acme", "brand", ["Acme"]),
        ("item_highlights", "Quiet", "bullets", ["Quiet"]), ("title_differentiation", "Quiet", "bullets", ["Quiet"]),
        ("product_description", "<p>Big</p>", "description", ["<p>Big</p>"]),
    ],
)  # fmt: skip
def test_near_miss_keys_are_read(key, value, field, texts):
    (row,) = listings(json.dumps({"id": "1", "category": "Cups", "attributes": {"size": "S"}, key: value}) + "\n")
    assert [t.value for t in row.texts if t.field == field] == texts
    assert not row.gaps


def test_near_miss_keys_beside_the_right_ones_add_to_them():
    (row,) = listings(
        '{"id": "1", "title": "Mug", "bullets": ["A"], "bullet_points": ["B"], "search_terms": "x", "tags": ["y"]}\n'
    )
    assert [t.value for t in row.texts if t.field == "bullets"] == ["A", "B"]
    assert "y" in row.first("search_terms")


def test_a_slip_in_a_key_is_a_gap_and_the_rest_is_read():
    (row,) = listings('{"id": "1", "title": "Mug", "descripton": "Big"}\n')
    assert "description" in row.gaps[0].detail


def test_other_keys_with_words_are_told_once():
    items = read(
        '{"id": "1", "title": "Mug", "remark": "keep it dry"}\n{"id": "2", "title": "Cup", "remark": "keep it cool"}\n'
    )
    assert [i.columns for i in items if isinstance(i, Note)] == [("remark",)]


def test_attributes_of_the_marketplace_are_facts_not_texts():
    (row,) = listings('{"id": "1", "title": "Mug", "attributes": {"asin": "B0", "url": "https://x", "color": "red"}}\n')
    assert dict(row.facts) == {"asin": "B0", "url": "https://x"}
    assert [t.value for t in row.texts if t.field == "attributes"] == ["red"]


def test_attributes_as_a_list_of_name_and_value():
    (row,) = listings('{"id": "1", "title": "Mug", "attributes": [{"name": "color", "value": "red"}]}\n')
    assert [(t.name, t.value) for t in row.texts if t.field == "attributes"] == [("color", "red")]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"products": x}, lambda x: {"meta": {"n": 2}, "items": x}])
def test_documents_of_listings(indent, wrap):
    rows = [{"id": str(n), "title": f"Mug {n}", "images": [{"url": "https://x/1.jpg"}]} for n in range(300)]
    found = listings(json.dumps(wrap(rows), indent=indent))
    assert [r.id for r in found] == [str(n) for n in range(300)]
    assert all(len(r.pictures) == 1 for r in found)


def test_one_listing_over_several_lines():
    (row,) = listings('{\n  "id": "1",\n  "title": "Mug",\n  "images": [\n    {"url": "https://x/1.jpg"}\n  ]\n}\n')
    assert (row.id, row.first("title"), len(row.pictures)) == ("1", "Mug", 1)


def test_a_document_that_breaks_off_gives_what_came_before_and_a_gap():
    items = read('[{"id": "1", "title": "Mug"}, {"id": "2", "ti')
    assert [i.id for i in items if isinstance(i, Listing)] == ["1"]
    assert "not JSON from here on" in next(i for i in items if isinstance(i, Gap)).detail


def test_lines_that_are_damaged_are_gaps_and_those_after_them_are_read():
    items = read('{"id": "1", "title": "Mug"}\n{"id": "2", "ti\n[1]\n{"id": "3", "title": "Cup"}\n')
    assert [(type(i).__name__, (i.origin.row)) for i in items] == [
        ("Listing", 1),
        ("Gap", 2),
        ("Gap", 3),
        ("Listing", 4),
    ]


@pytest.mark.parametrize(
    "text", ['{"id": "1", "title": ' + "[" * 200_000, "[" * 200_000, '{"a":' * 200_000, "[" + "9" * 6_000]
)
def test_nesting_without_end_and_long_numbers_are_gaps(text):
    items = read(text, input_format="jsonl")
    assert items
    assert all(isinstance(i, Gap) for i in items)


def test_an_offer_on_two_marketplaces_is_judged_on_each():
    item = {
        "sku": "A", "summaries": [{"marketplaceId": "ATVPDKIKX0DER", "itemName": "Mug"}, {"marketplaceId": "A1PA6795UKMFR9", "itemName": "Becher"}],
        "attributes": {"brand": [{"value": "Acme", "marketplace_id": "ATVPDKIKX0DER"}, {"value": "Akme", "marketplace_id": "A1PA6795UKMFR9"}]},
    }  # fmt: skip
    found = {r.marketplace: (r.first("title"), r.first("brand")) for r in listings(json.dumps(item))}
    assert found == {"amazon.com": ("Mug", "Acme"), "amazon.de": ("Becher", "Akme")}


def test_messages_without_wording_are_no_listings():
    feed = {"header": {}, "messages": [{"messageId": 1, "sku": "A", "operationType": "DELETE"}, {"messageId": 2, "sku": "B", "attributes": {
        "item_name": [{"value": "Mug"}]}}]}  # fmt: skip
    assert [i.id for i in read(json.dumps(feed))] == ["B"]


@pytest.mark.parametrize("key", ["titel", "Titel", "brnad", "bulletss"])
def test_a_slip_of_a_key_is_a_gap_that_names_it(key):
    (row,) = listings(
        json.dumps({"id": "1", "title": "Mug", "brand": "Acme", "bullets": ["Big"], key: "Zorvex"}) + "\n"
    )
    assert [g.kind for g in row.gaps] == ["bad-row"]
    assert f"key {key!r} was not read" in row.gaps[0].detail


@pytest.mark.parametrize("key", ["di", "pid", "sid", "colour", "material", "price", "subtitle"])
def test_other_keys_are_no_slips(key):
    (row,) = listings(json.dumps({"id": "1", "title": "Mug", key: "x"}) + "\n")
    assert row.gaps == ()


@pytest.mark.parametrize("field", ["title", "description", "brand", "manufacturer", "search_terms"])
def test_a_number_in_place_of_a_text_is_scanned_and_a_gap_of_its_field(field):
    (row,) = listings(json.dumps({"id": "1", "bullets": ["Big"], "attributes": {"size": 42}, field: 4711}) + "\n")
    assert row.first(field) == "4711"
    assert [(g.kind, g.field) for g in row.gaps] == [("bad-row", field)]


@pytest.mark.parametrize(
    "value",
    [
        '{"id": "1", "title": "Mug", "attributes": {"a": "Zorvane", "a": "x"}}',
        '{"id": "1", "title": "Mug", "attributes": {"b": [{"name": "a", "name": "Zorvane", "value": "x"}]}}',
        '[{"sku": "1", "name": "Mug", "offers": {"label": "Zorvane", "label": "x"}}]',
    ],
)
def test_a_key_that_stands_twice_inside_is_a_gap(value):
    found = [g for i in read(value + "\n", name="x.json") for g in (i.gaps if isinstance(i, Listing) else [i])]
    assert any("stands twice" in g.detail for g in found if isinstance(g, Gap))


def test_words_inside_a_key_that_is_not_read_are_told():
    value = {"id": "1", "title": "Mug", "variants": [{"title": "Blue mug"}], "prices": [{"amount": "5.00"}]}
    (note,) = [i for i in read(json.dumps(value) + "\n") if isinstance(i, Note)]
    assert note.columns == ("variants",)
