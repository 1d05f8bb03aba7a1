"""The secondary outcomes of a season, and the circumstances that every analysis of it allows for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.actions._trial_nights import as_array
from noctiflora.actions._trial_record import TrialRecord
from noctiflora.core import Normal, Predictive
from noctiflora.trial import (
    Circumstances,
    Measured,
    Posterior,
    Priors,
    Secondary,
    Series,
    Verdict,
    belief_of,
    believing,
    bend,
    choose_circumstances,
    joint_verdict,
    posterior,
    priors_for,
    shared_noise,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondaryResult:
    """What the secondary outcomes say beside the verdict, which they do not move.

    Parameters
    ----------
    shrunk : mapping of str to Secondary
        By outcome, in the order of the plan.
    alone : mapping of str to Posterior
        Each by itself, under a prior of no effect as wide as its run-in SD.
    correlation : mapping of str to mapping of str to float
        How much of its nightly noise each shares with the others, in the better direction.
    left_out : tuple of str
        Those whose engine did not settle, or which told nothing.
    """

    shrunk: Mapping[str, Secondary]
    alone: Mapping[str, Posterior]
    correlation: Mapping[str, Mapping[str, float]]
    left_out: tuple[str, ...]


def secondary_result(record: TrialRecord, nights: Series, verdict: Verdict) -> SecondaryResult:
    """Return the secondary outcomes, shrunk together with the noise they share.

    Parameters
    ----------
    record : TrialRecord
        A locked season.
    nights : Series
        Its nights with the primary outcome.
    verdict : Verdict
        Of the primary outcome.
    """
    plan, frozen = record.plan, record.frozen
    kept = [
        (one, replace(nights, y=as_array(values[plan.run_in_nights :][: nights.n_nights]), where=one.outcome.label))
        for one, values in zip(plan.secondaries, frozen.secondaries if frozen else (), strict=False)
    ]
    with_value = [(one, series) for one, series in kept if not np.all(np.isnan(series.y))]
    priors = [_priors(record, one) for one, _ in with_value]
    names = [one.outcome.value for one, _ in with_value]
    alone = {name: posterior(series, prior) for name, (_, series), prior in zip(names, with_value, priors, strict=True)}
    shared = shared_noise(
        [
            (bend(series, prior.transform).series, 1.0 if prior.higher_is_better else -1.0)
            for (_, series), prior in zip(with_value, priors, strict=True)
        ]
    )
    sds = {one.outcome.value: one.run_in_sd for one, _ in with_value}
    found = joint_verdict(verdict, alone, sds, shared)
    silent = tuple(one.outcome.value for one, _ in kept if one.outcome.value not in names)
    return SecondaryResult(
        shrunk=found.secondaries,
        alone=alone,
        correlation={
            name: {other: float(shared[i, j]) for j, other in enumerate(names) if j != i}
            for i, name in enumerate(names)
        },
        left_out=(*found.left_out, *silent),
    )


def season_circumstances(record: TrialRecord, last: int) -> Circumstances:
    """Return which circumstances enter the analysis of nights 1 to `last`."""
    frozen, plan = record.frozen, record.plan
    if frozen is None:
        return choose_circumstances({}, np.zeros(last, dtype=bool))
    span = slice(plan.run_in_nights, plan.run_in_nights + last)
    logged = {item: as_array(values[span]) for item, values in frozen.circumstances.items()}
    return choose_circumstances(logged, ~np.isnan(as_array(frozen.values[span])))


def _priors(record: TrialRecord, one: Measured) -> Priors:
    """Return the priors of a secondary outcome: no effect, as wide as its nights differ; belief where it was known."""
    outcome = one.outcome
    nothing = Predictive(
        subject="secondary outcome",
        outcome=outcome.value,
        unit=outcome.unit,
        higher_is_better=outcome.higher_is_better,
        parts=(Normal(weight=1.0, mean=0.0, sd=one.run_in_sd),),
        sources=(),
    )
    priors = priors_for(outcome, nothing, run_in_mean=one.run_in_mean, run_in_sd=one.run_in_sd, weight=1.0)
    if record.plan.blinded:
        return priors
    return believing(priors, belief_of(outcome, one.instrument), one.run_in_sd)
