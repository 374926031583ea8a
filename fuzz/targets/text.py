"""Texts of sellers: markup, folding, and the whole judgement of one listing."""

import functools

from fuzz.target import FIXTURES, ROOT, Target
from listing_preflight.api import Engine
from listing_preflight.text import markup
from listing_preflight.text.fold import fold

TEXTS = (
    "Nike Air shoes, size 9 & NOT Adidas", "N1K\u0415 \u202eekin\u202c <b>shoes</b> &amp; &#78;ike &nosuch; <script>x</script> <!-- <p>",
    "ﬁfty ＮＩＫＥ n i k e N\u200bike \u0130stanbul ß ŉ 耐克 ナイキ ｎ\u0301", "Case for iPhone 15 Pro, compatible with Apple", "\x1b[31mLEGO\x1b[0m <p style='display:none'>x",
    "inspired by Chanel №5 — 1:1 replica, dupe; not Gucci's", "<div><span>L</span><span>E</span>GO</div>", "Ni\u00adke\u2060 \U0001d4dd\U0001d4f2\U0001d4f4\U0001d4ee", "nike.com @nike #nike",
)  # fmt: skip


def seeds():
    return [t.encode("utf-8", "surrogatepass") for t in TEXTS]


def text(data):
    return data.decode("utf-8", "surrogateescape")


def see(data, _):
    value = text(data)
    page = markup.visible(value)
    for n in range(len(page.text)):
        start, end = page.span(n, n + 1)
        if not 0 <= start < end <= len(value):
            raise AssertionError(f"character {n} comes from {start}:{end} of {len(value)}")


def folded(data, _):
    value = text(data)
    found = fold(value)
    for reading in (found.plain, found.visual):
        for token in reading.tokens if reading is not None else ():
            if not 0 <= token.start < token.end <= len(value):
                raise AssertionError(f"{token} lies outside of {len(value)} characters")


@functools.cache
def engine():
    one = Engine(lists=[FIXTURES / "lists/example.yaml", ROOT / "brand_lists/marks"], images=False, explain=True)
    return one.__enter__()


def judged(data, _):
    """Fields are told apart by a zero byte, in the order of the report."""
    names = ("title", "description", "brand", "search_terms", "category")
    fields = dict(zip(names, text(data).split("\0"), strict=False))
    for verdict in engine().gate({"id": "1", "marketplace": "amazon.com", **fields}):
        record = engine().record(verdict)
        for finding in record["findings"]:
            for one in finding["evidence"]:
                value = fields.get(one["field"])
                if value is not None and value[one["start"] : one["end"]] != one["text"]:
                    raise AssertionError(f"evidence {one} is not what stands there")


TARGETS = (
    Target("markup", seeds, see),
    Target("fold", seeds, folded),
    Target("judging", lambda: [*seeds(), b"\0".join(seeds()[:5])], judged),
)
