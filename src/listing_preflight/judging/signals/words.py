"""Whether a name is also a word, and what of its own clause says that the word is meant."""

import functools
import re
from collections.abc import Mapping

from listing_preflight.judging import nouns, speech
from listing_preflight.judging.fits import JOINING
from listing_preflight.judging.grammar import Phrase, own_words, words
from listing_preflight.judging.mention import Mentioned, not_for, of_name
from listing_preflight.judging.speech import MOST_TOLD
from listing_preflight.model.hit import Hit
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key, is_wide
from listing_preflight.text.names import SHORT
from listing_preflight.text.vocabulary import COMMON_ZIPF, vocabulary

LEADING = 45
"""Ten times the Zipf frequency below which an unflagged ordinary word that leads a title is told as information:
26 in 1,000 clean titles; at 50 it were 60, most of them kinds of goods."""


@of_name
def ordinary(m: Mentioned) -> bool:
    """Whether every way in which this mark is named here is an ordinary word or a measure."""
    return all(t.hit.common for t in m.named.told) or measure(m)


@of_name
def measure(m: Mentioned) -> bool:
    """Whether a name is a number with a unit and is written as one."""
    key = m.named.key
    if key[0] not in "0123456789":
        return False
    units = frozenset(map(str, load("ordinary.yaml")["units"]))
    number = key.rstrip("abcdefghijklmnopqrstuvwxyz")
    seen = all(t.hit.seen == t.hit.seen.lower() for t in m.named.told)
    return bool(number) and key[len(number) :] in units and seen


@not_for("measure")
def _is_no_number(key: str) -> bool:
    return key[:1] not in _FIGURES


_FIGURES = frozenset("0123456789")


@not_for("robot-knows")
def _is_left_alone(key: str) -> bool:
    return key not in robots()


@not_for("unworded")
def _is_long(key: str) -> bool:
    return len(key) > SHORT


@functools.cache
def _compounds() -> Mapping[str, tuple[Phrase, ...]]:
    found = load("senses.yaml")["compounds"]
    return {folded_key(str(k)): tuple(words(str(w)) for w in v) for k, v in found.items()}


@functools.cache
def _plain(kind: str) -> frozenset[str]:
    """Ordinary words of a kind, as data has them."""
    return frozenset(load("ordinary.yaml")[kind])


def in_compound(m: Mentioned) -> bool:
    """Whether the word and the next one are an ordinary expression: a colour, a size, an animal's face, a subway tile."""
    return is_compound(m.named.key, m.hit, m.mark.compounds)


def is_compound(key: str, hit: Hit, own: tuple[str, ...]) -> bool:
    """The same of a hit; `own` are the words that the list names."""
    following = (*hit.around.after[:1], "")[0]
    if (key in _plain("colours") and not _hyphened(hit.seen)) or (
        following in _plain("colours") and key in _plain("colour_modifiers")
    ):
        return True
    if key in _plain("sizes") and following.isalpha():
        return True
    if key in _plain("animals") and following in _plain("animal_words"):
        return True
    after = hit.around.after
    return any(after[: len(p)] == p for p in (*map(words, own), *_compounds().get(key, ())))


def _hyphened(seen: str) -> bool:
    """Whether a word is written with a hyphen and capitals, as a name for which both halves are: "Off-White hoodie", not "off-white"."""
    return all(part[:1].isupper() for part in seen.split("-")) and "-" in seen


def beside_model(m: Mentioned) -> bool:
    """Whether a maker's code for a model stands next to the name, which is written as a name: "Corsair SP120", "601248-B21 HP"."""
    if m.hit.place.field != "title" or not m.has("cased-as-name"):
        return False
    before, after = m.hit.before.split(), m.hit.after.split()[:1]
    if len(before) > 1:
        return False  # whoever stands first has made it: "Krups Nespresso Essenza Mini XN1108"
    small = (m.hit.before + m.hit.seen + m.hit.after).islower()  # a text without capitals writes its codes so, too
    codes = (w.strip("()[],;:\"'") for w in (*before, *after))
    return any(_MODEL.fullmatch(w.upper() if small else w) for w in codes) and not m.has("measure")


