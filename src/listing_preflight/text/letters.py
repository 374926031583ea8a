"""What the letters of tokens say, read from arrays: hashes by place, plural endings, digits, first letters, odd capitals."""

from collections.abc import Iterator, Sequence

import numpy as np

from listing_preflight.text.edits import PREFIX
from listing_preflight.text.hashing import U64, Bools, Ints, inverse_powers, letter_values, powers
from listing_preflight.text.stream import Read, Stream

_S, _ES = 1, 2
_TOO_MANY = -1
_s, _e = letter_values(np.array([ord("s"), ord("e")], np.uint32))


def down(places: Ints) -> U64:
    """Inverse powers of the hash's base."""
    return inverse_powers(int(places.max(initial=0)) + 1)[places]


def tails(stream: Stream, last: Ints, length: Ints) -> Ints:
    """Whether tokens end in s, or in es."""
    s = (stream.codes[last - 1] == ord("s")) & (length > 1)
    es = s & (length > len("es")) & (stream.codes[np.maximum(last - 2, 0)] == ord("e"))
    return s.astype(np.int64) * _S + es.astype(np.int64) * (_ES - _S)


def singulars(hashes: U64, length: Ints, tail: Ints) -> Iterator[tuple[Ints, U64]]:
    """Which hashes end in a plural's s or es, and the hash of what stands before it."""
    cut = np.flatnonzero(tail)
    if len(cut):
        up = powers(int(length[cut].max()))
        short = hashes[cut] - _s * up[length[cut] - 1]
        yield cut, short
        two = np.flatnonzero(tail[cut] == _ES)
        yield cut[two], short[two] - _e * up[length[cut[two]] - 2]


def digit_codes(codes: Ints, owner: Ints) -> Ints:
    """The digits of each token as a number with a leading one, as in `edits.digit_codes`; -1 for more than two."""
    out = np.ones(len(owner), np.int64)
    at = np.flatnonzero((codes >= ord("0")) & (codes <= ord("9")))
    for token, digit in zip(
        (np.searchsorted(owner, at, "right") - 1).tolist(), (codes[at] - ord("0")).tolist(), strict=True
    ):
        out[token] = _TOO_MANY if out[token] >= 100 or out[token] < 0 else out[token] * 10 + digit
    return out


def joined_digits(parts: Sequence[Ints]) -> Ints:
    """The digit codes of windows out of those of their tokens; -1 for more than two digits."""
    out = parts[0]
    for part in parts[1:]:
        scale = np.where(part >= 100, 100, np.where(part >= 10, 10, 1))
        joined = out * scale + part - scale
        out = np.where((out < 0) | (part < 0) | (joined >= 1000), _TOO_MANY, joined)
    return out


def first_values(stream: Stream, i: Ints, length: Ints) -> U64:
    """Values of the first letters of windows that begin with token i, zero after their end."""
    place = stream.first[i][:, None] + np.arange(PREFIX)
    inside = np.arange(PREFIX) < length[:, None]
    codes = (
        stream.codes[np.minimum(place, max(0, len(stream.codes) - 1))] if len(i) else np.zeros((0, PREFIX), np.uint32)
    )
    return np.where(inside, letter_values(codes), np.uint64(0))


def odd_case(found: Read, stream: Stream) -> Bools:
    """Tokens with a letter that was put there for its looks, as `gates` has it."""
    written, out = found.written, np.zeros(len(stream.start), np.bool_)
    capital = np.flatnonzero(written[1:-1] == ord("I")) + 1
    small = np.flatnonzero(written[1:-1] == ord("l")) + 1
    after, before = written[capital + 1], written[capital - 1] | 0x20
    capital = capital[(after >= ord("a")) & (after <= ord("z")) & (before >= ord("a")) & (before <= ord("z"))]
    right, left = written[small + 1], written[small - 1]
    small = small[(right >= ord("A")) & (right <= ord("Z")) & (left >= ord("A")) & (left <= ord("Z"))]
    at = np.concatenate([capital, small])
    if len(at) and len(out):
        out[np.maximum(np.searchsorted(stream.start, at, "right") - 1, 0)] = True
    return out
