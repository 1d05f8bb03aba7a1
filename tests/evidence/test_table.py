"""The table reader names file, line and field of what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import FormatError
from noctiflora.evidence._table import Row, parse_table


class Pair(Row):
    name: str
    size: int | None


def test_empty_cells_become_none_and_spaces_are_stripped() -> None:
    assert parse_table("name,size\n a ,\nb,2\n", Pair, where="t.csv") == (
        Pair(name="a", size=None),
        Pair(name="b", size=2),
    )


def test_the_refusal_names_the_place() -> None:
    with pytest.raises(FormatError, match=r"t\.csv, line 3, field size.*found 'x'"):
        parse_table("name,size\na,1\nb,x\n", Pair, where="t.csv")


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(FormatError, match="more cells than the header"):
        parse_table("name,size\na,1,2\n", Pair, where="t.csv")


def test_too_few_cells_are_refused() -> None:
    with pytest.raises(FormatError, match="fewer cells than the header"):
        parse_table("name,size\na\n", Pair, where="t.csv")


def test_what_is_no_csv_is_refused() -> None:
    with pytest.raises(FormatError, match="not a CSV file"):
        parse_table('name,size\n"a', Pair, where="t.csv")


@given(st.text(max_size=60))
def test_hostile_text_is_refused_or_read_never_a_crash(text: str) -> None:
    try:
        rows = parse_table("name,size\n" + text, Pair, where="t.csv")
    except FormatError:
        return
    assert all(isinstance(r, Pair) for r in rows)
