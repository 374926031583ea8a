"""How a name is written: disguised, misspelt, glued, torn, signed, or over the seam of two fields."""

import re
import unicodedata

from listing_preflight.judging import nouns
from listing_preflight.judging.grammar import grammar
from listing_preflight.judging.headnoun import LETTERS
from listing_preflight.judging.mention import Mentioned
from listing_preflight.judging.signals.words import endings
from listing_preflight.judging.speech import MOST_TOLD, is_untold
from listing_preflight.model.hit import DISGUISES, Hit, Step
from listing_preflight.text.fold import folded_key, plain_words
from listing_preflight.text.names import SHORT
from listing_preflight.text.otherwise import Written, are_words
from listing_preflight.text.tongues import PART
from listing_preflight.text.vocabulary import vocabulary

TORN = 5
"""Letters up to which a name glued to words or torn apart is as likely two words: "DA CIA", "espanta" on real listings."""
LOOSE = frozenset({"edit", "joined", "split", "respaced", "glued", "apart"})
"""Kinds of match that put letters or words together which the text has otherwise."""
_STYLES: frozenset[Step] = frozenset({"compat", "width"})
_TAGS = re.compile(r"\w\s*[,;|\n]\s*\w")
_SEPARATOR = re.compile(r"\w{2,}\s*[,;|/\n]\s*\w{2,}|\w{2,}\s*[,;|/\n]|[,;|/\n]\s*\w{2,}")


def is_disguised(hit: Hit) -> bool:
    """Whether a word is spelt in a way that hides it; letters of a style that the whole text is set in hide nothing."""
    if hit.steps & _STYLES and not (hit.steps & DISGUISES) - _STYLES:
        return not (_is_styled(hit.before[::-1]) or _is_styled(hit.after))
    return hit.kind == "visual" or bool(hit.steps & DISGUISES) or _is_spelt_out(hit)


def _is_spelt_out(hit: Hit) -> bool:
    """Whether every letter of a name stands apart: "B-o-b-b-y"; of a few letters it may be an abbreviation."""
    if "split" not in hit.steps or len(hit.seen) < 2 * SPELT - 1:
        return False
    letters = _APART.split(hit.seen)
    return len(letters) >= SPELT and all(len(c) == 1 for c in letters)


SPELT = 5
"""Letters that each stand apart from which a name is spelt out, and no abbreviation."""
_APART = re.compile(r"[\W_]+")


def _is_styled(text: str) -> bool:
    """Whether the letter nearest to a hit is set in a style of its own as well (bold, full width)."""
    letter = next((c for c in text if c.isalnum()), "a")
    return unicodedata.normalize("NFKC", letter) != letter


def disguised(m: Mentioned) -> bool:
    """Whether its letters are disguised: look-alikes, figures, invisible characters; letters that the text's language has hide nothing."""
    return is_disguised(m.hit) and not _in_its_letters(m)


def _in_its_letters(m: Mentioned) -> bool:
    """Whether what differs from the name are letters of the language that the text is told to be in: Norwegian "røde", Turkish "dalın"."""
    own = frozenset(m.spoken or ())
    if not m.hit.seen.islower() or len(own) > MOST_TOLD or not m.hit.steps & DISGUISES <= {"confusable", "compat"}:
        return False
    strange = {c for c in m.hit.seen.casefold() if not c.isascii()} - set(m.hit.form.casefold())
    return bool(strange) and all(own & set(LETTERS.get(c, "").split()) for c in strange)


def signed(m: Mentioned) -> bool:
    """Whether ™ or ® stands behind it."""
    return m.hit.after[:1] in ("™", "®")


def misspelt(m: Mentioned) -> bool:
    """Whether a letter or two are other than listed; one of several is none: a Squishmallow of Squishmallows."""
    if m.hit.kind == "plural" and m.hit.place.field == "brand":  # nobody inflects a name there
        return not folded_key(m.hit.seen).endswith("s")
    if m.hit.kind != "edit":
        return False
    seen, form = folded_key(m.hit.seen), folded_key(m.hit.form)
    return seen + "s" != form and not (seen[1:] == form and seen[:1] in _WRITTEN_ON)


