"""Read a listing once for all rooms and marketplaces: goods, languages, the use and the statement of every mention."""

import functools
import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from listing_preflight.judging import goods as goods_of
from listing_preflight.judging import speech, statements, use
from listing_preflight.judging.grammar import Phrase, Spoken, among, ends_with, words
from listing_preflight.judging.scene import Company, Heard, Scene, Told
from listing_preflight.judging.signals.company import adjoins_family
from listing_preflight.model.hit import Hit, Place
from listing_preflight.model.listing import Listing
from listing_preflight.policy.marketplaces import Marketplace
from listing_preflight.policy.pack_reader import Rule
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key
from listing_preflight.text.vocabulary import vocabulary
from listing_preflight.watchlists.book import Families

Passages = Sequence[tuple[int, int, int, str]]
"""Paragraphs that many listings of the input share: number of the text, half-open span in it, digest."""


Asked = tuple[str, str, str, bool, Place, frozenset[str]]
"""A hit by its name, kind and place in a text, and the words of all names: what its reading hangs on within a listing."""


def scene(listing: Listing, site: Marketplace, hits: Sequence[Hit], company: Company, rules: Sequence[Rule]) -> Scene:
    """What all mentions of a listing share."""
    own = brands(listing.first("brand"))
    titled = [h for h in hits if h.place.field == "title" and h.key in company.distinct]
    named = [h for h in hits if h.place.field == "title" and (h.key in company.distinct or h.key in own)]
    goods = goods_of.of_listing(listing, sorted({(h.place.start, h.place.end) for h in named}))
    return Scene(
        listing=listing, goods=goods, site=site, speech=speech.of_listing(listing),
        rules=tuple(r for r in rules if r.holds(site.home, goods.likely)), company=company,
        names=frozenset(w for seen in {h.seen for h in hits} for w in words(seen)),
        titled=frozenset(h.key for h in titled),
        brand=folded_key(listing.first("brand")), brands=own, title=words(listing.first("title")),
        categories=words(listing.category or ""), heard=Heard(listing),
    )  # fmt: skip


@functools.lru_cache(maxsize=4096)
def brands(field: str) -> frozenset[str]:
    """The folded brand field, and the names of which it is made: "本田 | 歌诗图" is two, "ulead systems" is Ulead's."""
    out = {folded_key(field)}
    for part in _PARTS.split(field):
        tokens = words(part)
        while len(tokens) > 1 and tokens[-1:] in _company():
            tokens = tokens[:-1]
        out.add("".join(tokens))
    return frozenset(out - {""})


def only_company(tokens: Phrase) -> bool:
    """Whether words are nothing but those of a company behind its name: "Electronics Ltd"."""
    return all((t,) in _company() for t in tokens)


_PARTS = re.compile(r"[|/·()（）]")


@functools.cache
def _company() -> frozenset[Phrase]:
    return frozenset(words(str(w)) for w in load("ordinary.yaml")["company"])


def told(hits: Sequence[Hit], scene: Scene, passages: Passages, known: dict[Asked, Told]) -> tuple[Told, ...]:
    """Each hit of a name with its use and what its statement speaks of; `known` keeps it for another look at the same listing.

    A name told again in another spelling directly behind itself is used as it was there: "适用于京瓷 Kyocera".
    """
    out: list[Told] = []
    for hit in hits:
        key = (hit.key, hit.form, hit.kind, hit.common, hit.place, scene.names)
        one = known.get(key) if hit.place.field != "image" else None
        if one is None:
            one = known[key] = _told(hit, scene, passages)
        if out and one.reading.use == "identity" and _again(out[-1].hit, hit):
            one = one._replace(reading=out[-1].reading, statement=out[-1].statement)
        out.append(one)
    return tuple(out)


def _again(before: Hit, hit: Hit) -> bool:
    """Whether a mention stands directly behind another one of its name, in another spelling."""
    one, other = before.place, hit.place
    same = (one.field, one.text) == (other.field, other.text) and one.field != "image"
    return same and 0 <= other.start - one.end <= SPELLED_AGAIN and before.form != hit.form


SPELLED_AGAIN = 3
"""Characters between two spellings of one name that stand side by side."""


def _told(hit: Hit, scene: Scene, passages: Passages) -> Told:
    text = _text(scene.listing, hit)
    spoken = languages(text, scene.speech)
    found = use.read(hit, scene.names, text, spoken)
    told = tongues(text, spoken, scene.speech)
    at = hit.place
    passage = next((d for n, s, e, d in passages if n == at.text and s <= at.start and at.end <= e), "")
    return Told(hit, found, statements.of(hit, found, spoken, passage=passage), told)


@functools.lru_cache(maxsize=512)
def languages(text: str, listing: speech.Speech) -> Spoken:
    """The languages that a text is read in: its own, whatever the Latin ones of the other texts, and the listing's scripts.

    A Japanese text in Han characters alone is told by the kana of its neighbours; a title without function words that might be English
    is read as the other texts are as well.
    """
    own = speech.of_text(text[: speech.READ]).languages
    if own == ("en",) and len(listing.languages) <= speech.MOST_TOLD:
        return tuple(sorted({*own, *listing.languages}))
    return own if text.isascii() else tuple(sorted({*own, *listing.languages} - (speech.latin() - {*own})))


