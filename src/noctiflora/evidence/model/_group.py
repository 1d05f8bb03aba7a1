"""The terms of one species, integrated over its strains at every node of the grid."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noctiflora.evidence.model._grid import Grid
from noctiflora.evidence.model._likelihood import Belief, log_between, take_between, take_exact

Array = NDArray[np.float64]
Index = NDArray[np.intp]
HERMITE = 9  # nodes of g, and of s inside them where a strain has several censored terms
# A strain alone in its species with several censored terms is summed at even steps of 0.3 sd to 4.5 sd: narrow
# terms of large trials fall between Hermite nodes.
EVEN, EVEN_REACH = 31, 4.5
FINE = 8001  # points of a term's table; a step of 0.001 SMD misses less than 1e-4 of a log probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One term of the likelihood.

    Parameters
    ----------
    low, high : float
        The interval that y lies in; equal for an exact y (SMD, negative = better).
    se : float
        Standard error of y.
    selective : bool
        Whether the reporting excess b_rep applies (r = 1).
    shares_tau : bool
        False for a pool whose error already holds the spread between its trials.
    """

    low: float
    high: float
    se: float
    selective: bool
    shares_tau: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Strains that share one g.

    Parameters
    ----------
    strains : tuple of tuple of Observation
        The terms of each strain; an empty inner tuple is a strain without a term.
    fixed_sd : float, optional
        SD of g where it is not omega_g (prebiotics).
    """

    strains: tuple[tuple[Observation, ...], ...]
    fixed_sd: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tabulated:
    """A group at every node: what the data say, and the moments of g + s of each strain.

    Parameters
    ----------
    log_z : ndarray, shape (K, P)
        Log probability of the group's terms.
    at : ndarray of int, shape (I, J)
        Which of the P points belongs to mu_i and b_j.
    first, second : ndarray, shape (S + 1, K, P)
        E[u] and E[u^2] of u = g + s for each strain, and last for a new strain of the group.
    """

    log_z: Array
    at: Index
    first: Array
    second: Array


def tabulate(group: Group, grid: Grid) -> Tabulated:
    """Integrate the group's g and s at every node of the grid.

    A strain alone in its species has g + s as one normal, in closed form for exact terms and for one
    censored term. Several strains share Gauss-Hermite nodes of g, with the closed form inside.
    """
    seen = [obs for strain in group.strains for obs in strain]
    centres, at = _centres(seen, grid)
    k, p = grid.scales.strain.size, centres[False].size
    var_s = (grid.scales.strain**2)[:, None]
    sd_g = np.full(k, group.fixed_sd) if group.fixed_sd is not None else grid.scales.species
    var_g = (sd_g**2)[:, None]
    with_terms = [i for i, strain in enumerate(group.strains) if strain]
    first = np.zeros((len(group.strains) + 1, k, p))
    second = np.broadcast_to(var_g + var_s, first.shape).copy()
    log_z = np.zeros((k, p))
    if len(with_terms) == 1:
        only = with_terms[0]
        prior = Belief(log_z=log_z, mean=np.zeros((k, p)), var=np.broadcast_to(var_g + var_s, (k, p)))
        after = _take_all(prior, group.strains[only], centres, grid, nodes=_even())
        first[only], second[only], log_z = after.mean, after.var + after.mean**2, after.log_z
        _share(first, second, only, var_g, var_s)
    elif with_terms:
        log_z = _over_g(group, with_terms, centres, grid, sd_g, first, second)
    return Tabulated(log_z=log_z, at=at, first=first, second=second)


def _centres(seen: list[Observation], grid: Grid) -> tuple[dict[bool, Array], Index]:
    """Return mu + r * b_rep for r = 0 and 1 at the points the terms need, with the points of (i, j)."""
    kinds = {obs.selective for obs in seen}
    i, j = grid.at.shape
    if kinds == {True}:
        return {True: grid.lattice, False: grid.lattice}, grid.at
    if kinds == {True, False}:
        both = np.broadcast_to(grid.mu[:, None], (i, j)).ravel()
        return {True: grid.lattice[grid.at.ravel()], False: both}, np.arange(i * j).reshape(i, j)
    return {True: grid.mu, False: grid.mu}, np.broadcast_to(np.arange(i)[:, None], (i, j))


def _take_all(
    belief: Belief,
    terms: tuple[Observation, ...],
    centres: dict[bool, Array],
    grid: Grid,
    *,
    nodes: tuple[Array, Array],
) -> Belief:
    """Take in all terms of one strain: exact ones first, then the censored."""
    censored = [obs for obs in terms if obs.low < obs.high]
    for obs in terms:
        if obs.low == obs.high:
            belief = take_exact(belief, obs.low, centre=centres[obs.selective], noise=_noise(obs, grid))
    if len(censored) == 1:
        obs = censored[0]
        return take_between(belief, obs.low, obs.high, centre=centres[obs.selective], noise=_noise(obs, grid))
    return _by_nodes(belief, censored, centres, grid, nodes) if censored else belief


def _noise(obs: Observation, grid: Grid) -> Array:
    tau2 = (grid.scales.trial**2)[:, None]
    return obs.se**2 + (tau2 if obs.shares_tau else np.zeros_like(tau2))


def _by_nodes(
    belief: Belief,
    censored: list[Observation],
    centres: dict[bool, Array],
    grid: Grid,
    nodes: tuple[Array, Array],
) -> Belief:
    """Take in several censored terms of one strain at nodes of u."""
    x, log_w = nodes
    u = belief.mean + np.sqrt(belief.var) * x[:, None, None]
    log_q = np.broadcast_to(log_w[:, None, None], u.shape).copy()
    for obs in censored:
        log_q += _looked_up(obs, centres[obs.selective] + u, _noise(obs, grid))
    log_sum, weight = _normalised(log_q)
    mean = (weight * u).sum(axis=0)
    var = np.maximum((weight * u**2).sum(axis=0) - mean**2, 0.0)
    return Belief(log_z=belief.log_z + log_sum, mean=mean, var=var)


def _looked_up(obs: Observation, at: Array, noise: Array) -> Array:
    """Return the log probability of a censored term at `at`, shape (Q, K, P), out of a fine table for each noise."""
    fine: Array = np.linspace(float(at.min()), float(at.max()), FINE)
    out = np.empty_like(at)
    for value in np.unique(noise):
        table = log_between(obs.low, obs.high, centre=fine[None, :], noise=np.full((1, 1), value))[0]
        same = noise[:, 0] == value
        out[:, same] = np.interp(at[:, same], fine, table)
    return out


def _over_g(
    group: Group,
    with_terms: list[int],
    centres: dict[bool, Array],
    grid: Grid,
    sd_g: Array,
    first: Array,
    second: Array,
) -> Array:
    """Fill the moments of a group with several strains, over nodes of its g; return its log probability."""
    x, log_w = _hermite()
    k, p = first.shape[1:]
    var_s = np.broadcast_to((grid.scales.strain**2)[:, None], (k, p))
    log_q = np.empty((HERMITE, k, p))
    means, squares = np.empty((2, HERMITE, len(with_terms), k, p))
    g = np.broadcast_to((sd_g * x[:, None])[:, :, None], (HERMITE, k, p))
    for q in range(HERMITE):
        log_q[q] = log_w[q]
        for place, strain in enumerate(with_terms):
            prior = Belief(log_z=np.zeros((k, p)), mean=g[q], var=var_s)
            after = _take_all(prior, group.strains[strain], centres, grid, nodes=(x, log_w))
            log_q[q] += after.log_z
            means[q, place], squares[q, place] = after.mean, after.var + after.mean**2
    log_z, weight = _normalised(log_q)
    for place, strain in enumerate(with_terms):
        first[strain] = (weight * means[:, place]).sum(axis=0)
        second[strain] = (weight * squares[:, place]).sum(axis=0)
    new_first, new_second = (weight * g).sum(axis=0), (weight * g**2).sum(axis=0) + var_s
    for strain in set(range(len(first))) - set(with_terms):
        first[strain], second[strain] = new_first, new_second
    return log_z


def _share(first: Array, second: Array, only: int, var_g: Array, var_s: Array) -> None:
    """Give the untried strains of a group what the one tried strain tells about g."""
    total = var_g + var_s
    part = np.divide(var_g, total, out=np.zeros_like(total), where=total > 0)
    new_first = part * first[only]
    new_second = part**2 * second[only] + part * var_s + var_s
    for strain in set(range(len(first))) - {only}:
        first[strain], second[strain] = new_first, new_second


def _hermite() -> tuple[Array, Array]:
    x, w = np.polynomial.hermite_e.hermegauss(HERMITE)
    return x, np.log(w) - 0.5 * math.log(2 * math.pi)


def _even() -> tuple[Array, Array]:
    """Return even nodes of a standard normal with their log weights."""
    x: Array = np.linspace(-EVEN_REACH, EVEN_REACH, EVEN)
    log_w: Array = -0.5 * x**2
    return x, log_w - math.log(float(np.exp(log_w).sum()))


def _normalised(log_q: Array) -> tuple[Array, Array]:
    """Return the log sum and the normalised weights over the first axis."""
    top = log_q.max(axis=0)
    weight = np.exp(log_q - top)
    total = weight.sum(axis=0)
    return top + np.log(total), weight / total
