"""Wanted members come out as a parser would give them, or the shortcut declines."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.manifests.json_part import is_one_object, members

texts = st.text(alphabet=st.sampled_from('ab"\\{}[],: é'), max_size=5)
values = st.recursive(
    st.none() | st.integers(-9, 9) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
records = st.dictionaries(st.sampled_from(["a", "b", "c", 'd"', "e"]), values, min_size=1)


def _parses(text: bytes) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


@settings(max_examples=150, deadline=None)
@given(records, records, st.data())
def test_a_proven_object_ends_where_it_seems_to(first, second, data):
    """Every piece of two records that the proof accepts is one whole object, never one and a half."""
    text = f"{json.dumps(first)}, {json.dumps(second)}".encode()
    ends = [at + 1 for at, byte in enumerate(text) if byte == ord("}")]
    end = data.draw(st.sampled_from(ends))
    if is_one_object(text[:end]):
        assert _parses(text[:end])


def test_plain_records_are_proven():
    for record in ({"a": {"b": "x"}, "c": [[1, 2], [3]]}, {"a": 'quo"te', "b": "back\\"}, {"a": []}):
        assert is_one_object(json.dumps(record).encode())
    assert not is_one_object(b'{"a": 1}, {"b": 2}')
    assert not is_one_object(b'{"a": "}')


@settings(max_examples=150, deadline=None)
@given(records, st.sets(st.sampled_from(["a", "b", "c"]), min_size=1))
def test_members_are_those_of_the_record(record, wanted):
    part = members(json.dumps(record).encode(), {name.encode() for name in wanted})
    if part is not None:
        assert json.loads(part) == {name: record[name] for name in wanted}


def test_members_of_an_ffhq_record_are_found():
    record = {"category": "training", "metadata": {"photo_url": "u", "x": {"y": 1}}, "image": {"l": [[1, 2]]}}
    part = members(json.dumps(record, indent=1).encode(), {b"metadata"})
    assert part is not None
    assert json.loads(part) == {"metadata": record["metadata"]}
    assert members(json.dumps(record).encode(), {b"missing"}) is None
