import csv
import datetime as dt
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError
from noctiflora.sleep import Night, nights_csv, nights_from_csv
from tests.sleep.write.nights import nights

RUNS = tuple("=+-@\t\r\n＝＋－＠")


@settings(max_examples=60)
@given(st.lists(nights(), max_size=3))
def test_csv_gives_the_same_nights_back_but_for_the_stretches(some: list[Night]) -> None:
    assert nights_from_csv(nights_csv(some)) == tuple(replace(n, segments=()) for n in some)


@settings(max_examples=50)
@given(nights())
def test_no_text_of_a_table_runs_as_a_formula(night: Night) -> None:
    (row,) = csv.DictReader(io.StringIO(nights_csv([night]), newline=""))
    assert not row["source"].startswith(RUNS)
    assert not row["notes"].startswith(RUNS)


def test_unknown_is_empty_not_zero() -> None:
    (row,) = csv.DictReader(io.StringIO(nights_csv([Night(date=dt.date(2024, 1, 2), source="x")])))
    assert (row["tst_min"], row["awakenings"], row["onset"]) == ("", "", "")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", '"', nights_csv([]) + "x\n"])
def test_something_else_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"exported here|cells"):
        nights_from_csv(text)
