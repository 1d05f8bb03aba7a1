"""What is believed of the population before any trial of the study."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from noctiflora.core import RangeError
from noctiflora.study._pile import Floats

SHARED = 0.36
"""Share of the variance of a person's log time constants that all people have in common (assumed; 0.1 to 0.9).

What is believed of one person is so split into what the trials can teach of all (the mean) and the spread
between people. The spread stays as assumed: single trials say too little of their own kinetics to tell it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """Priors of a population; effects in units of the outcome.

    Parameters
    ----------
    strains : mapping of str to (mean, sd)
        Mean effect of each strain; sd > 0.
    covariates : mapping of str to float
        SD of the slope of each covariate, around 0; > 0.
    omega_scale : float
        Scale of the half-normal of the spread between people, > 0.
    onset, washout : (mean, sd)
        One person's log tau_on and log tau_off, log nights, as a single trial has them; sd > 0.
    shared : float
        Share of their variance that all people have in common, above 0 and below 1.
    learns_kinetics : bool
        Whether the trials teach the mean time constants; else every trial keeps its own belief of them.

    Raises
    ------
    RangeError
        If a spread is not above 0, or there is no strain.
    """

    strains: Mapping[str, tuple[float, float]]
    omega_scale: float
    onset: tuple[float, float]
    washout: tuple[float, float]
    covariates: Mapping[str, float]
    shared: float = SHARED
    learns_kinetics: bool = True

    def __post_init__(self) -> None:
        spreads = [
            *(sd for _, sd in self.strains.values()),
            *self.covariates.values(),
            self.omega_scale,
            self.onset[1],
            self.washout[1],
            self.shared,
            1.0 - self.shared,
        ]
        if not self.strains or not all(math.isfinite(s) and s > 0 for s in spreads):
            raise RangeError(
                "a population needs a strain, and spreads above 0", where="belief", do="correct the priors"
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Names of a population's parameters in their order."""
        return (
            *self.strains,
            *self.covariates,
            "log_omega",
            "onset",
            "washout",
        )

    @property
    def at_omega(self) -> int:
        """Place of log omega."""
        return len(self.strains) + len(self.covariates)

    @property
    def spreads(self) -> Floats:
        """SD between people of log tau_on and of log tau_off, (2,)."""
        return np.asarray(math.sqrt(1.0 - self.shared) * np.array([self.onset[1], self.washout[1]]))

    @property
    def centre(self) -> Floats:
        """A population to begin with, (d,)."""
        means = [mean for mean, _ in self.strains.values()]
        omega = math.log(0.7 * self.omega_scale)
        return np.array([*means, *(0.0 for _ in self.covariates), omega, self.onset[0], self.washout[0]])

    @property
    def scale(self) -> Floats:
        """A natural step in each direction, (d,)."""
        wide = [sd for _, sd in self.strains.values()]
        common = math.sqrt(self.shared)
        return np.array([*wide, *self.covariates.values(), 1.0, common * self.onset[1], common * self.washout[1]])

    def log_density(self, rows: Floats) -> Floats:
        """Return the log prior density of populations (B, d), up to a constant; (B,)."""
        at = self.at_omega
        normal = [place for place in range(rows.shape[1]) if place != at]
        total = -0.5 * np.sum(((rows[:, normal] - self.centre[normal]) / self.scale[normal]) ** 2, axis=1)
        # half-normal in omega, so its logarithm brings the Jacobian with it
        return np.asarray(total + rows[:, at] - 0.5 * np.exp(2.0 * rows[:, at]) / self.omega_scale**2)
