"""Carrying an effect on questionnaires over to a nightly outcome."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from noctiflora.core import Instrument, Normal, NotPoolable, Outcome, Predictive, RangeError, Source
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._merge import merge

TRANSFER_NODES = 8
PARTS_SMD = 8
PARTS = 24
"""Normals kept on either side of the carrying; the chance of any amount changes by less than 0.002."""
RATING_STRETCH = 10 / 4  # a rating of 1 to 5 stretched to 0 to 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """How much of an effect on questionnaires shows in a nightly outcome: c ~ N(mean, sd^2), cut at 0.

    Parameters
    ----------
    mean, sd : float
        Of c before it is cut; sd 0 fixes c.
    source : Source
        Why.
    """

    mean: float
    sd: float
    source: Source


FULL = Transfer(
    mean=1.0,
    sd=0.0,
    source=Source(ref="assumed", note="the effect shows in full (c = 1), as on the questionnaires themselves"),
)
DIARY = Transfer(
    mean=0.75,
    sd=0.25,
    source=Source(ref="assumed", note="c ~ N(0.75, 0.25^2) above 0 for diaries; 0.26 to 1.24; other scales are null"),
)
DEVICE = Transfer(
    mean=0.5,
    sd=0.25,
    source=Source(
        ref="assumed", note="c ~ N(0.5, 0.25^2) above 0 for devices; 0.05 to 0.99; pooled effects null or small"
    ),
)


class Link(StrEnum):
    """The scale on which a trial analyses an outcome."""

    LOG = "log(y + 1)"
    LOGIT = "logit of a percentage"


def usual_transfer(outcome: Outcome, instrument: Instrument) -> Transfer:
    """Return the assumed transfer of an outcome: full for the rating, less for a diary, least for a device."""
    if outcome is Outcome.RATING:
        return FULL
    return DIARY if instrument is Instrument.DIARY else DEVICE


def spread_between(evidence: Evidence, outcome: Outcome, instrument: Instrument) -> tuple[float, tuple[Source, ...]]:
    """Return SD_b of a nightly outcome, in its unit, with the source.

    Raises
    ------
    NotPoolable
        If the norms hold no spread for it.

    Examples
    --------
    >>> from noctiflora.core import Instrument, Outcome
    >>> from noctiflora.evidence import load
    >>> spread_between(load(), Outcome.EFFICIENCY, Instrument.DIARY)[0]
    11.41
    """
    for row in evidence.norms:
        if row.outcome is outcome and row.reference_for is instrument and row.between_sd is not None:
            stretch = RATING_STRETCH if outcome is Outcome.RATING else 1.0
            return row.between_sd * stretch, row.sources
    raise NotPoolable(
        f"no spread between people is known for {outcome.label} by {instrument.value}",
        where="norms.csv",
        do="choose another outcome or the diary",
    )


def carry(
    smd: Predictive, outcome: Outcome, *, spread: float, transfer: Transfer, sources: tuple[Source, ...]
) -> Predictive:
    """Return the effect in the outcome's own unit: SMD x SD_b x c, with the sign of the outcome.

    Parameters
    ----------
    smd : Predictive
        Effect in a new person, SMD, negative = better.
    outcome : Outcome
        Nightly outcome.
    spread : float
        SD_b in the outcome's unit.
    transfer : Transfer
        Distribution of c, integrated as a mixture.
    sources : tuple of Source
        Sources of the result.
    """
    sign = -1.0 if outcome.higher_is_better else 1.0
    c, weight = _nodes(transfer)
    parts = tuple(
        Normal(weight=p.weight * w, mean=sign * p.mean * spread * x, sd=p.sd * spread * x)
        for p in merge(smd.parts, PARTS_SMD)
        for x, w in zip(c, weight, strict=True)
    )
    parts = merge(parts, PARTS)
    total = sum(p.weight for p in parts)
    return Predictive(
        subject=smd.subject,
        outcome=outcome.value,
        unit=outcome.unit,
        higher_is_better=outcome.higher_is_better,
        parts=tuple(Normal(weight=p.weight / total, mean=p.mean, sd=p.sd) for p in parts),
        sources=sources,
    )


def on_link(effect: Predictive, link: Link, run_in_mean: float) -> Predictive:
    """Return the effect on a log or logit scale, by the delta rule at the person's own run-in mean.

    Parameters
    ----------
    effect : Predictive
        In minutes (log) or points of per cent (logit).
    link : Link
        Scale of the analysis.
    run_in_mean : float
        Mean m of the run-in nights. log(y + 1): divided by m + 1 min; logit: divided by m (100 - m) / 100.

    Raises
    ------
    RangeError
        If `run_in_mean` is negative, or not between 0 and 100 for the logit.

    Examples
    --------
    >>> from noctiflora.core import Normal, Predictive
    >>> e = Predictive(subject="x", outcome="latency", unit="min", higher_is_better=False,
    ...                parts=(Normal(weight=1.0, mean=-4.0, sd=2.0),), sources=())
    >>> on_link(e, Link.LOG, 39.0).mean
    -0.1
    """
    m = run_in_mean
    possible = math.isfinite(m) and (m >= 0 if link is Link.LOG else 0 < m < 100)
    if not possible:
        raise RangeError("this run-in mean is not possible on that scale", where="run_in_mean", found=str(m))
    slope = 1 / (m + 1) if link is Link.LOG else 100 / (m * (100 - m))
    return Predictive(
        subject=effect.subject,
        outcome=effect.outcome,
        unit=link.value,
        higher_is_better=effect.higher_is_better,
        parts=tuple(Normal(weight=p.weight, mean=p.mean * slope, sd=p.sd * slope) for p in effect.parts),
        sources=effect.sources,
    )


def _nodes(transfer: Transfer) -> tuple[list[float], list[float]]:
    """Return nodes and weights of c by Gauss-Legendre on the positive part of mean +- 4 sd."""
    if transfer.sd == 0:
        return [transfer.mean], [1.0]
    low, high = max(0.0, transfer.mean - 4 * transfer.sd), transfer.mean + 4 * transfer.sd
    x, w = np.polynomial.legendre.leggauss(TRANSFER_NODES)
    c = low + (high - low) * (x + 1) / 2
    weight = w * np.exp(-0.5 * ((c - transfer.mean) / transfer.sd) ** 2)
    return c.tolist(), (weight / weight.sum()).tolist()
