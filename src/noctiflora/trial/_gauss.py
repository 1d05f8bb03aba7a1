"""The Gaussian engine: the posterior of one series."""

import numpy as np

from noctiflora.trial._arrays import Floats
from noctiflora.trial._effect import Effect, effect
from noctiflora.trial._frame import Frame, fill, frame
from noctiflora.trial._importance import FINE_POINTS, Draws, draw_hyper
from noctiflora.trial._kernel import DETAIL
from noctiflora.trial._mixture_kernel import fewer_parts, quantiles
from noctiflora.trial._posterior import LEVELS, Marginal, Posterior, Status
from noctiflora.trial._priors import HYPER, Priors
from noctiflora.trial._series import Series

NEGLIGIBLE = 1e-16
"""Parts of a mixture with less weight are left out, the rest scaled up."""
SMOOTHING = 1.5
"""Kernel width of a hyperparameter's marginal, in units of sd * N_eff^(-1/3)."""


def posterior(series: Series, priors: Priors) -> Posterior:
    """Return the posterior of the effect at full exposure.

    ``y_t = mu + trend*s_t + x_t'gamma + theta*e_t + u_t + eps_t`` with first-order
    autoregressive u, white eps and exposure e that rises and falls with the dose. Given the five
    hyperparameters everything is normal and exact; those are integrated by importance sampling
    on fixed points, so that the same input gives the same answer.

    Parameters
    ----------
    series : Series
        The nights. A night of the calendar that is absent has an unknown outcome and carries on
        the last dose before it.
    priors : Priors
        What is left out is filled in; `notes` of the result says what the data had to tell.

    Returns
    -------
    Posterior
        ``status`` is NOT_CONVERGED where the points do not carry the answer; ``seconds`` is 0.

    Raises
    ------
    RangeError
        If a prior names a column that the series does not have.

    References
    ----------
    .. [1] Rue, Martino & Chopin 2009, doi:10.1111/j.1467-9868.2008.00700.x
    .. [2] Vehtari et al. 2024, arXiv:1507.02646

    Examples
    --------
    >>> nights = Series(nights=[1, 2, 3], y=[float("nan")] * 3, dose=[0, 1, 1])
    >>> posterior(nights, Priors()).status.value
    'converged'
    """
    full, notes = fill(series, priors)
    data = frame(series, full)
    draws = draw_hyper(data, points=FINE_POINTS)
    found = effect(draws, data.theta)
    params = {
        **_coefficients(data, draws, found),
        "theta": _marginals(found.weight.ravel(), found.mean.reshape(1, -1), found.sd.reshape(1, -1), exact=True)[0],
        **_hyper(data, draws),
    }
    better = full.higher_is_better
    p_benefit = found.p_above(0.0, higher_is_better=better)
    return Posterior(
        status=Status.CONVERGED if draws.trusted else Status.NOT_CONVERGED,
        theta=params["theta"],
        theta_mixture=_parts(found),
        params=params,
        p_benefit=p_benefit,
        p_useful=found.p_above(full.useful, higher_is_better=better),
        p_harm=1.0 - p_benefit,
        useful=full.useful,
        higher_is_better=better,
        engine=_engine(draws),
        ess=draws.ess,
        pareto_k=draws.k,
        seconds=0.0,
        n_nights=series.n_nights,
        n_missing=series.n_missing,
        notes=(*notes, *_gaps(series), *_no_useful(full)),
    )


def _engine(draws: Draws) -> str:
    state = "" if draws.trusted else ", not converged"
    return f"gauss, importance sampling, {draws.weight.size} points{state}"


def _gaps(series: Series) -> tuple[str, ...]:
    absent = series.n_nights - series.nights.size
    if not absent:
        return ()
    return (f"{absent} nights are absent from the calendar: the last dose before each gap is taken to have gone on.",)


def _no_useful(priors: Priors) -> tuple[str, ...]:
    return () if priors.useful else ("No useful amount was named: the chance of it is that of any benefit.",)


def _parts(found: Effect) -> tuple[tuple[float, float, float], ...]:
    pruned = _pruned(found.weight.ravel(), found.mean.ravel(), found.sd.ravel())
    weight, mean, sd = fewer_parts(*pruned)
    return tuple(zip(weight.tolist(), mean.tolist(), sd.tolist(), strict=True))


def _pruned(weight: Floats, mean: Floats, sd: Floats) -> tuple[Floats, Floats, Floats]:
    kept = weight > NEGLIGIBLE
    weight = weight[kept]
    return weight / weight.sum(), mean[..., kept], sd[..., kept]


def _coefficients(data: Frame, draws: Draws, found: Effect) -> dict[str, Marginal]:
    """Return the marginals of mu, trend and covariates; a fixed one stands at its value."""
    free = np.flatnonzero(data.scale > 0)
    p = free.size
    at_zero, per_theta, var = (draws.detail[:, DETAIL + j * p : DETAIL + (j + 1) * p] for j in range(3))
    # one normal for each point and part of theta's prior: (N, K, p), then (p, N * K)
    mean = at_zero[:, None, :] - per_theta[:, None, :] * found.mean[:, :, None]
    sd = np.sqrt(var[:, None, :] + (per_theta[:, None, :] * found.sd[:, :, None]) ** 2)
    scale = data.scale[free, None]
    centre = data.centre[free, None] + scale * mean.reshape(-1, p).T
    marginals = _marginals(found.weight.ravel(), centre, scale * sd.reshape(-1, p).T)
    known = dict(zip(free.tolist(), marginals, strict=True))
    return {name: known.get(j) or _fixed(float(data.centre[j])) for j, name in enumerate(data.names)}


def _hyper(data: Frame, draws: Draws) -> dict[str, Marginal]:
    """Return the marginals of the hyperparameters from the weighted points, smoothed.

    Each point becomes a narrow normal, drawn towards the mean so far that mean and variance
    stay what the points say (West 1993).
    """
    free = np.flatnonzero(data.z_sd > 0)
    z = draws.z[:, free]
    mean = draws.weight @ z
    # where one point carries all, its normal is narrow but not a spike
    sd = np.maximum(np.sqrt(draws.weight @ (z - mean) ** 2), 1e-6 * data.z_sd[free])
    width = min(SMOOTHING * (draws.ess * draws.weight.size) ** (-1.0 / 3.0), 1.0)
    centre = mean + (z - mean) * np.sqrt(1.0 - width * width)
    marginals = _marginals(draws.weight, centre.T, np.broadcast_to(width * sd[:, None], centre.T.shape))
    known = dict(zip(free.tolist(), marginals, strict=True))
    return {name: known.get(j) or _fixed(float(data.z_mean[j])) for j, name in enumerate(HYPER)}


def _marginals(weight: Floats, mean: Floats, sd: Floats, *, exact: bool = False) -> list[Marginal]:
    """Return one marginal for each row of `mean`."""
    if not mean.shape[0]:
        return []
    weight, mean, sd = _pruned(weight, mean, sd)
    out = np.empty((mean.shape[0], 2 + len(LEVELS)))
    quantiles(weight, np.ascontiguousarray(mean), np.ascontiguousarray(sd), np.array(LEVELS), out, exact)
    return [Marginal(mean=row[0], sd=row[1], q=dict(zip(LEVELS, row[2:], strict=True))) for row in out.tolist()]


def _fixed(value: float) -> Marginal:
    return Marginal(mean=value, sd=0.0, q=dict.fromkeys(LEVELS, value))
