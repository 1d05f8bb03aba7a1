"""The posterior of the pooling model on its grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noctiflora.evidence.model._grid import Grid
from noctiflora.evidence.model._group import Group, Tabulated, tabulate

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mixture:
    """mu + g + s of one strain as a mixture of normals, one for each node of the scales.

    Parameters
    ----------
    weight, mean, var : ndarray, shape (K,)
        Posterior weight of the node, and the moments there.
    tau : ndarray, shape (K,)
        Spread between trials at the node.
    """

    weight: Array
    mean: Array
    var: Array
    tau: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Mean and SD of one quantity."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """What the model gives.

    Parameters
    ----------
    strains : tuple of tuple of Mixture
        For each group its strains in order, and last a new strain of the group.
    mu, b_rep, omega_strain, omega_species, tau : Moments
        Posterior of the shared quantities.
    p_b_negative : float
        P(b_rep < 0).
    """

    strains: tuple[tuple[Mixture, ...], ...]
    mu: Moments
    b_rep: Moments
    omega_strain: Moments
    omega_species: Moments
    tau: Moments
    p_b_negative: float


def fit(groups: tuple[Group, ...], grid: Grid, *, cut: bool) -> Fit:
    """Integrate the model over the grid.

    Parameters
    ----------
    groups : tuple of Group
        Species, blends and prebiotics with their terms.
    grid : Grid
        Nodes and prior weights.
    cut : bool
        Whether mu keeps its own distribution: at each node of mu the weights of the scales and of b_rep
        are normalised separately. False is the full Bayesian posterior.
    """
    tables = tuple(tabulate(group, grid) for group in groups)
    weight = _weights(tables, grid, cut=cut)
    by_points: dict[bytes, tuple[Array, Array, Array]] = {}
    strains = []
    for table in tables:
        key = table.at.tobytes()
        if key not in by_points:
            by_points[key] = _gather(weight, table, grid)
        strains.append(_mixtures(table, by_points[key], grid))
    over_k, over_i, over_j = weight.sum(axis=(1, 2)), weight.sum(axis=(0, 2)), weight.sum(axis=(0, 1))
    return Fit(
        strains=tuple(strains),
        mu=_moments(over_i, grid.mu),
        b_rep=_moments(over_j, grid.b),
        omega_strain=_moments(over_k, grid.scales.strain),
        omega_species=_moments(over_k, grid.scales.species),
        tau=_moments(over_k, grid.scales.trial),
        p_b_negative=_below_zero(over_j),
    )


def _weights(tables: tuple[Tabulated, ...], grid: Grid, *, cut: bool) -> Array:
    """Return the posterior weight of every node, shape (K, I, J)."""
    log_w = grid.scales.log_prior[:, None, None] + grid.log_b[None, None, :]
    log_w = np.broadcast_to(log_w, (log_w.shape[0], grid.mu.size, grid.b.size)).copy()
    for points in {t.at.tobytes() for t in tables}:
        same = [t for t in tables if t.at.tobytes() == points]
        total = np.sum([t.log_z for t in same], axis=0)
        log_w += total[:, same[0].at]
    if not cut:
        log_w += grid.log_mu[None, :, None]
        weight = np.exp(log_w - log_w.max())
        return np.asarray(weight / weight.sum(), dtype=np.float64)
    weight = np.exp(log_w - log_w.max(axis=(0, 2), keepdims=True))
    weight *= np.exp(grid.log_mu)[None, :, None] / weight.sum(axis=(0, 2), keepdims=True)
    return np.asarray(weight, dtype=np.float64)


def _gather(weight: Array, table: Tabulated, grid: Grid) -> tuple[Array, Array, Array]:
    """Return the weight, and the weight times mu and mu squared, at each point of a table, shape (K, P)."""
    k, p = table.log_z.shape
    out = np.zeros((3, k, p))
    powers = np.stack([np.ones_like(grid.mu), grid.mu, grid.mu**2])
    for j in range(grid.b.size):
        out[:, :, table.at[:, j]] += powers[:, None, :] * weight[None, :, :, j]
    return out[0], out[1], out[2]


def _mixtures(table: Tabulated, gathered: tuple[Array, Array, Array], grid: Grid) -> tuple[Mixture, ...]:
    w0, w1, w2 = gathered
    weight = w0.sum(axis=1)
    safe = np.where(weight > 0, weight, 1.0)
    out = []
    for first, second in zip(table.first, table.second, strict=True):
        mean = (w1 + w0 * first).sum(axis=1) / safe
        square = (w2 + 2 * w1 * first + w0 * second).sum(axis=1) / safe
        var = np.maximum(square - mean**2, 0.0)
        out.append(Mixture(weight=weight, mean=mean, var=var, tau=grid.scales.trial))
    return tuple(out)


def _moments(weight: Array, x: Array) -> Moments:
    mean = float(weight @ x)
    return Moments(mean=mean, sd=float(np.sqrt(max(float(weight @ (x - mean) ** 2), 0.0))))


def _below_zero(weight: Array) -> float:
    """Return P(b < 0) from weights at equal steps about 0: the trapezium with its end correction."""
    middle = weight.size // 2
    if middle == 0:
        return 0.5
    correction = (weight[middle - 1] - weight[middle + 1]) / 24
    return float(weight[:middle].sum() + weight[middle] / 2 + correction)
