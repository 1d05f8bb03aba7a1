"""A mixture of normals: its curve, its quantiles and its chances."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from noctiflora.core import Predictive, RangeError
from noctiflora.trial import Posterior

Floats = NDArray[np.float64]
_HALVINGS = 60  # bisection steps; the bracket shrinks by 2**60, below double precision
_REACH = 12.0  # standard deviations within which every quantile in use lies


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """A weighted sum of normals.

    Parameters
    ----------
    parts : tuple of (weight, mean, sd)
        Weights are scaled to sum to 1; sd > 0.

    Raises
    ------
    RangeError
        If it is empty, not finite, or a spread is not positive.

    Examples
    --------
    >>> round(float(Mixture(parts=((1.0, 0.0, 1.0),)).quantiles([0.975])[0]), 2)
    1.96
    """

    parts: tuple[tuple[float, float, float], ...]

    def __post_init__(self) -> None:
        table = np.array(self.parts, dtype=np.float64).reshape(-1, 3)
        good = table.size and np.all(np.isfinite(table)) and np.all(table[:, 2] > 0) and np.all(table[:, 0] >= 0)
        if not good or table[:, 0].sum() <= 0:
            raise RangeError("a mixture needs finite parts with positive spread", where="Mixture.parts")

    def _columns(self) -> Floats:
        table = np.array(self.parts, dtype=np.float64).T
        table[0] /= table[0].sum()
        return table

    def density(self, x: Sequence[float] | Floats) -> Floats:
        """Return the density at `x`, (n,)."""
        weight, mean, sd = self._columns()
        z = (np.asarray(x, dtype=np.float64)[:, None] - mean) / sd
        found: Floats = (weight / (sd * np.sqrt(2 * np.pi)) * np.exp(-0.5 * z * z)).sum(axis=1)
        return found

    def below(self, x: Sequence[float] | Floats) -> Floats:
        """Return the chance of lying below `x`, (n,)."""
        weight, mean, sd = self._columns()
        z = (np.asarray(x, dtype=np.float64)[:, None] - mean) / sd
        found: Floats = (weight * ndtr(z)).sum(axis=1)
        return found

    def quantiles(self, levels: Sequence[float] | Floats) -> Floats:
        """Return the quantiles at `levels` (each within 0 and 1), (n,), by bisection."""
        _, mean, sd = self._columns()
        wanted = np.asarray(levels, dtype=np.float64)
        low = np.full(wanted.shape, np.min(mean - _REACH * sd))
        high = np.full(wanted.shape, np.max(mean + _REACH * sd))
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            left = self.below(middle) < wanted
            low, high = np.where(left, middle, low), np.where(left, high, middle)
        found: Floats = (low + high) / 2
        return found

    def turned(self, *, higher_is_better: bool) -> "Mixture":
        """Return the same with better to the right."""
        sign = 1.0 if higher_is_better else -1.0
        return Mixture(parts=tuple((w, sign * m, s) for w, m, s in self.parts))

    def scaled(self, factor: float) -> "Mixture":
        """Return the mixture of `factor` (not 0) times the quantity."""
        return Mixture(parts=tuple((w, factor * m, abs(factor) * s) for w, m, s in self.parts))


def of_predictive(predictive: Predictive) -> Mixture:
    """Return a predictive as a mixture in which better is higher."""
    parts = tuple((p.weight, p.mean, p.sd) for p in predictive.parts if p.weight > 0)
    return Mixture(parts=parts).turned(higher_is_better=predictive.higher_is_better)


def of_posterior(posterior: Posterior) -> Mixture:
    """Return the effect's posterior as a mixture in which better is higher."""
    parts = posterior.theta_mixture or ((1.0, posterior.theta.mean, posterior.theta.sd),)
    return Mixture(parts=tuple(parts)).turned(higher_is_better=posterior.higher_is_better)


def with_vague(informative: Mixture | None, weight: float, vague_sd: float | None) -> Mixture | None:
    """Return the whole prior: `weight` of the informative part, the rest around no difference."""
    if vague_sd is None or not vague_sd > 0:
        return informative
    vague = ((1.0 - weight if informative else 1.0), 0.0, vague_sd)
    kept = tuple((weight * w, m, s) for w, m, s in informative.parts) if informative else ()
    return Mixture(parts=tuple(p for p in (*kept, vague) if p[0] > 0))
