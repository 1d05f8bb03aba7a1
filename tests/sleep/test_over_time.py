import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import day_pairs, regularity_windows
from tests.sleep.exports import utc
from tests.sleep.test_regularity import spans, week


def test_oracle_ggir_gives_eighty_for_every_pair_of_days() -> None:
    """GGIR 3, tests/testthat/test_CalcSleepRegularityIndex.R."""
    days = [(0.4, 0.8), (0.5, 0.8), (0.5, 0.9), (0.4, 0.9), (0.4, 0.8)]
    found = day_pairs(spans(*[(n + a, n + b) for n, (a, b) in enumerate(days)], until=5))
    assert [pair.sri if pair else None for pair in found] == [pytest.approx(80)] * 4


def test_perfect_and_opposite_days() -> None:
    assert [p.sri for p in day_pairs(spans(until=3)) if p] == [100, 100]
    assert [p.sri for p in day_pairs(spans((0, 1), (2, 3), until=4)) if p] == [-100, -100, -100]
    assert day_pairs([]) == ()


def test_windows_of_weeks() -> None:
    nights = week(utc(2024, 1, 5, 23), 40)
    found = regularity_windows(nights)
    assert [w.last for w in found] == [nights[-1].date - dt.timedelta(days=7), nights[-1].date]
    assert all(w.regularity and w.regularity.sri == pytest.approx(100) for w in found)


def test_a_window_with_too_little_is_unknown() -> None:
    nights = [n for k, n in enumerate(week(utc(2024, 1, 5, 23), 28)) if k % 3 == 0 or k == 27]
    assert [w.regularity for w in regularity_windows(nights)] == [None]
    assert regularity_windows(nights[:3]) == ()
    assert regularity_windows([]) == ()


@pytest.mark.parametrize(("window", "step"), [(0, 7), (28, 0)])
def test_impossible_windows(window: int, step: int) -> None:
    with pytest.raises(RangeError):
        regularity_windows([], window_days=window, step_days=step)
