"""What of a name does not hang on a listing, and which ordinary words are sifted out before anything else is asked."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from listing_preflight.judging import use
from listing_preflight.judging.grammar import words
from listing_preflight.judging.scene import Company
from listing_preflight.judging.signals.company import adjoins_words
from listing_preflight.judging.signals.kind import platforms_of
from listing_preflight.judging.signals.statement import is_service
from listing_preflight.judging.signals.words import descriptive, robots
from listing_preflight.model.hit import DISGUISES, Hit, Step
from listing_preflight.model.mark import Mark
from listing_preflight.text.fold import folded_key
from listing_preflight.text.names import SHORT
from listing_preflight.text.vocabulary import vocabulary

SENTENCES = frozenset({"slogan", "phrase"})
PHRASES = frozenset({"title", "character", "person"})
"""Kinds of marks that are names or phrases as a whole: of several words they are no ordinary word, whatever their words are."""

PICTURED: frozenset[Step] = frozenset({"hash", "features"})
"""How a logo is recognised: it is no word, whatever its name means."""
SPOKEN = 35
"""Ten times the Zipf frequency from which a word of the listing's own language is an ordinary one: Spanish bata 43, Italian vespa 37;
names that a language could compound ("thermomix") stay below."""


class Facts(NamedTuple):
    """What of the marks behind one name does not hang on a listing.

    `asks`: context words, a badge, fame, a robot, a service or the goods of a class have to be asked, so that nothing is sifted.
    `describes`: a word for what goods are like, of which nobody has said anything; `phrase`: a name of several words that is no
    ordinary word as a whole.
    `line`: a product line of another mark, no work or character of it. `branded`: its lists ask for the brand field.
    `word` is a single word of which nobody has said whether it is ordinary, `common` what English and the languages at large say.
    """

    ids: frozenset[str]
    asks: bool
    houses: frozenset[str]
    line: bool
    describes: bool
    phrase: bool
    word: str
    common: bool
    family: frozenset[str]
    branded: bool


def facts(key: str, marks: Sequence[Mark], family: frozenset[str]) -> Facts:
    """The facts of a folded name and its marks."""
    return Facts(
        ids=frozenset(m.id for m in marks),
        asks=any(_asks(m) for m in marks) or key in robots() or bool(platforms_of(key)) or is_service(key),
        houses=frozenset(m.parent for m in marks if m.parent),
        line=all(m.parent and m.kind not in PHRASES | SENTENCES for m in marks),
        describes=key in descriptive() and all(m.common_word is None for m in marks),
        phrase=any(_is_phrase(m) for m in marks),
        word=_word(key, marks), common=vocabulary().is_common(key), family=family,
        branded=all("brand-field" in m.requires for m in marks),
    )  # fmt: skip


def _asks(mark: Mark) -> bool:
    return bool(mark.near) or mark.kind == "badge" or mark.famous or any(r.classes for r in mark.registrations)


def _is_phrase(mark: Mark) -> bool:
    """Whether a name of several words is known as a whole: a slogan even where it is an everyday one, a work, a famous name."""
    if len(words(mark.name)) < 2:
        return False
    return mark.kind in SENTENCES or (not mark.common_word and (mark.kind in PHRASES or mark.famous))


def _word(key: str, marks: Sequence[Mark]) -> str:
    """The name where it is a single word that no list has flagged, else an empty string."""
    plain = len(key) > SHORT and key.isalpha() and all(m.common_word is None and len(words(m.name)) == 1 for m in marks)
    return key if plain else ""


def known(hits: Sequence[Hit], about: Facts, spoken: tuple[str, ...]) -> Sequence[Hit]:
    """Hits of a name with what is known of it: descriptive words are ordinary ones, whole phrases are not.

    A word is ordinary where the listing's own languages speak it, and not where only others do; `spoken` are these, if they are told.
    """
    if about.describes:
        return [h if h.steps & PICTURED else h._replace(common=True) for h in hits]
    if about.word and spoken and (not about.common or not vocabulary().is_english(about.word)):
        return [_spoken(h, about, spoken) for h in hits]
    if about.phrase:
        return [h._replace(common=False) if _whole(h) and not h.steps & PICTURED else h for h in hits]
    return hits


def _spoken(hit: Hit, about: Facts, spoken: tuple[str, ...]) -> Hit:
    if hit.kind != "exact" or not hit.form.isalpha() or folded_key(hit.form) != about.word or hit.steps & PICTURED:
        return hit
    usual = about.common or vocabulary().frequency(about.word) >= SPOKEN
    return hit._replace(common=usual and vocabulary().speaks(about.word, spoken))


def _whole(hit: Hit) -> bool:
    return hit.common and hit.kind != "respaced" and len(words(hit.form)) > 1


class Sieve:
    """Tells ordinary words of one listing that stand where no sign of a mark is; never wrong about no."""

    def __init__(self, present: Collection[str], company: Company, brand: str) -> None:
        """`brand` is the folded brand field."""
        self._present, self._company, self._brand = present, company, brand

    def is_plain(self, about: Facts, hits: Sequence[Hit]) -> bool:
        """Whether no mention of a name is more than an ordinary word, or it stands outside the brand field that its list asks for."""
        if about.branded and all(h.key not in self._brand and _is_no_brand(h) for h in hits):
            return True
        if about.asks:
            return False
        if len(about.family) > 1 and len(about.family.intersection(self._present)) > 1:
            return False
        if about.houses and not about.houses.isdisjoint(self._company.present):
            return False
        return all(h.common and not self._may_be_mark(h) for h in hits)

    def _may_be_mark(self, hit: Hit) -> bool:
        """Whether anything beside an ordinary word is a sign that the mark is meant."""
        field = hit.place.field
        if hit.kind != "exact" or field not in _RUNNING:
            return True
        if _is_signed(hit):
            return True
        near = hit.near(NEAR)
        if (field == "title" and near.first < LEADING) or (hit.steps and hit.steps & DISGUISES):
            return True
        _, before, after = near
        distinct = self._company.distinct
        return bool(distinct and adjoins_words(before, after, distinct)) or use.has_sign(before, after)


def _is_no_brand(hit: Hit) -> bool:
    """Whether nothing in running text says that a name is meant as a mark or imitated."""
    if hit.kind != "exact" or hit.place.field not in _RUNNING or _is_signed(hit):
        return False
    first, before, after = hit.near(NEAR)
    return not (hit.place.field == "title" and first == 0) and not use.has_sign(before, after)


def _is_signed(hit: Hit) -> bool:
    """Whether a sign of a mark, of a tag or of an address touches a name."""
    before_it, behind_it = hit.borders
    return behind_it in _SIGNS or before_it in _TAGS or (behind_it == "." and hit.after[1:2].isalpha())


NEAR = 6
"""Words on each side of a name among which a sign is looked for."""
LEADING = 4
"""Words of a title among which figures may stand before a name that leads it."""
_SIGNS = frozenset("™®")
_TAGS = frozenset("#@")
_RUNNING = frozenset({"title", "bullets", "description", "attributes"})
"""Fields of running text, where a word may be just a word."""
