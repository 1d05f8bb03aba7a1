"""A preparation: how strongly it acts, whether it forms histamine, how fast it washes out."""

import math
from dataclasses import dataclass

from noctiflora.core import RangeError

RESIDENCE_PER_H = 0.05
"""Loss rate of a live strain, 1/h: last detection 3-6 d after stopping, 3-log fall assumed (10.5056/jnm22031)."""
_RANGES = {"potency": (-0.3, 0.9), "histamine_per_h": (0.0, 0.5), "loss_per_h": (0.01, 0.1)}
"""Plausible ranges, as in the model text (vX or vK, hX, kX)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """What the model needs to know of a preparation.

    Parameters
    ----------
    name : str
        Name for reports.
    potency : float
        vX (live) or vK (heat-killed), -0.3 to 0.9; comes from calibration.
    histamine_per_h : float
        hX, histamine formed by the strain, 0 to 0.5.
    loss_per_h : float
        kX, 0.01 to 0.1.
    live : bool
        False for a heat-killed preparation.
    potency_interval : tuple of float or None
        95 % interval of the potency; an effect must not be shown without it.

    Raises
    ------
    RangeError
        If a value lies outside its plausible range.
    """

    name: str = "strain"
    potency: float = 0.3
    histamine_per_h: float = 0.0
    loss_per_h: float = RESIDENCE_PER_H
    live: bool = True
    potency_interval: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        for field, (low, high) in _RANGES.items():
            value = getattr(self, field)
            if not (math.isfinite(value) and low <= value <= high):
                raise RangeError(
                    f"must be {low:g} to {high:g} (model text)",
                    where=f"Strain.{field}",
                    found=str(value),
                    do="correct it",
                )

    def parameters(self) -> dict[str, float]:
        """Return the model parameters that this preparation sets."""
        potency = "vX" if self.live else "vK"
        return {potency: self.potency, "hX": self.histamine_per_h, "kX": self.loss_per_h}
