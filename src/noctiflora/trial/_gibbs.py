"""The Gibbs engine: chains for heavy tails, ratings and several products."""

from dataclasses import dataclass

import numpy as np

from noctiflora.trial._arrays import Floats
from noctiflora.trial._chain_checks import effective, r_hat
from noctiflora.trial._frame import Frame
from noctiflora.trial._gibbs_kernel import GAUSS, ORDINAL, STUDENT, TAIL, run_block
from noctiflora.trial._ratings import CUTPOINT_STRENGTH, Ratings

CHAINS, SWEEPS, WARMUP, EVERY = 4, 6000, 1500, 3
MORE = 4
"""Factor on the sweeps of a second run, where the first does not pass."""
BLOCK_CELLS = 150_000
"""Random numbers of a kind held at once: sweeps of a block times nights."""
BLOCKS = 5
"""Blocks of the warm-up: after each the proposals learn from the last."""
LARGEST_R_HAT, LEAST_EFFECTIVE = 1.01, 400.0
"""Gates (Vehtari 2021, doi:10.1214/20-BA1221): chains agree, and are worth this many draws together."""
WALK = 2.38
"""Step of the walk, over the root of the dimension, in posterior sds (Roberts 1997, doi:10.1214/aoap/1034625254)."""
FIRST_STEP = 0.3
"""Spread that the walk starts with, in prior sds."""
T_WIDER = 1.3
"""Factor on the matched covariance of the t that half of the tries come from."""
SEED = 20240301


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chains:
    """Recorded states of all chains after the warm-up, chain after chain.

    Parameters
    ----------
    z : (N, d)
        All hyperparameters.
    slope, precision : (N, P)
        The likelihood of each product's effect given the rest of the state is exp(slope x - precision x^2 / 2).
    coefficients : (N, 3 p)
        Scaled coefficients given the first effect; see `_kernel.evaluate`.
    sweeps : int
        Sweeps of each chain.
    worst_r_hat, least_effective : float
        Over effects and hyperparameters.
    """

    z: Floats
    slope: Floats
    precision: Floats
    coefficients: Floats
    sweeps: int
    worst_r_hat: float
    least_effective: float

    @property
    def trusted(self) -> bool:
        """Whether the chains pass the gates."""
        return self.worst_r_hat <= LARGEST_R_HAT and self.least_effective >= LEAST_EFFECTIVE


def run_chains(frame: Frame, *, nu: float = 0.0, ratings: Ratings | None = None) -> Chains:
    """Return the chains of one analysis; the same input gives the same answer.

    Where the first run does not pass its gates, one of four times the length follows.

    Parameters
    ----------
    frame : Frame
        The arrays.
    nu : float
        Degrees of freedom of Student t nights; 0 for normal ones.
    ratings : Ratings or None
        Categories of the rated nights.
    """
    found = _all(frame, nu, ratings, SWEEPS)
    return found if found.trusted else _all(frame, nu, ratings, MORE * SWEEPS)


def _all(frame: Frame, nu: float, ratings: Ratings | None, sweeps: int) -> Chains:
    chains = [_Chain(frame, nu, ratings, number) for number in range(CHAINS)]
    warmup = sweeps * WARMUP // SWEEPS
    kept = [chain.run(warmup, sweeps - warmup) for chain in chains]
    u, theta, row = (np.array([one[k] for one in kept]) for k in range(3))
    moving = np.concatenate([u, theta], axis=2)
    checks = [moving[:, :, k] for k in range(moving.shape[2])]
    products = theta.shape[2]
    row = row.reshape(-1, row.shape[2])
    free = np.flatnonzero(frame.z_sd > 0)
    z = np.tile(frame.z_mean, (row.shape[0], 1))
    z[:, free] += u.reshape(-1, free.size) * frame.z_sd[free]
    return Chains(
        z=z,
        slope=row[:, 0 : 2 * products : 2],
        precision=row[:, 1 : 2 * products : 2],
        coefficients=row[:, 2 * products :],
        sweeps=sweeps,
        worst_r_hat=max(r_hat(one) for one in checks),
        least_effective=min(effective(one) for one in checks),
    )


