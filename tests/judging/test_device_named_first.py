"""Accessories and parts whose title names the device in another form than owners permit, whatever class the goods are put into."""

import pytest

MARKS = """
marks:
  - {id: veltora, name: Veltora, classes: [9], territories: [US], status: registered}
  - {id: brew-well, name: Brew-Well, classes: [11], territories: [US], status: registered}
  - {id: quindara, name: Quindara, classes: [11], territories: [US], status: registered}
"""


@pytest.mark.parametrize(
    ("category", "title", "brand", "mark", "severity"),
    [
        # the form is judged, not the class of what is made for the device
        ("Craft Supplies > Vinyl", "Veltora-compatible permanent vinyl sheets, 20 colours", "", "veltora", "medium"),
        ("Tools > Pouches", "Veltora-compatible leather belt sheath, brown", "Cowdell", "veltora", "medium"),
        # other words that are a name because a fit says so
        ("Drogerie > Mundpflege", "Brew-Well-kompatible Hülle, Hartschale", "Kofferling", "brew-well", "medium"),
        # the device first, of words that are words as well
        ("Home & Kitchen > Parts", "Brew-Well Replacement Lid Gasket", "SealRight", "brew-well", "medium"),
        # called a spare part by another maker
        ("Kitchen > Stoves", "Quindara stove replacement feet, 4 pieces", "Plugly", "quindara", "medium"),
        # the whole device, sold with what is made for it
        ("Kitchen > Stoves", "Quindara stove with replacement feet", "Plugly", "quindara", "high"),
    ],
)
def test_a_device_named_in_the_wrong_form(severities, category, title, brand, mark, severity):
    assert severities(MARKS, category)(title, brand=brand)[mark] == severity
