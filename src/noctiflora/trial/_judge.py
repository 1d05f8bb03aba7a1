"""The verdict of one series: one word with its sentence, from three analyses."""

from dataclasses import replace

from noctiflora.core import RangeError
from noctiflora.trial._check_series import check_series, nothing_varies
from noctiflora.trial._engines import posterior
from noctiflora.trial._frame import fill
from noctiflora.trial._missing_nights import BAD, DEPTHS, MissingNights, as_bad, missing_nights
from noctiflora.trial._posterior import Posterior, Status
from noctiflora.trial._priors import Priors
from noctiflora.trial._rules import SCEPTICAL, judge, sceptical, vague
from noctiflora.trial._season_known import BELIEVED
from noctiflora.trial._series import Series
from noctiflora.trial._transform import bend
from noctiflora.trial._verdict import Verdict, Word

CLOSE = 0.895
"""Chances above this are told to one decimal, because thresholds lie there."""
NO_COST = 1.05
"""Widening of the range below which knowing the treatment cost nothing to speak of (assumed, 1.02 to 1.1)."""
ALL_THE_SAME = 0.90
"""Chance of benefit from which "does not help" says that it does something (assumed, 0.8 to 0.95)."""


def verdict(
    series: Series, priors: Priors, *, threshold: float, unit: str = "", safety_stop: str | None = None
) -> Verdict:
    """Return the verdict of a finished or looked-at trial.

    In order of precedence: *stop* (a safety rule fired, or the chance of harm is above 0.90),
    *does not help* (the chance of the useful amount is below 0.10), *helps* (the chance of benefit
    reaches `threshold` under the evidence prior and 0.90 under the sceptical prior, and both still do
    when nights missing more often with the product are taken as bad nights), *cannot tell*.

    Parameters
    ----------
    series : Series
        The nights.
    priors : Priors
        The evidence prior, with the useful amount above 0.
    threshold : float
        Chance of benefit that "helps" needs, fixed before the start; above 0.5, at most 1.
    unit : str
        Unit of the outcome, for the sentence.
    safety_stop : str or None
        The safety rule that fired, in plain words; None if none did.

    Returns
    -------
    Verdict
        ``word`` is None where an engine that the rules need did not converge; a safety stop
        does not wait for one. With fewer than two switches the word is *cannot tell* at most. Where the
        treatment was known, `cost_of_knowing` and the sentence say what that cost.

    Raises
    ------
    RangeError
        If `threshold` or the useful amount is out of range, or a prior belongs to no column.
    DesignError
        If all nights have one and the same dose.
    """
    _check(threshold, priors.useful)
    warnings = check_series(series)
    taken = replace(series, assigned=None)
    full, _ = fill(bend(taken, priors.transform).series, priors)
    evidence, doubt, open_minded = (posterior(taken, p) for p in (full, sceptical(full), vague(full)))
    told = conclude(evidence, doubt, open_minded, threshold=threshold, unit=unit, safety_stop=safety_stop)
    flat = nothing_varies(taken)
    if flat and told.word is not Word.STOP:
        return replace(told, word=None, reason=flat)
    if warnings and told.word is not Word.STOP:
        return replace(told, word=Word.CANNOT_TELL, reason=warnings[0])
    if told.word is Word.HELPS:
        told = _with_missing(told, series, full)
    hidden, unknown = _without_knowing(taken, full)
    if hidden is None or told.word is None:
        return told
    blind = posterior(hidden, unknown)
    cost = evidence.theta.sd / blind.theta.sd
    return replace(told, cost_of_knowing=cost, reason=f"{told.reason} {_cost(cost)}")


def _with_missing(told: Verdict, series: Series, priors: Priors) -> Verdict:
    """Return the verdict "helps", or *cannot tell* where it does not bear that missing nights were bad nights."""
    found = missing_nights(series)
    if not found.uneven:
        return replace(told, missing=found)

    def bears(depth: float) -> bool:
        worse = as_bad(series, depth, higher_is_better=priors.higher_is_better)
        return _still_helps(replace(worse, assigned=None), priors, told.threshold)

    tried = [d for d in DEPTHS if d > BAD] if bears(BAD) else [d for d in DEPTHS if d < BAD]
    last = None if tried[-1] > BAD else BAD
    found = replace(found, tipping=next((depth for depth in tried if not bears(depth)), last))
    told = replace(told, missing=found)
    if found.overturns:
        return replace(told, word=Word.CANNOT_TELL, reason=f"{_gone(found)} {told.reason}")
    return told


def _still_helps(series: Series, priors: Priors, threshold: float) -> bool:
    evidence, doubt = (posterior(series, p) for p in (priors, sceptical(priors)))
    return (
        _sure(evidence)
        and _sure(doubt)
        and judge(
            p_benefit=evidence.p_benefit,
            p_useful=evidence.p_useful,
            p_sceptical=doubt.p_benefit,
            threshold=threshold,
        )
        is Word.HELPS
    )


def _gone(found: MissingNights) -> str:
    return (
        f"{found.missing_with} of {found.nights_with} nights with the product are missing, without it "
        f"{found.missing_without} of {found.nights_without}: had the {found.excess} too many been bad nights, it would "
        "not count as a help. Of the nights that are there:"
    )


def _without_knowing(series: Series, priors: Priors) -> tuple[Series | None, Priors]:
    """Return series and priors as if the treatment had been hidden; no series where it was."""
    if priors.known is None and BELIEVED not in series.covariates:
        return None, priors
    columns = {name: column for name, column in series.covariates.items() if name != BELIEVED}
    told = {name: prior for name, prior in priors.coefficients.items() if name != BELIEVED}
    return replace(series, covariates=columns), replace(priors, known=None, coefficients=told)


