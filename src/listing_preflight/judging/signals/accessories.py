"""What is made for a device: an accessory, spare part or supply, who makes it, and where its noun stands beside the device."""

import functools

from listing_preflight.judging.goods import MODIFIER, before_cut, has_kind, is_kind
from listing_preflight.judging.grammar import Phrase, own_words, words
from listing_preflight.judging.mention import Mentioned, of_name
from listing_preflight.judging.signals.company import adjoins_words
from listing_preflight.judging.signals.goods import PLAY, QUOTED, SET_OFF, SOFT, TECHNICAL, before_joining
from listing_preflight.judging.signals.statement import is_console
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key


@of_name
def accessory(m: Mentioned) -> bool:
    """Whether an accessory is sold."""
    goods = m.scene.goods
    if not goods.accessory or goods.first() not in SOFT:
        return goods.accessory
    return bool(m.classes & TECHNICAL & goods.likely) or (goods.first() == PLAY and is_console(m.named.key))


def before_accessory(m: Mentioned) -> bool:
    """Whether the accessory that is sold stands a few words behind the device, or next before it: "NAME 4 case", "funda NAME"."""
    if m.has("in-text"):
        return has_kind(words(SET_OFF.split(m.hit.after)[0])[:ACCESSORY_WITHIN], "accessories")
    if not m.has("accessory") or not m.has("in-title"):
        return False
    if any(t.hit.place.field == "title" and not t.hit.around.first for t in m.named.told):
        return False  # who leads the title has made the accessory, or is the device that is named first
    after = words(SET_OFF.split(m.hit.after)[0])[:ACCESSORY_WITHIN]
    return has_kind(after, "accessories") or _behind_accessory(m) or _opens_with_accessory(m)


def _behind_accessory(m: Mentioned) -> bool:
    """Whether nothing but other names stands between the noun of the accessory and the name, nor any comma.

    Before a row of makers there may stand a few words more: "universal charger 90W NAME OTHER THIRD".
    """
    before = words(QUOTED.split(m.hit.before)[-1])
    end = next((i + 1 for i in range(len(before) - 1, -1, -1) if before[i] not in m.scene.names), 0)
    rest = words(QUOTED.split(m.hit.after)[0])
    behind = next((i for i, w in enumerate(rest) if w not in m.scene.names), len(rest))
    if len(before) - end + behind >= ROW:
        return has_kind(before[max(0, end - ACCESSORY_WITHIN) : end], "accessories")
    return any(is_kind(before[max(0, end - n) : end], "accessories") for n in (1, 2, 3))


def _opens_with_accessory(m: Mentioned) -> bool:
    """Whether the title begins with the noun of the accessory, with nothing set off before the device and its model: "Etui silikonowe NAME 15"."""
    if m.hit.place.field != "title" or m.has("disguised") or SET_OFF.search(m.hit.before):
        return False
    model = words(SET_OFF.split(m.hit.after)[0])[:MODEL_WITHIN]
    before = words(m.hit.before)
    return any(any(c.isdigit() for c in w) for w in model) and any(is_kind(before[:n], "accessories") for n in (1, 2))


MODEL_WITHIN = 3
"""Words behind a device's name among which the figure of its model stands."""


ROW = 2
"""Other names side by side with one from which they are a row."""


def makes_the_accessory(m: Mentioned) -> bool:
    """Whether the accessory is the mark's own: its list has it among the context words, makers sell such parts, or the title says what it fits."""
    own = {w for near in m.mark.near for w in (words(near),) if has_kind(w, "accessories")}
    title = m.scene.title
    if any(title[i : i + len(w)] == w for w in own for i in range(len(title) - len(w) + 1)):
        return True
    return m.has("leads-title") and (has_kind(title, "makers_parts") or _fits_another(m))


def _fits_another(m: Mentioned) -> bool:
    """Whether the title says of another house's device that the goods are made for it: "NAME lights for OTHER"."""
    title, others = m.scene.listing.first("title"), m.scene.titled - m.named.family - {m.named.key}
    rest = words(title[len(before_cut(title)) :]) if others else ()
    return any(adjoins_words((), rest[i:], others) for i in range(len(rest)))


ACCESSORY_WITHIN = 4
"""Words behind a device's name among which the noun of its accessory stands."""


@of_name
def accessory_named(m: Mentioned) -> bool:
    """Whether the title names an accessory or part, whatever class it is in, or calls the goods one."""
    return m.scene.goods.accessory or has_kind(m.scene.title, "spares")


@of_name
def called_a_spare(m: Mentioned) -> bool:
    """Whether the title, before any comma or "with", calls an accessory or supply a replacement, spare part or the like."""
    title = MODIFIER.sub("", SET_OFF.split(m.scene.listing.first("title"))[0])
    head = before_joining(words(title))
    return has_kind(head, "spares") and any(has_kind(head, kind) for kind in ("accessories", "supplies"))


def written_with_accessory(m: Mentioned) -> bool:
    """Whether the name is written together with the noun of what is made for it: "NAMEhülle", "NAME-Halterung"."""
    hit = m.hit
    if not m.has("in-title") or not m.has("technical-mark"):
        return False
    if hit.kind == "glued":
        seen, form = folded_key(hit.seen), folded_key(hit.form)
        rest = seen.removeprefix(form) if seen.startswith(form) else ""
    else:
        rest = folded_key(hit.after[1:].split(" ")[0]) if hit.after[:1] == "-" else ""
    return bool(rest) and (has_kind((rest,), "accessories") or (rest,) in _made_for())


@functools.cache
def _made_for() -> frozenset[Phrase]:
    return frozenset(own_words(str(n)) for n in load("goods.yaml")["made_for_devices"])


@of_name
def supplies(m: Mentioned) -> bool:
    """Whether the title names what a device uses up or wears out as what is sold, before any comma or "with"."""
    title = MODIFIER.sub("", SET_OFF.split(m.scene.listing.first("title"))[0])
    return has_kind(before_joining(words(title)), "supplies")


SIGNALS = {
    "accessory": accessory,
    "accessory-named": accessory_named,
    "called-a-spare": called_a_spare,
    "before-accessory": before_accessory,
    "supplies": supplies,
    "makes-the-accessory": makes_the_accessory,
    "written-with-accessory": written_with_accessory,
}
