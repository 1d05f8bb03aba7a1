"""The compiled pass against a plain version of the same sums."""

import numpy as np
import pytest
from scipy.stats import norm

from noctiflora.study._belief import Belief
from noctiflora.study._pass import effects, log_likelihood
from noctiflora.study._pile import Pile, stack
from noctiflora.trial import log_area
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
    people = [contribution_of(seed, curves=64) for seed in range(5)]
    return stack(people, [0, 1, 0, 1, 1], np.array([[-1.0], [0.0], [2.0], [0.5], [1.0]]))


NODE, PART = np.polynomial.hermite_e.hermegauss(60)
PART = PART / PART.sum()


def theta_area(centre: np.ndarray, var: float, mean: float, log_omega: float, vague: float, power: int) -> np.ndarray:
    """Return the integral of theta^power N(centre, var) N(mean, omega^2) / N(0, vague^2) by its moments."""
    omega = np.exp(log_omega)
    precision = 1 / var + omega**-2 - vague**-2
    middle = (centre / var + mean / omega**2) / precision
    log = 0.5 * (precision * middle**2 - centre**2 / var - (mean / omega) ** 2)
    area = np.exp(log) * vague / (omega * np.sqrt(var * precision))
    return area * (1.0, middle, middle**2 + 1 / precision)[power]


def plain(pile: Pile, i: int, row: np.ndarray, theta_power: int = 0) -> float:
    """Return a person's integral over theta and both time constants by quadrature, curve by curve."""
    mean = row[pile.strain[i]] + row[2] * pile.covariates[i, 0]
    prior = pile.kinetics[i]
    total = 0.0
    for slope, precision, lon, loff, weight, von, voff, ton, toff, vague in pile.curves[
        pile.start[i] : pile.start[i + 1]
    ]:
        var = 1.0 / (precision + vague**-2)
        mass = np.exp(weight + log_area(slope, precision, 0.0, vague))
        explained = ton**2 * von + toff**2 * voff
        share = min(1.0, 0.95 * var / explained) if explained > 0 else 0.0
        on, off = np.meshgrid(lon + np.sqrt(von) * NODE, loff + np.sqrt(voff) * NODE, indexing="ij")
        ratio = norm.pdf(on, row[4], BELIEF.spreads[0]) / norm.pdf(on, prior[0], prior[1])
        ratio *= norm.pdf(off, row[5], BELIEF.spreads[1]) / norm.pdf(off, prior[2], prior[3])
        centre = slope * var + np.sqrt(share) * (ton * (on - lon) + toff * (off - loff))
        total += mass * float(
            PART @ (ratio * theta_area(centre, var - share * explained, mean, row[3], vague, theta_power)) @ PART
        )
    return total


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
