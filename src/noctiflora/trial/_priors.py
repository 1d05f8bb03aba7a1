"""What is believed before a trial's first night: the priors of the nightly model."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from noctiflora.core import Normal, RangeError

HYPER = ("atanh_phi", "log_sigma", "logit_r", "log_tau_on", "log_tau_off")
"""Hyperparameters in the order of z."""
FREEDOM = MappingProxyType({"t3": 3.0, "t4": 4.0, "t5": 5.0, "t8": 8.0, "t30": 30.0})
"""Degrees of freedom of the kinds of nightly noise with heavy tails."""
ERRORS = ("gauss", *FREEDOM, "ordinal")
"""Kinds of nightly noise that an engine exists for."""
TRANSFORMS = ("none", "log", "logit")
"""Scales on which the outcome may be analysed: as it is, log(y + 1), logit of a per cent."""
LARGEST_LOG = 100.0
"""Largest magnitude of a hyperparameter's prior mean; all are logarithms, so this bars nothing real."""
WIDEST_LOG = 10.0
"""Widest prior of a hyperparameter: a factor of 22,000 either way."""
NARROWEST_LOG = 1e-9
"""Narrowest prior of a hyperparameter that is not fixed."""
NARROWEST = 1e-24
"""Narrowest prior of a coefficient that is not fixed, in any unit: squares must not vanish."""
LARGEST = 1e15
"""Largest magnitude of a coefficient's prior mean or sd: wide beside any outcome that is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """A normal prior of one parameter; sd 0 fixes the parameter at the mean."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """Priors of one analysis; what is left out is filled in from the series and the defaults.

    Parameters
    ----------
    coefficients : mapping of str to Prior
        By name: ``mu`` (level), ``trend`` (per unit of s, 28 nights), or a covariate's column;
        units of the outcome.
    theta : tuple of Normal or None
        Informative prior of the effect at full exposure; weights sum to 1, sd > 0.
    weight : float
        Share of the informative part, 0 to 1; the rest is N(0, vague_sd^2).
    vague_sd : float or None
        Spread of the vague part, > 0; None takes one within-person SD.
    hyper : mapping of str to Prior
        Hyperparameters by their names in `HYPER`.
    errors : str
        Kind of nightly noise; see `ERRORS`.
    useful : float
        The amount called worth it, units of the outcome, >= 0.
    higher_is_better : bool
        Direction of benefit.
    where : str
        Name of the source, for messages.
    transform : str
        Scale on which the outcome is analysed, see `TRANSFORMS`; all priors stay in natural units,
        taken at the person's own mean.
    scale : (low, high) or None
        Ends of the scale of ordinal ratings; None tells it from the nights.
    weekday : bool
        Whether each weekday has its own effect, the seven summing to zero; needs dates.
    others : mapping of str to Prior
        Effects of further products by name.
    known : Prior or None
        Known treatment: prior of an immediate effect of believing oneself treated, on nights with a dose.

    Raises
    ------
    RangeError
        If any of the above does not hold.

    Examples
    --------
    >>> Priors(theta=(Normal(weight=1.0, mean=1.0, sd=2.0),), weight=0.8, vague_sd=8.4).parts
    ((0.8, 1.0, 2.0), (0.19999999999999996, 0.0, 8.4))
    """

    coefficients: Mapping[str, Prior] = field(default_factory=dict)
    theta: tuple[Normal, ...] | None = None
    weight: float = 1.0
    vague_sd: float | None = None
    hyper: Mapping[str, Prior] = field(default_factory=dict)
    errors: str = "gauss"
    useful: float = 0.0
    higher_is_better: bool = True
    where: str = "priors"
    transform: str = "none"
    scale: tuple[int, int] | None = None
    weekday: bool = False
    others: Mapping[str, Prior] = field(default_factory=dict)
    known: Prior | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "coefficients", MappingProxyType(dict(self.coefficients)))
        object.__setattr__(self, "hyper", MappingProxyType(dict(self.hyper)))
        object.__setattr__(self, "others", MappingProxyType(dict(self.others)))
        plain = {**self.coefficients, **self.others} | ({} if self.known is None else {"known": self.known})
        for name, prior in plain.items():
            if not (abs(prior.mean) <= LARGEST and _is_spread(prior.sd, NARROWEST, LARGEST)):
                self._refuse(
                    "a prior needs a finite mean and an sd of 0 or more",
                    name,
                    f"{prior.mean}, {prior.sd}",
                )
        for name, prior in self.hyper.items():
            if name not in HYPER:
                self._refuse(f"hyperparameters are {', '.join(HYPER)}", "hyper", name)
            if not (abs(prior.mean) <= LARGEST_LOG and _is_spread(prior.sd, NARROWEST_LOG, WIDEST_LOG)):
                self._refuse(
                    f"a logarithm needs a mean within {LARGEST_LOG:g} and an sd of 0 or up to {WIDEST_LOG:g}",
                    name,
                    f"{prior.mean}, {prior.sd}",
                )
        self._check_theta()
        if self.errors not in ERRORS:
            self._refuse(
                f"this kind of nightly noise has no engine; possible: {', '.join(ERRORS)}", "errors", self.errors
            )
        if self.transform not in TRANSFORMS:
            self._refuse(f"a transform is one of {', '.join(TRANSFORMS)}", "transform", self.transform)
        if self.errors == "ordinal" and self.transform != "none":
            self._refuse("ratings are not transformed", "transform", self.transform)
        if any(not prior.sd > 0 for prior in self.others.values()):
            self._refuse("the effect of a product needs an sd above 0: fixed, it could not be learnt", "theta", None)
        if self.scale is not None and not (2 <= self.scale[1] - self.scale[0] <= 100 and abs(self.scale[0]) <= 1000):
            self._refuse("a scale has 3 to 101 steps, the lower end first", "scale", str(self.scale))
        if not 0 <= self.useful <= LARGEST:
            self._refuse("the useful amount is a number of 0 or more", "useful", str(self.useful))

    def _check_theta(self) -> None:
        if not 0 <= self.weight <= 1:
            self._refuse("a weight lies between 0 and 1", "theta_mixture, weight", str(self.weight))
        if self.vague_sd is not None and not NARROWEST <= self.vague_sd <= LARGEST:
            self._refuse("the vague part needs an sd above 0", "theta_mixture, vague_sd", str(self.vague_sd))
        if self.theta is None:
            return
        for part in self.theta:
            if not (abs(part.mean) <= LARGEST and NARROWEST <= part.sd <= LARGEST and 0 <= part.weight <= 1):
                self._refuse(
                    "the effect needs a finite prior mean and an sd above 0: fixed, it could not be learnt",
                    "theta",
                    f"{part.mean}, {part.sd}",
                )
        if not self.theta or not math.isclose(sum(part.weight for part in self.theta), 1.0, abs_tol=1e-9):
            self._refuse("the weights of a mixture must sum to 1", "theta", None)

    def _refuse(self, what: str, name: str, found: str | None) -> None:
        raise RangeError(what, where=f"{self.where}, {name}", found=found, do="correct it or leave it out")

    @property
    def informative_sd(self) -> float:
        """Standard deviation of the informative part alone; 0 when it is not given."""
        parts = self.theta or ()
        mean = sum(part.weight * part.mean for part in parts)
        return math.sqrt(sum(part.weight * (part.sd**2 + (part.mean - mean) ** 2) for part in parts))

    @property
    def parts(self) -> tuple[tuple[float, float, float], ...]:
        """The whole prior of theta as (weight, mean, sd); parts of weight 0 are left out."""
        found = [(self.weight * part.weight, part.mean, part.sd) for part in self.theta or ()]
        if self.vague_sd is not None:
            found.append((1.0 - self.weight, 0.0, self.vague_sd))
        return tuple(part for part in found if part[0] > 0)


def _is_spread(sd: float, narrowest: float, widest: float) -> bool:
    return sd == 0 or narrowest <= sd <= widest
