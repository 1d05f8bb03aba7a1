import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError
from noctiflora.gut.read._cells import LONGEST_CELL, amounts, delimiter_of, lines, number, numbers, place, whole, wholes


def test_rows_keep_their_line_and_blank_ones_go() -> None:
    rows = list(lines("a, b\n\n ,\n1,2\n", delimiter=",", where="f"))
    assert [(r.number, r.cells) for r in rows] == [(1, ["a", "b"]), (4, ["1", "2"])]


def test_a_cell_beyond_reason_is_refused() -> None:
    with pytest.raises(FormatError):
        list(lines("x" * (LONGEST_CELL + 1) + ",1", delimiter=",", where="f"))


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=50, deadline=None)
def test_numbers_come_back(value: float) -> None:
    assert number(repr(value), where="f", field="x") == value


@pytest.mark.parametrize("cell", ["", "nan", "inf", "1e999", "1_000", "abc", "1,5"])
def test_what_is_no_finite_number_is_refused(cell: str) -> None:
    with pytest.raises(FormatError, match="no number"):
        number(cell, where="f", field="x")


def test_percent_signs_and_decimal_commas() -> None:
    assert number("12,5 %", where="f", field="x", decimal_comma=True) == 12.5


def test_ids_and_places() -> None:
    assert whole("123456789012") is None
    assert whole("0") is None
    assert place(["A", "b"], "x") is None
    assert delimiter_of("a\tb,c\td") == "\t"


def test_columns_are_read_at_once_as_cell_by_cell() -> None:
    rows = list(lines("a,b\n1,2\n3e2,\n5\n", delimiter=",", where="x"))[1:]
    assert amounts(rows, (1,), ("a", "b"), where="x").ravel().tolist() == [2.0, 0.0, 0.0]
    assert amounts(rows, (0,), ("a", "b"), where="x").ravel().tolist() == [1.0, 300.0, 5.0]
    assert numbers(["1", "2.5"], where="x", field="n").tolist() == [1.0, 2.5]
    assert wholes(["12", "0", "7"]) == [12, None, 7]
    assert wholes(["12", "-1", ""]) == [12, None, None]


@pytest.mark.parametrize("cell", ["nan", "inf", "1_0", "one"])
def test_an_odd_cell_of_a_column_is_named(cell: str) -> None:
    rows = list(lines(f"a,b\n1,2\n3,{cell}\n", delimiter=",", where="x"))[1:]
    with pytest.raises(FormatError, match="line 3, field b"):
        amounts(rows, (1,), ("a", "b"), where="x")
    with pytest.raises(FormatError, match="row 2, field b"):
        numbers(["1", cell], where="x", field="b")
