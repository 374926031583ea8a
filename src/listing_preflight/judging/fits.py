"""What the words before and behind a name say that something fits it: the forms of "for NAME" in every language."""

import functools
import itertools
import re

from listing_preflight.judging import headnoun, nouns
from listing_preflight.judging.goods import has_kind, is_goods_word
from listing_preflight.judging.grammar import Phrase, Spoken, ends_with, grammar, is_filler, starts_with, words
from listing_preflight.model.hit import Hit
from listing_preflight.policy.store import load
from listing_preflight.text.fold import folded_key, is_wide
from listing_preflight.text.vocabulary import vocabulary

LIST_REACH = 24
"""Tokens over which a connecting word reaches: "for iPhone 15, 14 Pro, iPad Air and …"."""
UNLISTED = 5
"""Names that no list has and that may stand side by side in such a list."""


def told_fit(hit: Hit, before: Phrase, names: frozenset[str], spoken: Spoken) -> Phrase | None:
    """The "for" of a language in which product names hold it, too ("Pro"): in a text told to be in it, and written small."""
    if grammar(None)["compatible_told"].by_last.keys().isdisjoint(before):
        return None
    if spoken is None or len(spoken) > FEW:
        spoken = headnoun.spoken(f"{hit.before} {hit.seen} {hit.after}")[:1]  # too few function words: its nouns tell
    phrase = list_head(before, names, spoken, "compatible_told")
    return phrase if phrase and f" {' '.join(phrase)} " in f" {hit.before}" else None


def spelled_before(hit: Hit, before: Phrase, spoken: Spoken) -> Phrase | None:
    """The compatible form before a name that stands in the text's own script first, in a spelling no list has: "适用于京瓷 Kyocera"."""
    if not hit.seen.isascii() or not before or before[-1].isascii():
        return None
    for n in range(1, SPELLED if is_wide(before[-1][0]) else 2):
        if phrase := ends_with(before[:-n], "compatible_before", spoken):
            own = "".join(before[-n:])
            told = tuple(sorted(frozenset(spoken or ()) - {"en"}))
            known = vocabulary().is_word(own) or (bool(told) and vocabulary().speaks(own, told))
            return None if known else phrase
    return None


SPELLED = 6
"""Characters of a script without spaces in which a foreign name may be spelled."""
MODEL = 4
"""Words of a model that may stand between a device's name and the word that says that something fits it: "NAME Venu 3S uyumlu"."""
_COMMA = re.compile(r"[,;:()\[\]|\n、，；]")


def behind_model(hit: Hit, after: Phrase, names: frozenset[str], spoken: Spoken) -> Phrase | None:
    """The compatible form behind a model that no list holds, before any comma."""
    known = grammar(spoken)
    if phrase := _ends_the_run(hit, spoken):
        return phrase
    if known["compatible_after"].by_first.keys().isdisjoint(after[: FAR + KANA]) and not known["case_endings"].phrases:
        return None
    stretch = after[: len(words(_COMMA.split(hit.after)[0]))]
    kana = next((i for i, w in enumerate(stretch) if not _is_katakana(w)), len(stretch))
    if 1 < kana <= KANA:  # a model's name in katakana, each of whose letters is a word here
        stretch = (stretch[0], *stretch[kana:])
    stretch = _without_devices(stretch, spoken)
    goods_first = _says_it_behind(stretch, spoken) and _accessory_before(hit)
    for n, word in enumerate(stretch[: (FAR if goods_first else MODEL) + 1]):
        if phrase := (n and starts_with(stretch[n:], "compatible_after", spoken)) or _case(word, spoken):
            return phrase
        if goods_first:
            if starts_with(stretch[n:], "universal", spoken):
                return None  # "NAME, fits all models" says of every other device that it fits
            continue
        if (is_wide(word[0]) and not _spaced(word)) or (is_noun(word, spoken) and word not in names):
            return None
    return None


def _ends_the_run(hit: Hit, spoken: Spoken) -> Phrase | None:
    """The fit that ends the unspaced words behind a name and is said of a part of its goods: "NAMEマヨネーズの袋口に対応".

    What a bag itself can do is no fit: "NAMEトートバッグA4対応"; where the goods stand before the name, a list of its models may: "NAME 20X・22Y対応".
    """
    found = _OF_A_PART.match(hit.after)
    if found is None and hit.place.field == "title" and sum(map(is_wide, hit.before)) >= GOODS:
        found = _OF_MODELS.match(hit.after)
    phrase = words(found[1]) if found else ()
    return phrase if phrase in grammar(spoken)["compatible_after"].phrases else None


