"""Which match stands at a place: the same answer as from comparing each with each, in time in proportion."""

from hypothesis import given, settings
from hypothesis import strategies as st

from listing_preflight.text import gates, resolving
from listing_preflight.text.gates import Match
from listing_preflight.text.names import Spelling, make_forms
from listing_preflight.text.resolving import resolve
from listing_preflight.text.vocabulary import vocabulary

FORMS = make_forms([Spelling(n, n) for n in ("Zorvane", "Quell", "Zorvane Max", "Brindlewok", "Quellar")], vocabulary())
MATCHES = st.builds(
    lambda form, kind, start, length, score: Match(FORMS[form], kind, start, start + length, score),
    st.integers(0, len(FORMS) - 1), st.sampled_from(sorted(gates.RANK)), st.integers(0, 90), st.integers(1, 70), st.sampled_from([0.8, 0.9]),
)  # fmt: skip


def _each_with_each(found):
    order = sorted(found, key=lambda m: (m.start - m.end, resolving._order(m), m.start, m.form.key, m.form.id))
    kept, lost = [], []
    for match in sorted(order, key=lambda m: m.kind in ("glued", "edit")):
        over = next((k for k in kept if resolving._yields(match, k)), None)
        if over is None:
            kept.append(match)
        else:
            lost.append((match, over))
    return sorted(kept, key=lambda m: (m.start, m.end, m.form.id)), lost


@settings(max_examples=400)
@given(st.lists(MATCHES, max_size=30))
def test_the_same_matches_stand(found):
    assert resolve(found) == _each_with_each(found)


def test_a_text_full_of_names_keeps_all_of_them():
    found = [Match(FORMS[0], "exact", n * 8, n * 8 + 7, 1.0) for n in range(40_000)]
    assert resolve(found) == (found, [])
