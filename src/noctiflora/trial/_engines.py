"""The posterior of one series, by the engine that its nightly noise asks for."""

from dataclasses import dataclass, replace

import numpy as np

from noctiflora.trial._arrays import Floats
from noctiflora.trial._covariate_notes import covariate_notes
from noctiflora.trial._effect import Effect, effect, log_average
from noctiflora.trial._frame import Frame, fill, frame
from noctiflora.trial._gibbs import CHAINS, run_chains
from noctiflora.trial._importance import FINE_POINTS, Draws, draw_hyper
from noctiflora.trial._marginals import coefficient_marginals, effect_marginal, hyper_marginals, parts
from noctiflora.trial._posterior import Marginal, Posterior, ProductEffect, Status
from noctiflora.trial._priors import FREEDOM, Priors
from noctiflora.trial._ratings import Ratings, ratings
from noctiflora.trial._series import Series
from noctiflora.trial._transform import Bent, bend


def posterior(series: Series, priors: Priors) -> Posterior:
    """Return the posterior of the effect at full exposure.

    ``y_t = mu + trend*s_t + x_t'gamma + theta*e_t + u_t + eps_t`` with first-order
    autoregressive u, white eps and exposure e that rises and falls with the dose. Given the five
    hyperparameters everything is normal and exact; those are integrated by importance sampling
    on fixed points. Heavy tails (eps Student t), ratings (cutpoints on a latent y), several products,
    and what importance sampling cannot answer go to a collapsed Gibbs sampler with fixed
    seeds. The same input gives the same answer; `engine` names who answered.

    Parameters
    ----------
    series : Series
        The nights. A night of the calendar that is absent has an unknown outcome and carries on
        the last dose before it. With `assigned` doses the result holds a second analysis by them.
    priors : Priors
        What is left out is filled in; `notes` of the result says what the data had to tell.

    Returns
    -------
    Posterior
        ``status`` is NOT_CONVERGED where no engine vouches for its answer; ``seconds`` is 0.

    Raises
    ------
    RangeError
        If a prior names a column that the series does not have, an outcome lies outside what its
        transform or rating scale takes, or weekdays are asked for without dates.

    References
    ----------
    .. [1] Rue, Martino & Chopin 2009, doi:10.1111/j.1467-9868.2008.00700.x
    .. [2] Vehtari et al. 2024, arXiv:1507.02646
    .. [3] Albert & Chib 1993, doi:10.1080/01621459.1993.10476321

    Examples
    --------
    >>> nights = Series(nights=[1, 2, 3], y=[float("nan")] * 3, dose=[0, 1, 1])
    >>> posterior(nights, Priors()).status.value
    'converged'
    """
    bent = bend(series, priors.transform)
    full, notes = fill(bent.series, priors)
    data = frame(bent.series, full)
    answer = _answer(data, full, ratings(series, full.scale) if full.errors == "ordinal" else None)
    found = effect(answer.draws, data.theta)
    theta = effect_marginal(found)
    better = full.higher_is_better
    p_benefit = found.p_above(0.0, higher_is_better=better)
    second = None if series.assigned is None else posterior(by_assignment(series), priors)
    return Posterior(
        status=Status.CONVERGED if answer.trusted else Status.NOT_CONVERGED,
        theta=theta,
        theta_mixture=parts(found),
        params={
            **coefficient_marginals(data, answer.draws, found),
            "theta": theta,
            **_on_scale(theta, bent),
            **{f"theta_{name}": effect_marginal(other) for name, other in answer.others.items()},
            **hyper_marginals(data, answer.draws),
        },
        p_benefit=p_benefit,
        p_useful=found.p_above(full.useful, higher_is_better=better),
        p_harm=1.0 - p_benefit,
        useful=full.useful,
        higher_is_better=better,
        engine=answer.engine,
        ess=answer.draws.ess,
        pareto_k=answer.draws.k,
        seconds=0.0,
        n_nights=series.n_nights,
        n_missing=series.n_missing,
        notes=(*notes, *bent.notes, *_gaps(series), *covariate_notes(series), *_no_useful(full)),
        effects=_effects(series, full, {series.product: found, **answer.others} if series.others else {}),
        assigned=second,
    )


def by_assignment(series: Series) -> Series:
    """Return the series with the doses that were planned in place of those taken."""
    return series if series.assigned is None else replace(series, dose=series.assigned, assigned=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    draws: Draws
    others: dict[str, Effect]
    engine: str
    trusted: bool


def _answer(data: Frame, priors: Priors, rated: Ratings | None) -> _Answer:
    """Ask the engine for this noise; where importance sampling fails, ask the chains."""
    why = ""
    if priors.errors == "gauss" and not data.others:
        draws = draw_hyper(data, points=FINE_POINTS)
        if draws.trusted:
            engine = f"gauss, importance sampling, {draws.weight.size} points"
            return _Answer(draws=draws, others={}, engine=engine, trusted=True)
        why = ", after importance sampling did not settle"
    return _by_chains(data, priors, rated, why)


def _by_chains(data: Frame, priors: Priors, rated: Ratings | None, why: str) -> _Answer:
    chains = run_chains(data, nu=FREEDOM.get(priors.errors, 0.0), ratings=rated)
    n = chains.z.shape[0]
    state = "" if chains.trusted else ", not converged"
    share = float(min(chains.least_effective / n, 1.0))

    def of_product(j: int, theta: Floats) -> Draws:
        detail = np.column_stack([np.zeros(n), chains.slope[:, j], chains.precision[:, j], chains.coefficients])
        return Draws(
            z=chains.z, weight=np.full(n, 1.0 / n), detail=detail, log_prior_ratio=-log_average(detail, theta),
            ess=share, k=0.0,
        )  # fmt: skip

    others = {}
    for j, name in enumerate(data.others):
        theta = data.other_theta[j][None]
        others[name] = effect(of_product(j + 1, theta), theta)
    return _Answer(
        draws=of_product(0, data.theta),
        others=others,
        engine=f"{priors.errors}, collapsed Gibbs sampling, {CHAINS} chains of {chains.sweeps} sweeps, "
        f"R-hat {chains.worst_r_hat:.3f}{why}{state}",
        trusted=chains.trusted,
    )


def _on_scale(theta: Marginal, bent: Bent) -> dict[str, Marginal]:
    """Return the effect on the scale of the analysis, where that is not the outcome's own."""
    if bent.per_unit == 1.0:
        return {}
    told = {level: value * bent.per_unit for level, value in theta.q.items()}
    return {f"theta_{bent.name}": Marginal(mean=theta.mean * bent.per_unit, sd=theta.sd * bent.per_unit, q=told)}


def _effects(series: Series, priors: Priors, found: dict[str, Effect]) -> tuple[ProductEffect, ...]:
    """Return one record for each of several products; all are judged by one useful amount."""
    better = priors.higher_is_better
    return tuple(
        ProductEffect(
            product=name or "dose",
            theta=effect_marginal(one),
            theta_mixture=parts(one),
            p_benefit=one.p_above(0.0, higher_is_better=better),
            p_useful=one.p_above(priors.useful, higher_is_better=better),
            p_harm=1.0 - one.p_above(0.0, higher_is_better=better),
        )
        for name, one in found.items()
    )


def _gaps(series: Series) -> tuple[str, ...]:
    absent = series.n_nights - series.nights.size
    if not absent:
        return ()
    return (f"{absent} nights are absent from the calendar: the last dose before each gap is taken to have gone on.",)


def _no_useful(priors: Priors) -> tuple[str, ...]:
    return () if priors.useful else ("No useful amount was named: the chance of it is that of any benefit.",)
