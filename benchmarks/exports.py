"""Exports of others: what each file holds and what was read of it, speed beside the bare parser, corrected copies compared.

Usage: python benchmarks/exports.py [--data FOLDER] [--only table,speed,fix]. Writes benchmarks/results/exports.json.
The data are not part of the project; EXPECTED was counted by hand or by an independent count of the file, as the note says.
"""

import argparse
import contextlib
import csv
import io
import json
import re
import sys
import tempfile
import time
from pathlib import Path

from listing_preflight.decisions.fixing import copies
from listing_preflight.decisions.fixing.changes import Change
from listing_preflight.model.listing import Gap, Listing, Note
from listing_preflight.readers.catalog import read_path
from listing_preflight.readers.options import ReadOptions
from listing_preflight.readers.registry import choose
from listing_preflight.readers.source import open_source

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/exports.json"
OPTIONS = ReadOptions()

# name: products, pictures, (title, brand, start of the description) of the first product; `hand` = compared with the file by a person
EXPECTED = {
    "AUTO_PART_template_2025.xlsm": (1, 0, ("", "YvuLDeQP", ""), "hand: one prefilled row 8, no title in it; Amazon's example row 6 left out"),
    "listings-feed-schema-v2.example.json": (1, 0, ("My Title", "", ""), "hand: four messages, one of them with wording"),
    "listingsItems_2021-08-01.json": (4, 4, ("Hardside Carry-On Spinner Suitcase Luggage", "", ""), "hand: a description of the interface; its two example items, each on two marketplaces"),
    "active_listings_us_47col_business.txt": (4, 0, None, "lines"),
    "all_listings_uk_2025_ragged.txt": (2, 0, ("Nespresso Krups XN110BRD Essenza mini coffee capsule machine", None, ""), "hand"),
    "all_listings_uk_29col_zynkdocs.txt": (3, 0, ("Vest", "", ""), "hand"),
    "search-listings-nvidia-geforce-rtx-4070.json": (101, None, ("Asus GeForce RTX 4070 12GB GDDR6X Graphics Card DUAL-RTX4070-012G-EVO", "", ""), "objects"),
    "search-listings-nvidia-t4.json": (101, None, ("New Nvidia Tesla T4 GPU Turing 16GB GDDR6 Graphics Card HPE Brand", "", ""), "objects"),
    "ffe.csv": (97, 137, None, "csv"),
    "sabaceramics.csv": (27, 191, None, "csv"),
    "wines_catalog.csv": (80, 80, ("100 Euro", "Erzeugerabfüllung Kirsten Wein und Sekt GmbH, Krainstraße 5,", "\n\nJahrgang: [object Object]"), "hand"),
    "luxury_perfume_watch_en.tsv": (30, 30, ("Chanel Eau de Parfum - Floral Collection 1 100ML", "Chanel", "Premium Chanel Floral fragrance."), "hand"),
    "perfumes_watches_ar.csv": (263, 263, ("عطر كوكو شانيل 100 مل", "Perfumes", "عطر كوكو شانيل 100 مل - هدية"), "hand"),
    "smartstore.xml": (56, 56, ("Кабель Acefast C15-03 Digital Display Braided USB-C to USB-C", "Acefast", "Acefast C15-03 Digital Display"), "hand"),
    "velofant_prisjakt.xml": (26, 26, ("A R K I P E L A G O - FRAMEKIT", "Velofant", "ARKIPELAGO tar cyklingen"), "hand"),
    "watches_ar.json": (197, 197, ("ساعة رولكس يخت ماستر - فضي", "", ""), "objects"),
    "product_all_types.csv": (18, None, ("Test Configurable-simple product-S-Gray", "", "<p>This is a test simple product"), "csv"),
    "products_import_official_3rows.csv": (3, 4, ("iPod Nano", "Apple", "<p>New design.</p>"), "hand"),
    "amazon_resell_branded.csv": (16, 94, None, "handles"),
    "inventory_only_nl.csv": (814, 0, ("Transportwagen - 500kg Draagvermogen - Grijs", "Prijsgarantie.nl", ""), "handles"),
    "jewelry_tm_symbols.csv": (196, 1161, ("Rosa Clover Necklace™ | Buy 1 Get 1 Free!", "Rosa Rose", "<h3 style="), "handles"),
    "kbeauty_template.csv": (32, 32, ("[Laneige] Lip Sleeping Mask EX (Berry)", "", '"<p>DescriptionSpecial care'), "handles"),
    "official_apparel.csv": (20, 20, ("Ocean Blue Shirt", "partners-demo", "Ocean blue cotton shirt"), "handles"),
    "official_product_template.csv": (2, 2, ("Black T-Shirt OS", "Acme", "<p>Product Description Goes Here</p>"), "hand"),
    "packaging_mathbold_vendor.csv": (21, 142, ("Elegant Off-White Lid and Base Box with Black Gold Foil Logo", "𝑿𝑨𝑪𝑻𝒁", "<p><span>This off-white"), "handles"),
    "phonecases_dropship.csv": (47, 721, None, "handles"),
    "reseller_adidas_nike_vans.csv": (90, 411, ("ADIDAS | CLASSIC BACKPACK | LEGEND INK MULTICOLOUR", "ADIDAS", "The adidas BP Classic Cap"), "handles"),
    "spices_lt.csv": (98, 98, ("Su žolelėmis mėsai", "Paskanink", "<p>Tinka bet kokios"), "handles"),
    "importer_unit_sample.csv": (5, None, ("Woo Logo", "", ""), "csv without variations"),
    "sample_products.csv": (18, None, ("V-Neck T-Shirt", "", "Pellentesque habitant"), "csv without variations"),
    "sample_products.xml": (18, None, ("V-Neck T-Shirt", "", "Pellentesque habitant"), "post_type product"),
}  # fmt: skip


