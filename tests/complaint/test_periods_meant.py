"""What periods are for, in the words of many languages: an answer, the goods, or nobody; ends of months; time that was granted."""

import pytest

from listing_preflight.complaint.letter import read_letter
from listing_preflight.complaint.reading import deadlines, periods
from listing_preflight.complaint.reading.page import Page


def told(sentence, language):
    page = Page(read_letter("n.txt", f"{sentence}\n".encode()), "unknown", None, language)
    return [(d.words.value, d.date, d.purpose) for d in deadlines.find(page, "owner complaint", "Tallow Inc.")]


@pytest.mark.parametrize(
    ("language", "sentence", "purpose"),
    [
        ("en", "The goods must be kept for 60 days.", "stock"),
        ("en", "Hand over the remaining items to our courier by 18 December 2026.", "stock"),
        ("en", "Failing a reply by 11 December 2026, our client will go to court.", "answer"),
        ("de", "Ware bewahren Sie bitte mindestens vier Wochen lang auf.", "stock"),
        ("fr", "Veuillez conserver les articles en votre possession jusqu'au 15 janvier 2027.", "stock"),
        ("it", "I prodotti devono essere conservati per almeno 60 giorni.", "stock"),
        ("pt", "Caso não recebamos resposta em 10 dias, iremos a tribunal.", "answer"),
        ("sv", "Vi emotser ert svar senast fredagen den 4 december 2026.", "answer"),
        ("no", "Varene må hentes innen 30 dager.", "stock"),
        ("ro", "Aveți la dispoziție 20 de zile pentru a răspunde.", "answer"),
        ("el", "Έχετε 5 εργάσιμες ημέρες για να απαντήσετε.", "answer"),
        ("id", "Sisa barang agar disimpan sampai dengan 20 Desember 2026.", "stock"),
        ("es", "El plazo para responder vence el 4 de diciembre de 2026.", "answer"),
        ("en", "| Reply due | 2026-12-01 |", "answer"),
    ],
)
def test_purposes(language, sentence, purpose):
    assert [d[2] for d in told(sentence, language)] == [purpose]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We will review your appeal within 5 business days."),
        ("de", "Wir prüfen Ihren Einspruch innerhalb von 5 Werktagen."),
        ("fr", "Nous examinerons votre réponse dans un délai de 5 jours ouvrés."),
        ("it", "Esamineremo la risposta entro 5 giorni lavorativi."),
        ("zh", "平台将在5个工作日内审核您的申诉。"),
    ],
)
def test_time_that_the_writer_takes_is_asked_of_nobody(language, sentence):
    assert [d[2] for d in told(sentence, language)] in ([], ["unknown"])


@pytest.mark.parametrize(
    ("language", "sentence", "date"),
    [
        ("en", "Please reply before the end of November 2026.", "2026-11-30"),
        ("de", "Restbestände sind bis Ende Januar 2027 zu vernichten.", "2027-01-31"),
        ("fr", "Le stock restant sera détruit d'ici fin février 2028.", "2028-02-29"),
        ("pl", "Pozostałe sztuki należy zniszczyć do końca stycznia 2027 r.", "2027-01-31"),
        ("fi", "Varasto on tyhjennettävä joulukuun 2026 loppuun mennessä.", "2026-12-31"),
    ],
)
def test_ends_of_months_are_their_last_day(language, sentence, date):
    assert [d[1] for d in told(sentence, language)] == [date]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We extend the period for your reply by 14 days."),
        ("en", "At your request the deadline was extended to 18 December 2026."),
        ("de", "Auf Ihre Bitte verlängern wir die Frist bis zum 18. Dezember 2026."),
        ("pl", "Przedłużamy termin do 18 grudnia 2026 r."),
    ],
)
def test_more_time_that_was_granted_is_for_the_answer(language, sentence):
    assert [d[2] for d in told(sentence, language)] == ["answer"]


def test_more_time_that_may_be_asked_for_is_no_period():
    assert told("You may ask for an extension of 14 days.", "en") == []


def test_a_month_without_its_end_is_no_day():
    assert periods.day("13 foo 2026", 2026) is None
