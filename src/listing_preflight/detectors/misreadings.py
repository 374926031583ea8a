"""What an OCR engine takes one letter for: spellings that a seen word may have had in print."""

from collections.abc import Iterator

LEAST = 4
"""Letters that a word needs before it is put right."""
_CLEAR = 0.85
"""Confidence of a line from which words of LEAST letters are put right; longer ones are from any line that was read."""
PAIRS = tuple(
    (pair.split(":")[0], pair.split(":")[1])
    for pair in """
    rn:m nn:m m:rn cl:d d:cl vv:w w:vv ii:u li:h ri:n tt:h 0:o 1:l 1:i l:i i:l 5:s 8:b 6:b 9:g q:g g:q
    2:z 3:e 4:a 7:t |:l !:i €:e o:d o:q q:o u:v v:u v:y h:b b:h c:e e:c c:g r:a o:a f:t t:f k:h h:k
    """.split()
)
"""As read, as printed. Seen on product photographs; none of them is a spelling that a seller would choose."""


def printed(word: str, score: float) -> Iterator[str]:
    """Spellings that a word read with this confidence may stand for, one letter or pair put right at a time."""
    if len(word) < LEAST or (len(word) == LEAST and score < _CLEAR):
        return
    low = word.casefold()
    for read, meant in PAIRS:
        at = low.find(read)
        while at >= 0:
            yield low[:at] + meant + low[at + len(read) :]
            at = low.find(read, at + 1)
