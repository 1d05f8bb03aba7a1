"""How many of 100 people would gain or lose an amount, with the range that the mean effect leaves open."""

import math
from dataclasses import dataclass

from noctiflora.core import Instrument, Normal, Outcome, Predictive
from noctiflora.evidence._estimate import expect
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._find import find_product
from noctiflora.evidence._pool import pool
from noctiflora.evidence._pooled import Estimate
from noctiflora.evidence._settings import PoolSettings
from noctiflora.evidence._transfer import carry, spread_between, usual_transfer

Z90 = 1.6448536269514722  # ends of the middle 90 of 100 of a normal
LEAST_SD = 0.02  # SMD; people are never taken to be all alike (assumed; 0.01 to 0.05 changes no count by more than 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of people between 0 and 1: as few as `low`, `centre` at best guess, perhaps up to `high`."""

    low: float
    centre: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Shares of people who would gain the amount, and who would sleep worse by it."""

    gain: Share
    loss: Share


def chance_range(
    evidence: Evidence,
    strain: str | None,
    outcome: Outcome,
    instrument: Instrument,
    amount: float,
    *,
    settings: PoolSettings | None = None,
) -> Chances:
    """Return the shares of new people for whom a product does at least `amount` of good or of harm.

    The centre is the share under `predictive`. Its ends take the product's mean effect at the ends of its middle 90 of
    100 and keep the spread between people and trials as it is; what is unknown of that spread stays averaged, so the
    true range is somewhat wider.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    strain : str or None
        Product by any of its names; None for an untested strain.
    outcome, instrument : Outcome, Instrument
        What is measured each night, and by what.
    amount : float
        In the outcome's unit, above 0.
    settings : PoolSettings, optional
        Choices of the pooling.

    Raises
    ------
    RangeError
        If no product of that name is known.
    NotPoolable
        If no spread between people is known for the outcome.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> found = chance_range(load(), "1714", Outcome.EFFICIENCY, Instrument.DIARY, 3.0)
    >>> found.gain.low < found.gain.centre < found.gain.high < 1
    True
    """
    pooled = pool(evidence, settings or PoolSettings())
    effect = (pooled.untested if strain is None else pooled.of(find_product(evidence, strain))).effect
    spread, _ = spread_between(evidence, outcome, instrument)
    transfer = usual_transfer(outcome, instrument)

    def carried(smd: Predictive) -> Predictive:
        return carry(smd, outcome, spread=spread, transfer=transfer, sources=())

    middle = carried(expect("", effect))
    better, worse = (carried(_at(effect, effect.mean + side * Z90 * effect.sd)) for side in (-1.0, 1.0))
    return Chances(
        gain=_share(*(one.p_better_than(amount) for one in (worse, middle, better))),
        loss=_share(*(1 - one.p_better_than(-amount) for one in (better, middle, worse))),
    )


def _share(low: float, centre: float, high: float) -> Share:
    return Share(low=min(low, centre), centre=centre, high=max(high, centre))


def _at(effect: Estimate, mean: float) -> Predictive:
    """Return the effect in a new person, were the mean effect known."""
    parts = tuple(
        Normal(weight=p.weight, mean=mean, sd=max(math.sqrt(max(p.sd**2 - effect.sd**2, 0.0)), LEAST_SD))
        for p in effect.parts
    )
    return Predictive(subject="", outcome="psqi_smd", unit="SMD", higher_is_better=False, parts=parts, sources=())