_MODEL = re.compile(r"(?!(?:MP[34]|USB\d?|DDR\d|IP\d\d|CR\d{4}|LED\d*|GU\d+|UHS|PS[1-5]|WD-?40)\b)"
                    r"(?=[^-]*[A-Z-])(?:[A-Z]{1,6}-?\d[\w./-]{2,}|[A-Z]{2,6}-\w*\d\w*|[A-Z]{2,}\d{2,}\w*|\d{4,}-\w{3,}|[A-Z]{2,}-[A-Z]{2,}-?\d+)")  # fmt: skip
"""A code of letters and figures as makers give their models; no unit, no size, no name of a standard."""


def coded_title(m: Mentioned) -> bool:
    """Whether the title has such a code anywhere: what makers number is called by their names, not by a name that a shop gave it."""
    told = m.scene.listing.first("title").split()
    return not m.named.key.isdigit() and any(_MODEL.fullmatch(w.strip("()[],;:\"'")) for w in told)


def may_lead(m: Mentioned) -> bool:
    """Whether a word that nobody called common, of goods that nobody named, stands where a brand does."""
    if m.mark.common_word is not None or m.classes or not m.has("leads-title") or m.has("in-compound"):
        return False
    known = vocabulary()
    key = m.named.key
    return len(words(m.mark.name)) > 1 or known.frequency(key) < LEADING or not known.is_english(key)


@of_name
def robot_knows(m: Mentioned) -> bool:
    """Whether a robot of the marketplace is known to take the word down in its ordinary sense."""
    return not robots().get(m.named.key, frozenset()).isdisjoint({m.scene.site.platform, "any"})


@functools.cache
def robots() -> Mapping[str, frozenset[str]]:
    """Folded word → the platforms whose robots are known to take it down."""
    out: dict[str, frozenset[str]] = {}
    for row in load("ordinary.yaml")["robots"]:
        key = folded_key(str(row["name"]))
        out[key] = out.get(key, frozenset()) | {str(row["platform"])}
    return out


def surname(m: Mentioned) -> bool:
    """Whether the name stands where a family's name does: "the NAME family", "NAME and Other families"."""
    before, after = m.hit.around.clause_before, m.hit.around.clause_after
    joined = after[:1] and after[0] in JOINING and after[2:3]
    return after[:1] in _FAMILY or joined in _FAMILY or before[-1:] in _FAMILY


_FAMILY = frozenset(
    (w,)
    for w in "family families familie familien famille familles familia familias famiglia famiglie familj familjen perhe mr mrs rodzina".split()
)


def as_a_person(m: Mentioned) -> bool:
    """Whether it stands as a person's name: in the possessive, or as a family in the plural behind an article."""
    seen, after = m.hit.seen.casefold(), m.hit.after[:2].casefold()
    if m.hit.around.clause_before[-1:] in _NAMED:
        return True
    if seen.endswith(("'s", "’s")) or after in ("'s", "’s", "s'", "s’"):
        return True
    return m.hit.kind == "plural" and m.hit.around.clause_before[-1:] == ("the",) and len(words(m.mark.name)) == 1


_NAMED = frozenset(
    (w,)
    for w in "named called namens prénommée prénommé prenommee prenomme llamada llamado chiamata chiamato chamada chamado imieniem genannt heißt heisst jménem menom nevű numită".split()
)
"""Words behind which a person's name stands."""


@of_name
def personalised(m: Mentioned) -> bool:
    """Whether the goods are made with the name of those who buy them, or for the feast of one of them."""
    told = (*m.scene.title, "", *m.scene.categories)
    return any(told[i : i + n] in _personal() for i in range(len(told)) for n in (1, 2))


@functools.cache
def _personal() -> frozenset[Phrase]:
    return frozenset(words(str(w)) for w in load("ordinary.yaml")["personalised"])


@of_name
def foreign_word(m: Mentioned) -> bool:
    """Whether its text is told to be in languages that do not say the word, nor name goods by it: English alone does."""
    own = tuple(sorted(frozenset(m.spoken or ()) - {"en"}))
    name = words(m.mark.name)
    if not 0 < len(own) < MOST_TOLD or name in nouns.votes() or not name[0].isascii():
        return False
    return not all(vocabulary().speaks(w, own) for w in name)


def before_another_script(m: Mentioned) -> bool:
    """Whether a name in Latin letters stands directly before a word of another script, in a text that tells no language of its letters."""
    behind = m.hit.around.clause_after[:1]
    if words(m.mark.name) in nouns.votes():
        return False
    told = frozenset(m.spoken or ()) - speech.latin()
    return (
        m.hit.seen.isascii() and bool(told and behind) and behind[0][0] > "\u036f" and speech.is_untold(m.spoken or ())
    )