class _Chain:
    """One chain's state with its own source of chance."""

    def __init__(self, frame: Frame, nu: float, ratings: Ratings | None, number: int) -> None:
        self.frame, self.nu, self.ratings = frame, nu, ratings
        self.kind = ORDINAL if ratings is not None else STUDENT if nu > 0 else GAUSS
        self.rng = np.random.default_rng([SEED, number])
        self.free = np.flatnonzero(frame.z_sd > 0)
        d, n = self.free.size, frame.seen.size
        self.cols = frame.cols.copy()
        self.u = self.rng.normal(size=d)
        self.lam = np.ones(n)
        self.cat = np.zeros(n, dtype=np.int64) if ratings is None else ratings.category
        self.cuts = np.zeros(0) if ratings is None else ratings.even_cutpoints()
        self.prior = np.ascontiguousarray(frame.thetas[:, 0, 1:])
        self.walk: Floats = np.eye(d) * FIRST_STEP / max(d, 1) ** 0.5
        self.centre: Floats = np.zeros(d)
        self.root: Floats = np.eye(d)

    def run(self, warmup: int, kept: int) -> tuple[Floats, Floats, Floats]:
        """Return u, effects and rows recorded after the warm-up."""
        for _ in range(BLOCKS):
            u, _, _ = self._sweep(warmup // BLOCKS, 1)
            self._learn(u[u.shape[0] // 3 :])
        return self._sweep(kept, EVERY)

    def _learn(self, u: Floats) -> None:
        d = u.shape[1]
        if d == 0:
            return
        cov = np.atleast_2d(np.cov(u.T))
        cov = cov + 1e-10 * max(1.0, float(np.trace(cov))) * np.eye(d)
        try:
            root = np.linalg.cholesky(cov)
        except np.linalg.LinAlgError:
            # a block that went nowhere, or too far to square, teaches nothing: the last proposal stays
            return
        self.centre = u.mean(axis=0)
        self.root = np.asarray(np.sqrt(T_WIDER) * root, dtype=np.float64)
        self.walk = np.asarray(WALK / np.sqrt(d) * root, dtype=np.float64)

    def _sweep(self, sweeps: int, every: int) -> tuple[Floats, Floats, Floats]:
        size = max(BLOCK_CELLS // self.frame.seen.size // every, 1) * every
        blocks = [self._block(min(size, sweeps - at), every) for at in range(0, sweeps, size)]
        u, theta, row = (np.concatenate([block[k] for block in blocks]) for k in range(3))
        return u, theta, row

    def _block(self, sweeps: int, every: int) -> tuple[Floats, Floats, Floats]:
        f, rng, d, n = self.frame, self.rng, self.free.size, self.frame.seen.size
        products = f.thetas.shape[0]
        p = f.cols.shape[1] - 1
        path = 0 if self.kind == GAUSS else n
        inner = max(self.cuts.size - 4, 0)
        latent = n if self.kind == ORDINAL else 0
        points = rng.normal(size=(sweeps, d)) / np.sqrt(rng.chisquare(TAIL, size=(sweeps, 1)) / TAIL)
        out = np.empty((sweeps // every, d)), np.empty((sweeps // every, products))
        row = np.empty((sweeps // every, 2 * products + 3 * p))
        run_block(
            self.kind, self.cols, f.seen, f.doses, f.thetas, self.nu, self.cat, f.z_mean, f.z_sd, self.free,
            self.u, self.lam, self.cuts, self.prior, self.walk, self.centre, self.root,
            rng.normal(size=(sweeps, d + p + products + path)),
            np.maximum(rng.random((sweeps, 2 + products + latent + inner)), 1e-300),
            points, self._extra(sweeps, inner, n), f.offset, every, out[0], out[1], row,
        )  # fmt: skip
        return out[0], out[1], row

    def _extra(self, sweeps: int, inner: int, n: int) -> Floats:
        """Return the gammas of the weights or the betas of the cutpoints."""
        if self.kind == STUDENT:
            return self.rng.standard_gamma((self.nu + 1) / 2, size=(sweeps, n))
        return self.rng.beta(CUTPOINT_STRENGTH, CUTPOINT_STRENGTH, size=(sweeps, inner))
