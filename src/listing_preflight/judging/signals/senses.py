"""Other senses of a name that the words around it tell: homonyms, words that its list excludes, places."""

import functools
import re
from collections.abc import Mapping

from listing_preflight.judging.grammar import Phrase, words
from listing_preflight.judging.mention import Mentioned, not_for
from listing_preflight.model.finding import Reason
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key, is_wide

CLOSE = 3
"""Words from a name within which a word of another sense leaves no doubt: "Nike, goddess of victory"."""


@not_for("homonym", "homonym-close")
def _has_one_sense(key: str) -> bool:
    return key not in _homonyms()


def homonym(m: Mentioned) -> Reason | None:
    """Another sense of the name that a word of its own clause shows; known of the mark by its list, or of the word by anybody."""
    return _sense(m, m.hit.around.clause_before, m.hit.around.clause_after)


def homonym_close(m: Mentioned) -> bool:
    """The same, told by a word next to it."""
    around = m.hit.around
    return _sense(m, around.clause_before[-CLOSE:], around.clause_after[:CLOSE]) is not None


def _sense(m: Mentioned, before: Phrase, after: Phrase) -> Reason | None:
    for sense, near in _homonyms().get(m.named.key, ()):
        for phrase in near:
            if holds(before, phrase) or holds(after, phrase):
                return Reason("homonym", {"sense": sense, "word": " ".join(phrase)})
    return None


def never_near(m: Mentioned) -> Reason | None:
    """A word of the clause beside which the list says that the name is not the mark, or a set phrase that the name is part of."""
    before, after, name = m.hit.around.clause_before, m.hit.around.clause_after, words(m.hit.seen)
    for phrase, near in nears(m.mark.never_near):
        set_phrase = holds(phrase, name)  # it speaks of its own place alone: "Fiat Lux keychain for Fiat 500"
        if is_part_of(name, before, after, phrase) or (
            not set_phrase and (holds(before, phrase) or holds(after, phrase))
        ):
            return Reason("never-near", {"word": near})
    return None


def is_part_of(name: Phrase, before: Phrase, after: Phrase, phrase: Phrase) -> bool:
    """Whether a name and the words around it are the phrase: "dyson sphere"."""
    n = len(name)
    for i in range(len(phrase) - n + 1):
        head, tail = phrase[:i], phrase[i + n :]
        if phrase[i : i + n] == name and before[len(before) - i :] == head and after[: len(tail)] == tail:
            return True
    return False


def holds(tokens: Phrase, phrase: Phrase) -> bool:
    """Whether the words of a phrase stand in a row among others."""
    n = len(phrase)
    return n > 0 and any(tokens[i : i + n] == phrase for i in range(len(tokens) - n + 1))


def in_place_name(m: Mentioned) -> bool:
    """Whether the word for a town, quarter, station or village is glued to it: 삼성동, 大同市, 豊田駅."""
    edge = m.hit.seen[-1:]
    return bool(edge) and is_wide(edge) and _PLACE.match(m.hit.after[:2]) is not None


_PLACE = re.compile(
    "[동역](?![가-힣])|市(?![场場面售价價販值占])|[县縣](?!长)|[镇鎮](?![店宅纸紙痛静靜定楼樓])|駅(?![長弁前ナ])|町(?!田)"
)


def place_told(m: Mentioned) -> bool:
    """Whether the word for a village, street or lake stands beside it, or it is part of a place's name with hyphens: "NAME-en-Yvelines"."""
    ahead, behind = _in_one_name()
    if ahead.search(m.hit.before) or behind.match(m.hit.after):
        return True
    before, after = m.hit.around.clause_before, m.hit.around.clause_after
    sides = _beside_places()
    return any(before[-n:] in sides["before"] or after[:n] in sides["after"] for n in range(1, PLACE + 1))


PLACE = 2
"""Words in which the word for a place stands beside its name: "town of NAME"."""


@functools.cache
def _beside_places() -> Mapping[str, frozenset[Phrase]]:
    return {side: frozenset(words(str(w)) for w in load("places.yaml")[side]) for side in ("before", "after")}


@functools.cache
def _in_one_name() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and behind a name that is part of a place's with hyphens: little words between them, or a saint in front."""
    little, saints = ("|".join(map(re.escape, load("places.yaml")[kind])) for kind in ("joined", "saints"))
    return re.compile(rf"\w-(?:{little})-$|\b(?:{saints})$"), re.compile(rf"-(?:{little})-[^\W\d_a-zà-ÿ]")


@functools.cache
def _homonyms() -> Mapping[str, list[tuple[str, tuple[Phrase, ...]]]]:
    out: dict[str, list[tuple[str, tuple[Phrase, ...]]]] = {}
    for row in load("senses.yaml")["homonyms"]:
        near = tuple(words(str(n)) for n in row["near"])
        out.setdefault(folded_key(str(row["name"])), []).append((str(row["sense"]), near))
    return out


@functools.lru_cache(maxsize=1 << 14)
def nears(near: tuple[str, ...]) -> tuple[tuple[Phrase, str], ...]:
    """The context words of a list, folded, beside what they are as written."""
    return tuple((phrase, n) for n in near if (phrase := words(n)))


SIGNALS = {"homonym": homonym, "homonym-close": homonym_close, "never-near": never_near, "in-place-name": in_place_name,
    "place-told": place_told,
}  # fmt: skip
