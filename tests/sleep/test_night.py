import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import Episode, Stage

T0 = dt.datetime(2024, 1, 1, 22, tzinfo=dt.UTC)


def make(hours: float) -> Episode:
    end = T0 + dt.timedelta(hours=hours)
    return Episode(source="x", start=T0, end=end, start_offset_min=60, end_offset_min=60, zone_basis="record zone")


def test_which_stages_are_sleep() -> None:
    assert {s for s in Stage if s.is_sleep} == {Stage.ASLEEP, Stage.LIGHT, Stage.DEEP, Stage.REM}


@pytest.mark.parametrize("hours", [0, -1, 24.1, 30])
def test_impossible_lengths_are_refused(hours: float) -> None:
    with pytest.raises(RangeError):
        make(hours)


def test_a_whole_day_is_the_longest() -> None:
    assert make(24).end > T0
