"""How the goods of the listing stand to the mark: its own, others, an accessory, a file; and what is named beside it."""

import functools
import re

from listing_preflight.judging import cover, fits, nouns
from listing_preflight.judging.goods import has_kind
from listing_preflight.judging.grammar import Phrase, Spoken, words
from listing_preflight.judging.mention import Mentioned, of_name
from listing_preflight.model.tri import Tri
from listing_preflight.policy.store import load
from listing_preflight.text.fold import is_wide

TECHNICAL = frozenset({7, 8, 9, 10, 11, 12})
"""Classes of devices for which others make accessories and spare parts."""
SOFT = frozenset({3, 4, 14, 16, 18, 20, 24, 25, 27, 28})
"""Classes of goods whose covers, sets and inserts are no accessories of a device: a duvet cover, a case for pencils, a handbag."""
_NOUN_FIRST = frozenset("fr es it pt ro ar he th vi id ms pl cs sk hr ru uk bg el lt sl tl sr".split())
"""Languages in which the goods stand before the name that they bear."""
NAMED_WITHIN = 3
"""Words behind a name, and one before it, among which its own goods count as named by it: "NAME running shoes", "zapatos NAME"."""


@of_name
def own_goods(m: Mentioned) -> bool:
    """Whether the goods are of a class of the mark."""
    return _covered(m) is Tri.YES


@of_name
def unknown_goods(m: Mentioned) -> bool:
    """Whether the goods, the classes, or how they relate are not known."""
    return _covered(m) is Tri.UNKNOWN


@of_name
def classed(m: Mentioned) -> bool:
    """Whether its list tells classes; a name alone is the user's own word, whatever is sold."""
    return bool(m.classes)


def _covered(m: Mentioned) -> Tri:
    return cover.of_classes(m.classes, m.scene.goods) if m.classes else Tri.UNKNOWN


def names_own_goods(m: Mentioned) -> bool:
    """Whether the name stands directly at a noun for goods of its classes."""
    return bool(m.classes) and any(_classes(w, m.spoken) & m.classes for w in _windows(m))


def names_the_goods(m: Mentioned) -> bool:
    """Whether that noun is the listing's own, as far as it is known: trousers that go with "NAME shoes" are no shoes of that name."""
    if not m.classes:
        return False
    near = [w for w in _windows(m) if _classes(w, m.spoken) & m.classes]
    sold = [words(n) for n in m.scene.goods.nouns]
    return bool(near) and (not sold or any(_same_noun(w, n) for w in near for n in sold))


def fits_another_thing(m: Mentioned) -> bool:
    """Whether it names the thing that the goods are made for, which they are not: an insert "for a NAME shelf"."""
    return (
        m.has("use-compatible")
        and bool(m.scene.goods.nouns)
        and m.has("names-own-goods")
        and not m.has("names-the-goods")
    )


def _windows(m: Mentioned) -> list[Phrase]:
    """The words directly at a name that may be the noun which it names."""
    before, after = m.hit.around.clause_before, m.hit.around.clause_after
    after = after[: len(words(SET_OFF.split(m.hit.after)[0]))]  # in a row of things the next one is another
    after = before_joining(after)
    windows = [after[i : i + n] for i in range(NAMED_WITHIN) for n in (1, 2, 3)]
    if _NOUN_FIRST.intersection(m.spoken or _NOUN_FIRST):
        windows += [before[-n:] for n in (1, 2, 3)]
    return [w for w in windows if w]


def _same_noun(one: Phrase, other: Phrase) -> bool:
    """Whether two nouns are one in different inflections: their last words, or the first in languages that put it there, begin alike."""
    return any(_alike(a, b) for a, b in ((one[-1], other[-1]), (one[0], other[0])))


