"""The JSON form of a posterior."""

from noctiflora.trial._posterior import Marginal, Posterior


def posterior_dict(posterior: Posterior) -> dict[str, object]:
    """Return the posterior as the nested mapping that ``trial analyse --format json`` prints.

    Status and notes are not part of that form: show them beside it. An engine that did not
    converge says so in ``engine``. Where the planned doses are known too, ``assigned`` holds the
    same by these; else it is absent.

    Examples
    --------
    >>> from noctiflora.trial._engines import posterior
    >>> from noctiflora.trial._priors import Priors
    >>> from noctiflora.trial._series import Series
    >>> nights = Series(nights=[1, 2], y=[88.0, 90.0], dose=[0, 1])
    >>> sorted(posterior_dict(posterior(nights, Priors())))[:4]
    ['engine', 'ess', 'n_missing', 'n_nights']
    """
    told: dict[str, object] = {
        "theta": _marginal(posterior.theta),
        "params": {name: _marginal(marginal) for name, marginal in posterior.params.items()},
        "p_benefit": posterior.p_benefit,
        "p_useful": posterior.p_useful,
        "p_harm": posterior.p_harm,
        "engine": posterior.engine,
        "ess": posterior.ess,
        "pareto_k": posterior.pareto_k,
        "seconds": posterior.seconds,
        "n_nights": posterior.n_nights,
        "n_missing": posterior.n_missing,
    }
    if posterior.assigned is not None:
        told["assigned"] = posterior_dict(posterior.assigned)
    return told


def _marginal(marginal: Marginal) -> dict[str, object]:
    return {"mean": marginal.mean, "sd": marginal.sd, "q": {f"{p:g}": value for p, value in marginal.q.items()}}