_OF_A_PART = re.compile(r"[^\s、。，,;；|｜/／()（）\[\]【】「」]*の[^\s、。，の]{1,8}(に対応|に適合|と互換)")
_OF_MODELS = re.compile(
    r"[^、。，,;；|｜]{0,80}?\d[^、。，,;；|｜]{0,120}?(に対応|に適合|対応|適合|互換)(?:サイズ)?(?![\u3041-\u30ff\u3400-\u9fff])"
)
GOODS = 4
"""Characters of a wide script before a name that name the goods."""
FAR = 14
"""Words of a model, or its letters in a script without spaces, where the accessory was named before: the name no longer leads."""


BEHIND = ("ja", "ko", "zh", "tr", "hi", "hu", "fi", "et", "lv", "bn", "ta")
"""Languages that say by a word or ending behind a name that something fits it."""


def _says_it_behind(stretch: Phrase, spoken: Spoken) -> bool:
    """Whether a stretch holds the fit of a language that says it behind the name, and no other's: "NAME … için", "NAME … 호환"."""
    own = grammar(BEHIND)["compatible_after"].phrases - grammar(("en",))["compatible_after"].phrases
    told = spoken is None or not frozenset(BEHIND).isdisjoint(spoken)
    return told and any(stretch[i : i + n] in own for i in range(len(stretch)) for n in (1, 2, 3))


def _accessory_before(hit: Hit) -> bool:
    """Whether an accessory, spare part or supply stands before a name in its title: what follows is the device."""
    before = words(hit.before) if hit.place.field == "title" else ()
    return any(has_kind(before, kind) for kind in ("accessories", "spares", "supplies"))


def _without_devices(stretch: Phrase, spoken: Spoken) -> Phrase:
    """A stretch with one of its letters or words for each device's noun that its grammar names: "NAME V8 vacuum cleaner compatible"."""
    known = grammar(spoken)["devices"].by_first
    out: list[str] = []
    at = 0
    while at < len(stretch):
        found = starts_with(stretch[at:], "devices", spoken) if stretch[at] in known else None
        out.append(DEVICE if found else stretch[at])
        at += len(found or "1")
    return tuple(out)


def tells_no_model(after: Phrase, phrase: Phrase, spoken: Spoken) -> bool:
    """Whether the words of a fit stand right behind a name, but for the device's noun: "NAME phones compatible"."""
    rest = tuple(itertools.dropwhile(DEVICE.__eq__, _without_devices(after, spoken)))
    return rest[: len(phrase)] == phrase or (bool(rest) and _case(rest[0], spoken) == phrase)


def names_model(after: Phrase) -> bool:
    """Whether a model's number stands behind a name that says itself what something is for."""
    return any(c.isdigit() for word in after[:MODEL] for c in word)


DEVICE = "-"
"""What stands in place of a device's noun behind a model."""


@functools.lru_cache(maxsize=1024)
def inflects(spoken: Spoken) -> bool:
    """Whether one of the languages says "for" with an ending or a letter in front."""
    known = grammar(spoken)
    return bool(known["case_endings"].phrases or known["clitics"].phrases)


def _spaced(word: str) -> bool:
    """Whether a word is Korean, which unlike other wide scripts sets words apart, or a foreign name in katakana."""
    return "가" <= word[0] <= "힣" or _is_katakana(word)


def _is_katakana(word: str) -> bool:
    return all("\u30a0" <= c <= "\u30ff" for c in word)


KANA = 12
"""Letters of a model's name in katakana."""


@functools.lru_cache(maxsize=1024)
def _sorted(kind: str, spoken: Spoken) -> tuple[Phrase, ...]:
    """Letters that are written together with words, the longest first."""
    return tuple(sorted(grammar(spoken)[kind].phrases, key=lambda p: (-len(p[0]), p)))


def _case(word: str, spoken: Spoken) -> Phrase | None:
    """The ending that makes "for" of a device's noun, as in Hungarian: "NAME WD3 porszívóhoz"."""
    return next(
        (
            e
            for e in _endings(spoken)
            if word.endswith(e[0]) and (_is_device(word[: -len(e[0])], spoken) or _is_number(word[: -len(e[0])]))
        ),
        None,
    )


def _is_number(stem: str) -> bool:
    """Whether what an ending is written together with is a model's number: "NAME RM-400hoz"."""
    return bool(stem) and stem[-1].isdigit()


def clitic(before: Phrase, spoken: Spoken) -> Phrase | None:
    """The letter that makes "for" of a device's noun in front of a name, as in Arabic and Hebrew."""
    if not before:
        return None
    return next(
        (
            c
            for word in reversed(before[-DESCRIBED:])
            for c in _sorted("clitics", spoken)
            if word.startswith(c[0]) and _is_device(word[len(c[0]) :], spoken)
        ),
        None,
    )


