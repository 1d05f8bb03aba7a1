"""How much any one contributor moves a pooled result: what it would be without them."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from noctiflora.study._belief import Belief
from noctiflora.study._pile import Floats, Pile
from noctiflora.study._population import Likelihood, Population, each_likelihood, fit_population

MOST_LISTED = 10
CARRIED = 0.05
"""Share of the points that must still count without a person; else the population is fitted anew without them."""

Piles = Callable[[], Iterator[tuple[Pile, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What the result would be without one contributor.

    Parameters
    ----------
    id : str
        Of the summary.
    mean_without, omega_without : float
        Mean effect and spread between people without it.
    moves : float
        By how much it moves the mean, in SDs of the mean's posterior; positive: upwards.
    """

    id: str
    mean_without: float
    omega_without: float
    moves: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Without:
    id: str
    curves: Pile
    mean: float
    omega: float
    score: float
    settled: bool


def influences(piles: Piles, likelihood: Likelihood, belief: Belief, population: Population) -> tuple[Influence, ...]:
    """Return those who move the mean most, the most first.

    The posterior without a person is the posterior divided by what that person says: the weighted
    populations are weighed again. Where too few of them still count, the population is fitted anew.

    Parameters
    ----------
    piles : callable
        Gives all people with their names, chunk by chunk.
    likelihood : callable
        Of all of them.
    belief : Belief
        Priors, of one strain.
    population : Population
        With all of them.
    """
    if population.n_people == 1:
        return ()
    rows, weight = population.points.rows, population.points.weight
    mean = population.pooled.mean
    kept: list[_Without] = []
    for pile, names in piles():
        each = each_likelihood(pile, rows, belief)
        log = np.log(np.maximum(weight, 1e-300))[:, None] - each
        part = np.exp(log - log.max(axis=0))
        part /= part.sum(axis=0)
        means, omegas = rows[:, 0] @ part, np.exp(rows[:, belief.at_omega]) @ part
        carried = 1.0 / np.sum(part**2, axis=0) / weight.size
        # whoever leaves few points may move more than these tell
        score = np.abs(means - mean) / np.minimum(carried / CARRIED, 1.0)
        kept += [
            _Without(
                id=names[j],
                curves=_only(pile, j),
                mean=float(means[j]),
                omega=float(omegas[j]),
                score=float(score[j]),
                settled=bool(carried[j] >= CARRIED),
            )
            for j in np.argsort(-score, kind="stable")[:MOST_LISTED].tolist()
        ]
        kept = heapq.nlargest(MOST_LISTED, kept, key=lambda one: one.score)
    found = [_settled(one, likelihood, belief, population) for one in kept]
    return tuple(sorted(found, key=lambda one: -abs(one.moves)))


def _settled(one: _Without, likelihood: Likelihood, belief: Belief, population: Population) -> Influence:
    mean, omega = one.mean, one.omega
    if not one.settled:

        def without(rows: Floats) -> Floats:
            return np.asarray(likelihood(rows) - each_likelihood(one.curves, rows, belief)[:, 0])

        again = fit_population(without, belief, n_people=population.n_people - 1)
        mean, omega = again.pooled.mean, again.omega_person.mean
    return Influence(
        id=one.id,
        mean_without=mean,
        omega_without=omega,
        moves=(population.pooled.mean - mean) / population.pooled.sd,
    )


def _only(pile: Pile, j: int) -> Pile:
    first, last = pile.start[j], pile.start[j + 1]
    return Pile(
        start=np.array([0, last - first]),
        curves=np.ascontiguousarray(pile.curves[first:last]),
        strain=pile.strain[j : j + 1],
        covariates=pile.covariates[j : j + 1],
        kinetics=pile.kinetics[j : j + 1],
    )
