"""Who acts for whom: the words between two names, labels of owners and reporters, letters that say who gave the task."""

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read

HEAD = "Hello,\nwe hid item 256012345678 after a report.\n"


def people(text):
    told = read(read_letter("n.txt", text.encode())).people
    return tuple(s and s.value for s in (told.complainant, told.agent))


@pytest.mark.parametrize(
    ("line", "owner", "agent"),
    [
        ("It was filed by Orvex Pte. Ltd. for Tallow Lamps GmbH.", "Tallow Lamps GmbH", "Orvex Pte. Ltd."),
        ("It comes from Orvex Ltd, an authorised agent of Tallow & Reed.", "Tallow & Reed", "Orvex Ltd"),
        ("Der Hinweis kam von der Orvex GmbH im Auftrag der Tallow AG.", "Tallow AG", "Orvex GmbH"),
        ("Orvex SAS, agissant pour le compte de Tallow SARL, l'a signalé.", "Tallow SARL", "Orvex SAS"),
        ("Orvex SL, en nombre de Tallow SA, lo denunció.", "Tallow SA", "Orvex SL"),
        ("Orvex S.r.l., incaricata da Tallow S.p.A., lo ha segnalato.", "Tallow S.p.A.", "Orvex S.r.l."),
        ("Volgens Orvex B.V., dat optreedt voor Tallow B.V., is dat inbreuk.", "Tallow B.V.", "Orvex B.V."),
        ("Zgłosiła to Orvex sp. z o.o. działająca w imieniu Tallow S.A.", "Tallow S.A.", "Orvex sp. z o.o."),
        ("Её направило ООО «Орвекс», действующее в интересах АО «Таллоу».", "АО «Таллоу»", "ООО «Орвекс»"),
        ("Tallow AB, företrädd av Orvex AB, har anmält varan.", "Tallow AB", "Orvex AB"),
    ],
)
def test_words_between_two_names_say_who_acts(line, owner, agent):
    assert people(f"{HEAD}{line}\nThe market team\n") == (owner, agent)


@pytest.mark.parametrize(
    "lines",
    [
        "Filed by: Orvex Ltd\nRights holder: Tallow Lamps Inc.",
        "| Field | Details |\n|---|---|\n| Rights holder | Tallow Lamps Inc. |\n| Filed by | Orvex Ltd, agent |",
        "Déposé par : Orvex Ltd, mandataire\nPour le compte de : Tallow Lamps Inc.",
        "Segnalante        Orvex Ltd\nTitolare          Tallow Lamps Inc.",
        "投诉人:Orvex Ltd(受权利人委托)\n权利人:Tallow Lamps Inc.",
    ],
)
def test_who_reports_beside_an_owner_is_the_agent(lines):
    assert people(f"{HEAD}{lines}\n") == ("Tallow Lamps Inc.", "Orvex Ltd")


@pytest.mark.parametrize(
    "line",
    [
        "The Tallow Lamps Inc. has instructed us to write to you.",
        "Die Tallow Lamps Inc. hat uns mit der Überwachung ihrer Marken beauftragt.",
        "La société Tallow Lamps Inc. nous a mandatés.",
        "Tallow Lamps Inc. ci ha incaricato di scriverLe.",
        "Tallow Lamps Inc. nos ha encargado la defensa de sus marcas.",
    ],
)
def test_who_gives_the_task_is_the_owner_and_who_writes_the_agent(line):
    text = f"Orvex Services GmbH\nRef: OX-26-4471\n\nDear Sirs,\n\n{line} Item 256012345678 infringes its trade mark TALLOW.\n"
    assert people(f"{text}Kindly delete it within 5 days.\n") == ("Tallow Lamps Inc.", "Orvex Services GmbH")


@pytest.mark.parametrize(
    "line",
    [
        "Reply through the portal for sellers of Orvex Ltd.",
        "We removed it on behalf of our customers. Tallow Inc. reported it.",
        "It was reported by Tallow Inc. for trademark infringement.",
    ],
)
def test_no_agent_is_made_of_other_words(line):
    assert people(f"{HEAD}Rights owner: Tallow Inc.\n{line}\n") == ("Tallow Inc.", None)
