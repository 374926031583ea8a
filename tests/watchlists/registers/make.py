"""Small register files with invented records, for the tests of this folder."""

import zipfile

TDXF = (
    '<?xml version="1.0"?><!DOCTYPE trademark-applications-daily [<!ELEMENT trademark-applications-daily ANY>]>'
    "<trademark-applications-daily><creation-datetime>202611012208</creation-datetime><application-information>"
    "<file-segments><action-keys>{}</action-keys></file-segments></application-information></trademark-applications-daily>"
)
EUIPO = (
    '<?xml version="1.0"?><Transaction xmlns="http://euipo.europa.eu/trademark/data"><TransactionHeader><SenderDetails>'
    "<RequestProducerDateTime>2026-11-01T04:00:00</RequestProducerDateTime></SenderDetails></TransactionHeader>{}</Transaction>"
)
MAPPING = 'office: EM\ncolumns: {number: "no", name: mark, status: state, classes: nice, registered: date}\n'


def tdxf_case(
    serial="90000001",
    mark="ZORVELLA",
    *,
    header="",
    statements=(),
    classes=(("025", "6"),),
    rest="",
    day="20261101",
    drawing="4000",
    status="700",
    number="7000001",
):
    name = f"<mark-identification>{mark}</mark-identification>" if mark else ""
    said = "".join(
        f"<case-file-statement><type-code>{c}</type-code><text>{t}</text></case-file-statement>" for c, t in statements
    )
    kept = "".join(
        f"<classification><international-code>{c}</international-code><status-code>{s}</status-code>"
        f"<primary-code>{c}</primary-code></classification>"
        for c, s in classes
    )
    return (
        f"<case-file><serial-number>{serial}</serial-number><registration-number>{number}</registration-number>"
        f"<transaction-date>{day}</transaction-date><case-file-header><filing-date>20190305</filing-date>"
        f"<registration-date>20200107</registration-date><status-code>{status}</status-code>{name}"
        f"<mark-drawing-code>{drawing}</mark-drawing-code>{header}</case-file-header>"
        f"<case-file-statements>{said}</case-file-statements><classifications>{kept}</classifications>{rest}</case-file>"
    )


def euipo_mark(number="019000001", mark="ZORVELLA", status="Registered", day="2026-10-01", operation="Insert"):
    words = (
        f"<WordMarkSpecification><MarkVerbalElementText>{mark}</MarkVerbalElementText></WordMarkSpecification>"
        if mark
        else ""
    )
    return (
        f'<TradeMark operationCode="{operation}"><RegistrationOfficeCode>EM</RegistrationOfficeCode>'
        f"<ApplicationNumber>{number}</ApplicationNumber><RegistrationDate>2026-05-01</RegistrationDate>"
        f"<ExpiryDate>2035-10-01</ExpiryDate><MarkCurrentStatusCode>{status}</MarkCurrentStatusCode>"
        f"<MarkCurrentStatusDate>{day}</MarkCurrentStatusDate><MarkFeature>Word</MarkFeature>{words}</TradeMark>"
    )


def euipo_design(number="009000001-0001", uri="file://009/a_1.JPG"):
    return (
        f'<Design operationCode="Insert"><DesignIdentifier>{number}</DesignIdentifier>'
        "<RegistrationDate>2020-05-01</RegistrationDate>"
        f"<DesignCurrentStatusCode>Design lapsed</DesignCurrentStatusCode><View><ViewURI>{uri}</ViewURI></View>"
        f'<IndicationProduct languageCode="en">Bags</IndicationProduct><ClassDescriptionDetails><ClassDescription>'
        f"<ClassNumber>03.01</ClassNumber></ClassDescription></ClassDescriptionDetails></Design>"
    )


def write(path, text):
    """A file of the text, zipped where its name says so."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(path.stem + ".xml", text)
    else:
        path.write_text(text, encoding="utf-8")
    return path
