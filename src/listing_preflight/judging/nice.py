"""From a name of goods to Nice classes with a probability: a small linear model that scripts/build_nice_model.py learns."""

import functools
import importlib.resources
import io
import itertools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

CLASSES = 45
STOP = frozenset("for of and the in with or to a an on by as from their its".split())
CONNECTING = frozenset(
    "for of in with to on by from being adapted used against as containing other not including except incorporating made "
    "having".split()
)
"""Words after which a name of goods tells what they are for, and no longer what they are."""
TELLING = frozenset(
    "for of in with to on by being other not except machines apparatus instruments services preparations material materials "
    "metal non electric medical industrial purposes".split()
)
"""Function words whose presence alone says something of the class."""
GRAMS = (3, 4, 5)
ROLES = {"middle": 0.8, "head": 1.0, "rest": 0.8, "bracket": 0.7}
"""How much a word counts before the noun, as the noun, after a connecting word and in brackets; cross-validated on the even terms."""
SHARPNESS = 4.0
"""Scores are turned into probabilities by softmax of this times the score over its spread; cross-validated on the even terms."""
_WORD = re.compile(r"[^\W_]+|,")
_BRACKET = re.compile(r"[\[(](.*?)[\])]")


class Parts(NamedTuple):
    """A name of goods: words up to the noun, words after it, words in brackets, telling function words."""

    head: tuple[str, ...]
    rest: tuple[str, ...]
    bracket: tuple[str, ...]
    telling: tuple[str, ...]


class Model(NamedTuple):
    """Weights of every feature over the 45 classes, as small integers with their scale."""

    words: Mapping[str, int]
    heads: Mapping[str, int]
    grams: Mapping[str, int]
    pairs: Mapping[str, int]
    after: Mapping[str, int]
    telling: Mapping[str, int]
    rarity: Mapping[str, float]
    tables: Mapping[str, "np.ndarray"]
    scales: Mapping[str, float]


def stem(word: str) -> str:
    """A plural as its singular."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def parse(text: str) -> Parts:
    """The parts of one name of goods; an inverted one ("tables, massage") is read in its natural order."""
    bracket = " ".join(_BRACKET.findall(text)).lower()
    plain = _BRACKET.sub(" ", text).lower().replace("'s", "")
    halves = [h.strip() for h in plain.split(",")]
    if len(halves) == 2 and halves[1].split(" ")[0] not in CONNECTING:
        plain = f"{halves[1]} {halves[0]}"
    raw = _WORD.findall(plain)
    cut = next((i for i, w in enumerate(raw) if i and (w in CONNECTING or w == ",")), len(raw))
    return Parts(
        tuple(stem(w) for w in raw[:cut] if w not in STOP and w != ","),
        tuple(stem(w) for w in raw[cut:] if w not in STOP and w != ","),
        tuple(stem(w) for w in _WORD.findall(bracket) if w not in STOP and w != ","),
        tuple(w for w in raw if w in TELLING),
    )


def grams(word: str) -> dict[str, float]:
    """Letter sequences of a word with their weight; the weights' squares sum to one."""
    framed = f"^{word}$"
    found: dict[str, float] = {}
    for n in GRAMS:
        for i in range(len(framed) - n + 1):
            part = framed[i : i + n]
            found[part] = found.get(part, 0.0) + 1.0
    length = sum(v * v for v in found.values()) ** 0.5 or 1.0
    return {k: v / length for k, v in found.items()}


def weighed(parts: Parts) -> list[tuple[str, float]]:
    """Every word with the weight of its role."""
    out = [(w, ROLES["middle"]) for w in parts.head[:-1]]
    out += [(w, ROLES["head"]) for w in parts.head[-1:]]
    out += [(w, ROLES["rest"]) for w in parts.rest]
    return out + [(w, ROLES["bracket"]) for w in parts.bracket]


