"""The choices that a pooled result depends on, with their defaults."""

import math
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import RangeError


class ReviewChoice(StrEnum):
    """The review that supplies the population mean."""

    FRONT_NUTR_2026 = "front_nutr_2026"
    TRIALS_39 = "trials_39"
    IRWIN_2020 = "irwin_2020"
    LIU_2025 = "liu_2025"
    YU_2024 = "yu_2024"
    GIL_HERNANDEZ_2023 = "gil_hernandez_2023"


class Reading(StrEnum):
    """How a review whose model is not stated is read."""

    RANDOM = "random effects"
    FIXED = "fixed effect"


class Discount(StrEnum):
    """Whether the population mean is shrunk for small-study and sponsor effects (a named sensitivity)."""

    NONE = "none"
    SCEPTICAL = "sceptical"
    SCEPTICAL_SE_KEPT = "sceptical, error kept"


class Selective(StrEnum):
    """Which terms carry the excess of what abstracts choose to tell (b_rep)."""

    ABSTRACTS = "abstracts"
    WORDS_AND_P = "not the exact terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSettings:
    """Choices of the pooling model; every default is that of the documented analysis.

    Parameters
    ----------
    review : ReviewChoice
        Source of the population mean.
    reading : Reading
        Random effects (assumed) or fixed effect.
    discount : Discount
        Sceptical discount: mean times Beta(7, 3), assumed.
    scale_strain, scale_species, scale_trial : float
        Half-normal scales of omega_s, omega_g and tau, SMD, 0 to 1. Assumed: the three share the
        review's total spread; 0.05 to 0.3 is the range of the sensitivity analysis.
    b_rep_sd : float
        SD of b_rep, SMD, 0 to 1; 0 leaves it out. Assumed.
    selective : Selective
        Terms with r = 1.
    words : bool
        Whether "significant" and "not significant" count.
    cut : bool
        Whether the population mean is kept from learning from the strain trials, most of which the
        review holds already. False is the full posterior.
    omega_person_scale : float
        Half-normal scale of the spread between people, SMD, 0 to 1. Assumed; parallel trials cannot tell.
    without_trial : str or None
        A trial left out, for leave-one-out.
    anchored : bool
        Whether the population mean comes from a review. False is the free fit: what the trials of the
        strains say by themselves, with a flat population mean, no reporting excess and no cut.

    Raises
    ------
    RangeError
        If a scale lies outside 0 to 1.
    """

    review: ReviewChoice = ReviewChoice.FRONT_NUTR_2026
    reading: Reading = Reading.RANDOM
    discount: Discount = Discount.NONE
    scale_strain: float = 0.09
    scale_species: float = 0.09
    scale_trial: float = 0.09
    b_rep_sd: float = 0.3
    selective: Selective = Selective.ABSTRACTS
    words: bool = True
    cut: bool = True
    omega_person_scale: float = 0.2
    without_trial: str | None = None
    anchored: bool = True

    def __post_init__(self) -> None:
        for name in ("scale_strain", "scale_species", "scale_trial", "b_rep_sd", "omega_person_scale"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= 1):
                raise RangeError(
                    "a spread of the pooling model must lie between 0 and 1 SMD",
                    where=f"PoolSettings.{name}",
                    found=str(value),
                    do="use 0.05 to 0.3",
                )

    @property
    def nodes(self) -> int:
        """Quadrature nodes per scale: 8 where a scale is wide, else 6."""
        return 8 if max(self.scale_strain, self.scale_species, self.scale_trial) > 0.15 else 6
