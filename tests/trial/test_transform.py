"""Scales: they bend, and at the person's own mean a unit stays a unit."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import Normal, RangeError
from noctiflora.trial import Priors, Series, posterior
from noctiflora.trial._transform import bend
from tests.trial.worlds import periods


def nights(y: list[float]) -> Series:
    return Series(nights=np.arange(1, len(y) + 1), y=np.array(y), dose=np.zeros(len(y)), where="mine.csv")


@pytest.mark.parametrize(("name", "middle"), [("log", 20.0), ("logit", 95.0)])
def test_near_the_mean_nothing_changes_and_the_bend_is_that_of_the_scale(name: str, middle: float) -> None:
    h = 1e-4
    bent = bend(nights([middle - h, middle, middle + h]), name)
    assert bent.series.y == pytest.approx([middle - h, middle, middle + h], abs=1e-7)
    far = bend(nights([middle - 4, middle + 4]), name)
    scale = np.log if name == "log" else lambda x: np.log((x - 1) / (101 - x))
    slope = 1 / (middle + 1) if name == "log" else 100 / (middle * (100 - middle))
    expected = middle + (scale(np.array([middle - 3, middle + 5])) - scale(np.array(middle + 1))) / slope
    assert far.series.y == pytest.approx(expected)
    assert far.per_unit == pytest.approx(slope)
    assert f"own mean of {middle:g}" in far.notes[0]


def test_nothing_is_done_when_nothing_is_asked() -> None:
    series = nights([1.0, 2.0])
    assert bend(series, "none").series is series
    assert bend(nights([np.nan]), "log").notes == ()


def test_a_full_night_has_a_logit() -> None:
    assert np.all(np.isfinite(bend(nights([100.0, 97.0, 0.0]), "logit").series.y))


@pytest.mark.parametrize(("y", "name", "says"), [(-1.0, "log", "0 or more"), (101.0, "logit", "per cents")])
def test_what_the_scale_cannot_take_is_refused(y: float, name: str, says: str) -> None:
    with pytest.raises(RangeError, match=says):
        bend(nights([50.0, y]), name)


def test_a_share_taken_off_skewed_minutes_is_told_in_minutes_and_on_the_scale() -> None:
    """Latencies that a product cuts by a third: the logarithm finds the effect that minutes blur."""
    rng = np.random.default_rng(3)
    dose = periods(168, 14)
    y = np.exp(3.0 - 0.4 * dose + 0.7 * rng.normal(size=168))
    series = Series(nights=np.arange(1, 169), y=y, dose=dose)
    priors = Priors(theta=(Normal(weight=1.0, mean=0.0, sd=20.0),), useful=2.0, higher_is_better=False)
    plain, found = posterior(series, priors), posterior(series, replace(priors, transform="log"))
    level = float(np.mean(y)) + 1
    assert found.params["theta_log"].mean == pytest.approx(found.theta.mean / level)
    assert found.params["theta_log"].q[0.05] < -0.4 < found.params["theta_log"].q[0.95]
    assert found.theta.sd < plain.theta.sd
    assert any("log(y + 1)" in note for note in found.notes)
    assert "theta_log" not in plain.params
