"""What a page shows of a text, in time in proportion to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.text import markup


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("zo<!-- x -->rvane", "zorvane"), ("zo<script>a<b</script>rvane", "zorvane"), ("zo<STYLE>p{}</STYLE >rvane", "zorvane"),
        ("a<p>b", "a\nb"), ("a<b>b</b>", "ab"), ("a<!-- b", "a"), ("a < b", "a < b"), ("a<b", "a<b"), ("<!-- <p> & &amp; -->x&amp;y&#97;", "x&ya"),
        ("x>y<a&amp;z", "x>y<a&z"), ("<i>a</i>&lt;b&gt; <c &#x41;", "a<b> <c A"), ("<!-- a --><!-- b --><p><!-- c -->d", "\nd"),
    ],
)  # fmt: skip
def test_what_is_shown(written, shown):
    assert markup.visible(written).text == shown


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ["a", "b ", "<p>", "</b>", "<!--", "-->", "<script>", "</script>", "<", ">", "&amp;", "&", "<i x='", "\n"]
        ),
        max_size=14,
    )
)
def test_every_shown_character_knows_where_it_was_written(pieces):
    value = "".join(pieces)
    page = markup.visible(value)
    assert markup.text_of(value) == page.text
    starts = list(range(len(value))) if page.starts is None else page.starts
    assert len(starts) == len(page.text)
    assert starts == sorted(starts)
    for at, char in enumerate(page.text):
        start, end = page.span(at, at + 1)
        assert value[start:end] == char or value[start] in "<&"


@pytest.mark.parametrize("piece", ["<!-- -->", "<a", "<a><!---->", "&a", "<script", "</"])
def test_a_flood_of_signs_is_read_to_its_end(piece):
    """Hundreds of thousands of tags that begin and never end are not each followed to the end of the text."""
    assert markup.visible("x>" + piece * 100_000).text.startswith("x>")


@given(
    st.lists(st.sampled_from(["\u202enike\u202c", "a", "<b>", "<!-- x -->", "\x1b[31m", "\u202e", "<script>\x1b[0m</script>", " "]), max_size=12),
    st.integers(0, 60), st.integers(0, 60),
)  # fmt: skip
def test_what_is_turned_is_told_as_one_span_after_another_would_tell_it(pieces, start, end):
    page = markup.visible("".join(pieces))
    assert page.turns(start, end) == any(s < end and start < e for s, e in page.turned)
    assert "\x1b" not in page.text


@given(
    st.lists(
        st.sampled_from(["a", "b", "\u202e", "\u202c", "\x1b[1m", "\x1b", "<b>", "<p>", "&#8238;", "&amp;"]),
        max_size=10,
    )
)
def test_the_text_alone_is_the_same_with_overrides_and_escapes(pieces):
    value = "".join(pieces)
    assert markup.text_of(value) == markup.visible(value).text