def files(data: Path):
    return [p for p in sorted((data / "exports").rglob("*")) if p.is_file() and p.name in EXPECTED]


def whole(path):
    items = list(read_path(path, path.name, OPTIONS))
    return items, [i for i in items if isinstance(i, Listing)]


def table(data: Path):
    """One row a file: format, products, texts, pictures, and whether they are those that the file holds."""
    rows = []
    for path in files(data):
        choice = choose(open_source(path, path.name), OPTIONS)
        items, listings = whole(path)
        products, pictures, first, counted = EXPECTED[path.name]
        seen = listings[0]
        shown = (seen.first("title"), seen.first("brand"), seen.first("description"))
        right = len(listings) == products and (pictures is None or pictures == sum(len(x.pictures) for x in listings))
        if first is not None:
            right = right and all(
                w is None or s.startswith(w) if w else True for w, s in zip(first, shown, strict=True)
            )
        rows.append({
            "file": f"{path.parent.name}/{path.name}", "format": choice.format.name, "counted_by": counted, "products": len(listings),
            "expected_products": products, "titles": sum(bool(x.first("title")) for x in listings),
            "brands": sum(bool(x.first("brand")) for x in listings), "descriptions": sum(bool(x.first("description")) for x in listings),
            "attributes": sum(t.field == "attributes" for x in listings for t in x.texts),
            "pictures": sum(len(x.pictures) for x in listings), "gaps": sum(isinstance(i, Gap) for i in items) + sum(len(x.gaps) for x in listings),
            "notes": [[n.detail, list(n.columns)] for n in items if isinstance(n, Note)], "right": right,
        })  # fmt: skip
    return rows


def cpu(call, rounds=5):
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def bare_csv(path):
    with path.open(newline="", encoding="utf-8") as file:
        return sum(1 for _ in csv.reader(file))


def bare_xlsx(path):
    import openpyxl

    return sum(1 for s in openpyxl.load_workbook(path, read_only=True) for _ in s.iter_rows(values_only=True))


def bare_xml(path):
    from lxml import etree

    n = 0
    for _, element in etree.iterparse(str(path)):
        n += 1
        element.clear()
    return n


def bare_parquet(path):
    import pyarrow.parquet as pq

    return sum(len(b.to_pylist()) for b in pq.ParquetFile(path).iter_batches())


