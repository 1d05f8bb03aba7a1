"""Reading of series: the contract, and every way in which a file can be wrong."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError, InputError, RangeError
from noctiflora.trial import parse_series


def read(text: str):
    return parse_series(text, where="mine.csv")


def test_the_whole_contract_in_one_file() -> None:
    series = read(
        "\ufeffnight,date,y,dose,s,Alcohol g\r\n2,2026-01-02,88.5,0,-1,12.5\r\n\r\n4,2026-01-04,,1e0,+1,.5\r\n"
    )
    assert series.nights.tolist() == [2, 4]
    assert series.y[0] == 88.5
    assert np.isnan(series.y[1])
    assert series.dose.tolist() == [0, 1]
    assert series.s is not None
    assert series.s.tolist() == [-1, 1]
    assert series.covariates["Alcohol g"].tolist() == [12.5, 0.5]
    assert series.dates == (dt.date(2026, 1, 2), dt.date(2026, 1, 4))
    assert series.where == "mine.csv"


def test_dates_alone_number_the_nights() -> None:
    series = read("date,y,dose\n2026-02-27,1,0\n2026-03-01,2,1\n")
    assert series.nights.tolist() == [1, 3]


def test_a_night_written_by_a_spreadsheet_is_whole() -> None:
    assert read("night,y,dose\n1.0,5,1\n3.00,5,1\n").nights.tolist() == [1, 3]


def test_order_and_case_of_the_known_columns_do_not_matter() -> None:
    assert read("Dose, Y ,NIGHT\n1,5,1\n").y.tolist() == [5]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("\ufeff \n\n", "the file is empty"),
        ("night,y,dose\n", "holds no night"),
        ("night,y\n1,2\n", "column dose is missing"),
        ("night,dose\n1,1\n", "column y is missing"),
        ("y,dose\n1,1\n", "column night or date is missing"),
        ("night;y;dose\n1;2;1\n", "column night or date is missing"),
        ("night,y,dose,y\n1,2,1,3\n", "two columns bear one name"),
        ("night,y,dose,\n1,2,1,3\n", "a column has no name"),
        ("night,y,dose,theta\n1,2,1,3\n", "belongs to a parameter"),
        ("night,y,dose\n1,2\n", "line 2.*found 2"),
        ("night,y,dose\n1,2,1,4\n", "should have 3 fields"),
        ("night,y,dose\n1,2,1\n1,2,1\n", "line 3, night.*|there twice"),
        ("night,y,dose\n2,2,1\n1,2,1\n", "nights must rise"),
        ("date,y,dose\n2026-01-02,2,1\n2026-01-02,2,1\n", "there twice"),
        ("night,y,dose\n0,2,1\n", "whole number from 1"),
        ("night,y,dose\n1.5,2,1\n", "whole number from 1"),
        ("night,y,dose\n,2,1\n", "whole number from 1"),
        ("date,y,dose\n2026-02-30,2,1\n", "not a date"),
        ("date,y,dose\n03/02/2026,2,1\n", "write it as 2026-01-31"),
        ("night,date,y,dose\n1,2026-01-01,2,1\n2,2026-01-03,2,1\n", "a day has slipped"),
        ("night,y,dose\n1,nan,1\n", "line 2, y.*not a number|not a number.*line 2, y"),
        ("night,y,dose\n1,inf,1\n", "not a number"),
        ("night,y,dose\n1,good,1\n", "found good"),
        ("night,y,dose\n1,1_000,1\n", "not a number"),
        ("night,y,dose\n1,\uff11\uff12,1\n", "not a number"),
        ("night,y,dose\n1,0x1F,1\n", "not a number"),
        ("night,y,dose\n1,2,\n", "only y may be blank.*line 2, dose"),
        ("night,y,dose,alcohol\n1,2,1,\n", "only y may be blank.*line 2, alcohol"),
        ("night,y,dose,alcohol\n1,2,1,NaN\n", "not a number.*line 2, alcohol"),
        ('night,y,dose\n1,"2,1\n', "comma-separated"),
    ],
)
def test_a_wrong_file_is_refused_by_line_and_column(text: str, says: str) -> None:
    with pytest.raises(FormatError, match=says) as told:
        read(text)
    assert "mine.csv" in str(told.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("night,y,dose\n1,2,1.5\n", "line 2, dose"),
        ("night,y,dose\n1,2,-0.1\n", "line 2, dose"),
        ("night,y,dose\n1,1e300,1\n", "line 2, y"),
        ("night,y,dose\n1,1e999,1\n", "line 2, y"),
        ("night,y,dose\n1,1,1\n9999999,1,1\n", "line 3, night"),
        ("date,y,dose\n0001-01-01,1,1\n9999-12-31,1,1\n", "line 3, date"),
    ],
)
def test_an_impossible_number_is_refused_by_line_and_column(text: str, says: str) -> None:
    with pytest.raises(RangeError, match=says):
        read(text)


def test_the_line_named_is_the_line_of_the_file() -> None:
    with pytest.raises(FormatError, match="line 5, y"):
        read("night,y,dose\n1,1,0\n\n2,2,0\n3,x,0\n")


@settings(max_examples=60)
@given(st.text(max_size=200) | st.text(alphabet='night,ydose\n0123456789.-"\x00\r', max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for whole in (text, "night,y,dose\n" + text):
        message = ""
        try:
            read(whole)
        except InputError as error:
            message = str(error)
        assert len(message) < 600


def test_several_products_and_the_planned_dose() -> None:
    text = "night,y,dose_glycine,dose_fibre,assigned,alcohol\n1,88,0,1,0,0\n2,87,1,0.5,1,1\n"
    found = parse_series(text, where="mine.csv")
    assert found.product == "glycine"
    assert found.dose.tolist() == [0.0, 1.0]
    assert found.others["fibre"].tolist() == [1.0, 0.5]
    assert found.assigned is not None
    assert found.assigned.tolist() == [0.0, 1.0]
    assert list(found.covariates) == ["alcohol"]
    main = parse_series("night,y,dose_fibre,dose\n1,88,0,1\n", where="mine.csv")
    assert (main.product, main.dose.tolist(), list(main.others)) == ("", [1.0], ["fibre"])


@pytest.mark.parametrize("column", ["dose_fibre", "assigned"])
def test_every_dose_is_a_share(column: str) -> None:
    with pytest.raises(RangeError, match=f"line 2, {column}"):
        parse_series(f"night,y,dose,{column}\n1,88,0,1.5\n", where="mine.csv")
