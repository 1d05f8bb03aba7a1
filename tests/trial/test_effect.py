"""Theta's mixture: chances, and another prior over the same points."""

import numpy as np
import pytest

from noctiflora.trial._effect import Effect, effect, effective_share
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._importance import draw_hyper
from noctiflora.trial._rules import sceptical
from tests.trial.worlds import PRIORS, drawn


def test_chances_of_a_known_mixture() -> None:
    found = Effect(weight=np.array([[0.25, 0.75]]), mean=np.array([[-1.0, 1.0]]), sd=np.array([[1e-6, 1e-6]]))
    assert found.p_above(0.0, higher_is_better=True) == pytest.approx(0.75)
    assert found.p_above(0.0, higher_is_better=False) == pytest.approx(0.25)
    assert found.p_above(0.5, higher_is_better=False) == pytest.approx(0.25)
    assert found.p_above(2.0, higher_is_better=True) == pytest.approx(0.0)


def test_points_of_one_prior_answer_for_another() -> None:
    """Weighing anew agrees with sampling anew; the tolerance is the engine's own Monte-Carlo error."""
    rng = np.random.default_rng(11)
    for _ in range(8):
        series, _ = drawn(rng)
        full, _ = fill(series, PRIORS)
        doubting = sceptical(full)
        theta = np.array(doubting.parts)
        anew = effect(draw_hyper(frame(series, full)), theta)
        own = effect(draw_hyper(frame(series, doubting)), theta)
        for amount in (0.0, 2.0):
            one, two = (found.p_above(amount, higher_is_better=True) for found in (anew, own))
            assert one == pytest.approx(two, abs=0.01)
        assert 0 < effective_share(anew) <= 1


def test_weights_sum_to_one_and_spreads_are_positive() -> None:
    series, _ = drawn(np.random.default_rng(12))
    full, _ = fill(series, PRIORS)
    found = effect(draw_hyper(frame(series, full)), np.array(full.parts))
    assert found.weight.sum() == pytest.approx(1)
    assert np.all(found.sd > 0)
