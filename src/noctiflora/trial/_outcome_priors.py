"""The priors of a trial about one of our outcomes, with the figures they rest on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from noctiflora.core import Outcome, Predictive, RangeError, Source, UnitError
from noctiflora.trial import _defaults as defaults
from noctiflora.trial._priors import Prior, Priors
from noctiflora.trial._transform import CEILING


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its source, in the unit of its outcome."""

    value: float
    source: Source


def _assumed(value: float, note: str) -> Figure:
    return Figure(value=value, source=Source(ref="assumed", note=note))


_CARDIA = Source(ref="PMID 17580601", note="within-person daily SD, wrist actigraphy, n = 669")
_WEEKS = Source(
    ref="https://github.com/shaun-park/sleeps_intervention",
    note="42 young adults with insomnia symptoms, wearable; SD of a week's mean times the root of 7, own calculation",
)
_LIGHT = Source(
    ref="https://github.com/tscnlab/cyepi-data-share",
    note="26 adults, diary quality 1 to 5 stretched to 0 to 10, own calculation; probably too small",
)

WITHIN_SD: Mapping[Outcome, Figure] = MappingProxyType(
    {
        Outcome.EFFICIENCY: Figure(value=8.4, source=_CARDIA),
        Outcome.LATENCY: Figure(value=30.7, source=_CARDIA),
        Outcome.WASO: Figure(value=32.8, source=_WEEKS),
        Outcome.TOTAL_SLEEP: Figure(value=75.6, source=_CARDIA),
        Outcome.RATING: Figure(value=1.95, source=_LIGHT),
    }
)
"""Within-person night-to-night SD, used until the person's own run-in tells."""

_ASKED = "the person is asked before the start; half to twice as much is shown as sensitivity"

USEFUL: Mapping[Outcome, Figure] = MappingProxyType(
    {
        Outcome.EFFICIENCY: _assumed(2.0, f"points; {_ASKED}"),
        Outcome.LATENCY: _assumed(5.0, f"min; {_ASKED}"),
        Outcome.WASO: _assumed(8.0, f"min; {_ASKED}"),
        Outcome.TOTAL_SLEEP: _assumed(15.0, f"min; {_ASKED}"),
        Outcome.RATING: _assumed(0.5, f"points of 10; {_ASKED}"),
    }
)
"""The amount taken as worth it when the person names none."""

_AASM = Source(ref="10.5664/jcsm.8988", note="table 3; set for differences between groups, not for one person")

IMPORTANT: Mapping[Outcome, Figure] = MappingProxyType(
    {
        Outcome.EFFICIENCY: Figure(value=10.0, source=_AASM),
        Outcome.LATENCY: Figure(value=20.0, source=_AASM),
        Outcome.WASO: Figure(value=20.0, source=_AASM),
        Outcome.TOTAL_SLEEP: Figure(value=15.0, source=_AASM),
    }
)
"""What a guideline panel (AASM 2021) calls important between groups; none in points of the rating."""


def priors_for(
    outcome: Outcome,
    predictive: Predictive,
    *,
    useful: float | None = None,
    run_in_mean: float | None = None,
    run_in_sd: float | None = None,
    weight: float = defaults.INFORMATIVE_WEIGHT,
) -> Priors:
    """Return the priors of a trial of `outcome` that starts from the evidence.

    The effect's prior is ``weight`` of the predictive for a new person and, for the rest,
    N(0, s_v^2) with s_v one within-person SD: evidence that does not fit the person is let go.
    Latency and time awake are analysed as logarithms, an efficiency whose run-in mean is above 92 %
    as a logit; the priors stay in natural units, at the person's own mean.

    Parameters
    ----------
    outcome : Outcome
        What is measured each night.
    predictive : Predictive
        Effect to expect in a new person, in the outcome's unit.
    useful : float or None
        Amount called worth it, > 0; None takes `USEFUL`.
    run_in_mean, run_in_sd : float or None
        The person's own level and night-to-night SD before the start; they set the scale and
        are never part of the contrast. None takes the median of the nights and `WITHIN_SD`.
    weight : float
        Weight of the evidence, 0 to 1.

    Raises
    ------
    UnitError
        If the predictive is about another outcome, unit or direction.
    RangeError
        If a number is out of range.

    References
    ----------
    .. [1] Schmidli et al. 2014, doi:10.1111/biom.12242
    """
    told = (predictive.outcome, predictive.unit, predictive.higher_is_better)
    if told != (outcome.value, outcome.unit, outcome.higher_is_better):
        raise UnitError(
            "this prediction is not about the outcome of the trial",
            where="priors_for, predictive",
            found=f"{predictive.outcome} in {predictive.unit}",
            do=f"give the effect on {outcome.value} in {outcome.unit}",
        )
    reference = WITHIN_SD[outcome].value
    spread = reference if run_in_sd is None else run_in_sd
    if not 0 < spread < math.inf:
        raise RangeError("the night-to-night SD must be above 0", where="priors_for, run_in_sd", found=str(spread))
    amount = USEFUL[outcome].value if useful is None else useful
    if not amount > 0:
        raise RangeError("the useful amount must be above 0", where="priors_for, useful", found=str(amount))
    coefficients = {"trend": Prior(mean=0.0, sd=defaults.TREND_SD * reference)}
    if run_in_mean is not None:
        coefficients["mu"] = Prior(mean=run_in_mean, sd=defaults.MU_SD * reference)
    return Priors(
        coefficients=coefficients,
        theta=predictive.parts,
        weight=weight,
        vague_sd=spread,
        hyper={
            **defaults.HYPER_PRIORS,
            "log_sigma": Prior(mean=math.log(spread), sd=defaults.LOG_SIGMA_SD),
        },
        useful=amount,
        higher_is_better=outcome.higher_is_better,
        where=f"priors of {outcome.label}",
        transform=_transform(outcome, run_in_mean),
    )


def _transform(outcome: Outcome, run_in_mean: float | None) -> str:
    """Return the scale of the analysis: minutes awake are skewed, and a high efficiency is pressed to its ceiling."""
    if outcome in (Outcome.LATENCY, Outcome.WASO):
        return "log"
    if outcome is Outcome.EFFICIENCY and run_in_mean is not None and run_in_mean > CEILING:
        return "logit"
    return "none"
