"""Cells come out as they were written, and a stray quotation mark costs nobody else's row."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.manifests.delimited import Dialect, cells
from crawler.manifests.json_text import NotParsed

cell = st.text(alphabet=st.sampled_from('ab",;|\t\n\r é🙂\u2028\x0b'), max_size=6)


class Raw(io.BytesIO):
    """A raw stream for the reader to wrap."""


def _read(data: bytes, dialect: Dialect, width: int) -> list[object]:
    return [row for _, row in cells(Raw(data), dialect, width)]  # type: ignore[arg-type]


@settings(max_examples=80, deadline=None)
@given(st.integers(2, 4).flatmap(lambda w: st.lists(st.lists(cell, min_size=w, max_size=w), max_size=6)))
def test_quoted_rows_come_out_as_they_went_in(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    width = len(rows[0]) if rows else 2
    assert _read(text.getvalue().encode(), Dialect(","), width) == rows


plain = st.text(alphabet=st.sampled_from('ab", é🙂\u2028\x0b'), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(plain, plain, plain).map(list), max_size=6))
def test_unquoted_rows_come_out_as_they_went_in(rows):
    text = "".join("\t".join(row) + "\n" for row in rows)
    assert _read(text.encode(), Dialect("\t", quoted=False), 3) == rows


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["ok", "stray", "short"]), min_size=1, max_size=8))
def test_a_broken_row_never_takes_its_neighbours_along(kinds):
    lines = {"ok": '{n},a,"b, c"', "stray": '{n},"a,b c', "short": "{n}"}
    data = "\n".join(lines[kind].format(n=n) for n, kind in enumerate(kinds)) + "\n"
    found = list(cells(Raw(data.encode()), Dialect(","), 3))  # type: ignore[arg-type]
    good = {row: row_cells[0] for row, row_cells in found if not isinstance(row_cells, NotParsed)}
    for n, kind in enumerate(kinds):
        if kind == "ok":
            assert good[f"line {n + 1}"] == str(n)
    assert [row for row, _ in found] == [f"line {n + 1}" for n in range(len(kinds))]


def test_a_quotation_mark_that_is_never_closed_in_the_last_cell():
    found = _read(b'1,a,"b\n2,c,d\n3,e,f\n', Dialect(","), 3)
    assert found == [["1", "a", "b"], ["2", "c", "d"], ["3", "e", "f"]]


def test_wrong_number_of_cells_is_named():
    assert _read(b"a,b\nc,d,e,f\n", Dialect(","), 2) == [
        ["a", "b"],
        NotParsed("has 4 columns where 2 were expected"),
    ]


def test_empty_cells_at_the_end_may_be_missing_or_too_many():
    assert _read(b"a,b,c,,\na,b\n", Dialect(","), 3) == [["a", "b", "c"], ["a", "b", ""]]


def test_a_cell_beyond_the_csv_modules_limit_costs_only_its_row():
    data = b'1,a\n2,"' + b"x" * 200_000 + b'"\n3,c\n'
    found = _read(data, Dialect(","), 2)
    assert [found[0], found[2]] == [["1", "a"], ["3", "c"]]
    assert isinstance(found[1], NotParsed)


def test_an_endless_line_is_passed_over():
    for quoted in (True, False):
        data = b"1,a\n" + b"x" * (9 << 20) + b"\n3,c\n"
        found = _read(data, Dialect(",", quoted=quoted), 2)
        assert found == [["1", "a"], NotParsed("is longer than 4 MiB"), ["3", "c"]]


def test_carriage_returns_alone_end_lines():
    assert _read(b"a,b\rc,d\r", Dialect(",", newline="\r"), 2) == [["a", "b"], ["c", "d"]]


def test_windows_line_ends():
    assert _read(b'a,b\r\n"c\r\nx",d\r\n', Dialect(","), 2) == [["a", "b"], ["c\r\nx", "d"]]
    assert _read(b"a\tb\r\nc\td\r\n", Dialect("\t", quoted=False), 2) == [["a", "b"], ["c", "d"]]