@of_name
def tongue_says(m: Mentioned) -> bool:
    """Whether a language of the text, which is told, says the name of one word as a word: "formica" is an ant, "varta" a guard."""
    told = tuple(sorted(frozenset(m.spoken or ()) - {"en"}))
    if not 0 < len(told) <= MOST_TOLD or len(words(m.mark.name)) != 1:
        return False
    return vocabulary().speaks(m.named.key, told) or m.has("told-word")


def told_word(m: Mentioned) -> bool:
    """Whether a language of the text has the name as a word that somebody looked at: Finnish "kissan" is of the cat."""
    told = m.spoken or ()
    return len(told) <= MOST_TOLD and not _tongue_words().get(m.named.key, _NO_TONGUES).isdisjoint(told)


@functools.cache
def _tongue_words() -> Mapping[str, frozenset[str]]:
    """Folded word that a bundled list has as a name → languages that say it, whose dictionaries leave it out."""
    out: dict[str, set[str]] = {}
    for code, found in load("tongue_words.yaml")["words"].items():
        for word in found:
            out.setdefault(str(word), set()).add(code)
    return {word: frozenset(codes) for word, codes in out.items()}


@functools.cache
def endings() -> Mapping[str, frozenset[str]]:
    """Language → endings, folded, that its dictionary words take."""
    return {code: frozenset(map(str, found)) for code, found in load("tongue_words.yaml")["endings"].items()}


_NO_TONGUES: frozenset[str] = frozenset()


def hyphened(m: Mentioned) -> bool:
    """Whether it is a name of words tied by a hyphen, and written so: "GEL-Pulse" is no pulse of a gel."""
    parts = m.mark.name.split("-")
    return len(parts) > 1 and all(len(p) >= SHORT for p in parts) and m.hit.seen.casefold() == m.mark.name.casefold()


def no_tongues_word(m: Mentioned) -> bool:
    """Whether no language of the text says the name as a word, as far as it is told."""
    return not m.has("tongue-says")


@of_name
def coined(m: Mentioned) -> bool:
    """Whether nobody's dictionary has the name and no language often says it: made up, whatever its list calls it."""
    known = vocabulary()
    return not any(known.is_english(w) or known.frequency(w) >= COMMON_ZIPF for w in words(m.mark.name))


@of_name
def unworded(m: Mentioned) -> bool:
    """Whether a short name is no word of any dictionary at hand."""
    known = vocabulary()
    return (
        len(m.named.key) <= SHORT and not known.is_english(m.named.key) and known.frequency(m.named.key) < COMMON_ZIPF
    )


def only_a_tongues_word(m: Mentioned) -> bool:
    """Whether it is ordinary in the listing's language alone, and written as a name is."""
    key = m.named.key
    return (
        m.mark.common_word is None and len(key) > SHORT and not vocabulary().is_common(key) and m.hit.seen[:1].isupper()
    )


def proper_name(m: Mentioned) -> bool:
    """Whether it begins with a capital inside a text whose other words mostly do not; German writes all nouns so.

    At the beginning of a sentence or quotation a capital tells nothing.
    """
    if m.hit.before.rstrip()[-1:] in _OPENING:
        return False
    text = f"{m.hit.before} {m.hit.after}"
    heads = [w[0] for w in text.split() if w[:1].isalpha()]
    cased = [c for c in heads if c.lower() != c.upper()]
    german = m.spoken is not None and len(m.spoken) <= MOST_TOLD and "de" in m.spoken
    small = sum(c.islower() for c in cased)
    return (
        not german
        and m.hit.seen[:1].isupper()
        and bool(m.hit.before.strip())
        and len(cased) > 2
        and small >= SMALL * len(cased)
    )


