"""What tests of readers share: read a file or bytes, and show what came of it as plain values."""

from listing_preflight.model.listing import Gap, Listing, Note
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import choose
from listing_preflight.readers.source import bytes_source
from tests.conftest import ROOT

EXPORTS = ROOT / "fixtures/exports"


def read(data, encoding="utf-8", name="x.csv", **options):
    """Listings, gaps and notes of a text or bytes."""
    given = options.pop("given_encoding", None)
    source = bytes_source(data.encode(encoding) if isinstance(data, str) else data, name, given)
    told = ReadOptions(**options)
    choice = choose(source, told)
    return list(choice.format.read(source, choice.seen, told))


def listings(data, encoding="utf-8", **options):
    return [i for i in read(data, encoding, **options) if isinstance(i, Listing)]


def read_file(path, **options):
    return list(read_path(path, path.name, ReadOptions(**options)))


def plain(item):
    """An item as plain values, for comparison with a golden file."""
    if isinstance(item, Note):
        return {"note": item.detail, "row": item.origin.row, "columns": list(item.columns)}
    if isinstance(item, Gap):
        return {"gap": item.kind, "row": item.origin.row, "detail": item.detail}
    assert isinstance(item, Listing)
    return {
        "id": item.id, "marketplace": item.marketplace, "category": item.category, "row": item.origin.row, "sheet": item.origin.sheet,
        "texts": [[t.field, t.name, t.value, t.row, t.column] for t in item.texts],
        "pictures": [p.url or p.path for p in item.pictures], "facts": dict(item.facts),
        "gaps": [g.detail for g in item.gaps],
    }  # fmt: skip
