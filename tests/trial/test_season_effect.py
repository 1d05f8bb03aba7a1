"""The effect after some nights: its limits, and the joint draw from which it comes."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.trial import Prior, effect_after, posterior
from tests.trial.worlds import PRIORS, drawn


def test_after_very_long_it_is_the_full_effect() -> None:
    series, _ = drawn(np.random.default_rng(4))
    found, whole = effect_after(series, PRIORS, nights=100_000), posterior(series, PRIORS)
    assert found.effect.mean == pytest.approx(whole.theta.mean, abs=0.02 * whole.theta.sd)
    assert found.effect.q[0.975] == pytest.approx(whole.theta.q[0.975], abs=0.1 * whole.theta.sd)
    assert found.p_useful == pytest.approx(whole.p_useful, abs=0.02)


def test_with_a_known_onset_it_is_a_fixed_share() -> None:
    series, _ = drawn(np.random.default_rng(4))
    fixed = replace(PRIORS, hyper={**PRIORS.hyper, "log_tau_on": Prior(mean=np.log(14.0), sd=0.0)})
    found, whole = effect_after(series, fixed), posterior(series, fixed)
    assert found.nights == 28
    assert found.effect.mean == pytest.approx(whole.theta.mean * (1 - np.exp(-2.0)), abs=0.02 * whole.theta.sd)
    assert found.effect.sd == pytest.approx(whole.theta.sd * (1 - np.exp(-2.0)), rel=0.03)
    assert list(found.effect.q.values()) == sorted(found.effect.q.values())