def conclude(
    evidence: Posterior,
    doubt: Posterior,
    open_minded: Posterior,
    *,
    threshold: float,
    unit: str = "",
    safety_stop: str | None = None,
) -> Verdict:
    """Return the verdict from three analyses made before; see `verdict` for the rules.

    Parameters
    ----------
    evidence, doubt, open_minded : Posterior
        Under the evidence prior, the sceptical prior and the vague prior.
    threshold, unit, safety_stop
        As in `verdict`.

    Raises
    ------
    RangeError
        If `threshold` or the useful amount is out of range.
    """
    _check(threshold, evidence.useful)
    word: Word | None = None
    if safety_stop is not None:
        word = Word.STOP
    elif _sure(evidence) and _sure(doubt):
        word = judge(
            p_benefit=evidence.p_benefit,
            p_useful=evidence.p_useful,
            p_sceptical=doubt.p_benefit,
            threshold=threshold,
        )
    return Verdict(
        word=word,
        reason=_reason(word, evidence, doubt, threshold, unit, safety_stop),
        threshold=threshold,
        p_benefit_evidence=evidence.p_benefit if _sure(evidence) else None,
        p_useful_evidence=evidence.p_useful if _sure(evidence) else None,
        p_benefit_sceptical=doubt.p_benefit if _sure(doubt) else None,
        p_benefit_vague=open_minded.p_benefit if _sure(open_minded) else None,
    )


def _check(threshold: float, useful: float) -> None:
    if not 0.5 < threshold <= 1.0:
        raise RangeError(
            "the threshold is a chance above 0.5, at most 1", where="verdict, threshold", found=str(threshold)
        )
    if not useful > 0:
        raise RangeError(
            "a verdict needs the amount that would make it worth it",
            where="verdict, useful",
            found=f"{useful:g}",
            do="ask how much better would make it worth it",
        )


def _sure(found: Posterior) -> bool:
    return found.status is Status.CONVERGED


def _reason(
    word: Word | None, evidence: Posterior, doubt: Posterior, threshold: float, unit: str, safety_stop: str | None
) -> str:
    good, worth = of_100(evidence.p_benefit), of_100(evidence.p_useful)
    useful = f"{evidence.useful:g}{_space(unit)}"
    size = _size(evidence, unit)
    if safety_stop is not None:
        return f"A safety rule fired: {safety_stop.rstrip('.')}; stop, whatever the nights say of the effect."
    if word is None:
        return "The computation did not settle, so no verdict is given; more nights or a simpler model may help."
    if word is Word.STOP:
        return f"The chance that it makes sleep worse is {of_100(evidence.p_harm)}: stop; {size}."
    if word is Word.DOES_NOT_HELP and evidence.p_benefit >= ALL_THE_SAME:
        return (
            f"It does something, but less than you called worth it: the chance of any benefit is {good}, that of "
            f"{useful} or more {_only(worth)}; {size}."
        )
    if word is Word.DOES_NOT_HELP:
        return f"The chance that it brings the {useful} you called worth it is {_only(worth)}; {size}."
    if word is Word.HELPS:
        return (
            f"The chance that it does you good is {good} ({of_100(threshold)} was asked for), and "
            f"{of_100(doubt.p_benefit)} even when the trials of others are set aside; {size}, and the chance of the "
            f"{useful} you called worth it is {worth}."
        )
    return f"{_lack(evidence, doubt, threshold)}; {size}, and the chance of {useful} or more is {worth}."


def _only(chance: str) -> str:
    return chance if chance.startswith("less") else f"only {chance}"


def _lack(evidence: Posterior, doubt: Posterior, threshold: float) -> str:
    good = of_100(evidence.p_benefit)
    if evidence.p_benefit >= threshold:
        return (
            f"The chance that it does you good is {good} with the trials of others counted in, but your own nights "
            f"alone leave {of_100(doubt.p_benefit)}, below the {of_100(SCEPTICAL)} asked for"
        )
    return (
        f"The chance that it does you good is {good}, below the {of_100(threshold)} asked for, "
        "and a useful benefit is not ruled out"
    )


def _size(found: Posterior, unit: str) -> str:
    sign = 1.0 if found.higher_is_better else -1.0
    ends = sorted(sign * found.theta.q[level] for level in (0.05, 0.95))
    return (
        f"the benefit at full exposure is about {sign * found.theta.q[0.5]:.2g}{_space(unit)}, "
        f"probably between {ends[0]:.2g} and {ends[1]:.2g} (90 of 100)"
    )


def _cost(times: float) -> str:
    if times < NO_COST:
        return "You knew what you took; allowing for that hardly widens the range."
    return (
        f"You knew what you took: belief alone can move the nights, and allowing for that makes the range {times:.1f} "
        "times as wide as hidden capsules would have left it."
    )


def _space(unit: str) -> str:
    return f" {unit}" if unit else ""


def of_100(chance: float) -> str:
    """Return a chance as so many of 100; never 0 or 100, which no finite number of nights can tell.

    Where a half matters, as in a threshold of 0.975, one decimal is kept.

    Examples
    --------
    >>> of_100(0.3), of_100(0.975), of_100(0.999)
    ('30 of 100', '97.5 of 100', 'more than 99 of 100')
    """
    if chance < 0.01:
        return "less than 1 of 100"
    if chance > 0.99:
        return "more than 99 of 100"
    return f"{100 * chance:.1f}".removesuffix(".0") + " of 100" if chance > CLOSE else f"{100 * chance:.0f} of 100"
