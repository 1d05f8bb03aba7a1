"""The whole way through the door, as an action would take it."""

import json

import numpy as np

from noctiflora.core import Normal, Outcome, Predictive
from noctiflora.trial import Noise, Series, Word, draw, exposure, posterior, posterior_dict, priors_for, verdict


def test_from_a_schedule_to_a_verdict() -> None:
    rng = np.random.default_rng(8)
    schedule = draw(rng, 3, nights_per_period=28)
    noise = Noise(sigma=4.0)
    y = 80 + 6 * exposure(schedule.dose, 5, 5) + noise.sigma * rng.normal(size=schedule.n_nights)
    expected = Predictive(
        subject="x", outcome="efficiency", unit="points", higher_is_better=True,
        parts=(Normal(weight=1.0, mean=1.7, sd=2.2),), sources=(),
    )  # fmt: skip
    priors = priors_for(Outcome.EFFICIENCY, expected, run_in_mean=80.0, run_in_sd=4.0)
    series = Series(nights=np.arange(1, schedule.n_nights + 1), y=y, dose=schedule.dose)
    assert verdict(series, priors, threshold=0.95, unit="points").word is Word.HELPS
    assert json.loads(json.dumps(posterior_dict(posterior(series, priors))))["theta"]["mean"] > 2