def tongues(text: str, read: Spoken, listing: speech.Speech) -> Spoken:
    """The languages whose words a text is taken to say: where it tells none, those whose dictionaries have them, or of the listing's
    other texts and of its own few function words. Its uses are read in all: a foreign seller translates one field and not the next.
    """
    if read is None or not speech.is_untold(read):
        return read
    if (worded := speech.worded(text[: speech.READ])) != speech.latin():
        return tuple(sorted({*read} - speech.latin() | worded))
    if len(listing.languages) > speech.MOST_TOLD:
        return read
    return tuple(sorted({*listing.languages, *speech.hinted(text[: speech.READ], read, listing.languages)}))


def _text(listing: Listing, hit: Hit) -> str:
    """The text that a hit stands in; of a picture what is around it."""
    if hit.place.field == "image":
        return f"{hit.before} {hit.seen} {hit.after}"
    return listing.texts[hit.place.text].value


def other_maker(scene: Scene) -> bool:
    """Whether the title says whose goods they are, and that is not the brand field: "wiper blades by NAME"."""
    title, own = scene.title, words(scene.listing.first("brand"))
    if any(_brands_another(t.value, own, scene) for t in scene.listing.texts if t.field in TOLD):
        return True
    if any(_names_a_house(t.value, own) for t in scene.listing.texts if t.field in TOLD):
        return True
    maker = words(scene.listing.first("manufacturer"))[:1]
    if maker and maker[0] not in own and maker[0] in title and not vocabulary().is_english(maker[0]):
        return True
    found = among(title, "made_by", languages(scene.listing.first("title"), scene.speech))
    if found is None:
        return False
    at = next(i for i in range(len(title)) if title[i : i + len(found)] == found) + len(found)
    name = title[at : at + 1]
    return bool(name) and name[0].isalpha() and name[0] not in own and not vocabulary().is_english(name[0])


TOLD = frozenset({"title", "bullets", "description"})
"""Fields that tell whose goods they are."""


def _names_a_house(text: str, own: Phrase) -> bool:
    """Whether a text names a house by the word for its trade before a name that is not the brand field's: "Pastificio NAME"."""
    tokens = [t.strip(_MARKS) for t in text.split()]
    folded = tuple(next(iter(words(t)), "") for t in tokens)
    houses = _houses()
    return any(
        folded[max(0, i - n) : i] in houses and _is_named(tokens[i]) and not {*own} & {*folded[i : i + NEAR]}
        for i in range(1, len(tokens))
        for n in (1, 2)
    )


def _is_named(token: str) -> bool:
    return len(token) >= NAMED and token[0].isupper()


NEAR = 3
"""Words behind the word for a trade among which the brand field's own name stands if the house is its."""


@functools.cache
def _houses() -> frozenset[Phrase]:
    return frozenset(words(str(w)) for w in load("ordinary.yaml")["houses_before"])


_MARKS = "\"'“”„‘’«»()[]{}<>.,;:!?®™*"
"""Signs around a name in running text."""
BRAND_WORDS = 4
"""Words before a name that may say that it is a brand: "our own brand NAME"."""


def _brands_another(text: str, own: Phrase, scene: Scene) -> bool:
    """Whether running text says of another name, written large and in no list or dictionary, that it is the brand or the maker: "marca NAME"."""
    spoken = languages(text, scene.speech)
    tokens = text.split()
    folded = [words(token) for token in tokens]
    for i in range(1, len(tokens)):
        name = tokens[i].strip(_MARKS)
        if len(name) < NAMED or not (name.isalpha() and name[0].isupper()) or tokens[i - 1][-1] in ".!?;,":
            continue
        before = tuple(itertools.chain(*folded[max(0, i - BRAND_WORDS) : i]))
        made = ends_with(before, "made_by", spoken) or ()
        if ends_with(before, "brand_words", spoken) or len(made) > 1:
            told = words(name)
            known = not scene.names.isdisjoint(told) or set(told) <= {*own} or vocabulary().is_english(folded_key(name))
            if not known and not vocabulary().speaks(folded_key(name), tuple(spoken or ())):
                return True
    return False


NAMED = 3
"""Letters of a maker's name from which it is told from an abbreviation."""


def kin(by_key: Mapping[str, Sequence[Hit]], families: Families, leans: Callable[[str, str], bool]) -> frozenset[str]:
    """Ordinary words of one family that stand side by side: a film beside its character.

    A line beside a house that is no ordinary word, or that it `leans` on, gains no sense of its own from it; a house whose own line
    stands beside it is meant: "Apple iPad".
    """
    out: set[str] = set()
    for key in families.keys() & by_key.keys():
        wide = families[key].union(*(families.get(k, ()) for k in families[key]))
        hits = by_key[key]
        others = ((k, by_key[k]) for k in (wide & by_key.keys()) - {key})
        family = frozenset(
            k for k, named in others
            if leans(k, key) or (all(h.common for h in named) and not leans(key, k))
        )  # fmt: skip
        if family and any(adjoins_family(h, family) for h in hits):
            out.add(key)
    return frozenset(out)
