"""What can be computed of an invoice that the seller file describes: its day, quantities, the supplier's data, its file type."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from listing_preflight.complaint.case import days_of
from listing_preflight.errors import ListError, read_named

LONGEST = datetime.timedelta(days=365)
"""Age that an invoice may have on the day on which the notice came (the platform's invoice policy)."""
SUPPLIER = ("supplier", "supplier_telephone", "supplier_address", "supplier_website")


class Test(NamedTuple):
    """One check of an invoice: `ok` is True, False, or None where it cannot be told."""

    name: str
    ok: bool | None
    message: str


def tests(
    entry: Mapping[str, Any],
    received: datetime.date | None,
    sales: Mapping[str, int] | None,
    cited: Iterable[str],
    types: Sequence[str],
) -> list[Test]:
    """Date against the notice, quantities against sales, supplier data, file type."""
    invoice = entry.get("invoice") if isinstance(entry.get("invoice"), Mapping) else {}
    assert isinstance(invoice, Mapping)
    return [
        _date(invoice, received),
        *_quantities(invoice, sales, cited),
        _supplier(invoice),
        _type(str(entry.get("document") or ""), types),
    ]


def _date(invoice: Mapping[str, Any], received: datetime.date | None) -> Test:
    day = days_of(str(invoice.get("date") or ""))
    if day is None or received is None:
        return Test(
            "date",
            None,
            "the seller file tells no date of the invoice"
            if day is None
            else "the day on which the notice came is not known",
        )
    age = received - day
    inside = datetime.timedelta(0) <= age <= LONGEST
    return Test("date", inside, f"{day}, {age.days} days before the notice of {received}")


def _quantities(invoice: Mapping[str, Any], sales: Mapping[str, int] | None, cited: Iterable[str]) -> list[Test]:
    lines = invoice.get("lines") or []
    bought: dict[str, int] = {}
    for line in lines:
        if isinstance(line, Mapping) and re.fullmatch(r"\d{1,18}", str(line.get("quantity", ""))):
            bought[str(line.get("sku"))] = bought.get(str(line.get("sku")), 0) + int(line["quantity"])
    out = []
    for listing in cited:
        if listing not in bought:
            out.append(Test(f"quantity:{listing}", None, "no line of the invoice names it"))
        elif sales is None or listing not in sales:
            out.append(Test(f"quantity:{listing}", None, f"{bought[listing]} bought; sales are not known"))
        else:
            out.append(
                Test(
                    f"quantity:{listing}",
                    bought[listing] >= sales[listing],
                    f"{bought[listing]} bought, {sales[listing]} sold",
                )
            )
    return out


def _supplier(invoice: Mapping[str, Any]) -> Test:
    lacking = [k for k in SUPPLIER if not invoice.get(k)]
    return Test(
        "supplier",
        not lacking,
        f"not told: {', '.join(lacking)}" if lacking else "name, telephone, address and website are told",
    )


def _type(name: str, types: Sequence[str]) -> Test:
    suffix = Path(name).suffix.lower().removeprefix(".")
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
        if not re.fullmatch(r"\d{1,18}", words):
            raise ListError(f"quantity {words!r} is not a whole number", where=f"{path}:{table.line_num}")
        out[str(row[names["listing"]])] = out.get(str(row[names["listing"]]), 0) + int(words)
    return out
