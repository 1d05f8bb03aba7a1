"""What the evidence expects for a new person: a mixture of normals in a stated unit."""

import math
from dataclasses import dataclass

from noctiflora.core._errors import RangeError
from noctiflora.core._source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """One weighted normal of a mixture."""

    weight: float
    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictive:
    """The effect to expect in one new person, before any of their own data.

    Parameters
    ----------
    subject : str
        Strain, prebiotic or "population" that the effect belongs to.
    outcome : str
        Name of the outcome, for example ``"efficiency"`` or ``"psqi_smd"``.
    unit : str
        Unit of `mean` and `sd`.
    higher_is_better : bool
        Direction of benefit.
    parts : tuple of Normal
        The mixture; weights sum to 1, sd > 0.
    sources : tuple of Source
        Everything it rests on, assumptions included.

    Raises
    ------
    RangeError
        If the mixture is empty, a weight or sd is not positive, or the weights do not sum to 1.
    """

    subject: str
    outcome: str
    unit: str
    higher_is_better: bool
    parts: tuple[Normal, ...]
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if not self.parts or any(p.sd <= 0 or p.weight < 0 for p in self.parts):
            raise RangeError("a predictive needs parts with positive spread", where="Predictive.parts")
        if abs(sum(p.weight for p in self.parts) - 1) > 1e-9:
            raise RangeError("the weights of a predictive must sum to 1", where="Predictive.parts")

    @property
    def mean(self) -> float:
        """Mean of the mixture, in `unit`."""
        return sum(p.weight * p.mean for p in self.parts)

    @property
    def sd(self) -> float:
        """Standard deviation of the mixture, in `unit`."""
        second = sum(p.weight * (p.sd**2 + p.mean**2) for p in self.parts)
        return math.sqrt(max(second - self.mean**2, 0.0))

    def p_better_than(self, amount: float) -> float:
        """Probability that the effect, in the better direction, exceeds `amount` (same unit).

        Examples
        --------
        >>> Predictive(subject="x", outcome="efficiency", unit="points", higher_is_better=True,
        ...            parts=(Normal(weight=1.0, mean=0.0, sd=1.0),), sources=()).p_better_than(0)
        0.5
        """
        sign = 1.0 if self.higher_is_better else -1.0
        return sum(p.weight * 0.5 * math.erfc((amount - sign * p.mean) / (p.sd * math.sqrt(2))) for p in self.parts)
