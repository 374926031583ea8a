"""Write a synthetic USPTO TDXF file: records of the genuine shape (all header flags, events, owners), invented values.

python benchmarks/make_tdxf.py RECORDS OUT.xml
The same number always gives the same bytes.
"""

import random
import sys
from pathlib import Path

SYLLABLES = "ka ro mi ta lu ne so vi pa del mar con fer bel tri zan qui lor eth um ax on is or ine ex ara uno sky peak glow".split()
FLAGS = """principal-register-amended-in supplemental-register-amended-in trademark-in collective-trademark-in service-mark-in
collective-service-mark-in collective-membership-mark-in certification-mark-in cancellation-pending-in published-concurrent-in
concurrent-use-in concurrent-use-proceeding-in interference-pending-in opposition-pending-in section-12c-in section-2f-in
section-2f-in-part-in renewal-filed-in section-8-filed-in section-8-partial-accept-in section-8-accepted-in
section-15-acknowledged-in section-15-filed-in supplemental-register-in foreign-priority-in change-registration-in
intent-to-use-in intent-to-use-current-in filed-as-use-application-in amended-to-use-application-in
use-application-currently-in amended-to-itu-application-in filing-basis-filed-as-44d-in amended-to-44d-application-in
filing-basis-current-44d-in filing-basis-filed-as-44e-in filing-basis-current-44e-in amended-to-44e-application-in
without-basis-currently-in filing-current-no-basis-in color-drawing-filed-in color-drawing-current-in drawing-3d-filed-in
drawing-3d-current-in standard-characters-claimed-in filing-basis-filed-as-66a-in filing-basis-current-66a-in""".split()
GOODS = "shoes, boots and sandals; clothing, namely, shirts, hats and jackets; phone cases; toys; kitchen utensils; bags".split(
    "; "
)
HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE trademark-applications-daily [
<!ELEMENT trademark-applications-daily (version, creation-datetime, application-information)>
]>
<trademark-applications-daily><version><version-no>2.0</version-no><version-date>20041108</version-date></version>
<creation-datetime>202611232208</creation-datetime><application-information><file-segments>
<file-segment>TRMK</file-segment><action-keys><action-key>TX</action-key>
"""
TAIL = "</action-keys></file-segments></application-information></trademark-applications-daily>\n"
_FLAG_XML = "".join(f"<{f}>F</{f}>" for f in FLAGS)


def name(chance):
    """One to three coined words."""
    return " ".join(
        "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(chance.randint(1, 3))
    ).upper()


def day(chance):
    """A day as the file writes it."""
    return f"{chance.randint(1985, 2026)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"


def record(number, chance):
    """One case file."""
    serial, filed, classes = (
        70_000_000 + number,
        day(chance),
        sorted(chance.sample(range(1, 46), chance.choice((1, 1, 1, 2, 3)))),
    )
    mark, registered = name(chance), chance.random() < 0.6
    statements = [(f"GS{c:03}1", ", ".join(chance.choices(GOODS, k=chance.randint(2, 8)))) for c in classes]
    statements += [("PM0001", name(chance))] if chance.random() < 0.3 else []
    statements += [("D10000", f'"{mark.split()[-1]}"')] if " " in mark and chance.random() < 0.2 else []
    statements += (
        [("TR0000", f'The English translation of "{mark}" in the mark is "{name(chance)}".')]
        if chance.random() < 0.05
        else []
    )
    events = "".join(
        f"<case-file-event-statement><code>NPUB</code><type>E</type><description-text>NOTICE OF PUBLICATION E-MAILED</description-text>"
        f"<date>{filed}</date><number>{n}</number></case-file-event-statement>"
        for n in range(chance.randint(3, 14))
    )
    said = "".join(
        f"<case-file-statement><type-code>{c}</type-code><text>{t}</text></case-file-statement>" for c, t in statements
    )
    kept = "".join(
        f"<classification><international-code-total-no>1</international-code-total-no><us-code-total-no>2</us-code-total-no>"
        f"<international-code>{c:03}</international-code><us-code>022</us-code><us-code>039</us-code><status-code>6</status-code>"
        f"<status-date>{filed}</status-date><first-use-anywhere-date>{filed}</first-use-anywhere-date>"
        f"<first-use-in-commerce-date>{filed}</first-use-in-commerce-date><primary-code>{c:03}</primary-code></classification>"
        for c in classes
    )
    owners = "".join(
        f"<case-file-owner><entry-number>1</entry-number><party-type>{p}</party-type><nationality><country>CN</country></nationality>"
        f"<legal-entity-type-code>03</legal-entity-type-code><party-name>{mark.title()} Trading Ltd</party-name>"
        f"<address-1>{number} Example Road</address-1><city>Exampletown</city><country>CN</country><postcode>100000</postcode></case-file-owner>"
        for p in ((10, 20, 30) if registered else (10,))
    )
    return (
        f"<case-file><serial-number>{serial}</serial-number><registration-number>{number + 1000000 if registered else 0:07}</registration-number>"
        f"<transaction-date>20261123</transaction-date><case-file-header><filing-date>{filed}</filing-date>"
        + (f"<registration-date>{filed}</registration-date>" if registered else "")
        + f"<status-code>{chance.choice((700, 701, 800, 710)) if registered else chance.choice((630, 602, 688))}</status-code>"
        f"<status-date>{filed}</status-date><mark-identification>{mark}</mark-identification>"
        f"<mark-drawing-code>{chance.choice(('4000', '4000', '3000', '5000', '1000'))}</mark-drawing-code>"
        f"<attorney-name>A. Example</attorney-name>{_FLAG_XML}<current-location>TMO LAW OFFICE 102</current-location></case-file-header>"
        f"<case-file-statements>{said}</case-file-statements><case-file-event-statements>{events}</case-file-event-statements>"
        f"<classifications>{kept}</classifications><correspondent><address-1>A. Example</address-1><address-2>1 Law Street</address-2></correspondent>"
        f"<case-file-owners>{owners}</case-file-owners></case-file>\n"
    )


def write(count, out):
    """Stream the file to its place."""
    with Path(out).open("w", encoding="utf-8") as stream:
        stream.write(HEAD)
        stream.writelines(record(number, random.Random(number)) for number in range(count))
        stream.write(TAIL)


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
