"""What can be computed of an invoice that the seller file describes: its day, quantities, the supplier's data, its file type."""

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.case import days_of
from listing_preflight.errors import ListError, read_named

LONGEST = datetime.timedelta(days=365)
"""Age that an invoice may have on the day on which the notice came (the platform's invoice policy)."""
_WHOLE = re.compile(r"[0-9]{1,18}")
PRODUCT = ("name", "model", "upc", "ean", "gtin")
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
SAME = {"jpg": ("jpg", "jpeg", "pjpeg"), "tiff": ("tif", "tiff")}
SUPPLIER = ("supplier", "supplier_telephone", "supplier_address", "supplier_website")


class Test(NamedTuple):
    """One check of an invoice: `ok` is True, False, or None where it cannot be told."""

    name: str
    ok: bool | None
    message: str


def tests(entry: Mapping[str, Any], content: bytes, received: datetime.date | None, types: Sequence[str]) -> list[Test]:
    """Date against the notice, supplier data, what the lines name, the buyer, and the file's type by its bytes."""
    invoice = _invoice(entry)
    return [
        _date(invoice, received), _supplier(invoice), _lines(invoice), _buyer(invoice),
        _type(str(entry.get("document") or ""), content, types),
    ]  # fmt: skip


def _invoice(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    found = entry.get("invoice")
    return found if isinstance(found, Mapping) else {}


def _age(invoice: Mapping[str, Any], received: datetime.date | None) -> datetime.timedelta | None:
    day = days_of(str(invoice.get("date") or ""))
    return received - day if day and received else None


def _date(invoice: Mapping[str, Any], received: datetime.date | None) -> Test:
    age = _age(invoice, received)
    if age is None:
        why = (
            "the day on which the notice came is not known"
            if received is None
            else "the seller file tells no date of the invoice"
        )
        return Test("date", None, why)
    return Test("date", _is_recent(age), f"{invoice['date']}, {age.days} days before the notice of {received}")


def _is_recent(age: datetime.timedelta) -> bool:
    return datetime.timedelta(0) <= age <= LONGEST


def quantities(
    entries: Iterable[Mapping[str, Any]], received: datetime.date | None, sales: Mapping[str, int] | None, cited: Iterable[str]
) -> list[Test]:  # fmt: skip
    """Of each cited listing, what all invoices of the last 365 days together show as bought against what was sold."""
    bought: Counter[str] = Counter()
    named: set[str] = set()
    invoices = [_invoice(e) for e in entries]
    for invoice in invoices:
        age = _age(invoice, received)
        for sku, number in _bought(invoice):
            named.add(sku)
            bought[sku] += number if age is not None and _is_recent(age) else 0
    if not invoices:
        return []
    return [_quantity(one, bought[one] if one in named else None, sales) for one in cited]


def _quantity(listing: str, bought: int | None, sales: Mapping[str, int] | None) -> Test:
    name = f"quantity:{listing}"
    if bought is None:
        return Test(name, None, "no line of an invoice names it")
    if sales is None or listing not in sales:
        return Test(name, None, f"{bought} bought; sales are not known")
    return Test(name, bought >= sales[listing], f"{bought} bought in the year before the notice, {sales[listing]} sold")


def _bought(invoice: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Listing and quantity of each line; a quantity that is no whole number counts nothing."""
    for line in invoice.get("lines") or ():
        if isinstance(line, Mapping) and line.get("sku"):
            words = str(line.get("quantity", ""))
            yield str(line["sku"]), int(words) if _WHOLE.fullmatch(words) else 0


def _lines(invoice: Mapping[str, Any]) -> Test:
    """Whether each line names its product so that anybody can tell which it is."""
    lines = [line for line in invoice.get("lines") or () if isinstance(line, Mapping)]
    if not lines:
        return Test("products", None, "the seller file tells no lines of the invoice")
    bare = [str(line.get("sku")) for line in lines if not any(line.get(k) for k in PRODUCT)]
    if bare:
        return Test("products", None, f"not told whether name, model or UPC stands on the line of {', '.join(bare)}")
    return Test("products", True, "each line names its product")


def _buyer(invoice: Mapping[str, Any]) -> Test:
    if not invoice.get("buyer"):
        return Test("buyer", None, "the seller file tells no buyer; it has to be the name of the account")
    return Test("buyer", True, f"made out to {invoice['buyer']}; compare it with the name of the account")


def _supplier(invoice: Mapping[str, Any]) -> Test:
    lacking = [k for k in SUPPLIER if not invoice.get(k)]
    if lacking:
        return Test("supplier", None, f"not told: {', '.join(lacking)}")
    return Test("supplier", True, "name, telephone, address and website are told")


def _type(name: str, content: bytes, types: Sequence[str]) -> Test:
    """The type by the file's first bytes; its ending only says what it should be."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    found = next((t for magic, t in MAGIC if content.startswith(magic)), None)
    if found and suffix not in SAME.get(found, (found,)):
        return Test("file type", False, f"ends in .{suffix} and is {found}")
    if not types:
        return Test("file type", None, f".{suffix}: the platform's form names no types")
    return Test("file type", suffix in types, f".{suffix}; the platform takes {', '.join(types)}")


def read_sales(path: Path) -> dict[str, int]:
    """Listing → quantity sold, of a table with these two columns."""
    table = csv.DictReader(io.StringIO(read_named(path)))
    names = {k.casefold().strip(): k for k in table.fieldnames or () if k}
    if not {"listing", "quantity"} <= set(names):
        raise ListError("needs the columns listing and quantity", where=str(path))
    out: dict[str, int] = {}
    for row in table:
        words = str(row[names["quantity"]] or "").strip()
        if not _WHOLE.fullmatch(words):
            raise ListError(f"quantity {words!r} is not a whole number", where=f"{path}:{table.line_num}")
        out[str(row[names["listing"]])] = out.get(str(row[names["listing"]]), 0) + int(words)
    return out
