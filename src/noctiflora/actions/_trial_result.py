"""What the nights of a season say: the analyses behind its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.actions._result import expected_effect, weekend
from noctiflora.actions._trial_nights import as_array
from noctiflora.actions._trial_record import TrialRecord, arms_of
from noctiflora.actions._trial_secondary import SecondaryResult, season_circumstances, secondary_result
from noctiflora.core import Instrument, Outcome, Predictive
from noctiflora.trial import (
    BELIEVED,
    Arm,
    BlindingIndex,
    Circumstances,
    EarlyEffect,
    EntryKind,
    Guess,
    Plan,
    Posterior,
    Prior,
    Priors,
    Series,
    Severity,
    Status,
    Verdict,
    belief_of,
    believing,
    blinding_index,
    design,
    design_threshold,
    doses_taken,
    effect_after,
    guesses_made,
    learn_noise,
    posterior,
    priors_for,
    safety_alarm,
    sceptical,
    vague,
    verdict,
)

SIMULATED = 1000
"""Trials simulated in each world for the threshold; its error rate is known to about 0.7 in 100."""
DROPPED_NIGHTS = 7
"""Nights left out at the start of each bottle in the version without carry-over (assumed, 3 to 14)."""
KINETICS = (-1.2816, 0.0, 1.2816)
"""Places, in prior SDs, of the fixed kinetics: the 10, 50 and 90 % points of the priors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonResult:
    """What one season says.

    Parameters
    ----------
    expected : Predictive
        What trials led one to expect.
    priors : Priors
        The evidence prior.
    series : Series
        The nights of the trial.
    evidence, sceptical, vague : Posterior
        Dose as taken, under three priors.
    assigned, dropped : Posterior
        Dose as planned; the first nights of each bottle left out.
    by_kinetics : mapping of str to Posterior
        With onset and wash-out fixed: fast, middling, slow.
    after_28 : EarlyEffect
        After 28 nights of full dose.
    blinding : tuple of BlindingIndex
        From the guesses; empty where the order was known.
    verdict : Verdict
        The word with its reason.
    doses_taken, doses_planned : int
        Days on which something was due; on how many of these at least half of it was taken.
    guesses_right, guesses : int
        Of the bottles guessed.
    circumstances : Circumstances
        Which logged circumstances entered every analysis, and why others did not.
    secondary : SecondaryResult
        The secondary outcomes beside the verdict.
    """

    expected: Predictive
    priors: Priors
    series: Series
    evidence: Posterior
    sceptical: Posterior
    vague: Posterior
    assigned: Posterior
    dropped: Posterior
    by_kinetics: Mapping[str, Posterior]
    after_28: EarlyEffect
    blinding: tuple[BlindingIndex, ...]
    verdict: Verdict
    doses_taken: int
    doses_planned: int
    guesses_right: int
    guesses: int
    circumstances: Circumstances
    secondary: SecondaryResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """The threshold of "helps", and how often simulated trials of the design end in which way, as shares."""

    threshold: float
    told: Mapping[str, float]


def season_result(record: TrialRecord) -> SeasonResult:
    """Return what a locked season says; the same record gives the same answer.

    Raises
    ------
    DesignError
        If the season ended before both arms were tried, or no night has a value.
    """
    plan, arms = record.trial_plan(), arms_of(record)
    expected = replace(expected_effect(plan), parts=record.plan.expected)
    priors = season_priors(record, expected)
    nights = season_series(record, arms)
    evidence, doubt, open_minded = (posterior(nights, p) for p in (priors, sceptical(priors), vague(priors)))
    alarm = alarm_of(record, nights.y) or severe_effect(record)
    said = guesses_made(record.entries, record.plan)
    meant = {Arm.PRODUCT: Guess.PRODUCT, Arm.COMPARATOR: Guess.COMPARATOR}
    taken, planned = adherence(record, arms)
    word = verdict(nights, priors, threshold=plan.threshold, unit=plan.outcome.unit, safety_stop=alarm)
    return SeasonResult(
        expected=expected,
        priors=priors,
        series=nights,
        evidence=evidence,
        sceptical=doubt,
        vague=open_minded,
        assigned=posterior(season_series(record, arms, assigned=True), priors),
        dropped=posterior(_without_first(record, nights), priors),
        by_kinetics={name: posterior(nights, _fixed(priors, at)) for name, at in _named_kinetics()},
        after_28=effect_after(nights, priors),
        blinding=blinding_index(arms, said) if record.plan.blinded else (),
        verdict=word,
        doses_taken=taken,
        doses_planned=planned,
        guesses_right=sum(said[i] is meant[arms[i]] for i in said),
        guesses=len(said),
        circumstances=season_circumstances(record, nights.n_nights),
        secondary=secondary_result(record, nights, word),
    )


def season_priors(record: TrialRecord, expected: Predictive) -> Priors:
    """Return the priors of a season: the evidence, the person's own run-in, and belief where the order was known."""
    plan = record.plan
    priors = priors_for(
        plan.outcome, expected, useful=plan.useful, run_in_mean=plan.run_in_mean, run_in_sd=plan.run_in_sd
    )
    return priors if plan.blinded else believing(priors, belief_of(plan.outcome, plan.instrument), plan.run_in_sd)


