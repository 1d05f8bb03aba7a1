"""The posterior of a personal trial: numbers only, with the status of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LEVELS = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
"""Quantile levels that every marginal carries."""


class Status(StrEnum):
    """Whether the engine vouches for its answer."""

    CONVERGED = "converged"
    NOT_CONVERGED = "not converged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marginal:
    """One parameter's posterior: mean, sd and quantiles at `LEVELS`."""

    mean: float
    sd: float
    q: Mapping[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEffect:
    """The effect of one of several products analysed together, as in `Posterior`."""

    product: str
    theta: Marginal
    theta_mixture: tuple[tuple[float, float, float], ...]
    p_benefit: float
    p_useful: float
    p_harm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What one series says of the effect at full exposure.

    Parameters
    ----------
    status : Status
        NOT_CONVERGED means: show no verdict.
    theta : Marginal
        Effect at full exposure, units of the outcome.
    theta_mixture : tuple of (weight, mean, sd)
        The same as a mixture of normals, for drawing; weights sum to 1.
    params : mapping of str to Marginal
        Every coefficient and hyperparameter.
    p_benefit, p_useful, p_harm : float
        Probability that the effect, in the better direction, is above 0, above the useful
        amount, below 0.
    useful : float
        The amount the person called worth it (units of the outcome, positive).
    higher_is_better : bool
        Direction of benefit.
    engine : str
        Which engine answered.
    ess, pareto_k : float
        Importance-sampling diagnostics; ess as a share of the points, 0 to 1.
    seconds : float
        CPU time taken; filled in by the caller who holds a clock, else 0.
    n_nights, n_missing : int
        Nights in the span; of these without an outcome.
    notes : tuple of str
        What the reader should know of how the answer came about: defaults taken from the data,
        nights absent from the calendar.
    effects : tuple of ProductEffect
        Where several products were analysed together: each, the first being that of `theta`.
    assigned : Posterior or None
        The same by the doses planned instead of those taken; None where no plan was given.
    """

    status: Status
    theta: Marginal
    theta_mixture: tuple[tuple[float, float, float], ...]
    params: Mapping[str, Marginal]
    p_benefit: float
    p_useful: float
    p_harm: float
    useful: float
    higher_is_better: bool
    engine: str
    ess: float
    pareto_k: float
    seconds: float
    n_nights: int
    n_missing: int
    notes: tuple[str, ...] = ()
    effects: tuple[ProductEffect, ...] = ()
    assigned: "Posterior | None" = None