def prefixed(hit: Hit, spoken: Spoken) -> Phrase | None:
    """The letter that makes "for" of the name itself, as in Arabic and Hebrew: "a cover for-NAME" in one word."""
    if hit.kind != "edit":
        return None
    seen, form = folded_key(hit.seen), folded_key(hit.form)
    return next((c for c in _sorted("clitics", spoken) if seen == c[0] + form), None)


def suffixed(hit: Hit, spoken: Spoken) -> Phrase | None:
    """The ending that makes "for" of the name itself, as in Estonian and Tamil: "a cover NAME-for" in one word."""
    if hit.kind not in ("plural", "edit"):
        return None
    seen, form = folded_key(hit.seen), folded_key(hit.form)
    return next((e for e in _endings(spoken) if seen == form + e[0]), None)


@functools.lru_cache(maxsize=1024)
def _endings(spoken: Spoken) -> tuple[Phrase, ...]:
    """The endings that make "for"; two letters only in a text that is told to be in few languages: "apple" is no Estonian "for an app"."""
    told = spoken is not None and len(spoken) <= FEW
    return tuple(e for e in _sorted("case_endings", spoken) if told or len(e[0]) > LITTLE or not e[0].isascii())


LITTLE = 2
"""Letters of an ending that words of any language may end in."""


def written_together(hit: Hit, spoken: Spoken) -> Phrase:
    """The letter that a language writes together with the next word, before a name that is spelt with it: Hebrew "מNAME"."""
    if hit.kind != "edit":
        return ()
    seen, form = folded_key(hit.seen), folded_key(hit.form)
    return next((c for c in _sorted("prefixes", spoken) if seen == c[0] + form), ())


def is_noun(token: str, spoken: Spoken) -> bool:
    """Whether a word is a noun for goods in one of a few languages that are told, or as it stands in any."""
    return bool(_classes(token, spoken))


def is_thing(token: str, spoken: Spoken) -> bool:
    """Whether a word is a noun for goods other than clothes: "for men NAME" fits nothing, and the words for people count as clothes."""
    return bool(_classes(token, spoken) - {25})


def _is_device(token: str, spoken: Spoken) -> bool:
    """Whether a word is a noun for a device: what parts and accessories are made for."""
    return not DEVICES.isdisjoint(_classes(token, spoken)) or is_told_device(token, spoken)


@functools.lru_cache(maxsize=1 << 14)
def is_told_device(token: str, spoken: Spoken) -> bool:
    """Whether a grammar names the stem of a word among devices: "vysavač" of "vysavače"; a short one as it stands."""
    stems = _stems(spoken)
    inflected = (token[:n] for n in range(max(STEM, len(token) - INFLECTED), len(token)))
    return token in stems or any(stem in stems for stem in inflected)


@functools.lru_cache(maxsize=1024)
def _stems(spoken: Spoken) -> frozenset[str]:
    return frozenset(stem for (stem, *more) in grammar(spoken)["devices"].phrases if not more)


STEM, INFLECTED = 4, 4
"""Letters of a stem from which endings may follow, and letters of such an ending."""


CLOTHES, FURNITURE = 25, 20
"""Classes of clothes, which the words for people count as, and of furniture, for which fronts, legs and covers are made."""
DEVICES = frozenset({7, 8, 9, 10, 11, 12, 14})
"""Classes of machines, tools, electronics, medical and household appliances, vehicles, watches."""


def _classes(token: str, spoken: Spoken) -> frozenset[int]:
    """Classes of a noun as it stands in any language, or as one of a few that are told inflects it."""
    if found := nouns.votes().get((token,)):
        return frozenset(found)
    told = spoken if spoken and len(spoken) <= FEW else ()
    inflected = (nouns.single(token, code) for code in told if code in nouns.languages())
    return next((frozenset(n.classes) for n in inflected if n is not None), frozenset())


FEW = 4
"""Languages of a text up to which its words are read as each of them inflects."""


def list_head(before: Phrase, names: frozenset[str], spoken: Spoken, kind: str) -> Phrase | None:
    """The words of a kind that open the list in which the name stands."""
    items, strange, listed = before, 0, False
    known = grammar(spoken)
    if known[kind].by_last.keys().isdisjoint(before) and known["compatible_device"].by_last.keys().isdisjoint(before):
        return None
    if phrase := _behind_devices(before, spoken, kind):
        return phrase
    tongues = spoken if spoken and len(spoken) <= FEW else headnoun.spoken(" ".join(before))[:1]
    for _ in range(LIST_REACH):
        phrase = ends_with(items, kind, spoken)
        if phrase is not None:
            plain = listed or not strange or (len(phrase) > 1 and _names_devices(before[len(items) :], tongues))
            return phrase if plain else None
        if not items:
            return None
        fit = items == before and kind == "compatible_before"
        if fit and (phrase := _before_described(before, tongues, spoken, kind)):
            return phrase
        noun = items == before and (is_thing(items[-1], spoken) or _is_device(items[-1], tongues))
        if noun and (phrase := _ends_with_article(items[:-1], kind, spoken)):
            return phrase  # "for NOUN NAME", "for the NOUN NAME": the device's own noun before its name
        if items == before and items[-2:] in nouns.votes() and (phrase := ends_with(items[:-2], kind, spoken)):
            return phrase
        if items[-1] in for_people() or (is_goods_word(items[-1:]) and not names.intersection(items[-2:-1])):
            return None  # "for mom, NAME"; but "fits NAME Stroller OTHER"
        listed = listed or items[-1] in names
        strange = 0 if is_filler(items[-1]) or items[-1] in names else strange + 1
        if strange > UNLISTED:
            return None
        items = items[:-1]
    return None