def _alike(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if short == long:
        return True
    if not short.isascii() and is_wide(short[0]):
        return short in long
    if len(short) < STEM:
        return long.startswith(short) and len(long) - len(short) <= INFLECTED
    inflected = len(long) - len(short) <= ENDING and long.startswith(short[: max(STEM, len(short) - INFLECTED)])
    return inflected or (len(short) > STEM and long.endswith(short))


STEM, INFLECTED, ENDING = 4, 2, 4
"""Letters in which two forms of a longer noun begin alike, at least, letters in which their endings may differ, and by which one may be
longer: "cap", "caps"; a shelf is no insert for one ("Regal", "Regaleinsätze")."""


JOINING = fits.JOINING | frozenset("with mit avec con com met med z s ve ile".split())
"""Words that join another thing to the one that is named: "NAME and jeans" are no jeans of that name."""


SET_OFF = re.compile(r"[,;|、，;]")
QUOTED = re.compile(r"[,;|、，;:\"“”]|\s[-–—]\s")


@functools.lru_cache(maxsize=1 << 15)
def _classes(phrase: Phrase, spoken: Spoken) -> frozenset[int]:
    """Classes of a noun, as it stands or as one of the languages inflects it."""
    found = set(nouns.votes().get(phrase, ()))
    if len(phrase) == 1 and not found and len(spoken or ()) <= FEW:
        for code in spoken or ():
            noun = nouns.single(phrase[0], code) if code in nouns.languages() else None
            found |= set(noun.classes if noun else ())
    return frozenset(found)


FEW = 4
"""Languages of a text up to which its words are read as each of them inflects."""


@of_name
def goods_noun(m: Mentioned) -> bool:
    """Whether the name is the word for the listing's own goods in the language of the text: Spanish "botas" of boots."""
    goods, named = m.scene.goods, _as_nouns(m)
    if any(not goods.likely.isdisjoint(n.classes) for n in named) or (bool(named) and m.named.key in goods.nouns):
        return True
    return m.has("flagged") and any(
        m.named.key == w for noun in goods.nouns for phrase in (words(noun),) if len(phrase) > 1 for w in phrase
    )


def others_noun(m: Mentioned) -> bool:
    """Whether that word names goods of other classes than all of the mark's: "miele" is honey, and Miele makes machines."""
    return bool(m.classes) and m.has("goods-noun") and all(m.classes.isdisjoint(n.classes) for n in _as_nouns(m))


def _as_nouns(m: Mentioned) -> list[nouns.Noun]:
    """What the name says as a noun of the few languages that its text is told to be in."""
    told = m.spoken if m.spoken and len(m.spoken) <= FEW else ()
    return [n for code in told if code in nouns.languages() and (n := nouns.single(m.named.key, code)) is not None]


def shows(m: Mentioned) -> bool:
    """Whether the goods are prints or toys, whose words tell what they show."""
    return m.scene.goods.first() in SHOWING


SHOWING = frozenset({16, 28})


def leads_other_goods(m: Mentioned) -> bool:
    """Whether it leads goods of its own that show nothing."""
    return m.has("own-goods") and m.has("leads-title") and not m.has("shows")


@of_name
def technical_mark(m: Mentioned) -> bool:
    """Whether the mark is one of devices; a work whose programs are in class 9 is none."""
    return bool(m.classes & TECHNICAL) and not m.has("creation")


@of_name
def vehicle_fit(m: Mentioned) -> bool:
    """Whether the title tells the years of a vehicle that the goods are made for: "NAME Golf 2008-2012", "ab 2015", "2005 NAME"."""
    if VEHICLES not in m.classes or m.has("creation"):
        return False
    before = any(_YEAR.search(t.hit.before) for t in m.named.told if t.hit.place.field == "title")
    return before or _YEARS.search(m.scene.listing.first("title")) is not None


VEHICLES = 12
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d $")
_YEARS = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d ?[-–~/] ?(?:(?:19|20)?\d\d(?!\d)|\+|on\b|up\b|present)|(?:19|20)\d\d\+"
    r"|(?:ab|from|since|dal|depuis|vanaf|från|fra|od|от|desde|de la) (?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)


def before_joining(title: Phrase) -> Phrase:
    """The words before "with" and its like: what comes with the goods is not what is sold."""
    return title[: next((i for i, w in enumerate(title) if w in JOINING), len(title))]


@of_name
def household(m: Mentioned) -> bool:
    """Whether goods are sold to which others make nothing that has to fit: cosmetics, paper, pans, clothes, food."""
    return m.scene.goods.first() in HOUSEHOLD


@of_name
def for_play(m: Mentioned) -> bool:
    """Whether toys, games or sports goods are sold, as far as path and title agree: "Toys > Building blocks"."""
    return PLAY in m.scene.goods.likely


PLAY = 28
HOUSEHOLD = frozenset({2, 3, 4, 16, 18, 20, 21, 24, 25, 27, 29, 30, 31, 32, 33})


@of_name
def nontechnical(m: Mentioned) -> bool:
    """Whether goods are sold that need no technical fit."""
    said = (m.scene.title, m.scene.categories)
    return m.scene.goods.nontechnical or any(has_kind(tokens, "nontechnical_made_for") for tokens in said)


def dresses_a_toy(m: Mentioned) -> bool:
    """Whether clothes or knitwear are sold for a mark's dolls and plush animals: what nobody needs a fit for but their maker."""
    goods = m.scene.goods
    worn = any(CLOTHES in _classes(words(n), m.spoken) for n in goods.nouns)
    dressed = m.has("in-title") and PLAY in m.classes and worn
    return dressed and (CLOTHES not in m.classes or PLAY in goods.likely)


CLOTHES = 25


@of_name
def no_print(m: Mentioned) -> bool:
    """Whether the goods are no prints, maps or books, whose title names what they show."""
    return m.scene.goods.first() != PAPER


PAPER = 16


@of_name
def makers_goods(m: Mentioned) -> bool:
    """Whether the mark is of a kind whose makers number their models, and neither category nor title says that something else is sold.

    A title without a category is read for goods of the household alone: of devices its nouns say too little.
    """
    first = m.scene.goods.first()
    if not m.scene.categories and first not in HOUSEHOLD | {28}:
        first = None
    return bool(m.classes & NUMBERED) and (first is None or first in NUMBERED | SUPPLIES)


@of_name
def title_alone(m: Mentioned) -> bool:
    """Whether no category says what is sold: a noun of the title may as well be a line, a colour or the shop's ("Basket", "Store").

    Of 15 findings of real titles without one that two readers agreed on, 10 were of goods that such a noun had read as others.
    """
    return not m.scene.categories


@of_name
def technical_data(m: Mentioned) -> bool:
    """Whether a title without a category tells sizes of memory or speeds, as of devices: no other noun in it says what is sold."""
    return (
        not m.scene.categories and bool(m.classes & DATA) and _DATUM.search(m.scene.listing.first("title")) is not None
    )


DATA = frozenset({9})
_DATUM = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)?[ -]?(?:[GTM]B|(?-i:[GT]o)|[GM]Hz|RPM|mAh)\b(?!/)", re.IGNORECASE)
"""Sizes and speeds of electronic goods; Go and To are the French for GB and TB."""
NUMBERED = frozenset({7, 8, 9, 10, 11, 12, 14, 15})
SUPPLIES = frozenset({2, 16})
"""Ink, toner and paper are sold by the makers of printers."""


