"""What a new person may expect from a product on a nightly outcome."""

from noctiflora.core import Instrument, Outcome, Predictive
from noctiflora.evidence._estimate import expect
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._find import find_product
from noctiflora.evidence._pool import pool
from noctiflora.evidence._pooled_term import spread_source
from noctiflora.evidence._settings import PoolSettings
from noctiflora.evidence._transfer import Transfer, carry, spread_between, usual_transfer

TOO_UNLIKELY = 0.10  # below this chance of the useful amount the designer says so before the start (trial model)


def predictive(
    evidence: Evidence,
    strain: str | None,
    outcome: Outcome,
    instrument: Instrument,
    *,
    settings: PoolSettings | None = None,
    transfer: Transfer | None = None,
) -> Predictive:
    """Return the effect on a nightly outcome in a new person: the informative prior of a personal trial.

    effect = SMD x SD_b(outcome, instrument) x c, a mixture of normals. The sign is the outcome's own: a
    shorter time to fall asleep is negative.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    strain : str or None
        Product by any of its names; None for an untested strain.
    outcome, instrument : Outcome, Instrument
        What is measured each night, and by what.
    settings : PoolSettings, optional
        Choices of the pooling.
    transfer : Transfer, optional
        How much of the effect shows in this outcome; the documented assumption by default.

    Raises
    ------
    RangeError
        If no product of that name is known.
    NotPoolable
        If no spread between people is known for the outcome.

    References
    ----------
    .. [1] PMC4513738 (SD_b in people with insomnia)

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> e = predictive(load(), None, Outcome.EFFICIENCY, Instrument.DIARY)
    >>> round(e.mean, 2), round(e.sd, 2), round(e.p_better_than(2), 2)
    (1.68, 2.27, 0.39)
    """
    settings = settings or PoolSettings()
    pooled = pool(evidence, settings)
    key = pooled.untested.key if strain is None else find_product(evidence, strain)
    result = pooled.untested if strain is None else pooled.of(key)
    spread, spread_sources = spread_between(evidence, outcome, instrument)
    transfer = transfer or usual_transfer(outcome, instrument)
    person = spread_source(evidence, key.name, settings.omega_person_scale)
    sources = (*pooled.population.sources, *result.sources, *spread_sources, transfer.source, person)
    return carry(
        expect(key.label, result.effect),
        outcome,
        spread=spread,
        transfer=transfer,
        sources=tuple(dict.fromkeys(sources)),
    )


def useful_is_unlikely(effect: Predictive, useful: float) -> bool:
    """Return whether P(effect > useful) < 0.10 under the informative part alone, before any night is measured.

    Parameters
    ----------
    effect : Predictive
        From `predictive`; the robust part of the trial's prior must not be in it.
    useful : float
        Smallest amount the person calls worth it, in the outcome's unit, positive.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> e = predictive(load(), None, Outcome.EFFICIENCY, Instrument.WEARABLE)
    >>> useful_is_unlikely(e, 2.0)
    True
    """
    return effect.p_better_than(useful) < TOO_UNLIKELY