def _names_devices(stretch: Phrase, tongues: Spoken) -> bool:
    """Whether words between a fit that is said outright and a name may be what it fits, whose noun nobody knows: "compatible with chargers NAME"."""
    if len(stretch) > UNKNOWN or not for_people().isdisjoint(stretch) or not JOINING.isdisjoint(stretch):
        return False
    return not any(CLOTHES in _classes(w, tongues) for w in stretch)


UNKNOWN = 2
"""Words of a device's noun that nobody knows."""


def behind_house(hit: Hit, before: Phrase, spoken: Spoken) -> Phrase | None:
    """The compatible form before a maker that no list has, whose line or model follows it: "mirror pour MAKER NAME 3", "cover for Maker NAME"."""
    house = hit.before.split()[-1:]
    if not house or not house[0].isalpha() or not house[0][0].isupper() or not before:
        return None
    phrase = ends_with(before[:-1], "compatible_before", spoken) if is_unknown(before[-1], spoken) else None
    return phrase if phrase and _names_part(before[: -1 - len(phrase)], spoken) else None


def _names_part(told: Phrase, spoken: Spoken) -> bool:
    """Whether words name goods that are made for others: parts of machines, vehicles and electronics, covers, fronts and boards."""
    known, windows = nouns.votes(), (told[i : i + n] for i in range(len(told)) for n in (1, 2, 3))
    return any(not FITTED.isdisjoint(known.get(w, ()) or _classes(w[0], spoken)) for w in windows if w)


FITTED = (DEVICES - {14}) | {17, 18, 19, FURNITURE, 24, 27}


def is_unknown(word: str, spoken: Spoken) -> bool:
    """Whether a word is in no dictionary of English or of the few languages that are told, as the names of makers are."""
    known = vocabulary()
    told = tuple(sorted(frozenset(spoken or ()) - {"en"})) if spoken and len(spoken) <= FEW else ()
    return not known.is_english(word) and not (told and known.speaks(word, told))


def _ends_with_article(items: Phrase, kind: str, spoken: Spoken) -> Phrase | None:
    """The words of a kind at the end, or before an article there."""
    behind = items[:-1] if items and is_filler(items[-1]) else ()
    return ends_with(items, kind, spoken) or ends_with(behind, kind, spoken)


DESCRIBED = 4
"""Words of a device's noun with what describes it, before its name: "for robot vacuum cleaner NAME"."""


def _before_described(before: Phrase, tongues: Spoken, spoken: Spoken, kind: str) -> Phrase | None:
    """The words of a kind before up to four words of which the first or last is the noun of a device or of furniture, and none is for clothes or people."""
    for n in range(1, DESCRIBED + 1):
        stretch, head = before[-n:], before[:-n]
        if len(stretch) < n or any(_classes(w, tongues) == {CLOTHES} for w in stretch):
            return None
        opener = (ends_with(head, kind, spoken) if n > 1 else None) or ends_with(head, "compatible_device", spoken)
        joined = not JOINING.isdisjoint(stretch) or not for_people().isdisjoint(stretch)
        ends = {stretch[-1], stretch[0]}
        if opener and not joined and any(_is_device(w, tongues) or FURNITURE in _classes(w, tongues) for w in ends):
            return opener
    return None


@functools.cache
def for_people() -> frozenset[str]:
    """Words for those who have a device or get a present, not for a device."""
    return frozenset(w for phrase in load("ordinary.yaml")["people"] for w in words(str(phrase)))


def _behind_devices(before: Phrase, spoken: Spoken, kind: str) -> Phrase | None:
    """The words of a kind before a list that begins with devices by their nouns: "for laptop, tablet and NAME"."""
    items, device = before, False
    while items and (items[-1] in JOINING or _is_device(items[-1], spoken)):
        device = device or items[-1] not in JOINING
        items = items[:-1]
        if device and (phrase := ends_with(items, kind, spoken)):
            return phrase
    return None


JOINING = frozenset("and or und oder et ou y e o en och og ja i a и та або".split())
"""Words that join things of one kind."""
