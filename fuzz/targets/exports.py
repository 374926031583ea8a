"""Export files: every carrier and format, archives, and the sniffing of formats and encodings."""

import gzip
import io
import zipfile

from fuzz.target import FIXTURES, Target, fixtures, written
from listing_preflight.model.listing import Origin
from listing_preflight.readers import encodings
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.formats.native import ListingError, make_listing
from listing_preflight.readers.look import look
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import FORMATS
from listing_preflight.readers.source import bytes_source


def read(suffix):
    def call(data, folder):
        options = ReadOptions()
        for _ in read_path(written(folder, f"in{suffix}", data), "in", options):
            pass

    return call


def sniff(data, _):
    """The first byte says what the user gave as the encoding, if anything."""
    names = (None, *encodings.ENCODINGS)
    name = names[data[0] % len(names)] if data else None
    head = data[1:]
    encodings.detect(head)
    if name:
        encodings.known(name, head)
    source = bytes_source(head, "in", name)
    seen = look(source, ReadOptions())
    for one in FORMATS:
        if one.recognises(seen):
            one.columns(seen, ReadOptions())


def as_format(data, _):
    """The first byte says which format is forced upon the rest."""
    one = FORMATS[data[0] % len(FORMATS)] if data else FORMATS[0]
    source, options = bytes_source(data[1:], "in"), ReadOptions(input_format=one.name)
    for _ in one.read(source, look(source, options), options):
        pass


def native(data, _):
    import orjson

    try:
        value = orjson.loads(data)
    except ValueError:
        return
    if not isinstance(value, dict):
        return  # readers and gate take objects alone to it
    try:
        make_listing(value, Origin(file="-", row=1), (".",))
    except ListingError:
        return


def wide():
    texts = [f.read_bytes().decode("utf-8") for f in sorted((FIXTURES / "exports").glob("[a-g]*.csv"))][:3]
    return [t[:600].encode(e) for t in texts for e in ("utf-16", "utf-16-be", "utf-32-le", "gb18030", "cp932")
            if not _fails(t[:600], e)]  # fmt: skip


def _fails(text, encoding):
    try:
        text.encode(encoding)
    except UnicodeError:
        return True
    return False


def archives():
    out = []
    for names in (("listings.jsonl",), ("shopify.csv", "walmart.json")):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.write(FIXTURES / "exports" / name, name)
        out.append(held.getvalue())
    return [*out, gzip.compress((FIXTURES / "exports/listings.jsonl").read_bytes(), mtime=0)]


def prefixed(seeds):
    return lambda: [bytes([n]) + one for n, one in enumerate(seeds())]


TARGETS = (
    Target("delimited", fixtures("exports/*.csv", "exports/*.tsv", "exports/*.txt"), read(".csv")),
    Target("json", fixtures("exports/*.json", "exports/*.jsonl"), read(".json")),
    Target("json-lines", fixtures("exports/*.jsonl", "catalog/*.jsonl"), read(".jsonl")),
    Target("xml", fixtures("exports/*.xml"), read(".xml")),
    Target("workbook", fixtures("exports/*.xlsx"), read(".xlsx")),
    Target("opendocument", fixtures("exports/*.ods"), read(".ods")),
    Target("parquet", fixtures("exports/*.parquet"), read(".parquet")),
    Target("archives", archives, read(".zip")),
    Target("encodings", wide, read(".csv")),
    Target("sniffing", prefixed(fixtures("exports/*.csv", "exports/*.json", "exports/*.xml", "exports/*.txt")), sniff),
    Target("formats", prefixed(fixtures("exports/*.csv", "exports/*.json", "exports/*.xml")), as_format),
    Target("native", lambda: [line for f in fixtures("exports/*.jsonl")() for line in f.splitlines()], native),
)
