"""The simulated people that every design is tried on: the same persons, nights and coins for all."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Flags, Floats, Integers
from noctiflora.trial._design_noise import NoiseBelief
from noctiflora.trial._design_plan import ORDERS
from noctiflora.trial._priors import Prior, Priors

PER_GROUP = 25
"""Trials that share an order and the nights that are missing."""
MOST_PAIRS = 64
"""Coins kept for each group of trials."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SecondEffect:
    """What a second product does to the same persons, each (n,); `orders` of triples, (n_groups, MOST_PAIRS)."""

    theta: Floats
    tau_on: Floats
    tau_off: Floats
    orders: Integers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    """Persons with their noise, n trials on up to `n_nights` nights; common random numbers of a search.

    Parameters
    ----------
    theta, tau_on, tau_off, trend, known : (n,)
        Effect at full exposure; kinetics, nights; drift per 28 nights; what knowing the arm does
        by itself, 0 where it is not known. Units of the outcome.
    noise : (n, n_nights)
        Noise of each night.
    gap : (n_groups, n_nights)
        Nights without an outcome.
    coins : (n_groups, MOST_PAIRS)
        Whether a pair begins with the product.
    second : SecondEffect or None
        A second product.
    """

    theta: Floats
    tau_on: Floats
    tau_off: Floats
    trend: Floats
    known: Floats
    noise: Floats
    gap: Flags
    coins: Flags
    second: SecondEffect | None = None

    @property
    def n(self) -> int:
        """Number of trials."""
        return int(self.theta.size)

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return int(self.gap.shape[0])

    def group(self, g: int) -> slice:
        """Return the trials of group `g`."""
        return slice(g * PER_GROUP, (g + 1) * PER_GROUP)


def draw_people(
    seed: int,
    priors: Priors,
    belief: NoiseBelief,
    *,
    n: int,
    n_nights: int,
    known: Prior | None = None,
    second: Priors | None = None,
) -> People:
    """Draw persons from what is believed.

    The effect comes from the informative part of its prior alone: what trials lead one to expect.
    The vague part guards the analysis against a prior that is wrong; drawn from, it would fill the
    simulation with effects larger than any trial has seen, which are easy to tell, and so promise
    too much. Persons are spread evenly over the priors (scrambled Sobol points).

    Parameters
    ----------
    seed : int
        Seed; the same seed gives the same persons for every design.
    priors : Priors
        With ``theta``, ``trend`` and the kinetics.
    belief : NoiseBelief
        The noise.
    n : int
        Number of trials, a multiple of `PER_GROUP`.
    n_nights : int
        Nights of the longest design.
    known : Prior or None
        What knowing the arm does by itself, where the person knows it.
    second : Priors or None
        Of a second product; all else of the persons is the same with it and without.

    Raises
    ------
    RangeError
        If `n` is no multiple of `PER_GROUP`, or the priors tell no effect.
    """
    from scipy.stats import qmc  # here, for most commands draw nothing and scipy.stats is slow to load

    if n < PER_GROUP or n % PER_GROUP:
        raise RangeError(f"trials are simulated in groups of {PER_GROUP}", where="draw_people, n", found=str(n))
    rng = np.random.default_rng(seed)
    # an even number of points, as Sobol wants, of which the first n are used
    uniform = qmc.Sobol(6, scramble=True, rng=rng).random(1 << (n - 1).bit_length())[:n]
    uniform = np.clip(uniform, 1e-9, 1.0 - 1e-9)
    z = belief.draw(uniform[:, 1])
    n_groups = n // PER_GROUP
    coins = rng.random((n_groups, MOST_PAIRS)) < 0.5
    # every second group has the opposite order of the one before, so that orders balance
    coins[1::2] = ~coins[: 2 * (n_groups // 2) : 2]
    noise = _paths(rng, z, n_nights)
    gap = rng.random((n_groups, n_nights)) < belief.missing
    return People(
        theta=_effects(uniform[:, 0], priors),
        tau_on=_kinetics(uniform[:, 2], priors, "log_tau_on"),
        tau_off=_kinetics(uniform[:, 3], priors, "log_tau_off"),
        trend=priors.coefficients["trend"].mean + priors.coefficients["trend"].sd * ndtri(uniform[:, 4]),
        known=np.zeros(n) if known is None else known.mean + known.sd * ndtri(uniform[:, 5]),
        noise=noise,
        gap=gap,
        coins=coins,
        # drawn last, so that everything else is the same with a second product and without
        second=None if second is None else _second(rng, second, n, n_groups),
    )


def _second(rng: np.random.Generator, priors: Priors, n: int, n_groups: int) -> SecondEffect:
    from scipy.stats import qmc  # here, for most commands draw nothing and scipy.stats is slow to load

    uniform = qmc.Sobol(3, scramble=True, rng=rng).random(1 << (n - 1).bit_length())[:n]
    # points of one net beside points of another would pair up: the second is shuffled
    uniform = np.clip(rng.permuted(uniform, axis=0), 1e-9, 1.0 - 1e-9)
    orders = rng.integers(len(ORDERS), size=(n_groups, MOST_PAIRS))
    # every second group has the reverse order of the one before, so that orders balance
    reverse = np.array([ORDERS.index(order[::-1]) for order in ORDERS])
    orders[1::2] = reverse[orders[: 2 * (n_groups // 2) : 2]]
    return SecondEffect(
        theta=_effects(uniform[:, 0], priors),
        tau_on=_kinetics(uniform[:, 1], priors, "log_tau_on"),
        tau_off=_kinetics(uniform[:, 2], priors, "log_tau_off"),
        orders=orders,
    )


def _kinetics(uniform: Floats, priors: Priors, name: str) -> Floats:
    prior = priors.hyper[name]
    return np.asarray(np.exp(prior.mean + prior.sd * ndtri(uniform)))


def _effects(uniform: Floats, priors: Priors) -> Floats:
    """Return quantiles of the informative prior of theta by bisection."""
    if priors.theta is None:
        raise RangeError("no effect is expected", where=f"{priors.where}, theta", do="start from priors_for")
    weight, mean, sd = (np.array([getattr(p, name) for p in priors.theta]) for name in ("weight", "mean", "sd"))
    low = np.full(uniform.size, float(np.min(mean - 9 * sd)))
    high = np.full(uniform.size, float(np.max(mean + 9 * sd)))
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = ndtr((middle[:, None] - mean) / sd) @ weight > uniform
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray(0.5 * (low + high))


def _paths(rng: np.random.Generator, z: Floats, n_nights: int) -> Floats:
    """Return one path of noise for each person, (n, n_nights): the model's own noise."""
    from scipy.signal import lfilter  # here, for most commands draw nothing and scipy.signal is slow to load

    phi, sigma, white = np.tanh(z[:, 0]), np.exp(z[:, 1]), 1 / (1 + np.exp(-z[:, 2]))
    shocks = rng.standard_normal((z.shape[0], n_nights))
    rest = rng.standard_normal((z.shape[0], n_nights))
    slow = np.empty_like(shocks)
    for i, one in enumerate(phi.tolist()):
        shocks[i, 1:] *= np.sqrt(1 - one * one)
        slow[i] = lfilter([1.0], [1.0, -one], shocks[i])
    return np.asarray(sigma[:, None] * (np.sqrt(1 - white)[:, None] * slow + np.sqrt(white)[:, None] * rest))
