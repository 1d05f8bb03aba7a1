"""Tests of the nightly outcome: kinetics, allocation, noise and effect."""

import numpy as np
import pytest

from noctiflora.sample._course import draw_course, is_weekend, live
from noctiflora.sample._records import Course


def _course(seed: int = 0, *, n: int = 196, theta: float | None = None, pairs: int = 3) -> Course:
    return draw_course(
        np.random.default_rng(seed), n_nights=n, run_in_nights=28, period_nights=28, n_pairs=pairs, theta=theta
    )


def test_each_pair_holds_one_active_period_and_both_orders_occur() -> None:
    orders = set()
    for seed in range(40):
        active = _course(seed).active
        assert len(active) == 6
        assert all(active[k] != active[k + 1] for k in (0, 2, 4))
        orders.add(active)
    assert len(orders) == 8


@pytest.mark.parametrize(("n", "periods"), [(196, 6), (195, 4), (84, 2), (83, 0), (10, 0)])
def test_only_whole_pairs_are_planned(n: int, periods: int) -> None:
    assert len(_course(n=n).active) == periods


def test_the_effect_alone_parts_two_lives_of_one_seed() -> None:
    weekday = np.arange(196) % 7
    none, some = _course(1, theta=0.0), _course(1, theta=3.0)
    assert (none.tau_on, none.active) == (some.tau_on, some.active)
    a = live(none, weekday, np.random.default_rng(2))
    b = live(some, weekday, np.random.default_rng(2))
    free = (a.efficiency > 36) & (b.efficiency < 97)
    np.testing.assert_allclose((b.efficiency - a.efficiency)[free], (3.0 * a.exposure)[free], atol=1e-9)
    assert free.sum() > 150


def test_the_effect_is_drawn_and_not_always_good() -> None:
    thetas = np.array([_course(seed).theta for seed in range(400)])
    assert 0.1 < np.mean(thetas < 0) < 0.4
    assert abs(thetas.mean() - 1.68) < 4 * 2.26 / 20


def test_noise_has_the_stated_spread_and_memory() -> None:
    n = 20_000
    course = _course(3, n=n, theta=0.0, pairs=0)
    weekday = np.arange(n) % 7
    y = live(course, weekday, np.random.default_rng(4)).efficiency
    rest = y - course.weekend * is_weekend(weekday)
    # The trend of such a long record is large: take it out by its known slope.
    rest = rest - course.trend * (np.arange(n) - n / 2) / 28
    kept = rest[n // 2 - 1000 : n // 2 + 1000]
    assert abs(kept.std() - course.sd) < 0.6
    lag = np.corrcoef(kept[1:], kept[:-1])[0, 1]
    assert abs(lag - course.phi * (1 - course.white_share)) < 0.1


def test_doses_are_missed_in_active_periods_only() -> None:
    course = _course(5)
    out = live(course, np.arange(196) % 7, np.random.default_rng(6))
    assert out.assigned.sum() == 3 * 28
    assert np.all(out.taken <= out.assigned)
    assert 0 < out.assigned.sum() - out.taken.sum() < 0.2 * out.assigned.sum()
    assert out.assigned[:28].sum() == 0
    np.testing.assert_array_equal(out.taken, out.assigned * out.capsule)


def test_exposure_is_that_of_the_doses_taken() -> None:
    course = _course(7)
    out = live(course, np.arange(196) % 7, np.random.default_rng(8))
    state = 0.0
    for dose, found in zip(out.taken, out.exposure, strict=True):
        up, down = 1 - np.exp(-1 / course.tau_on), 1 - np.exp(-1 / course.tau_off)
        state += up * dose * (1 - state) - down * (1 - dose) * state
        assert abs(found - state) < 1e-12
