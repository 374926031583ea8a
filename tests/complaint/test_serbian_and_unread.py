"""Papers and letters in Serbian, in both of its scripts, and notices in scripts whose words no reader knows."""

import pytest

from listing_preflight.complaint.letter import read_letter, unread
from listing_preflight.complaint.reading.notice import read

PAPER = """РЕПУБЛИКА СРБИЈА
ПРИВРЕДНИ СУД У НОВОМ САДУ
П2 бр. 412/2026
Дана 09.09.2026. године

Привредни суд у Новом Саду, у правној ствари тужиоца Бела Врба д.о.о. Суботица, кога заступа адвокатска канцеларија Јовић Ранков,
против туженог Мала Корпа д.о.о. Ниш, ради повреде жига, донео је

РЕШЕЊЕ

Одређује се привремена мера и забрањује се туженом да продаје свеће са знаком ВРБИЦА, који је заштићен жигом рег. бр. 61204
код Завода за интелектуалну својину, на адреси https://malakorpa.example/sveca-vrbica-3

Налаже се туженом да у року од 5 дана од дана пријема решења преда затечену робу.
Рочиште се заказује за 02.10.2026. године у 9.30 часова.
Против овог решења дозвољена је жалба у року од 8 дана од дана достављања.

СУДИЈА
"""
LATIN = str.maketrans(
    dict(
        zip(
            "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
            "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
            strict=True,
        )
    )
) | {  # fmt: skip
    ord(a): b for a, b in {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj"}.items()
}


def told(text):
    return read(read_letter("n.txt", text.encode()))


def test_a_courts_paper_in_serbian():
    n = told(PAPER)
    assert (n.language, n.family, n.platform) == ("sr", "court order", "letter")
    assert (n.people.complainant.value, n.people.agent.value) == (
        "Бела Врба д.о.о. Суботица",
        "адвокатска канцеларија Јовић Ранков",
    )
    assert [m.value for m in n.marks] == ["ВРБИЦА"]
    assert [(x.value, x.office) for x in n.numbers] == [("61204", "RS")]
    assert [c.value for c in n.complaint_ids] == ["П2 бр. 412/2026"]
    assert [(d.words.value, d.purpose) for d in n.deadlines] == [
        ("у року од 5 дана од дана пријема", "stock"),
        ("заказује за 02.10.2026. године у 9.30 часова", "unknown"),
        ("у року од 8 дана од дана достављања", "answer"),
    ]


def test_the_same_in_latin_letters():
    n = told(PAPER.translate(LATIN))
    assert n.family == "court order"
    assert [c.value for c in n.complaint_ids] == ["P2 br. 412/2026"]
    assert [x.value for x in n.numbers] == ["61204"]


def test_what_a_court_is_told_of_in_passing_orders_nothing():
    text = "Поштовани,\nсудски тумачи нашег бироа преводе уговоре и пресуде за суд у року од 8 дана.\nСрдачан поздрав\n"
    assert told(text).family == "not a notice"


def test_a_damaged_parcel_is_no_accusation():
    text = "Здравствуйте,\nпосылка повреждена, слово «ПРИМЕР» на коробке стёрто. Пришлите, пожалуйста, замену товара 4471902.\n"
    assert told(text).family == "not a notice"


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("புகார் எண்: IN-2026-4471\nதயாரிப்பு எண்: 300412977\nவர்த்தகச் சின்னம்: KAVINO\nபதிவு எண் 2711904\nமின்னஞ்சல்: ip@kavino.example\n", "ta", "2711904"),
        ("অভিযোগ নম্বর: IN-2026-4471\nপণ্য আইডি: 300412977\nট্রেডমার্ক: KAVINO\nনিবন্ধন নম্বর: 2711904\nইমেইল: ip@kavino.example\n", "bn", "2711904"),
    ],
)  # fmt: skip
def test_of_an_unread_language_ids_and_numbers_are(text, language, number):
    n = told(text)
    assert n.language == language
    assert unread(n.letter.notes)
    assert [c.value for c in n.complaint_ids] == ["IN-2026-4471"]
    assert [s.value for s in n.listings] == ["300412977"]
    assert ([m.value for m in n.marks], [x.value for x in n.numbers]) == (["KAVINO"], [number])


def test_a_few_letters_of_another_script_are_no_language():
    n = told("Dear seller, we removed listing 300412977. The box shows the Tamil word மயில் and the mark KAVINO.\n")
    assert n.language == "en"
    assert not unread(n.letter.notes)


def test_a_hearing_is_told_and_what_must_be_filed_is_answered():
    text = (
        "UNITED STATES DISTRICT COURT\nCase No. 26-cv-04417\nLarkfield Press LLC, Plaintiff, v. the Defendants.\nTEMPORARY RESTRAINING ORDER\n"
        "It is ordered that Defendants stop selling goods under the mark LARKFIELD at https://shop.example/item/4417.\n{}\n"
    )
    heard = told(
        text.format("A telephonic hearing on the motion for preliminary injunction is set for December 3, 2026.")
    ).deadlines
    filed = told(text.format("Defendants shall file their opposition by December 3, 2026.")).deadlines
    assert ([d.purpose for d in heard], [d.purpose for d in filed]) == (["unknown"], ["answer"])
