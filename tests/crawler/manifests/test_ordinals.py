"""Duplicates are numbered as by a plain count of keys."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.manifests.ordinals import Ordinals


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab\udcff0", max_size=2), max_size=40))
def test_like_counting(keys):
    ordinals, counts = Ordinals(), Counter()
    for key in keys:
        assert ordinals.next(key) == counts[key]
        counts[key] += 1


def test_many_keys_through_several_growths():
    ordinals = Ordinals()
    assert {ordinals.next(str(n)) for n in range(20_000)} == {0}
    assert {ordinals.next(str(n)) for n in range(20_000)} == {1}