@of_name
def functional(m: Mentioned) -> bool:
    """Whether the goods are bought for what they do and seldom bear a picture: a word at their head is whose they are.

    Of 463 ordinary words that led their own goods in 23,339 real titles, 455 were the mark, most of them in these classes;
    what leads a print, a shirt or a toy as often tells what it shows.
    """
    return m.scene.goods.first() in FUNCTIONAL and not m.scene.goods.nontechnical


FUNCTIONAL = frozenset({5, 7, 8, 9, 10, 11, 12})


def at_logo(m: Mentioned) -> bool:
    """Whether the word for a logo, emblem or badge stands beside the name: "NAME logo", "stemma NAME"."""
    around = m.hit.around
    return has_kind(around.clause_before[-LOGO:], "logos") or has_kind(around.clause_after[:LOGO], "logos")


LOGO = 2
"""Words from a name within which the word for a logo is about it."""


@of_name
def emblem(m: Mentioned) -> bool:
    """Whether an emblem, badge, patch or sticker is sold."""
    return m.scene.goods.emblem


@of_name
def digital(m: Mentioned) -> bool:
    """Whether a file, pattern or plan is sold."""
    return _is_digital(m.scene.title) or _is_digital(m.scene.categories)


@functools.lru_cache(maxsize=4096)
def _is_digital(tokens: Phrase) -> bool:
    known, tokens = _digital(), tuple(t for t in tokens if not t.isdigit())  # "planner 2026 digital"
    return any(tokens[i : i + n] in known for i in range(len(tokens)) for n in range(1, DIGITAL + 1))


DIGITAL = 8
"""Words of what names a file; of a script without spaces its letters."""


@functools.cache
def _digital() -> frozenset[Phrase]:
    return frozenset(words(str(n)) for n in load("ordinary.yaml")["digital"])


SIGNALS = {
    "goods-noun": goods_noun, "others-noun": others_noun, "shows": shows, "leads-other-goods": leads_other_goods,
    "own-goods": own_goods, "unknown-goods": unknown_goods, "classed": classed, "names-own-goods": names_own_goods, "names-the-goods": names_the_goods, "fits-another-thing": fits_another_thing,
    "technical-mark": technical_mark, "vehicle-fit": vehicle_fit, "household": household, "for-play": for_play, "dresses-a-toy": dresses_a_toy, "nontechnical": nontechnical, "emblem": emblem, "functional": functional, "makers-goods": makers_goods, "at-logo": at_logo, "no-print": no_print,
    "digital": digital, "technical-data": technical_data, "title-alone": title_alone,
}  # fmt: skip