def season_series(
    record: TrialRecord, arms: tuple[Arm, ...], *, assigned: bool = False, last: int | None = None
) -> Series:
    """Return the nights of a season up to the last that counts.

    The dose is what was logged, times what the bottle held; a night that was not logged counts as
    planned, and with `assigned` every night does.
    """
    plan, frozen = record.plan, record.frozen
    end = last or (frozen.last if frozen else plan.n_nights)
    planned = plan.schedule(arms).dose[plan.run_in_nights :][:end]
    log = {} if assigned else doses_taken(record.entries)
    share = np.array([log.get(n, 1.0) for n in range(1, end + 1)])
    values = frozen.values[plan.run_in_nights :][:end] if frozen else (None,) * end
    dates = tuple(plan.date_of(n) for n in range(1, end + 1))
    covariates = {"weekend": weekend(dates)}
    if frozen and any(frozen.other_device[plan.run_in_nights :][:end]):
        covariates["device"] = np.array(frozen.other_device[plan.run_in_nights :][:end], dtype=np.float64)
    covariates |= season_circumstances(record, end).used
    if not plan.blinded:
        covariates[BELIEVED] = np.where(share > 0, planned, 0.0)
    return Series(
        nights=np.arange(1, end + 1),
        y=as_array(values),
        dose=planned * share,
        covariates=covariates,
        dates=dates,
        where=plan.option_name,
    )


def alarm_of(record: TrialRecord, y: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str | None:
    """Return what the safety rule says of these nights, in plain words; None where it did not fire."""
    before = as_array(record.run_in)
    better = record.plan.outcome.higher_is_better
    found = safety_alarm(before, y, limit=record.plan.safety_limit, higher_is_better=better)
    if found is None:
        return None
    return (
        f"in the week that ended on {record.plan.date_of(found.night)} your {record.plan.outcome.label} was clearly "
        "worse than before the trial"
    )


def severe_effect(record: TrialRecord) -> str | None:
    """Return the first severe unwanted effect that was told of, or None."""
    found = [e for e in record.entries if e.kind is EntryKind.ADVERSE and e.value == Severity.SEVERE]
    return f"a severe unwanted effect was told of on {record.plan.date_of(found[0].night)}" if found else None


def adherence(record: TrialRecord, arms: tuple[Arm, ...] | None, *, last: int | None = None) -> tuple[int, int]:
    """Return on how many nights at least half of the dose was logged, and on how many something was due.

    A blinded bottle is due every night, so neither number tells of the order.
    """
    plan = record.plan
    end = last if last is not None else (record.frozen.last if record.frozen else plan.n_nights)
    log = doses_taken(record.entries)
    due = range(1, end + 1)
    if not plan.blinded and arms is not None:
        due_nights = [n for n in due if arms[plan.bottle_of(n)] is Arm.PRODUCT]
    else:
        due_nights = list(due)
    return sum(log.get(n, 0.0) >= 0.5 for n in due_nights), len(due_nights)


def plan_threshold(
    shape: Plan, outcome: Outcome, instrument: Instrument, before: Series, priors: Priors, *, blinded: bool
) -> Foreseen:
    """Return what can be told of a design before its start: over possible orders, not for the one drawn.

    Parameters
    ----------
    shape : Plan
        The design with its looks.
    outcome, instrument : Outcome, Instrument
        What is measured.
    before : Series
        The run-in, which tells the noise.
    priors : Priors
        The evidence prior of a blinded trial.
    blinded : bool
        Whether the order is sealed; else what belief does by itself is drawn too.
    """
    spread = float(np.nanstd(before.y, ddof=1))
    known = None if blinded else believing(priors, belief_of(outcome, instrument), spread).coefficients[BELIEVED]
    noise = learn_noise(before, priors)
    least = design_threshold(shape, priors, noise, n=SIMULATED, known=known).c
    told = design(priors, noise, plans=(shape,), least=0.0, n=SIMULATED, known=known, blinded=blinded).best.score
    words = {word.value: share for word, share in told.words.items()}
    return Foreseen(threshold=least, told={"right": told.right, "wrong": told.wrong, **words})


def _without_first(record: TrialRecord, nights: Series) -> Series:
    """Return the nights with the first of each bottle left out, but for at most half of a bottle."""
    length = record.plan.bottle_nights
    place = (nights.nights - 1) % length
    return replace(nights, y=np.where(place < min(DROPPED_NIGHTS, length // 2), np.nan, nights.y))


def _named_kinetics() -> tuple[tuple[str, float], ...]:
    return tuple(zip(("fast", "middling", "slow"), KINETICS, strict=True))


def _fixed(priors: Priors, at: float) -> Priors:
    """Return the priors with onset and wash-out fixed at a place of their priors, in SDs."""
    hyper = dict(priors.hyper)
    for name in ("log_tau_on", "log_tau_off"):
        hyper[name] = Prior(mean=hyper[name].mean + at * hyper[name].sd, sd=0.0)
    return replace(priors, hyper=hyper)


def settled(found: Posterior) -> bool:
    """Return whether the engine vouches for an answer."""
    return found.status is Status.CONVERGED
