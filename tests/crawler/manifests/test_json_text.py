"""The cursor cuts values where they end, whatever stands in them and however the bytes arrive."""

import io
import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.manifests.json_text import JsonDamageError, JsonText, NotParsed, as_written, parse

texts = st.text(alphabet=st.sampled_from('ab"\\{}[],: \n\té🙂\x00'), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(texts, values, max_size=5)


class Drip(io.BytesIO):
    """Hands out a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(7, size if size is not None and size >= 0 else 7))


def _array(data: bytes) -> list[object]:
    text = JsonText(Drip(data))
    text.enter()
    found = []
    while text.next_element():
        found.append(text.value()[1])
    return found


def _members(data: bytes) -> list[tuple[str, object]]:
    text = JsonText(Drip(data))
    text.enter()
    found = []
    while (name := text.next_name()) is not None:
        found.append((name, text.value(keyed=True)[1]))
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(records | values, max_size=6), st.sampled_from([None, 1]), st.booleans())
def test_arrays_come_out_as_they_went_in(wanted, indent, ascii_only):
    assert _array(json.dumps(wanted, indent=indent, ensure_ascii=ascii_only).encode()) == wanted


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, records | values), max_size=6))
def test_objects_come_out_as_they_went_in_repeated_names_included(members):
    body = ", ".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in members)
    assert _members(f"{{{body}}}".encode()) == members


@settings(max_examples=60, deadline=None)
@given(st.lists(records, min_size=1, max_size=5), st.data())
def test_a_cut_text_gives_all_whole_values_before_the_cut(wanted, data):
    text = json.dumps(wanted).encode()
    at = data.draw(st.integers(1, len(text) - 1))
    assume(not text[:at].endswith(b"]"))  # then it looks closed, and the cut like a record with a broken end
    cursor = JsonText(Drip(text[:at]))
    cursor.enter()
    found: list[object] = []

    def read() -> None:
        while cursor.next_element():
            found.append(cursor.value()[1])

    with pytest.raises(JsonDamageError) as damage:
        read()
    assert damage.value.cut
    assert found == wanted[: len(found)]
    whole = sum(len(json.dumps(wanted[: n + 1])) - 1 <= at for n in range(len(wanted)))
    assert len(found) == whole


def test_a_record_like_part_inside_a_record_is_not_its_end():
    inner = {"id": 2, "x": [{"id": 3}, {"id": 4}]}
    wanted = [{"id": 1}, inner, {"id": 5, "y": {"id": 6}}, {"id": 7}]
    assert _array(json.dumps(wanted).encode()) == wanted
    keyed = {"a": {"id": 1}, "b": {"id": 2, "x": {"id": 3}, "y": {"id": 4}}, "c": {"id": 5}}
    assert dict(_members(json.dumps(keyed).encode())) == keyed


def test_a_broken_record_costs_only_itself():
    good = '{"id": 1, "t": "x"}'
    for bad in ('{"id": 2, "t": "un"quoted"}', '{"id": 2, "t": [}', '{"id": 2, "t": }', '{"id": 2, "t": "}'):
        found = _array(f"[{good}, {good}, {bad}, {good}, {good}]".encode())
        assert [type(value) for value in found] == [dict, dict, NotParsed, dict, dict], bad


def test_bytes_that_are_no_utf8_cost_only_their_record():
    found = _array(b'[{"id": 1}, {"id": "\xff"}, {"id": 3}]')
    assert found == [{"id": 1}, {"id": "\udcff"}, {"id": 3}]


def test_nan_and_raw_control_characters_are_taken_as_pythons_writer_makes_them():
    assert str(parse(b'{"x": NaN}')) == "{'x': nan}"
    assert parse(b'{"x": "a\nb"}') == {"x": "a\nb"}


def test_deep_nesting_is_a_broken_record_not_a_crash():
    deep = b"[" * 30_000 + b"]" * 30_000
    found = _array(b'[{"id": 1}, {"id": ' + deep + b'}, {"id": 3}]')
    assert [type(value) for value in found] == [dict, NotParsed, dict]


def test_moderately_deep_nesting_is_read():
    deep: object = "x"
    for _ in range(40):
        deep = {"d": [deep]}
    assert _array(json.dumps([deep, deep]).encode()) == [deep, deep]


def test_numbers_as_written():
    assert as_written(b'{"id": 1e3, "b": 1.0, "c": 100000000000000000000000}') == {
        "id": "1e3",
        "b": "1.0",
        "c": "100000000000000000000000",
    }


def test_skipping_passes_over_anything():
    text = JsonText(Drip(b'{"a": [[1, {"x": "]"}], [2]], "b": {"c": [1]}, "d": 3, "e": "last"}'))
    text.enter()
    names = []
    while (name := text.next_name()) is not None:
        names.append(name)
        text.skip()
    assert names == ["a", "b", "d", "e"]


@pytest.mark.parametrize("data", [b'{"a" 1}', b"{1: 2}", b'{"a": ]}', b'{"a": :}', b""])
def test_a_text_that_cannot_be_followed_says_where(data: bytes):
    with pytest.raises(JsonDamageError, match="at byte"):
        _members(data)
