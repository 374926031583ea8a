"""What stands in place of a name are other words of the listing's languages, or the name misspelt."""

import pytest

from listing_preflight.text.otherwise import Written, are_words
from listing_preflight.text.vocabulary import vocabulary

LATIN = (
    "cs",
    "da",
    "de",
    "en",
    "es",
    "fi",
    "fr",
    "hu",
    "id",
    "it",
    "lt",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "sv",
    "tr",
    "vi",
)
"""What a listing is read with whose language nothing tells."""


def words(text, name, languages, kind="edit"):
    return are_words(Written(text.split(), name, kind), languages, vocabulary())


@pytest.mark.parametrize(
    ("text", "name", "languages", "kind"),
    [
        ("forelle", "corelle", ("de", "en"), "edit"), ("charmanter", "charmander", ("de", "en"), "edit"), ("pumba", "zumba", ("en",), "edit"),
        ("watermantel", "waterman", ("en", "nl"), "glued"), ("megamat", "megaman", ("en", "nl"), "edit"), ("antimacchia", "imac", ("en", "it"), "glued"),
        ("domgartens", "drmartens", ("de", "en"), "edit"), ("spinel", "opinel", ("en",), "edit"), ("بيبي", "بيبسي", ("ar", *LATIN), "edit"),
        ("forelle", "corelle", LATIN, "edit"), ("watermantel", "waterman", LATIN, "glued"), ("antimacchia", "imac", LATIN, "glued"),
        ("sea salt", "seasalt", ("en",), "respaced"), ("basin street", "basinstreet", ("en",), "respaced"),
        ("kahvikuppi", "kahvikuppo", ("en", "fi"), "edit"), ("regnjakke", "regnjakko", ("en", "no"), "edit"),
    ],
)  # fmt: skip
def test_other_words(text, name, languages, kind):
    assert words(text, name, languages, kind)


@pytest.mark.parametrize(
    ("text", "name", "languages", "kind"),
    [
        ("addidas", "adidas", ("en",), "edit"), ("addidas", "adidas", LATIN, "edit"), ("nikee", "nike", LATIN, "edit"), ("lucious", "licious", ("en",), "edit"),
        ("basin robbins", "baskinrobbins", ("en",), "edit"), ("n i k e", "nike", ("en",), "split"), ("z o r v a n e", "zorvane", LATIN, "split"),
        ("zorvaneschuhe", "zorvane", ("de", "en"), "glued"), ("sentinelshoes", "sentinel", LATIN, "glued"),
        ("superstarr", "superstar", LATIN, "edit"),
        ("baulicharger", "bauli", LATIN, "glued"), ("charmanter", "charmander", ("en",), "edit"), ("forelle", "corelle", (), "edit"),
    ],
)  # fmt: skip
def test_a_name_misspelt(text, name, languages, kind):
    assert not words(text, name, languages, kind)
