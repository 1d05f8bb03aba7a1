"""Analyses the nights of one personal trial: posterior, verdict and how both were reached."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import DesignError
from noctiflora.trial import (
    Noise,
    Posterior,
    Priors,
    Series,
    Status,
    Threshold,
    Verdict,
    check_series,
    nothing_varies,
    parse_priors,
    parse_series,
    posterior,
    threshold,
    turns,
    verdict,
)

SEED = 20_241_007
"""Fixes the simulated trials of the threshold: the same series gives the same answer."""
_WARM = Series(nights=np.arange(1, 5), y=np.array([5.0, 6.0, 4.0, 5.0]), dose=np.array([0.0, 1.0, 0.0, 1.0]))
SIMULATED = 400
"""Trials simulated for the threshold; the error rate at the threshold is known to about 1 in 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The answer of one series.

    Parameters
    ----------
    posterior : Posterior
        Under the given priors, with the CPU time it took, the loading of compiled code left out.
    verdict : Verdict or None
        None where no useful amount was named.
    threshold : Threshold or None
        How the threshold was found; None where it was given or there is no verdict.
    why_no_verdict : str
        In plain words; empty where there is one.
    products : tuple of ProductAnswer
        Where several products were tried against one comparator: each, the first as in `posterior`.
    """

    posterior: Posterior
    verdict: Verdict | None
    threshold: Threshold | None
    why_no_verdict: str
    products: tuple["ProductAnswer", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAnswer:
    """The answer of one of several products, as in `Analysis`; what none is told of, the products share."""

    product: str
    answer: Analysis


def analyse(
    series_text: str,
    *,
    where: str,
    priors: Mapping[str, object] | None = None,
    priors_where: str = "priors",
    fixed_threshold: float | None = None,
    unit: str = "",
) -> Analysis:
    """Analyse any N-of-1 series given as CSV text.

    Parameters
    ----------
    series_text : str
        Columns ``night`` or ``date``, ``y``, ``dose``, further columns as covariates.
    where : str
        Name of the series, for messages.
    priors : mapping, optional
        The priors file as read; every key optional.
    priors_where : str
        Name of the priors, for messages.
    fixed_threshold : float, optional
        The chance of benefit that "helps" needs, as fixed before the start. Without it the
        threshold is found by simulating this very schedule with this series' noise.
    unit : str
        Unit of the outcome, for sentences.

    Raises
    ------
    InputError
        If the series or the priors cannot be used.
    DesignError
        If the nights have one arm only, or fewer than two switches: then nothing parts an effect from a trend.
    """
    nights = parse_series(series_text, where=where)
    believed = parse_priors(priors or {}, where=priors_where)
    # with no value, or one, the answer is the prior, and says so
    known = nights.n_nights - nights.n_missing
    every = turns(nights, believed)
    for turn in every if known > 1 else ():
        for sentence in check_series(turn.series):
            raise DesignError(
                sentence.rstrip("."), where=f"{where}, dose", do="add nights, so that product and none take turns"
            )
    answers = [analyse_series(turn.series, turn.priors, fixed_threshold, unit) for turn in every]
    if len(answers) == 1:
        return answers[0]
    told = tuple(ProductAnswer(product=t.product, answer=a) for t, a in zip(every, answers, strict=True))
    return replace(answers[0], products=told)


def analyse_series(nights: Series, priors: Priors, fixed_threshold: float | None, unit: str) -> Analysis:
    """Analyse nights and priors already read; see `analyse`."""
    posterior(_WARM, Priors(errors=priors.errors))  # loads the compiled code, which is no part of the analysis
    start = time.process_time()
    found = posterior(nights, priors)
    found = replace(found, seconds=time.process_time() - start)
    reason = nothing_varies(nights) or _why_not(found, priors)
    if reason:
        return Analysis(posterior=found, verdict=None, threshold=None, why_no_verdict=reason)
    simulated = None if fixed_threshold is not None else _threshold(nights, priors, found)
    least = fixed_threshold if simulated is None else simulated.c
    assert least is not None
    judged = verdict(nights, priors, threshold=least, unit=unit)
    return Analysis(posterior=found, verdict=judged, threshold=simulated, why_no_verdict="")


def _why_not(found: Posterior, priors: Priors) -> str:
    if found.status is not Status.CONVERGED:
        return "The computation did not settle, so no verdict is given; more nights or a simpler model may help."
    if not priors.useful > 0:
        return 'No verdict without the amount that would make it worth it: name it as "useful" in the priors file.'
    return ""


def _threshold(nights: Series, priors: Priors, found: Posterior) -> Threshold:
    """Return the threshold for this schedule and the noise these nights show."""
    full = np.zeros(nights.n_nights)
    last = 0.0
    given = dict(zip((nights.nights - nights.nights[0]).tolist(), nights.dose.tolist(), strict=True))
    for night in range(full.size):
        last = given.get(night, last)
        full[night] = last
    noise = Noise(
        sigma=float(np.exp(found.params["log_sigma"].mean)),
        phi=float(np.tanh(found.params["atanh_phi"].mean)),
        white=float(1 / (1 + np.exp(-found.params["logit_r"].mean))),
        missing=found.n_missing / found.n_nights,
    )
    columns = {name: value for name, value in priors.coefficients.items() if name in {"mu", "trend"}}
    return threshold(
        np.random.default_rng(SEED), full, noise=noise, priors=replace(priors, coefficients=columns), n=SIMULATED
    )
