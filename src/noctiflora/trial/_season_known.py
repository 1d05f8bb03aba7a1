"""What knowing the treatment does by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from noctiflora.core import Instrument, Outcome, Source
from noctiflora.trial._priors import Prior, Priors

BELIEVED = "believed"
"""Name of the covariate: 1 on nights before which something believed active was taken."""
LEAST_SD = 0.1
"""Narrowest prior of what belief does, in run-in SDs (model text, section 3)."""

_PLACEBO = Source(ref="PMID 28554719", note="placebo believed active against no treatment, Hedges g, as perceived")


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What belief does in the direction of benefit, in run-in SDs: N(mean, sd^2)."""

    mean: float
    sd: float
    source: Source


def _assumed(mean: float, sd: float, note: str) -> Belief:
    return Belief(mean=mean, sd=sd, source=Source(ref="assumed", note=note))


PERCEIVED: Mapping[Outcome, Belief] = MappingProxyType(
    {
        Outcome.LATENCY: Belief(mean=0.27, sd=0.27, source=_PLACEBO),
        Outcome.TOTAL_SLEEP: Belief(mean=0.32, sd=0.32, source=_PLACEBO),
        Outcome.RATING: Belief(mean=0.58, sd=0.58, source=_PLACEBO),
        Outcome.EFFICIENCY: _assumed(0.32, 0.32, "no figure was found; as for total sleep, 0.27 to 0.58"),
        Outcome.WASO: _assumed(0.27, 0.27, "no figure was found; as for time to fall asleep, 0.2 to 0.58"),
    }
)
"""On diary outcomes; the spread equals the mean. One SD between people is taken as one run-in SD (assumed)."""
MEASURED = _assumed(0.0, 0.3, "no effect of belief on measured latency (PMID 28554719); other measures unknown")


def belief_of(outcome: Outcome, instrument: Instrument) -> Belief:
    """Return what belief does to an outcome as one instrument measures it.

    References
    ----------
    .. [1] doi:10.1016/j.smrv.2017.03.006 (PMID 28554719)

    Examples
    --------
    >>> belief_of(Outcome.RATING, Instrument.DIARY).mean
    0.58
    """
    return PERCEIVED[outcome] if instrument is Instrument.DIARY else MEASURED


def believing(priors: Priors, belief: Belief, run_in_sd: float) -> Priors:
    """Return the priors with the effect of belief beside that of the product.

    Parameters
    ----------
    priors : Priors
        Of a blinded trial.
    belief : Belief
        See `belief_of`.
    run_in_sd : float
        Night-to-night SD, units of the outcome, > 0.
    """
    sign = 1.0 if priors.higher_is_better else -1.0
    prior = Prior(mean=sign * belief.mean * run_in_sd, sd=max(belief.sd, LEAST_SD) * run_in_sd)
    return replace(priors, coefficients={**priors.coefficients, BELIEVED: prior})
