"""The population behind many personal trials: mean effects, spread between people, shrunken effects."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from noctiflora.core import NotConverged
from noctiflora.study._belief import Belief
from noctiflora.study._pass import effects, log_likelihood
from noctiflora.study._pile import Floats, Pile
from noctiflora.study._sampler import Points, sample
from noctiflora.trial import pareto_k

TRUSTED_K = 0.7
LEAST_ESS = 0.1
"""Least effective share of the points (assumed; 0.05 to 0.3)."""
LEVELS = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
MOST_POPULATIONS = 128
"""Populations over which a person's effect is averaged (assumed; 64 to 1,024)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One figure of the population: mean, SD and quantiles by level."""

    mean: float
    sd: float
    q: dict[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Population:
    """What the trials say of the population.

    Parameters
    ----------
    pooled : Summary
        Mean effect over all people who took part, unit of the outcome.
    strains : dict of str to Summary
        Mean effect of each strain, unit of the outcome.
    predictive_sd : dict of str to float
        SD of the effect in a new person: the mean's own uncertainty with the spread between people.
    covariates : dict of str to Summary
        Slope of each covariate.
    omega_person : Summary
        Spread between people, unit of the outcome.
    onset, washout : Summary
        Mean over people of the log time constants, log nights.
    n_people : int
        How many.
    points : Points
        Weighted populations that everything here was taken from.
    """

    pooled: Summary
    strains: dict[str, Summary]
    predictive_sd: dict[str, float]
    covariates: dict[str, Summary]
    omega_person: Summary
    onset: Summary
    washout: Summary
    n_people: int
    points: Points


Likelihood = Callable[[Floats], Floats]
"""Populations (B, d) to the log-likelihood of all trials, (B,)."""


def likelihood_of(pile: Pile, belief: Belief) -> Likelihood:
    """Return the log-likelihood of all trials of a pile as a function of populations."""

    def of(rows: Floats) -> Floats:
        return np.asarray(each_likelihood(pile, rows, belief).sum(axis=1))

    return of


def each_likelihood(pile: Pile, rows: Floats, belief: Belief) -> Floats:
    """Return each person's log-likelihood under each population, (B, n)."""
    out = np.empty((rows.shape[0], pile.n_people))
    rows = np.ascontiguousarray(rows)
    log_likelihood(
        rows,
        len(belief.strains),
        belief.spreads,
        pile.start,
        pile.curves,
        pile.strain,
        pile.covariates,
        _kinetics_of(pile, belief),
        out,
    )
    return out


def _kinetics_of(pile: Pile, belief: Belief) -> Floats:
    """Return the first stage's priors of the time constants, with SD 0 where the population says nothing of them."""
    return pile.kinetics * (1.0 if belief.learns_kinetics else np.array([1.0, 0.0, 1.0, 0.0]))


def fit_population(
    likelihood: Likelihood, belief: Belief, *, n_people: int, share: Floats | None = None, points: int = 1024
) -> Population:
    """Return the population's posterior.

    Parameters
    ----------
    likelihood : callable
        From `likelihood_of`, or its sum over partitions that lie elsewhere.
    belief : Belief
        What was believed before.
    n_people : int
        How many people it speaks of.
    share : (S,), optional
        Share of the people that took each strain; alike when left out.
    points : int
        Weighted populations, a power of 2.

    Raises
    ------
    NotConverged
        If the points do not carry the answer.
    """

    def log_density(rows: Floats) -> Floats:
        return likelihood(rows) + belief.log_density(rows)

    found = sample(log_density, belief.centre, belief.scale, points=points)
    if found.ess < LEAST_ESS or pareto_k(found.log_weight) > TRUSTED_K:
        found = sample(log_density, belief.centre, belief.scale, points=4 * points)
    k = pareto_k(found.log_weight)
    if found.ess < LEAST_ESS or k > TRUSTED_K:
        raise NotConverged(
            "the population's answer did not settle",
            where="study",
            found=f"effective share {found.ess:.2f}, Pareto k {k:.2f}",
            do="check the priors and the people with the largest effects",
        )
    return _summaries(found, belief, n_people, share)


def _summaries(found: Points, belief: Belief, n_people: int, share: Floats | None) -> Population:
    strains = len(belief.strains)
    mix = np.full(strains, 1.0 / strains) if share is None else share
    one = {name: summarise(found.rows[:, j], found.weight) for j, name in enumerate(belief.names)}
    omega = np.exp(found.rows[:, belief.at_omega])
    spread = float(found.weight @ omega**2)
    return Population(
        pooled=summarise(found.rows[:, :strains] @ mix, found.weight),
        strains={name: one[name] for name in belief.strains},
        predictive_sd={name: float(np.sqrt(one[name].sd ** 2 + spread)) for name in belief.strains},
        covariates={name: one[name] for name in belief.covariates},
        omega_person=summarise(omega, found.weight),
        onset=one["onset"],
        washout=one["washout"],
        n_people=n_people,
        points=found,
    )


def summarise(values: Floats, weight: Floats) -> Summary:
    """Return mean, SD and quantiles of weighted values (N,)."""
    mean = float(weight @ values)
    order = np.argsort(values, kind="stable")
    reach = np.cumsum(weight[order]) - 0.5 * weight[order]
    q = np.interp(LEVELS, reach, values[order])
    return Summary(
        mean=mean,
        sd=math.sqrt(float(weight @ (values - mean) ** 2)),
        q={level: float(value) for level, value in zip(LEVELS, q, strict=True)},
    )


def person_effects(pile: Pile, population: Population, belief: Belief, *, useful: float) -> Floats:
    """Return each person's effect in the light of all others.

    Parameters
    ----------
    pile : Pile
        n people.
    population : Population
        What `fit_population` returned.
    belief : Belief
        Its priors.
    useful : float
        The amount called worth it, unit of the outcome.

    Returns
    -------
    (n, 4)
        Mean, SD, P(theta > 0), P(theta > useful).
    """
    rows, weight = _thinned(population.points)
    out = np.zeros((pile.n_people, 4))
    effects(
        rows,
        weight,
        len(belief.strains),
        belief.spreads,
        pile.start,
        pile.curves,
        pile.strain,
        pile.covariates,
        _kinetics_of(pile, belief),
        useful,
        out,
    )
    out[:, 1] = np.sqrt(np.maximum(out[:, 1] - out[:, 0] ** 2, 0.0))
    return out


def _thinned(points: Points) -> tuple[Floats, Floats]:
    """Return few populations of equal weight in place of many of unequal weight."""
    order = np.argsort(points.rows[:, 0], kind="stable")
    reach = np.cumsum(points.weight[order])
    n = min(MOST_POPULATIONS, points.weight.size)
    at = order[np.minimum(np.searchsorted(reach, (np.arange(n) + 0.5) / n * reach[-1]), order.size - 1)]
    return np.ascontiguousarray(points.rows[at]), np.full(n, 1.0 / n)
