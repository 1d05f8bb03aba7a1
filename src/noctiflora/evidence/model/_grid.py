"""The nodes at which the pooling model is integrated."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import RangeError

Array = NDArray[np.float64]
Index = NDArray[np.intp]

MU_HALF = 5  # mu runs over 11 nodes, 0.8 se apart: to 4 se on each side
MU_STEP = 0.8
B_REACH = 3.5  # b_rep runs to 3.5 sd on each side
SCALE_REACH = 4.0  # a half-normal scale runs from 0 to 4 of its own scale


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scales:
    """Joint nodes of the three scales; every array has shape (K,).

    Parameters
    ----------
    strain, species, trial : ndarray
        omega_s, omega_g and tau at each node (SMD).
    log_prior : ndarray
        Log prior weight; the weights sum to 1.
    """

    strain: Array
    species: Array
    trial: Array
    log_prior: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """Nodes of mu, b_rep and the scales, with the lattice of mu + b_rep.

    Parameters
    ----------
    mu, log_mu : ndarray, shape (I,)
        Population mean and its log weight.
    b, log_b : ndarray, shape (J,)
        Reporting excess and its log weight.
    scales : Scales
        The K joint nodes of the scales.
    lattice : ndarray, shape (M,)
        All values that mu + b_rep takes.
    at : ndarray of int, shape (I, J)
        Place of mu_i + b_j on the lattice.
    """

    mu: Array
    log_mu: Array
    b: Array
    log_b: Array
    scales: Scales
    lattice: Array
    at: Index


def half_normal(scale: float, nodes: int) -> tuple[Array, Array]:
    """Return nodes and weights of a half-normal, by Gauss-Legendre on 0 to 4 scales.

    Examples
    --------
    >>> x, w = half_normal(0.2, 12)
    >>> round(float(w @ x**2), 4)
    0.04
    """
    if scale == 0:
        return np.zeros(1), np.ones(1)
    x, w = np.polynomial.legendre.leggauss(nodes)
    t = SCALE_REACH * (x + 1) / 2
    weight = w * np.exp(-0.5 * t**2)
    return t * scale, weight / weight.sum()


def make_scales(strain: float, species: float, trial: float, *, nodes: int) -> Scales:
    """Return the joint nodes of three half-normal scales; a scale of 0 has one node."""
    parts = [half_normal(s, nodes) for s in (strain, species, trial)]
    s, g, t = np.meshgrid(*(p[0] for p in parts), indexing="ij")
    ws, wg, wt = np.meshgrid(*(p[1] for p in parts), indexing="ij")
    return Scales(strain=s.ravel(), species=g.ravel(), trial=t.ravel(), log_prior=np.log((ws * wg * wt).ravel()))


def make_grid(mean: float, se: float, *, b_sd: float, scales: Scales) -> Grid:
    """Return the grid for mu ~ N(mean, se^2) and b_rep ~ N(0, b_sd^2).

    b_rep steps by twice the step of mu, so that mu + b_rep stays on one lattice and each species needs
    to be tabulated once.

    Raises
    ------
    RangeError
        If `se` is not positive or `b_sd` is negative.
    """
    if not se > 0 or b_sd < 0:
        raise RangeError(
            "the population mean needs a positive spread", where="make_grid", found=f"se {se}, b_sd {b_sd}"
        )
    step = MU_STEP * se
    i = np.arange(-MU_HALF, MU_HALF + 1)
    half = math.ceil(B_REACH * b_sd / (2 * step))
    j = np.arange(-half, half + 1)
    log_mu: Array = np.asarray(-0.5 * (i * MU_STEP) ** 2, dtype=np.float64)
    b: Array = 2 * step * j.astype(np.float64)
    # A spread far below the step leaves one node with weight; the others are held at a weight of nothing.
    log_b: Array = -0.5 * np.minimum(np.abs(b) / max(b_sd, 1e-12), 40.0) ** 2
    at = (i[:, None] + MU_HALF) + 2 * (j[None, :] + half)
    mu: Array = np.asarray(mean + step * i, dtype=np.float64)
    steps = np.arange(-MU_HALF - 2 * half, MU_HALF + 2 * half + 1, dtype=np.float64)
    lattice: Array = mean + step * steps
    return Grid(
        mu=mu,
        log_mu=log_mu - _log_sum(log_mu),
        b=b,
        log_b=log_b - _log_sum(log_b),
        scales=scales,
        lattice=lattice,
        at=at,
    )


def flat_grid(low: float, high: float, *, nodes: int, scales: Scales) -> Grid:
    """Return the grid of a free fit: mu flat from `low` to `high`, no reporting excess."""
    mu = np.linspace(low, high, nodes)
    return Grid(
        mu=mu,
        log_mu=np.full(nodes, -math.log(nodes)),
        b=np.zeros(1),
        log_b=np.zeros(1),
        scales=scales,
        lattice=mu,
        at=np.arange(nodes)[:, None],
    )


def _log_sum(log_weights: Array) -> float:
    return float(np.log(np.exp(log_weights).sum()))
