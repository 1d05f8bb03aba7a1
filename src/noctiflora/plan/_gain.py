"""The range in which a person's own gain is expected to lie."""

from dataclasses import dataclass

from noctiflora.core import Predictive, RangeError

LEVEL = 0.90
"""The one level of every range shown: 90 of 100."""
_STEPS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Expected gain, the better direction positive.

    Parameters
    ----------
    middle : float
        Mean, in `unit`.
    low, high : float
        Ends of the range that holds the gain with the asked probability, as much above as below.
    unit : str
        Unit of all three.
    """

    middle: float
    low: float
    high: float
    unit: str


def gain(effect: Predictive, *, level: float = LEVEL) -> Gain:
    """Return the expected gain of a new person with its range.

    Parameters
    ----------
    effect : Predictive
        Expected effect.
    level : float
        Probability that the range holds the gain, above 0 and below 1.

    Raises
    ------
    RangeError
        If `level` is no such probability.

    Examples
    --------
    >>> from noctiflora.core import Normal, Source
    >>> one = Predictive(subject="x", outcome="latency", unit="min", higher_is_better=False,
    ...                  parts=(Normal(weight=1.0, mean=-3.0, sd=2.0),), sources=())
    >>> found = gain(one)
    >>> round(found.middle, 1), round(found.low, 1), round(found.high, 1)
    (3.0, -0.3, 6.3)
    """
    if not 0 < level < 1:
        raise RangeError("a level lies between 0 and 1", where="level", found=str(level), do="use 0.9")
    toward = 1.0 if effect.higher_is_better else -1.0
    tail = (1 - level) / 2
    return Gain(
        middle=toward * effect.mean,
        low=_exceeded(effect, 1 - tail),
        high=_exceeded(effect, tail),
        unit=effect.unit,
    )


def _exceeded(effect: Predictive, chance: float) -> float:
    """Return the gain that is exceeded with probability `chance`, by halving an interval."""
    toward = 1.0 if effect.higher_is_better else -1.0
    low = min(toward * part.mean - 40 * part.sd for part in effect.parts)
    high = max(toward * part.mean + 40 * part.sd for part in effect.parts)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if effect.p_better_than(middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2