def cased_inside(m: Mentioned) -> bool:
    """Whether it has a name's capital that is not just the first letter of a text or sentence whose other words are small.

    A name that a language only could make of its words ("jøtul") is none of them there.
    """
    if not m.has("cased-as-name"):
        return False
    told = tuple(sorted(frozenset(m.spoken or ()) - {"en"}))
    if not vocabulary().lists(m.named.key, told) and not m.has("told-word"):
        return True
    seen, before = m.hit.seen, m.hit.before.rstrip()
    if (before and before[-1] not in _OPENING) or seen[1:] != seen[1:].lower() or seen == seen.lower():
        return True
    heads = [w[0] for w in f"{before} {m.hit.after}".split() if w[0].isalpha()]
    return sum(c.islower() for c in heads) < SMALL * max(len(heads), 1)


_OPENING = frozenset(".!?:\"'“”„«»‹›‘’(")
SMALL = 0.6
"""Share of the other words of a text that begin with a small letter, from which a capital tells a name."""


def name_like(m: Mentioned) -> bool:
    """Whether it is written as a name: with a capital where its script has them, and the next word does not make an expression of it."""
    first = m.hit.seen[:1]
    if m.hit.around.after[:1] and m.hit.around.after[0] in _plain("colours"):
        return False  # "harbor blue" is a shade
    return (first.isupper() or first.lower() == first.upper()) and not m.has("in-compound")


def cased_as_name(m: Mentioned) -> bool:
    """Whether it has a name's capital, where its text writes capitals at all: a "cover till camper" fits a camper van."""
    seen = m.hit.seen
    return seen != seen.lower() or seen == seen.upper() or (m.hit.before + m.hit.after).islower()


def several_words(m: Mentioned) -> bool:
    """Whether it is a name of several words that nobody has called an ordinary expression, written as words."""
    form = words(m.hit.form)
    return m.mark.common_word is None and len(form) > 1 and not is_wide(form[0][0]) and m.hit.kind == "exact"


@of_name
def a_phrase(m: Mentioned) -> bool:
    """Whether its name is several words of Latin letters."""
    told = words(m.mark.name)
    return len(told) > 1 and not is_wide(told[0][0])


def as_listed(m: Mentioned) -> bool:
    """Whether it is written letter for letter as listed, in a text that is not all capitals."""
    text = m.hit.before + m.hit.after
    return m.hit.seen in (m.mark.name, m.hit.form) and (text != text.upper() or not any(c.isalpha() for c in text))


@of_name
def no_english_word(m: Mentioned) -> bool:
    """Whether no English dictionary has the word."""
    return not vocabulary().is_english(m.named.key)


@of_name
def of_no_words(m: Mentioned) -> bool:
    """Whether no English dictionary has any of its words: "EOS", not "Air Zoom"."""
    return not any(vocabulary().is_english(w) for w in words(m.mark.name))


def in_latin(m: Mentioned) -> bool:
    """Whether it is written in Latin letters, whose words the dictionaries know."""
    return not any(c > _LATIN_ENDS for c in m.hit.seen)


_LATIN_ENDS = "\u024f"


@of_name
def of_words(m: Mentioned) -> bool:
    """Whether it is several words, each of which is in a dictionary: "archival ink"."""
    told = words(m.mark.name)
    return len(told) > 1 and all(map(vocabulary().is_word, told))


@of_name
def rare(m: Mentioned) -> bool:
    """Whether the word is a rare one."""
    return vocabulary().frequency(m.named.key) < LEADING


@functools.cache
def descriptive() -> Mapping[str, str]:
    """Folded word → the kind of thing that it names: colour, material, food, scent, festival, month."""
    return {
        "".join(own_words(str(w))): kind for kind, found in load("ordinary.yaml")["descriptive"].items() for w in found
    }


SIGNALS = {
    "ordinary": ordinary, "measure": measure,
    "in-compound": in_compound, "no-tongues-word": no_tongues_word, "hyphened": hyphened, "beside-model": beside_model, "coded-title": coded_title, "may-lead": may_lead,
    "robot-knows": robot_knows, "rare": rare, "no-english-word": no_english_word, "of-no-words": of_no_words, "of-words": of_words, "in-latin": in_latin, "surname": surname, "as-a-person": as_a_person, "personalised": personalised, "unworded": unworded, "coined": coined, "foreign-word": foreign_word, "before-another-script": before_another_script, "as-listed": as_listed,
    "several-words": several_words, "a-phrase": a_phrase, "proper-name": proper_name, "name-like": name_like, "cased-as-name": cased_as_name, "cased-inside": cased_inside, "tongues-word": only_a_tongues_word, "tongue-says": tongue_says, "told-word": told_word,
}  # fmt: skip
