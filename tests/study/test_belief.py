"""What is believed of a population before its trials."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import halfnorm

from noctiflora.core import RangeError
from noctiflora.study import Belief

BELIEF = Belief(strains={"a": (1.0, 4.0)}, covariates={}, omega_scale=2.0, onset=(2.6, 0.5), washout=(2.3, 0.6))


def test_a_persons_kinetics_are_those_of_a_single_trial() -> None:
    """What all have in common and the spread between people make up what was believed of one person."""
    common = BELIEF.scale[2:] ** 2
    assert common + BELIEF.spreads**2 == pytest.approx([0.25, 0.36])


def test_omega_is_half_normal() -> None:
    def density(log_omega: float) -> float:
        row = np.array([[1.0, log_omega, 2.6, 2.3]])
        return float(np.exp(BELIEF.log_density(row)[0]))

    whole, _ = quad(density, -20, 5)
    below, _ = quad(density, -20, np.log(1.5))
    assert below / whole == pytest.approx(halfnorm(scale=2.0).cdf(1.5), abs=1e-6)


def test_the_rest_is_normal() -> None:
    rows = np.tile(BELIEF.centre, (2, 1))
    rows[1, 0] += 4.0
    assert np.diff(BELIEF.log_density(rows)) == pytest.approx([-0.5])
    assert BELIEF.names == ("a", "log_omega", "onset", "washout")
    assert BELIEF.at_omega == 1


@pytest.mark.parametrize(
    "wrong",
    [{"omega_scale": 0.0}, {"onset": (2.6, -1.0)}, {"shared": 1.0}, {"strains": {}}, {"covariates": {"a": 0.0}}],
)
def test_a_spread_of_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RangeError, match="spreads above 0"):
        replace(BELIEF, **wrong)