_WRITTEN_ON = frozenset("בהוכלמשلبوكف")
"""Letters that Hebrew and Arabic write on to a name: and, in, the, from, than, for, like; what some of them say of it stands in the grammars
(clitics, prefixes)."""


def ends_in_case(m: Mentioned) -> bool:
    """Whether the last vowel of the name is another one, as Slavic and Baltic cases have it: "po vzoru Zare"."""
    seen, form = folded_key(m.hit.seen), folded_key(m.hit.form)
    return seen[:-1] == form[:-1] and seen != form and {seen[-1:], form[-1:]} <= _VOWELS


_VOWELS = frozenset("aeiouy")


def torn(m: Mentioned) -> bool:
    """Whether a short name is glued to other words or torn into two."""
    letters = all(len(w) == 1 for w in plain_words(m.hit.seen))
    return m.hit.kind in ("glued", "split") and len(m.hit.key) <= TORN and not letters


def put_together(m: Mentioned) -> bool:
    """Whether the name is there only when words are joined, torn or letters changed."""
    return m.hit.kind in LOOSE


def long_name(m: Mentioned) -> bool:
    """Whether a name is so long that a letter apart hardly leaves another name or word."""
    return len(m.hit.key) > LOOSE_LETTERS


LOOSE_LETTERS = 6
"""Letters up to which a misspelling may well be another word or another house's name: "Croco", "Doina", "Spinel" in real shops."""


def apart(m: Mentioned) -> bool:
    """Whether its parts stand in two fields."""
    return m.hit.kind == "apart"


def crosses_separator(m: Mentioned) -> bool:
    """Whether a name reaches over the comma between two tags, or is put together over one; letters spaced by commas are a disguise."""
    if (
        m.has("in-search-terms")
        and m.hit.kind == "exact"
        and len(plain_words(m.hit.form)) > 1
        and _TAGS.search(m.hit.seen)
    ):
        return True
    return (
        m.hit.kind in LOOSE
        and m.hit.kind != "apart"
        and (bool(_SEPARATOR.search(m.hit.seen)) and all(map(vocabulary().is_english, plain_words(m.hit.seen))))
    )


def beside_figure(m: Mentioned) -> bool:
    """Whether a leet reading rests on a figure that stands apart before or behind a word, or is a length: "f/1.8 OSS" and "19 mm x 10m" are no names."""
    hit = m.hit
    if "leet" not in hit.steps:
        return False
    if _BY.fullmatch(hit.seen) and _SIZED.search(hit.before):
        return True
    if "split" not in hit.steps:
        return False
    parts = hit.seen.replace(".", " ").replace("-", " ").split()
    return any(p.isdigit() for p in parts) and any(len(p) > 1 and p.isalpha() for p in parts)


_BY = re.compile(r"(?i)[x×]\s?\d+(?:[.,]\d+)?\s?[a-z]{1,3}")
_SIZED = re.compile(r"(?i)\d\s?(?:[a-z]{1,3}|[\"'″′])?\s*$")
"""A second length behind the first one."""


def behind_a_share(m: Mentioned) -> bool:
    """Whether a share stands right before it: "50% OFF!"."""
    return m.hit.before.rstrip()[-1:] in ("%", "％")


