"""What the list says of a name: the context words that it has, and what it asks of a bare hit."""

from listing_preflight.judging import nouns
from listing_preflight.judging.grammar import Phrase, words
from listing_preflight.judging.mention import Mentioned, asks_case, of_name
from listing_preflight.judging.signals.senses import holds, nears
from listing_preflight.model.finding import Reason
from listing_preflight.model.hit import Hit, Step
from listing_preflight.text.fold import plain_words


@of_name
def near_word(m: Mentioned) -> Reason | None:
    """A context word of the list anywhere in the listing."""
    heard = m.scene.heard
    word = next((written for phrase, written in nears(m.mark.near) if heard.holds(phrase)), None)
    return Reason("sense-near", {"word": word}) if word is not None else None


def led_by_near(m: Mentioned) -> bool:
    """Whether a context word of the list stands next to the name: "Canon PowerShot", "Omega Seamaster"."""
    around = m.hit.around
    beside = (*around.clause_before[-LED:], "", *around.clause_after[:LED])
    return any(holds(beside, phrase) for phrase in _own_nears(m))


def next_to_near(m: Mentioned) -> bool:
    """Whether a context word of the list stands directly at the name: "Air Jordan", "SSD Kingston"."""
    before, after = m.hit.around.clause_before, m.hit.around.clause_after
    return any(before[-len(p) :] == p or after[: len(p)] == p for p in _own_nears(m))


def led_by_name(m: Mentioned) -> bool:
    """Whether a context word that is a name as well stands next to the name: no noun for goods, and written large ("Elsa and Frozen")."""
    around = m.hit.around
    beside = (*around.clause_before[-LED:], "", *around.clause_after[:LED])
    large = {w for token in f"{m.hit.before} {m.hit.after}".split() if token[:1].isupper() for w in words(token)}
    known = nouns.votes()
    return any(p not in known and large.issuperset(p) and holds(beside, p) for p in _own_nears(m))


def _own_nears(m: Mentioned) -> list[Phrase]:
    """The context words that do not hold the name themselves."""
    return [phrase for phrase, _ in nears(m.mark.near) if m.named.key not in phrase]


LED = 5
"""Words from a name within which its own context word leads to it: "Citizen Men's Eco-Drive"."""


@of_name
def lacks_case(m: Mentioned) -> bool:
    """Whether the list asks for the name in its own case, and nowhere it stands so, nor in capitals among other letters.

    A text without capitals says nothing of case. Letters that are a word as well are asked for theirs: "thx" is no THX.
    """
    return asks_case(m.mark) and not any(_in_case(t.hit, m.mark.name) for t in m.named.told)


def _in_case(hit: Hit, name: str) -> bool:
    text = hit.before + hit.seen + hit.after
    return hit.seen == name or text.islower() or (hit.seen.isupper() and not text.isupper())


_APART: frozenset[Step] = frozenset({"split", "separator"})


def lacks_spelling(m: Mentioned) -> bool:
    """Whether the list asks for the name as written, and letters of it are left out, changed or joined; a disguise within one word is no misspelling."""
    if "spelling" not in m.mark.requires or m.hit.kind in ("exact", "plural"):
        return False
    joined = not _APART.isdisjoint(m.hit.steps) and any(len(piece) > 1 for piece in plain_words(m.hit.seen))
    return joined or not m.has("disguised")  # letters set apart one by one are no chance


@of_name
def lacks_brand_field(m: Mentioned) -> bool:
    """Whether the list asks for the name in the brand field, and that is another or empty."""
    return "brand-field" in m.mark.requires and not m.has("brand-is-own")


@of_name
def lacks_neighbour(m: Mentioned) -> bool:
    """Whether the list asks for a context word beside the bare name, and the listing has none."""
    return "neighbour" in m.mark.requires and not m.has("near-word")


SIGNALS = {
    "near-word": near_word, "led-by-near": led_by_near, "next-to-near": next_to_near, "led-by-name": led_by_name,
    "lacks-case": lacks_case, "lacks-neighbour": lacks_neighbour, "lacks-spelling": lacks_spelling, "lacks-brand-field": lacks_brand_field,
}  # fmt: skip
