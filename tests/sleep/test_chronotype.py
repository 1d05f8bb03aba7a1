import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import corrected_midsleep, week_sleep_h

EXAMPLES = [
    ("04:00:00", 6.0, 7.0, 6.29, "03:38:42"),
    ("06:30:00", 7.5, 7.5, 7.5, "06:30:00"),
    ("01:00:00", 5.5, 9.0, 6.75, "23:52:30"),
    ("03:45:00", 5.0, 9.0, 8.5, "03:30:00"),
    ("04:45:00", 6.45, 10.0, 9.2, "04:21:00"),
    ("07:00:00", 6.0, 12.0, 9.45, "05:43:30"),
]
"""Examples of msf_sc() of the R package mctq (docs.ropensci.org/mctq/reference/msf_sc.html): midsleep on free
days, hours of sleep on workdays, on free days, of the week, expected. Its last one prints 04:46:02.34 where its own
formula gives 04:46:00.34, so it is not among them."""

TESTS = [("04:00:00", 6.0, 8.0, 5, "03:17:08.571429"), ("23:30:00", 7.0, 9.0, 3, "23:04:17.142857")]
"""From its tests/testthat/test-msf_sc.R, with workdays in place of the week's sleep."""


def hours(text: str) -> float:
    h, m, s = text.split(":")
    return int(h) + int(m) / 60 + float(s) / 3600


@pytest.mark.parametrize(("free", "work_h", "free_h", "week_h", "expected"), EXAMPLES)
def test_examples_of_mctq(free: str, work_h: float, free_h: float, week_h: float, expected: str) -> None:
    found = corrected_midsleep(hours(free), work_h=work_h, free_h=free_h, week_h=week_h, alarm=False)
    assert found == pytest.approx(hours(expected), abs=1e-9)


@pytest.mark.parametrize(("free", "work_h", "free_h", "days", "expected"), TESTS)
def test_tests_of_mctq(free: str, work_h: float, free_h: float, days: int, expected: str) -> None:
    week_h = week_sleep_h(work_h, free_h, work_days=days)
    found = corrected_midsleep(hours(free), work_h=work_h, free_h=free_h, week_h=week_h, alarm=False)
    assert found == pytest.approx(hours(expected), abs=1e-9)


def test_nothing_is_corrected_where_no_more_is_slept_on_free_days() -> None:
    assert corrected_midsleep(2.25, work_h=9, free_h=7, week_h=8.4, alarm=False) == 2.25


def test_with_an_alarm_on_free_days_it_is_not_defined() -> None:
    assert corrected_midsleep(5.0, work_h=7.5, free_h=10, week_h=8.5, alarm=True) is None


def test_a_week_has_seven_days() -> None:
    assert week_sleep_h(6, 8, work_days=0) == 8
    with pytest.raises(RangeError, match="workdays"):
        week_sleep_h(6, 8, work_days=8)
