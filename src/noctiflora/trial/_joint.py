"""One verdict over a primary and secondary outcomes, without multiplying chances."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._posterior import Posterior, Status
from noctiflora.trial._verdict import Verdict

SPREAD_SD = 0.2
"""Half-normal scale of the spread between outcomes' effects, in night-to-night SDs (assumed, 0.1 to 0.4)."""
COMMON_SD = 0.5
"""Spread of the common effect's prior about none, in night-to-night SDs (assumed, 0.3 to 1)."""
GRID = 200
"""Nodes of the spread between outcomes."""
WIDEST = 5.0
"""Largest spread of the grid, in its scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secondary:
    """A secondary outcome after shrinking; a hint, never a verdict.

    Parameters
    ----------
    mean, sd : float
        Benefit at full exposure, unit of the outcome, better direction positive.
    p_benefit : float
        Chance of any benefit.
    label : str
        The words it must be shown with.
    """

    mean: float
    sd: float
    p_benefit: float
    label: str = "secondary: shrunk together with the others, decides nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointVerdict:
    """The primary outcome's verdict, which is the trial's, with the secondary outcomes beside it."""

    primary: Verdict
    secondaries: Mapping[str, Secondary]
    left_out: tuple[str, ...]


def joint_verdict(
    primary: Verdict,
    secondaries: Mapping[str, Posterior],
    sds: Mapping[str, float],
    correlation: Floats | None = None,
) -> JointVerdict:
    """Return the verdict over several outcomes: the primary one decides, the others are shrunk together.

    Outcomes of one person's nights hang together, so chances are neither multiplied nor counted. In
    night-to-night SDs the secondary effects share a mean m ~ N(0, 0.5^2) and a spread tau
    ~ half-normal(0.2); tau is summed over a grid, the rest is exact. What an outcome says alone is
    taken as a normal. Outcomes of one night share their noise, so that two of them tell less than twice as
    much: the errors of their estimates are taken to correlate as the noise of the nights does.

    Parameters
    ----------
    primary : Verdict
        Of the outcome fixed before the start.
    secondaries : mapping of str to Posterior
        Each under a prior of the effect N(0, sd^2), its own night-to-night SD, as `vague` gives it.
    sds : mapping of str to float
        Those SDs.
    correlation : (J, J) array or None
        Of the nightly noise in the better direction, in the order of `secondaries`; see `shared_noise`.
        None takes the outcomes' noise as not shared.

    Returns
    -------
    JointVerdict
        Outcomes whose engine did not converge, or told nothing beyond its prior, are left out by name.

    Raises
    ------
    RangeError
        If an SD is missing or not above 0, or the correlation is of another size.
    """
    shared = np.eye(len(secondaries)) if correlation is None else correlation
    if shared.shape != (len(secondaries), len(secondaries)):
        raise RangeError("each pair of outcomes needs one correlation", where="joint_verdict, correlation")
    for name in secondaries:
        if not sds.get(name, 0.0) > 0:
            raise RangeError("each secondary outcome needs its night-to-night SD", where="joint_verdict", found=name)
    told = {name: _alone(found, sds[name]) for name, found in secondaries.items()}
    kept = {name: one for name, one in told.items() if one is not None}
    at = [i for i, name in enumerate(told) if name in kept]
    shrunk = _shrink(np.array(list(kept.values())), shared[np.ix_(at, at)]) if kept else np.empty((0, 3))
    return JointVerdict(
        primary=primary,
        secondaries={
            name: Secondary(mean=float(m) * sds[name], sd=float(s) * sds[name], p_benefit=float(p))
            for name, (m, s, p) in zip(kept, shrunk, strict=True)
        },
        left_out=tuple(name for name in told if name not in kept),
    )


def _alone(found: Posterior, sd: float) -> tuple[float, float] | None:
    """Return estimate and variance of the benefit in SDs, the prior N(0, 1) divided out."""
    if found.status is not Status.CONVERGED:
        return None
    sign = 1.0 if found.higher_is_better else -1.0
    precision = (sd / found.theta.sd) ** 2 - 1.0
    if precision <= 1e-3:
        return None
    return sign * found.theta.mean / sd * (precision + 1.0) / precision, 1.0 / precision


def _shrink(told: Floats, correlation: Floats) -> Floats:
    """Return mean, sd and chance above 0 of each effect, (J, 3), from estimates and variances, (J, 2)."""
    estimate, error = told[:, 0], np.sqrt(told[:, 1])
    n = estimate.size
    noise = correlation * np.outer(error, error)
    tau = (np.arange(GRID) + 0.5) / GRID * WIDEST * SPREAD_SD
    log_weight = np.empty(GRID)
    mean, spread = np.empty((GRID, n)), np.empty((GRID, n))
    for k, one in enumerate(tau.tolist()):
        # the common mean is summed out: effects ~ N(0, tau^2 I + c^2 J)
        prior = one * one * np.eye(n) + COMMON_SD**2
        gain = np.linalg.solve(prior + noise, prior).T
        mean[k] = gain @ estimate
        spread[k] = np.sqrt(np.maximum(np.diag(prior - gain @ prior), 1e-300))
        _, size = np.linalg.slogdet(prior + noise)
        rest = float(estimate @ np.linalg.solve(prior + noise, estimate))
        log_weight[k] = -0.5 * ((one / SPREAD_SD) ** 2 + size + rest)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    centre = weight @ mean
    sd = np.sqrt(weight @ (spread**2 + (mean - centre) ** 2))
    return np.column_stack([centre, sd, weight @ ndtr(mean / spread)])
