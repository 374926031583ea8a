"""What sort of paper a text is, in over forty languages: what a marketplace found, what it passes on, what it declined, what a court bids, and mails that are no notice."""

import pathlib
from collections.abc import Iterator

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading.notice import read

TABLE = pathlib.Path(__file__).parent / "said" / "families-laid-out.txt"
FAMILIES = {
    "own": "platform finding",
    "relay": "owner complaint",
    "declined": "refusal of an appeal",
    "none": "not a notice",
    "court": "court order",
}


def blocks() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            found[line[1:-1]] = block = {}
        elif not line.startswith("#"):
            key, _, value = line.partition(": ")
            block[key] = [said.strip() for said in value.split(" | ")]
    return found


BLOCKS = blocks()


def sentences(language: str, *keys: str) -> Iterator[tuple[str, str]]:
    for key in keys:
        for said in BLOCKS[language].get(key, ()):
            yield key, said


def family(key: str, said: str) -> str:
    text = said.replace("¶", "\n") if key == "court" else f"{said}\n\nhttps://www.ebay.com/itm/204719938812\n\neBay\n"
    return read(read_letter("n.txt", text.encode())).family


@pytest.mark.parametrize("language", BLOCKS)
def test_each_sort_of_paper_is_told(language):
    told = [(key, said, family(key, said)) for key, said in sentences(language, *FAMILIES)]
    assert [one for one in told if one[2] != FAMILIES[one[0]]] == []
    assert len({one[2] for one in told}) >= 4  # a reader that tells one family of all fails


def periods(language: str, said: str) -> list[tuple[str, str]]:
    relay = BLOCKS[language]["relay"][0]
    text = f"{relay}\n\nhttps://www.ebay.com/itm/204719938812\n\n{said}\n\neBay\n"
    return [(d.words.value, d.purpose) for d in read(read_letter("n.txt", text.encode())).deadlines]


@pytest.mark.parametrize("language", BLOCKS)
def test_points_in_time_that_no_date_names_are_periods(language):
    for _, said in sentences(language, "ask"):
        words = said.partition("[")[2].partition("]")[0]
        found = periods(language, said.replace("[", "").replace("]", ""))
        assert [purpose for _, purpose in found] == ["answer"], said
        assert found[0][0] in words or words in found[0][0], said


@pytest.mark.parametrize("language", BLOCKS)
def test_an_hour_that_is_past_or_of_the_writer_is_no_period(language):
    for _, said in sentences(language, "not"):
        assert "answer" not in {purpose for _, purpose in periods(language, said)}, said


def test_the_firm_of_a_labelled_reporter_and_of_a_letterhead_is_the_agent():
    mail = "Vi har tagit bort annonsen efter en anmälan om varumärkesintrång.\nAnmälare: Advokatbyrån Hjort Ekel KB för Fjällvik Utrustning AB\n\nhttps://www.ebay.com/itm/204719938812\n\neBay\n"
    who = read(read_letter("n.txt", mail.encode())).people
    assert (who.complainant.value, who.agent.value) == ("Fjällvik Utrustning AB", "Advokatbyrån Hjort Ekel KB")


def test_a_declined_appeal_stays_one_where_the_owner_is_named():
    mail = (
        "Hello,\nWe received your appeal of 2 May and decided not to reinstate your offers.\nASIN: B0TESTQ1XZ\n"
        "The invoice you supplied does not show that the goods are genuine.\nRights owner: Oakfinch Lighting LLC\n"
        "Trademark: OAKFINCH\nComplaint ID: 18044729113\nThe Amazon team, amazon.com\n"
    )
    assert read(read_letter("n.txt", mail.encode())).family == "refusal of an appeal"


def test_the_first_word_on_a_design_is_no_answer_to_an_appeal():
    mail = (
        'Hello designer,\n\nyour submission "Sulky Otter" (design reference MOD-55120931) was not accepted. The text of the '
        "artwork uses the name of a brand for which you have shown no rights.\n\nYou may change it and submit again. "
        "Further submissions of this sort can lead to the end of your account.\n\nMerch on Demand\n"
    )
    assert read(read_letter("n.txt", mail.encode())).family == "platform finding"
    asked = mail.replace('submission "Sulky Otter"', "appeal for Sulky Otter")
    assert read(read_letter("n.txt", asked.encode())).family == "refusal of an appeal"