def speed(data: Path):
    """CPU of reading beside the bare parser of the same library on the same file: real exports repeated until they take a while."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, path, bare in made(data, Path(folder)):
            rows = sum(isinstance(i, Listing) for i in read_path(path, path.name, OPTIONS))
            parser, mine = cpu(lambda b=bare, p=path: b(p)), cpu(lambda p=path: whole_count(p))
            out[name] = {
                "listings": rows, "megabytes": round(path.stat().st_size / 1e6, 1), "bare_cpu_s": round(parser, 3),
                "read_cpu_s": round(mine, 3), "ratio": round(parser / mine, 3), "listings_per_cpu_s": round(rows / mine),
            }  # fmt: skip
    return out


def whole_count(path):
    return sum(1 for _ in read_path(path, path.name, OPTIONS))


def made(data: Path, folder: Path):
    """Real exports enlarged: Shopify CSV, the same as a sheet, a merchant feed, listings of 3 KB as Parquet."""
    import gzip

    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = data / "exports/shopify/reseller_adidas_nike_vans.csv"
    with source.open(newline="", encoding="utf-8-sig") as file:
        header, *rows = csv.reader(file)
    path = folder / "shopify.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        write = csv.writer(out)
        write.writerow(header)
        for n in range(30):
            write.writerows([[f"{row[0]}-{n}", *row[1:]] for row in rows])
    yield "csv", path, bare_csv
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Products")
    for row in [header, *([f"{r[0]}-{n}", *r[1:]] for n in range(6) for r in rows)]:
        sheet.append([re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", c) for c in row])
    path = folder / "shopify.xlsx"
    book.save(path)
    yield "xlsx", path, bare_xlsx
    text = (data / "exports/google_merchant/smartstore.xml").read_text("utf-8")
    start, end = text.index("<item>"), text.rindex("</item>") + 7
    path = folder / "feed.xml"
    path.write_text(text[:start] + text[start:end] * 120 + text[end:], "utf-8")
    yield "xml", path, bare_xml
    with gzip.open(data / "text/listings_3kb.jsonl.gz", "rt", encoding="utf-8") as lines:
        listings = [json.loads(line) for line in lines]
    columns = {k: [r.get(k) for r in listings] * 8 for k in ("id", "title", "bullets", "description", "brand")}
    columns["id"] = [str(n) for n in range(len(columns["id"]))]
    path = folder / "listings.parquet"
    pq.write_table(pa.table(columns), path)
    yield "parquet", path, bare_parquet


FIXED = (
    "shopify/jewelry_tm_symbols.csv", "shopify/kbeauty_template.csv", "shopify/phonecases_dropship.csv", "shopify/packaging_mathbold_vendor.csv",
    "woocommerce/sample_products.csv", "woocommerce/sample_products.xml", "etsy/ffe.csv", "etsy/sabaceramics.csv", "facebook/wines_catalog.csv",
    "google_merchant/smartstore.xml", "google_merchant/velofant_prisjakt.xml", "google_merchant/watches_ar.json", "google_merchant/perfumes_watches_ar.csv",
    "ebay/search-listings-nvidia-t4.json", "magento/product_all_types.csv", "prestashop/products_import_official_3rows.csv",
    "amazon/listings_report/active_listings_us_47col_business.txt", "amazon/listings-feed-schema-v2.example.json",
)  # fmt: skip


def fix(data: Path):
    """Change the title of every fifth product and compare: texts of all others, and bytes outside of the changed cells."""
    out = {}
    for name in FIXED:
        path = data / "exports" / name
        source = open_source(path, path.name)
        choice = choose(source, OPTIONS)
        _, before = whole(path)
        changes = [change(x, path.name) for x in before[::5] if x.first("title")]
        copy = io.BytesIO()
        copies.write(source, choice, OPTIONS, [c for one in changes for c in one], copy)
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / path.name
            new.write_bytes(copy.getvalue())
            _, after = whole(new)
        wanted = {(c.listing, c.before): c.after for one in changes for c in one}
        texts = [
            (x.id, t.field, t.name, wanted.get((x.id, t.value), t.value) if t.field == "title" else t.value)
            for x in before
            for t in x.texts
        ]
        same = texts == [(x.id, t.field, t.name, t.value) for x in after for t in x.texts]
        out[name] = {
            "changed": len(changes),
            "only_accepted_cells": same,
            "bytes_outside": outside(path.read_bytes(), copy.getvalue(), wanted),
        }
    return out


MARK = " [checked]"


def change(listing, file):
    number, text = next((n, t) for n, t in enumerate(listing.texts) if t.field == "title")
    cells = [(text.row, text.column), *((row, column) for at, row, column in listing.repeats if at == number)]
    return [
        Change(listing=listing.id, file=file, sheet=listing.origin.sheet, row=row, column=column, field="title", before=text.value,
               after=text.value + MARK, rewrite="rw-0", rule="TM001", mark=None)
        for row, column in cells
    ]  # fmt: skip


def outside(old: bytes, new: bytes, wanted) -> bool:
    """Whether the copy without its additions, and without quotes that they brought, is the original byte for byte."""
    restored = new.replace(MARK.encode(), b"")
    return restored == old or restored.replace(b'"', b"") == old.replace(b'"', b"") or not wanted


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--only", default="table,speed,fix")
    told = parser.parse_args()
    done = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    for part in told.only.split(","):
        done[part] = {"table": table, "speed": speed, "fix": fix}[part](told.data)
    RESULTS.write_text(json.dumps(done, indent=1, ensure_ascii=False) + "\n", "utf-8")
    wrong = [r["file"] for r in done.get("table", []) if not r["right"]]
    wrong += [n for n, r in done.get("fix", {}).items() if not (r["only_accepted_cells"] and r["bytes_outside"])]
    for row in done.get("table", []):
        print(
            f"{row['file']:<55} {row['format']:<16} {row['products']:>5} of {row['expected_products']:<5} pictures {row['pictures']:<5} {'right' if row['right'] else 'WRONG'}"
        )
    for name, row in done.get("speed", {}).items():
        print(f"{name:<8} {row['listings']:>6} listings, {row['ratio']} of the bare parser")
    with contextlib.suppress(KeyError):
        print(
            f"fix: {sum(r['only_accepted_cells'] and r['bytes_outside'] for r in done['fix'].values())} of {len(done['fix'])} copies differ in the accepted cells alone"
        )
    print("wrong:", ", ".join(wrong) or "none")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
