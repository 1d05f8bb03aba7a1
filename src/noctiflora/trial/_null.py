"""Made-up nights on which the product does nothing, well-behaved or not."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats

BURN_IN = 60
"""Nights thrown away before the first, so that the second-order noise is stationary."""
SECOND_ORDER = 0.3
"""Weight of the night before last in ``ar2`` (assumed, 0.1 to 0.4; PMID 19962939 reports such a
correlation in insomnia without a value)."""
STEP_SD = 1.0
"""Size of ``step``, a lasting change of level, in night-to-night SDs (assumed, 0.5 to 1)."""
UNEQUAL = 1.5
"""Ratio of the SD with product to that without in ``unequal`` (assumed, 1.2 to 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """A person's night-to-night noise: what a run-in or the priors tell.

    Parameters
    ----------
    sigma : float
        Night-to-night SD, unit of the outcome, > 0.
    phi : float
        Autocorrelation of the slow part, -1 < phi < 1.
    white : float
        Share of the variance that is white, 0 to 1.
    missing : float
        Share of nights without an outcome, 0 to below 1.
    """

    sigma: float
    phi: float = 0.34
    white: float = 0.5
    missing: float = 0.0

    def __post_init__(self) -> None:
        if not (self.sigma > 0 and abs(self.phi) < 1 and 0 <= self.white <= 1 and 0 <= self.missing < 1):
            raise RangeError("this is no possible noise", where="Noise", found=str(self))


def ar1(rng: np.random.Generator, dose: Floats, noise: Noise) -> Floats:
    """Return noise as the model has it, (n,): first-order autoregression plus white noise."""
    return _noise(rng, dose.size, noise, second=0.0)


def ar2(rng: np.random.Generator, dose: Floats, noise: Noise) -> Floats:
    """Return noise whose slow part also depends on the night before last."""
    return _noise(rng, dose.size, noise, second=SECOND_ORDER)


def step(rng: np.random.Generator, dose: Floats, noise: Noise) -> Floats:
    """Return the model's noise with a lasting change of level, up or down, in the middle half."""
    n = dose.size
    at = int(rng.integers(n // 4, max(3 * n // 4, n // 4 + 1)))
    size = STEP_SD * noise.sigma * (1.0 if rng.random() < 0.5 else -1.0)
    return ar1(rng, dose, noise) + size * (np.arange(n) >= at)


def unequal(rng: np.random.Generator, dose: Floats, noise: Noise) -> Floats:
    """Return the model's noise, wider on nights with product."""
    return ar1(rng, dose, noise) * np.where(dose > 0, UNEQUAL, 1.0)


WORLDS: Mapping[str, Callable[[np.random.Generator, Floats, Noise], Floats]] = MappingProxyType(
    {"as modelled": ar1, "ar2": ar2, "step": step, "unequal": unequal}
)
"""Worlds without an effect, by name; the first is the model's own."""


def _noise(rng: np.random.Generator, n: int, noise: Noise, *, second: float) -> Floats:
    # the weight of last night is kept where the second-order process is stationary
    first = float(np.clip(noise.phi, -0.95 * (1 - second), 0.95 * (1 - second))) if second else noise.phi
    fresh = rng.standard_normal(n + BURN_IN).tolist()
    path, before, last = [], 0.0, 0.0
    for shock in fresh:
        before, last = last, first * last + second * before + shock
        path.append(last)
    # variance of a stationary second-order process with unit shocks
    variance = (1 - second) / ((1 + second) * ((1 - second) ** 2 - first**2))
    slow = np.array(path[BURN_IN:]) / np.sqrt(variance)
    white = rng.standard_normal(n)
    mixed = math.sqrt(1 - noise.white) * slow + math.sqrt(noise.white) * white
    return np.asarray(noise.sigma * mixed)
