"""The peers of text matching, each as a function that runs over listings once; a peer that is not installed is left out.

They are the extra `bench` of the project. Each gets what it needs beforehand: only the search itself is timed.
"""

import importlib.util

from listing_preflight.text.fold import plain_words


def have(name):
    return importlib.util.find_spec(name) is not None


def ahocorasick(names, listings):
    """ahocorasick_rs, exact whole words, text folded beforehand; two blanks between words, so that neighbours both match."""
    import ahocorasick_rs

    patterns = sorted({f" {'  '.join(words)} " for n in names if (words := plain_words(n))})
    automaton = ahocorasick_rs.AhoCorasick(patterns)
    folded = [[" " + "  ".join(plain_words(text)) + " " for text in listing] for listing in listings]

    def run():
        for listing in folded:
            for text in listing:
                automaton.find_matches_as_indexes(text, overlapping=True)

    return run


def flashtext(names, listings):
    """FlashText, exact words of the text as it is, case aside."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for name in names:
        processor.add_keyword(name)

    def run():
        for listing in listings:
            for text in listing:
                processor.extract_keywords(text, span_info=True)

    return run


def spacy(names, listings):
    """spaCy PhraseMatcher on lower-case tokens, its tokeniser included."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("names", list(nlp.pipe(names)))

    def run():
        for listing in listings:
            for text in listing:
                matcher(nlp.make_doc(text))

    return run


def symspell(names, listings):
    """symspellpy, single tokens within one edit, with a memo of tokens; text split beforehand."""
    from symspellpy import SymSpell, Verbosity

    speller = SymSpell(max_dictionary_edit_distance=1, prefix_length=7)
    for name in names:
        speller.create_dictionary_entry("".join(plain_words(name)), 1)
    split = [[plain_words(text) for text in listing] for listing in listings]

    def run():
        memo = {}
        for listing in split:
            for words in listing:
                for word in words:
                    if word not in memo:
                        memo[word] = speller.lookup(word, Verbosity.TOP, max_edit_distance=1)

    return run


def partial_ratio(names, listings):
    """The loop that everybody writes first: rapidfuzz `partial_ratio` of every name on every listing."""
    from rapidfuzz import fuzz, process

    folded = ["".join(plain_words(n)) for n in names]
    whole = [" ".join(" ".join(plain_words(text)) for text in listing) for listing in listings]

    def run():
        for text in whole:
            process.extract(text, folded, scorer=fuzz.partial_ratio, score_cutoff=85, limit=None)

    return run


PEERS = {
    "ahocorasick_rs exact, text folded beforehand": ("ahocorasick_rs", ahocorasick, 2500),
    "FlashText exact": ("flashtext", flashtext, 500),
    "spaCy PhraseMatcher exact": ("spacy", spacy, 250),
    "symspellpy one edit, tokens alone, memo": ("symspellpy", symspell, 2500),
    "rapidfuzz partial_ratio loop": ("rapidfuzz", partial_ratio, 10),
}
"""Name → module, what makes it, and how many listings it runs over (slow ones over fewer; figures are a listing's)."""
