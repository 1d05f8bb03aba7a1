import pytest

from noctiflora.core import FormatError, InputError
from noctiflora.sleep.read._csv import Line, delimiter, header, lines, number


def rows(text: str) -> list[Line]:
    return list(lines(text, lambda names: names))


def test_names_are_trimmed_and_small() -> None:
    assert header(b'\xef\xbb\xbf Date ;"In Bed"\n1;2') == ("date", "in bed")
    assert header(b"") == ()
    assert header(b"\xff\xfe\x00") == ()


@pytest.mark.parametrize(("line", "expected"), [("a,b", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("a", ",")])
def test_the_delimiter_is_the_frequent_one(line: str, expected: str) -> None:
    assert delimiter(line) == expected


def test_rows_know_their_line() -> None:
    found = rows('a,b\n1,2\n\n,\n"x\ny",4\n5\n')
    assert [(r.number, dict(r.cells)) for r in found] == [
        (2, {"a": "1", "b": "2"}),
        (6, {"a": "x\ny", "b": "4"}),
        (7, {"a": "5"}),
    ]


def test_what_cannot_be_cut() -> None:
    with pytest.raises(FormatError):
        rows('a,b\n"' + "x" * 200_000 + '"\n')


@pytest.mark.parametrize(("text", "value"), [("", None), ("N/A", None), ("—", None), ("7", 7), ("7,5", 7.5), ("0", 0)])
def test_numbers(text: str, value: float | None) -> None:
    assert number(Line(number=2, cells={"x": text}), "x", most=10) == value


@pytest.mark.parametrize("text", ["NaN", "inf", "1e5", "seven", "-1", "11", "0x5", "１", "1.2.3"])
def test_no_numbers(text: str) -> None:
    with pytest.raises(InputError):
        number(Line(number=2, cells={"x": text}), "x", most=10)


def test_a_column_that_is_not_there() -> None:
    assert number(Line(number=2, cells={}), "x", most=10) is None


def test_lines_and_columns_beyond_any_export() -> None:
    with pytest.raises(FormatError, match="longer than in any export"):
        list(lines("a,b\n" + "x" * 1_100_000, lambda names: names))
    with pytest.raises(FormatError, match="more columns"):
        list(lines("," * 1001 + "\n1,2\n", lambda names: names))
    assert len(list(lines("a,b\n" + f"1,{'2' * 1000}\n" * 1200, lambda names: names))) == 1200
