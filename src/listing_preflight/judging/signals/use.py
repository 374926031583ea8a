"""What the words around a name say of its use; of these signals exactly one holds."""

import re
from collections.abc import Callable

from listing_preflight.judging import nouns
from listing_preflight.judging.fits import JOINING, is_thing, is_told_device
from listing_preflight.judging.goods import is_goods_word
from listing_preflight.judging.grammar import Phrase, among, grammar, signs, starts_with, words
from listing_preflight.judging.mention import Mentioned
from listing_preflight.judging.speech import is_untold
from listing_preflight.model.finding import Reason
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key, is_wide
from listing_preflight.text.vocabulary import vocabulary


def _used(use: str) -> Callable[[Mentioned], Reason | None]:
    def signal(m: Mentioned) -> Reason | None:
        return m.reading.reason if m.reading.use == use else None

    return signal


MODEL_WITHIN = 5
"""Words behind a device's name among which a figure tells its model: "NAME E-Lok BR 193"."""


def joined(m: Mentioned) -> bool:
    """Whether it is one word with the fit: "X-compatible"."""
    return m.reading.joined


def adjective(m: Mentioned) -> bool:
    """Whether the fit stands behind it: "X compatible"."""
    said = str(m.reading.reason.params.get("words", ""))
    if not m.reading.adjective or (said and is_wide(said[0])):  # in Japanese and Chinese that is the form
        return False
    told = () if is_untold(m.spoken or ()) else m.spoken or ()
    return _POSTPOSING.isdisjoint(told) or m.hit.around.clause_after[:1] == words(said)[:1]


_POSTPOSING = frozenset("bn et fi hi hu ta tr".split())
"""Languages that say "compatible with X" and "for X" behind the name and its model: "X 15 ile uyumlu", "X-höz való", "X-ga ühilduv"."""


def bare(m: Mentioned) -> bool:
    """Whether no model stands behind the device before any comma: "for X" at the end, "for X and Y", "for X phones"."""
    if m.reading.behind:
        return m.reading.bare and not _tells_device_behind(m)  # "NAME compatible": the model would stand between
    own, *rest = _SET_OFF.split(m.hit.after)
    following = words(own)
    if following and is_wide(following[0][0]):  # there a word is a letter, and tells no model by its length
        return m.reading.bare and not _is_model(m, following)
    if not (m.has("in-title") and m.has("technical-mark")):
        return m.reading.bare and not _is_model(m, m.hit.around.after)
    behind = words(rest[0])[:1] if rest else ()  # "for NAME, Line 14"
    return not _is_model(m, following) and m.named.family.isdisjoint(behind)


_SET_OFF = re.compile(r"[,;|()\[\]、，/]|\s[-–—]\s")


NAME = 4
"""Words of a name."""


def _is_model(m: Mentioned, following: Phrase) -> bool:
    """Whether words behind a device's name tell its model: a line of its house, a figure, or a word that is neither a device nor a maker.

    Behind the device's noun a word written small describes it: "for NAME switches white".
    """
    thing = False
    while following:
        if any("".join(following[:n]) in m.named.family for n in range(1, NAME + 1)):
            return True
        device = (
            is_goods_word(following[:1]) or is_told_device(following[0], m.spoken) or is_thing(following[0], m.spoken)
        )
        if not (device or following[0] in m.scene.names or following[0] in JOINING):
            break
        thing = thing or device
        following = following[1:]
    if starts_with(following, "with", m.spoken) or starts_with(following, "made_of", m.spoken):
        return False
    following = following[:MODEL_WITHIN]
    named = any(len(w) > 3 or not vocabulary().is_english(w) for w in following[:1])
    if named and thing and not is_wide(following[0][0]):
        named = following[0] in _written_large(m.hit.after, small=(m.hit.before + m.hit.after).islower())
    named = named or _LETTER.match(m.hit.after) is not None
    return named or any(c.isdigit() for w in following for c in w)


_LETTER = re.compile(r"\+(?=[\s,;.)]|$)|\s(?![AISML])[A-Z](?![\w'’/-])")
"""A sign or single letter that is a model: "NAME+", "NAME X"; no size, no word of one letter."""


def _written_large(text: str, *, small: bool) -> frozenset[str]:
    """The folded words that begin with a capital; all where a text is in small letters."""
    tokens = text.split()
    large = tokens if small else [t for t in tokens if t[:1].isupper()]
    return frozenset(w for t in large for w in words(t))


def _tells_device_behind(m: Mentioned) -> bool:
    """Whether what follows says by its model which device the goods are for: "NAME compatible, for OTHER 14"."""
    rest = words(m.hit.after)
    return among(rest, "compatible_before", m.spoken) is not None and any(c.isdigit() for w in rest for c in w)


def set_off(m: Mentioned) -> bool:
    """Whether a comma, a bracket or the end follows the name, so that no model does."""
    rest = m.hit.after.lstrip(" \u00a0®™")
    return not rest or rest[0] in ",;|()[]、，/"


def surely_imitated(m: Mentioned) -> bool:
    """Whether the imitating words describe nothing else: a dupe, a replica, 1:1."""
    phrase = words(str(m.reading.reason.params.get("words", "")))
    return m.reading.use == "imitation" and phrase in grammar(m.spoken)["imitation_anywhere"].phrases


def settled_style(m: Mentioned) -> bool:
    """Whether NAME style is a kind of goods of its own beside one of the nouns that the trade knows it by."""
    around = m.hit.around.before + m.hit.around.after
    return any(
        folded_key(row["name"]) == m.named.key and any(folded_key(w) in around for n in row["near"] for w in n.split())
        for row in load("ordinary.yaml")["settled_styles"]
    )


def goes_on(m: Mentioned) -> bool:
    """Whether a slogan goes on in a longer sentence; a comma, a quotation mark or the goods behind it end it."""
    if not m.hit.after.strip() or m.hit.after.lstrip(" \u00a0")[:1] in _ENDS:
        return False
    before, after = m.hit.around.clause_before, m.hit.around.clause_after
    if before and is_goods_word(before[-1:]) and m.spoken != ("en",):
        return False  # "T-Shirt SLOGAN Herren": what is printed on it
    if len(m.hit.seen.split()) >= SENTENCE and _all_large(m.hit.seen) and m.hit.after.lstrip()[:1].islower():
        soon = after[:SOON]  # "SLOGAN In Capitals embroidered cap": the goods behind it are written small
        return not any(soon[i : i + n] in nouns.votes() for i in range(len(soon)) for n in (1, 2))
    return bool(after) and not any(
        is_goods_word(after[n:]) or (after[n : n + 1] in nouns.votes() and after[n] not in signs())
        for n in range(min(GOODS_WITHIN, len(after)))
    )


def _all_large(text: str) -> bool:
    return all(word[:1].isupper() for word in text.split() if word[:1].isalpha())


SENTENCE, SOON = 3, 5
"""Words from which a slogan is a sentence of its own, and behind it among which the noun of the goods ends it."""


GOODS_WITHIN = 2
"""Words behind a slogan among which the goods that bear it end it: "SLOGAN funny coffee mug"."""
_ENDS = frozenset(",.;:!?|)]\"'”’»«“„/–—-(・、。，！？」』")


SIGNALS = {
    **{f"use-{u}": _used(u) for u in ("identity", "compatible", "comparison", "imitation", "denial", "keyword")},
    "joined": joined, "adjective": adjective, "bare": bare, "set-off": set_off, "settled-style": settled_style, "surely-imitated": surely_imitated, "goes-on": goes_on,
}  # fmt: skip
