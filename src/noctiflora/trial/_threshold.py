"""The chance of benefit that "helps" must reach, found by simulation before the start."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from noctiflora.core import DesignError, RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._effect import effect, effective_share
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._importance import draw_hyper
from noctiflora.trial._null import WORLDS, Noise
from noctiflora.trial._priors import Priors
from noctiflora.trial._rules import judge, sceptical
from noctiflora.trial._series import Series
from noctiflora.trial._verdict import Word

ERROR = 0.05
"""Most often that "helps" may be said where nothing helps."""
ERROR_MISSPECIFIED = 0.07
"""The same where the noise is not what the model thinks."""
LOWEST = 0.90
"""The threshold is never set below this, what the sceptical prior must leave (assumed)."""
ENOUGH = 0.1
"""Effective share of the points below which the sceptical answer is computed on its own points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A simulated rate with its Monte-Carlo standard error."""

    rate: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The threshold of "helps" for one design and person.

    Parameters
    ----------
    c : float
        Chance of benefit that must be reached, rounded up to three decimals.
    low, high : float
        95 % Monte-Carlo interval of c.
    rates : mapping of str to Rate
        How often "helps" is said at c where nothing helps, by world; ``as modelled`` first.
    n : int
        Simulated trials of each world.
    """

    c: float
    low: float
    high: float
    rates: Mapping[str, Rate]
    n: int


def threshold(
    rng: np.random.Generator,
    dose: Floats,
    *,
    noise: Noise,
    priors: Priors,
    looks: Sequence[int] = (),
    n: int = 2000,
    worlds: Sequence[str] = (),
) -> Threshold:
    """Find the smallest c at which "helps" is said wrongly in at most 5 % of trials.

    Simulates trials in which the product does nothing and passes each through the analysis and the
    rules of the verdict at every planned look. With `worlds` the rate must also stay at or
    below 7 % in each of these.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    dose : (n_nights,) or (orders, n_nights)
        Planned dose before each night, 0 to 1; of several possible orders the simulated trials
        take turns, so that c tells nothing of the order that was drawn.
    noise : Noise
        The person's night-to-night noise.
    priors : Priors
        The evidence prior, with the useful amount above 0.
    looks : sequence of int
        Night numbers of the looks before the last night; the last night is always one.
    n : int
        Simulated trials of each world, at least 100. The Monte-Carlo error of the rate is
        sqrt(0.05 * 0.95 / n): 0.005 for 2,000.
    worlds : sequence of str
        Further worlds: ``ar2``, ``step``, ``unequal``.

    Returns
    -------
    Threshold

    Raises
    ------
    RangeError
        If an argument is out of range.
    DesignError
        If no threshold keeps the error rate.
    """
    orders = np.atleast_2d(np.asarray(dose, dtype=np.float64))
    _check(orders, looks, priors, n, worlds)
    ends = sorted({*looks, orders.shape[1]})
    scores = {world: _scores(rng, orders, world, noise, priors, ends, n) for world in ("as modelled", *worlds)}
    allowed = {world: ERROR if world == "as modelled" else ERROR_MISSPECIFIED for world in scores}
    c = max(LOWEST, *(_least(scores[world], allowed[world]) for world in scores))
    if c > 1.0:
        raise DesignError(
            "no threshold keeps false alarms rare enough", where="threshold", do="plan more periods or longer ones"
        )
    margin = 1.96 * math.sqrt(n * ERROR * (1 - ERROR))
    low, high = (_least(scores["as modelled"], max(ERROR + side * margin / n, 0.0)) for side in (1, -1))
    rates = {world: _rate(values, c) for world, values in scores.items()}
    return Threshold(c=c, low=min(max(low, LOWEST), c), high=max(min(high, 1.0), c), rates=rates, n=n)


def score(series: Series, priors: Priors) -> float:
    """Return the chance of benefit if all else that "helps" needs is there, else 0; filled-in priors only."""
    data = frame(series, priors)
    draws = draw_hyper(data)
    if not draws.trusted:
        return 0.0
    found = effect(draws, data.theta)
    doubting = sceptical(priors)
    doubt = effect(draws, np.array(doubting.parts))
    if effective_share(doubt) < ENOUGH:
        own = draw_hyper(frame(series, doubting))
        doubt = effect(own, np.array(doubting.parts))
    better = priors.higher_is_better
    p_benefit = found.p_above(0.0, higher_is_better=better)
    word = judge(
        p_benefit=p_benefit,
        p_useful=found.p_above(priors.useful, higher_is_better=better),
        p_sceptical=doubt.p_above(0.0, higher_is_better=better),
        threshold=0.0,
    )
    return p_benefit if word is Word.HELPS else 0.0


def _scores(
    rng: np.random.Generator, orders: Floats, world: str, noise: Noise, priors: Priors, ends: list[int], n: int
) -> Floats:
    """Return, for each simulated trial, the largest score over the looks, (n,)."""
    found = np.zeros(n)
    level = priors.coefficients["mu"].mean if "mu" in priors.coefficients else 0.0
    for i in range(n):
        dose = orders[i % orders.shape[0]]
        y = level + WORLDS[world](rng, dose, noise)
        y[rng.random(dose.size) < noise.missing] = np.nan
        for end in ends:
            nights = Series(nights=np.arange(1, end + 1), y=y[:end], dose=dose[:end])
            full, _ = fill(nights, priors)
            found[i] = max(found[i], score(nights, full))
    return found


def _least(scores: Floats, rate: float) -> float:
    """Return the smallest c, in thousandths, that at most this share of the scores reaches."""
    falling = np.sort(scores)[::-1]
    reached = math.floor(rate * scores.size + 1e-9)
    if reached >= scores.size:
        return 0.0
    return (math.floor(1000 * float(falling[reached])) + 1) / 1000


def _rate(scores: Floats, c: float) -> Rate:
    rate = float(np.mean(scores >= c))
    return Rate(rate=rate, error=math.sqrt(rate * (1 - rate) / scores.size))


def _check(orders: Floats, looks: Sequence[int], priors: Priors, n: int, worlds: Sequence[str]) -> None:
    if orders.ndim != 2 or orders.shape[1] < 2 or not np.all((orders >= 0) & (orders <= 1)):
        raise RangeError("doses are shares of the full dose, 0 to 1, for two nights or more", where="threshold, dose")
    if any(not 1 <= look <= orders.shape[1] for look in looks):
        raise RangeError("a look lies within the trial", where="threshold, looks", found=str(list(looks)))
    if n < 100:
        raise RangeError("fewer than 100 simulated trials tell nothing", where="threshold, n", found=str(n))
    if not priors.useful > 0:
        raise RangeError("a threshold needs the useful amount", where="threshold, useful", found=f"{priors.useful:g}")
    for world in worlds:
        if world not in WORLDS:
            raise RangeError(
                f"worlds are {', '.join(WORLDS)}", where="threshold, worlds", found=world, do="choose from these"
            )
