import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import Stage
from noctiflora.sleep.read._hypnogram import stretches
from tests.sleep.exports import utc

START = utc(2024, 1, 15, 22)
CODES = {"1": Stage.DEEP, "2": Stage.LIGHT}


def test_runs_are_one_stretch_and_the_last_is_cut() -> None:
    row = stretches("1122", CODES, start=START, end=START + dt.timedelta(seconds=100), step_s=30)
    assert [(s.stage, (s.end - s.start).seconds) for s in row] == [(Stage.DEEP, 60), (Stage.LIGHT, 40)]


def test_other_characters_are_unknown_time() -> None:
    row = stretches("1x2", CODES, start=START, end=START + dt.timedelta(hours=1), step_s=30)
    assert [s.stage for s in row] == [Stage.DEEP, Stage.UNKNOWN, Stage.LIGHT]


def test_what_lies_beyond_the_end_is_dropped() -> None:
    assert len(stretches("12", CODES, start=START, end=START + dt.timedelta(seconds=30), step_s=30)) == 1
    assert stretches("", CODES, start=START, end=START, step_s=30) == ()


def test_a_row_of_over_a_day_is_refused() -> None:
    with pytest.raises(RangeError, match="longer than 24"):
        stretches("1" * 3000, CODES, start=START, end=START, step_s=30)