def another_word(m: Mentioned) -> bool:
    """Whether what is written are words of the listing's languages as they inflect and compound them, and no name."""
    hit = m.hit
    if hit.kind == "plural" and m.has("famous") and hit.seen[:1].isupper():
        return False  # "Bluza Adidasa": a language says the names that everybody knows in their cases, too
    if hit.kind in ("split", "joined", "respaced") and m.has("famous") and m.has("own-goods"):
        return False  # "Star Bucks tumbler" are two words that everybody reads as one name
    if hit.kind == "edit" and _figures(hit.seen) != _figures(hit.form):
        return True  # "Core i3" is no misspelt Core i7
    if hit.kind == "edit" and _other_token(plain_words(hit.seen), plain_words(hit.form)):
        return True
    if _is_known(m) or _in_kana(hit):
        return True
    if hit.kind in ("edit", "plural") and m.has("told-word") and _is_inflected(m):
        return True  # "lässiger" of German "lässig", and no Lässig
    written = Written(_without_little(hit), folded_key(hit.form), hit.kind)
    return bool(written.words) and _may_be_words(hit, written) and are_words(written, _spoken(m), vocabulary())


def _is_inflected(m: Mentioned) -> bool:
    """Whether a word of the text's language that is a name as well has an ending of that language; of the mark's own goods in running text alone.

    A list without classes does not tell which goods are its own: none of its names is hidden by an ending, nor is one
    in the brand field, in the search terms or beside what imitates.
    """
    if not m.hit.seen.islower() or not m.has("classed") or any(map(m.has, _NEVER_INFLECTED)):
        return False
    ending = folded_key(m.hit.seen).removeprefix(folded_key(m.hit.form))
    sure = len(ending) > 1 and m.has("in-text") if m.has("own-goods") else not m.has("famous")
    return sure and any(ending in endings().get(code, ()) for code in m.spoken or ())


_NEVER_INFLECTED = ("in-brand-field", "in-search-terms", "use-imitation")


def _spoken(m: Mentioned) -> tuple[str, ...]:
    """The languages of the listing; of its text where the listing tells none and the words of the text do."""
    told = m.scene.speech.languages
    return m.spoken if m.spoken and is_untold(told) and not is_untold(m.spoken) else told


def _figures(text: str) -> list[str]:
    return [c for c in text if c.isdigit()]


def _without_little(hit: Hit) -> tuple[str, ...]:
    """The words of a misspelling without the little ones that are the name's own, which say nothing: "la hoja" of La Toja."""
    seen = plain_words(hit.seen)
    if hit.kind != "edit":
        return seen
    own = frozenset(plain_words(hit.form))
    return tuple(w for w in seen if w not in own or len(w) >= PART) or seen


def _in_kana(hit: Hit) -> bool:
    """Whether a name of katakana is met inside a run of hiragana, which writes the grammar, or inside a longer word of katakana.

    "になると" is no ナルト, nor is "ニトリル" (nitrile) ニトリ.
    """
    if not _KATAKANA.fullmatch(hit.form):
        return False
    return _in_hiragana(hit) if _HIRAGANA.fullmatch(hit.seen) else _in_katakana(hit)


def _in_hiragana(hit: Hit) -> bool:
    if len(hit.form) > KANA:
        return False  # a longer name that is written so is written to be read
    after = hit.after[:1]
    return bool(_HIRAGANA.match(hit.before[-1:])) or (bool(_HIRAGANA.match(after)) and after not in _PARTICLES)


def _in_katakana(hit: Hit) -> bool:
    """Whether the whole run is a word for goods or a material."""
    before, after = _KATAKANA_ENDS.search(hit.before), _KATAKANA.match(hit.after)
    run = f"{before[0] if before else ''}{hit.seen}{after[0] if after else ''}"
    return run != hit.seen and (run in nouns.languages()["ja"].nouns or vocabulary().is_word(folded_key(run)))


_KATAKANA, _KATAKANA_ENDS = re.compile("[\u30a1-\u30fa\u30fc]+"), re.compile("[\u30a1-\u30fa\u30fc]+$")
_HIRAGANA = re.compile("[\u3041-\u309fー]+")
KANA = 3
"""Letters up to which a name is as likely met by chance in hiragana."""
_PARTICLES = frozenset("のはがをとにでもへや")


