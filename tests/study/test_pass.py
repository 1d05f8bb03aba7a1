"""The compiled pass against a plain version of the same sums."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from noctiflora.study._belief import Belief
from noctiflora.study._pass import effects, log_likelihood
from noctiflora.study._pile import Pile, stack
from tests.study.people import contribution_of

BELIEF = Belief(
    strains={"a": (0.0, 4.0), "b": (0.0, 4.0)},
    covariates={"age": 1.0},
    omega_scale=2.0,
    onset=(2.6, 0.5),
    washout=(2.3, 0.6),
)
ROW = np.array([1.0, -0.5, 0.3, np.log(1.2), 2.7, 2.2])


@pytest.fixture
def pile() -> Pile:
    people = [contribution_of(seed, curves=7 + seed) for seed in range(5)]
    return stack(people, [0, 1, 0, 1, 1], np.array([[-1.0], [0.0], [2.0], [0.5], [1.0]]))


def averaged(value: np.ndarray, var: np.ndarray, new: tuple[float, float], old: tuple[float, float]) -> np.ndarray:
    """Return the log of the ratio of two normals, averaged over each curve's neighbourhood."""
    node, weight = np.polynomial.hermite_e.hermegauss(40)
    x = value[:, None] + np.sqrt(var)[:, None] * node
    ratio = np.exp(norm.logpdf(x, *new) - norm.logpdf(x, *old))
    return np.log(ratio @ (weight / weight.sum()))


def plain(pile: Pile, i: int, row: np.ndarray, theta_power: int = 0) -> float:
    """Return a person's integral over theta by quadrature, curve by curve."""
    slope, precision, lon, loff, weight, von, voff = pile.curves[pile.start[i] : pile.start[i + 1]].T
    mean = row[pile.strain[i]] + row[2] * pile.covariates[i, 0]
    omega, prior = np.exp(row[3]), pile.kinetics[i]
    ratio = averaged(lon, von, (row[4], BELIEF.spreads[0]), (prior[0], prior[1]))
    ratio += averaged(loff, voff, (row[5], BELIEF.spreads[1]), (prior[2], prior[3]))

    def under(t: float) -> float:
        curve = np.exp(weight + ratio + slope * t - 0.5 * precision * t * t)
        return float(t**theta_power * curve.sum() * norm.pdf(t, mean, omega))

    area, _ = quad(under, mean - 12 * omega, mean + 12 * omega, limit=400, epsabs=0, epsrel=1e-9)
    return area


def test_each_persons_likelihood_is_the_integral(pile: Pile) -> None:
    out = np.empty((1, 5))
    log_likelihood(
        ROW[None], 2, BELIEF.spreads, pile.start, pile.curves, pile.strain, pile.covariates, pile.kinetics, out
    )
    assert out[0] == pytest.approx([np.log(plain(pile, i, ROW)) for i in range(5)], abs=1e-6)


def test_each_persons_effect_is_the_mean_under_it(pile: Pile) -> None:
    out = np.zeros((5, 4))
    effects(
        ROW[None],
        np.ones(1),
        2,
        BELIEF.spreads,
        pile.start,
        pile.curves,
        pile.strain,
        pile.covariates,
        pile.kinetics,
        0.7,
        out,
    )
    for i in range(5):
        area = plain(pile, i, ROW)
        assert out[i, 0] == pytest.approx(plain(pile, i, ROW, 1) / area, abs=1e-6)
        assert out[i, 1] == pytest.approx(plain(pile, i, ROW, 2) / area, abs=1e-6)
    assert np.all(out[:, 3] <= out[:, 2])
    assert np.all((out[:, 2:] >= 0) & (out[:, 2:] <= 1))
