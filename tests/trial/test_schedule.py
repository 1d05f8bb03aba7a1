"""Schedules: both arms in every pair, every order equally likely."""

from collections import Counter

import numpy as np
import pytest

from noctiflora.core import DesignError
from noctiflora.trial import Arm, draw


def test_each_pair_has_both_arms_and_nights_follow_without_a_gap() -> None:
    schedule = draw(np.random.default_rng(3), 4, nights_per_period=14, run_in_nights=10)
    run_in, *pairs = schedule.periods
    assert (run_in.arm, run_in.first, run_in.nights) == (Arm.RUN_IN, 1, 10)
    for one, two in zip(pairs[::2], pairs[1::2], strict=True):
        assert {one.arm, two.arm} == {Arm.PRODUCT, Arm.COMPARATOR}
    assert [p.first for p in schedule.periods[1:]] == [p.last + 1 for p in schedule.periods[:-1]]
    assert schedule.n_nights == 122
    assert schedule.dose.size == 122
    assert schedule.dose.sum() == 56
    assert schedule.dose[:10].sum() == 0
    assert schedule.looks == (38, 66, 94, 122)


def test_every_order_is_equally_likely() -> None:
    rng = np.random.default_rng(4)
    orders = Counter(tuple(draw(rng, 2, nights_per_period=1).dose) for _ in range(2000))
    assert len(orders) == 4
    # four standard errors of a count of 500
    assert all(abs(count - 500) < 4 * np.sqrt(2000 * 0.25 * 0.75) for count in orders.values())


def test_the_same_generator_state_gives_the_same_schedule() -> None:
    one, two = (draw(np.random.default_rng(9), 5, nights_per_period=3) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("bad", [(0, 7, 0), (2, 0, 0), (2, 7, -1), (200, 60, 0)])
def test_an_impossible_schedule_is_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(DesignError):
        draw(np.random.default_rng(1), bad[0], nights_per_period=bad[1], run_in_nights=bad[2])