def _is_known(m: Mentioned) -> bool:
    """Whether a look-alike in plain letters is a word of any language ("Sada" for a name with "cl"), or a misspelling a part of goods in the text's."""
    hit = m.hit
    told = plain_words(hit.seen)
    if hit.kind in ("edit", "plural") and " ".join(told) in m.scene.goods.nouns:
        return True  # Slovenian "superge" are the goods, and no Superga
    if len(told) != 1:
        return False
    if hit.kind == "glued" and told in grammar(None)["imitation_anywhere"].phrases:
        return True  # "Duftzwilling"
    if hit.kind == "visual" and hit.seen.isascii() and hit.seen.isalpha():
        return vocabulary().speaks(told[0], None)
    spoken = m.spoken if m.spoken and len(m.spoken) <= FEW else ()
    return hit.kind == "edit" and any(told in grammar((lang,))["components"].phrases for lang in spoken if lang != "en")


FEW = 4
"""Languages of a text up to which its own words for materials are asked."""


def _other_token(seen: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a short word of a name is another word altogether: "Instant PDF" and Instant Pot."""
    if len(seen) != len(name) or len(name) < 2:
        return False
    pairs = [(a, b) for a, b in zip(seen, name, strict=True) if a != b and len(b) <= SHORT + 1]
    return any(sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b)) > 1 for a, b in pairs)


def _may_be_words(hit: Hit, written: Written) -> bool:
    """Whether a name is met in other letters than its own: misspelt, inside a word, over several, or without its accents."""
    if hit.kind == "exact":
        return "accent" in hit.steps and hit.form.isascii() and hit.seen.islower()
    if hit.kind == "plural":
        return "".join(written.words) not in (written.name + "s", written.name + "es")
    if hit.kind == "joined" and _owner_s(plain_words(hit.form)) == written.words:
        return False  # "Daniels" for "Daniel's"
    return hit.kind in ("edit", "glued", "visual") or (
        hit.kind in ("joined", "split", "respaced") and len(written.words) > 1
    )


def _owner_s(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Words of a name with the s behind an apostrophe put to the word before it."""
    out: list[str] = []
    for word in tokens:
        if word == "s" and out:
            out[-1] += word
        else:
            out.append(word)
    return tuple(out)


def dictionary_plural(m: Mentioned) -> bool:
    """Whether a name with an s more is a word of the dictionary in small letters: "a cabin nestles in the snow", "puntas romas"."""
    if m.hit.kind != "plural" or not m.hit.seen.islower():
        return False
    seen, known = plain_words(m.hit.seen), vocabulary()
    spoken = m.spoken if m.spoken and len(m.spoken) <= FEW else ()
    return all(map(known.is_english, seen)) or any(
        all(known.speaks(w, (code,)) for w in seen) for code in spoken if code != "en"
    )


def vendors_own_name(m: Mentioned) -> bool:
    """Whether a name that is put together is what the brand field says, and that is another name."""
    if m.hit.kind not in LOOSE or is_disguised(m.hit) or not m.scene.brand:
        return False
    own = m.scene.brand
    seen = folded_key(m.hit.seen)
    return own != m.named.key and (seen == own or (len(seen) > 3 and seen in own))


def tagged(m: Mentioned) -> bool:
    """Whether the word is used as a name on the net: a hashtag, a domain."""
    return m.hit.before[-1:] in ("#", "@") or m.hit.after[:4].casefold() in (".com", ".net", ".shop")


SIGNALS = {
    "disguised": disguised, "signed": signed, "misspelt": misspelt, "torn": torn, "ends-in-case": ends_in_case, "put-together": put_together, "long-name": long_name, "apart": apart, "crosses-separator": crosses_separator, "behind-a-share": behind_a_share, "beside-figure": beside_figure,
    "another-word": another_word, "dictionary-plural": dictionary_plural, "vendors-own-name": vendors_own_name, "tagged": tagged,
}  # fmt: skip