@functools.cache
def model() -> Model:
    """The model, read once."""
    import numpy as np

    data = importlib.resources.files(__package__).joinpath("data", "nice.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        names = {k: bytes(stored[f"{k}_names"]).decode().split("\n") for k in KINDS}
        at = {k: dict(zip(names[k], stored[f"{k}_at"].tolist(), strict=True)) for k in KINDS}
        rarity = dict(zip(names["words"], (stored["rarity"].astype(float) / 255).tolist(), strict=True))
        tables = {k: stored[f"{k}_table"].astype(np.float32) for k in KINDS}
        scales = {k: float(stored[f"{k}_scale"]) for k in KINDS}
    return Model(**at, rarity=rarity, tables=tables, scales=scales)


KINDS = ("words", "heads", "grams", "pairs", "after", "telling")


@functools.lru_cache(maxsize=1 << 14)
def _word(word: str) -> "tuple[float, np.ndarray]":
    """How rare a word is, and its weights over the classes: those of the word itself and of its letters."""
    import numpy as np

    m = model()
    out = np.zeros(CLASSES, np.float32)
    if (at := m.words.get(word)) is not None:
        out += m.tables["words"][at] * m.scales["words"]
    known = [(m.grams[g], v) for g, v in grams(word).items() if g in m.grams]
    if known:
        rows, weights = zip(*known, strict=True)
        out += np.asarray(weights, np.float32) @ m.tables["grams"][list(rows)] * m.scales["grams"]
    return m.rarity.get(word, 1.0), out


def compound(head: tuple[str, ...], known: Mapping[str, object]) -> str | None:
    """The longest known noun that the words end with: "washing machine" before "machine"."""
    for n in (3, 2):
        if len(head) >= n and "_".join(head[-n:]) in known:
            return "_".join(head[-n:])
    return head[-1] if head else None


def _scores(parts: Parts) -> "np.ndarray":
    import numpy as np

    m = model()
    out = np.zeros(CLASSES, np.float32)
    read = [(role * _word(w)[0], _word(w)[1]) for w, role in weighed(parts)]
    length = sum(v * v for v, _ in read) ** 0.5 or 1.0
    for weight, row in read:
        out += row * (weight / length)
    words = parts.head + parts.rest
    noun = compound(parts.head, m.heads)
    out += _sum(m, "heads", [noun] if noun else [])
    out += _sum(m, "pairs", [f"{a} {b}" for a, b in itertools.pairwise(words)])
    out += _sum(m, "after", parts.rest) / max(1.0, len(parts.rest) ** 0.5)
    total: np.ndarray = out + _sum(m, "telling", parts.telling)
    return total


def _sum(m: Model, kind: str, names: "list[str] | tuple[str, ...]") -> "np.ndarray":
    at: Mapping[str, int] = getattr(m, kind)
    rows = [at[n] for n in names if n in at]
    total: np.ndarray = m.tables[kind][rows].sum(0) * m.scales[kind]
    return total


@functools.lru_cache(maxsize=1 << 13)
def profile(text: str) -> "np.ndarray":
    """Scores of the 45 classes for one name of goods, with mean nought and spread one; all nought where no word is known."""
    import numpy as np

    found = [_scores(parse(part)) for part in text.replace("*", "").split(" / ")]
    out = np.sum(found, 0) - np.mean(found)
    spread = float(out.std())
    scaled: np.ndarray = (out - out.mean()) / spread if spread > 0 else np.zeros(CLASSES, np.float32)
    return scaled


@functools.lru_cache(maxsize=1 << 13)
def ranked(text: str) -> tuple[tuple[int, float], ...]:
    """The three likeliest classes with their probability; empty where the text says nothing."""
    import numpy as np

    z = profile(text)
    if not z.any():
        return ()
    p = np.exp(SHARPNESS * (z - z.max()))
    p /= p.sum()
    best = np.argsort(-p, kind="stable")[:3]
    return tuple((int(i) + 1, float(p[i])) for i in best)


def known(text: str) -> str:
    """The words of a text that the model has learnt, in their order: names and words of other languages would only mislead it."""
    words = model().words
    return " ".join(w for w in _WORD.findall(text.lower()) if w in CONNECTING or w in STOP or stem(w) in words)
