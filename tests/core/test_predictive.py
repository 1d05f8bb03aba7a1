"""The expected effect: moments and chances of a mixture, and its mirror image."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import Normal, Predictive, RangeError


def mixture(*parts: tuple[float, float, float], higher: bool = True) -> Predictive:
    return Predictive(
        subject="x",
        outcome="efficiency",
        unit="points",
        higher_is_better=higher,
        parts=tuple(Normal(weight=w, mean=m, sd=s) for w, m, s in parts),
        sources=(),
    )


def test_moments_and_chance_agree_with_draws() -> None:
    effect = mixture((0.3, -1.0, 0.5), (0.7, 2.0, 1.5))
    rng = np.random.default_rng(1)
    n = 400_000
    first = rng.random(n) < 0.3
    draws = np.where(first, rng.normal(-1.0, 0.5, n), rng.normal(2.0, 1.5, n))
    assert effect.mean == pytest.approx(draws.mean(), abs=0.02)
    assert effect.sd == pytest.approx(draws.std(), abs=0.02)
    assert effect.p_better_than(1.0) == pytest.approx((draws > 1.0).mean(), abs=0.005)


@given(st.floats(-5, 5), st.floats(0.1, 5), st.floats(-5, 5))
def test_turning_the_sign_turns_the_direction(mean: float, sd: float, amount: float) -> None:
    up = mixture((1.0, mean, sd)).p_better_than(amount)
    down = mixture((1.0, -mean, sd), higher=False).p_better_than(amount)
    assert up == pytest.approx(down)


@pytest.mark.parametrize("parts", [(), ((0.5, 0.0, 1.0),), ((1.0, 0.0, 0.0),), ((1.5, 0.0, 1.0), (-0.5, 0.0, 1.0))])
def test_what_is_no_mixture_is_refused(parts: tuple[tuple[float, float, float], ...]) -> None:
    with pytest.raises(RangeError):
        mixture(*parts)
