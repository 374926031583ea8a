"""EUIPO open data: trade mark XML and design XML, single files or zips of them."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from listing_preflight.model.mark import Registration
from listing_preflight.watchlists.registers.record import DataDate, Item, Record, Skipped, Told
from listing_preflight.watchlists.registers.source import Stream, documents
from listing_preflight.watchlists.registers.views import hashed
from listing_preflight.watchlists.registers.xml_stream import elements

FORMAT = "euipo-xml"
SOURCE = "EUIPO open data"
LICENCE = "EUIPO open data, free reuse with attribution"
_TAGS = ("{*}RequestProducerDateTime", "{*}TradeMark", "{*}Design")
_OWNER = ("{*}OrganizationName", "{*}LastName", "{*}FreeFormatNameLine")


def read(file: Path, told: Told) -> Iterator[Item]:
    """Marks and designs of every XML document in the file."""
    for stream in documents(file):
        yield from _document(stream, told)


def _document(stream: Stream, told: Told) -> Iterator[Item]:
    for element in elements(stream, _TAGS, "Transaction"):
        kind = element.tag.rpartition("}")[2]
        if kind == "RequestProducerDateTime":
            day = (element.text or "").strip()[:10]
            if _date(day) is not None:
                yield DataDate(day)
        elif len(element):
            yield _mark(element) if kind == "TradeMark" else _design(element, told)


def _text(element: Any, path: str) -> str | None:
    found = element.findtext("{*}" + path.replace("/", "/{*}"))
    return " ".join(found.split()) or None if found else None


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _status(element: Any, tag: str) -> str:
    """The office's own words; a record that it took back is no longer in the register."""
    if element.get("operationCode") == "Delete":
        return "EM:removed from register"
    return f"EM:{(_text(element, tag) or '').casefold()}"


def _owner(element: Any) -> str | None:
    """The applicants' names, where the file has them; many name only an identifier."""
    found = element.find("{*}ApplicantDetails")
    names = [] if found is None else [" ".join((e.text or "").split()) for e in found.iter(*_OWNER)]
    return "; ".join(dict.fromkeys(n for n in names if n)) or None


def _mark(element: Any) -> Record | Skipped:
    number = _text(element, "ApplicationNumber")
    if not number:
        return Skipped("no-number", "trade mark without an ApplicationNumber")
    feature = (_text(element, "MarkFeature") or "").casefold()
    name = _text(element, "WordMarkSpecification/MarkVerbalElementText") or ""
    if not name and feature in ("word", ""):
        return Skipped("no-mark", number)
    international = _text(element, "RegistrationOfficeCode") == "WO" or number.startswith("W")
    classes, goods = _goods(element)
    disclaimer = " ".join((element.findtext("{*}MarkDisclaimerDetails/{*}MarkDisclaimer") or "").split())
    row = Registration(
        office="WO" if international else "EM", number=_text(element, "RegistrationNumber") or number, classes=classes,
        status=_status(element, "MarkCurrentStatusCode"), filed=_date(_text(element, "ApplicationDate")),
        registered=_date(_text(element, "RegistrationDate")), expires=_date(_text(element, "ExpiryDate")), goods=goods,
        disclaimed=(disclaimer,) if disclaimer else (), designated=frozenset({"EM"} if international else ()),
    )  # fmt: skip
    return Record(
        id=f"EM{number}", stamp=_text(element, "MarkCurrentStatusDate") or "", name=name,
        kind="word" if feature in ("word", "") else "figurative", owner=_owner(element),
        numbers=tuple(dict.fromkeys((number, row.number or number))), registrations=(row,),
    )  # fmt: skip


def _goods(element: Any) -> tuple[frozenset[int] | None, str | None]:
    """Nice classes, and the goods in English, or in the first language where there is no English."""
    classes, texts = set(), []
    for one in element.iterfind(
        "{*}GoodsServicesDetails/{*}GoodsServices/{*}ClassDescriptionDetails/{*}ClassDescription"
    ):
        number = _text(one, "ClassNumber") or ""
        if not re.fullmatch(r"0*\d{1,2}", number) or not 1 <= int(number) <= 45:
            continue
        classes.add(int(number))
        said = {e.get("languageCode"): e.text for e in one.iterfind("{*}GoodsServicesDescription") if e.text}
        text = said.get("en") or next(iter(said.values()), "")
        texts += [f"[{int(number):03}] {' '.join(text.split())}"] if text else []
    return frozenset(classes) or None, " ".join(texts) or None


def _design(element: Any, told: Told) -> Record | Skipped:
    number = _text(element, "DesignIdentifier") or _text(element, "ApplicationNumber")
    if not number:
        return Skipped("no-number", "design without a DesignIdentifier")
    views = [" ".join((e.text or "").split()) for e in element.iterfind(".//{*}ViewURI")]
    if not views:
        return Skipped("no-view", number)
    products = {e.get("languageCode"): e.text for e in element.iterfind(".//{*}IndicationProduct") if e.text}
    row = Registration(
        office="EM", number=number, status=_status(element, "DesignCurrentStatusCode"),
        filed=_date(_text(element, "ApplicationDate")), registered=_date(_text(element, "RegistrationDate")),
        expires=_date(_text(element, "ExpiryDate")), goods=products.get("en") or next(iter(products.values()), None),
    )  # fmt: skip
    locarno = tuple(
        _locarno(e.text)
        for e in element.iterfind("{*}ClassDescriptionDetails/{*}ClassDescription/{*}ClassNumber")
        if e.text
    )
    return Record(
        id=f"EM{number}", stamp=_text(element, "DesignCurrentStatusDate") or "", kind="design", work=True,
        name=_text(element, "DesignTitle") or row.goods or "", owner=_owner(element), numbers=(number,),
        registrations=(row,), images=hashed(views, told.views), locarno=locarno,
    )  # fmt: skip


def _locarno(text: str) -> str:
    return text.strip().replace(".", "-")
