"""The nights of one trial as numbers: outcome, dose, covariates."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats, Integers

MAX_NIGHTS = 3660
"""Longest span taken, in nights: ten years (assumed; a typing slip in a night number ends here)."""
MAX_COVARIATES = 30
"""Most covariates taken (assumed; more than a trial of any bearable length can tell apart)."""
LARGEST = 1e12
"""Largest magnitude taken for an outcome or covariate (assumed; squares must stay finite)."""
MAX_PRODUCTS = 4
"""Most products analysed at once (assumed; each needs its own on and off times)."""
RESERVED = (
    "assigned",
    "expectation",
    "mu",
    "trend",
    "theta",
    "atanh_phi",
    "log_sigma",
    "logit_r",
    "log_tau_on",
    "log_tau_off",
)
"""Names a covariate cannot bear, because parameters do."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """What one person's nights say, before any prior.

    Arrays are copied and made read-only; two series are equal only when they are the same
    object. Night numbers may skip: the exposure still moves on every calendar night, and the
    dose of a night that is missing here is taken to be the last dose before it.

    Parameters
    ----------
    nights : (n,) int
        Night numbers, 1 or above, rising.
    y : (n,) float
        Outcome in its unit; NaN where missing.
    dose : (n,) float
        Share of the full dose taken before that night, 0 to 1.
    covariates : mapping of str to (n,) float
        Further regressors by name, in their own units.
    s : (n,) float or None
        Trend regressor in place of the built-in (night - middle) / 28.
    dates : tuple of date or None
        Date of each night.
    where : str
        Name of the source, for messages.
    product : str
        Name of the product that `dose` is about, where there are several.
    others : mapping of str to (n,) float
        Doses of further products by name, 0 to 1.
    assigned : (n,) float or None
        Dose of the first product that was planned, where `dose` is what was taken.

    Raises
    ------
    RangeError
        If lengths differ, nights do not rise from 1, the span is above `MAX_NIGHTS`, a dose is
        outside 0 to 1, a value is not finite or too large, or a covariate bears a reserved name.

    Examples
    --------
    >>> Series(nights=[1, 2, 4], y=[88.0, float("nan"), 90.0], dose=[0, 1, 1]).n_missing
    2
    """

    nights: Integers
    y: Floats
    dose: Floats
    covariates: Mapping[str, Floats] = field(default_factory=dict)
    s: Floats | None = None
    dates: tuple[dt.date, ...] | None = None
    where: str = "series"
    product: str = ""
    others: Mapping[str, Floats] = field(default_factory=dict)
    assigned: Floats | None = None

    def __post_init__(self) -> None:
        nights = np.array(self.nights, dtype=np.int64).reshape(-1)
        nights.flags.writeable = False
        object.__setattr__(self, "nights", nights)
        self._check_nights(nights)
        object.__setattr__(self, "y", self._column("y", self.y, gaps=True))
        object.__setattr__(self, "dose", self._column("dose", self.dose))
        self._check_doses()
        if len(self.covariates) > MAX_COVARIATES:
            raise RangeError(f"at most {MAX_COVARIATES} covariates are taken", where=self.where, do="leave some out")
        for name in self.covariates:
            if name in RESERVED:
                raise RangeError("this name belongs to a parameter", where=self.where, found=name, do="rename it")
        columns = {name: self._column(name, values) for name, values in self.covariates.items()}
        object.__setattr__(self, "covariates", MappingProxyType(columns))
        if self.s is not None:
            object.__setattr__(self, "s", self._column("s", self.s))
        if self.dates is not None and len(self.dates) != nights.size:
            raise RangeError("each night needs one date", where=f"{self.where}, dates")

    def _check_doses(self) -> None:
        if len(self.others) >= MAX_PRODUCTS or self.product in self.others:
            raise RangeError(f"at most {MAX_PRODUCTS} products of different names are taken", where=self.where)
        others = {name: self._column(f"dose_{name}", values) for name, values in self.others.items()}
        object.__setattr__(self, "others", MappingProxyType(others))
        if self.assigned is not None:
            object.__setattr__(self, "assigned", self._column("assigned", self.assigned))
        told = {"dose": self.dose, **others, **({} if self.assigned is None else {"assigned": self.assigned})}
        for name, values in told.items():
            if np.any(values < 0) or np.any(values > 1):
                raise RangeError("a dose is a share of the full dose, 0 to 1", where=f"{self.where}, {name}")

    def _check_nights(self, nights: Integers) -> None:
        if nights.size == 0:
            raise RangeError("a series needs at least one night", where=self.where, do="add a night, its outcome blank")
        if nights[0] < 1 or np.any(np.diff(nights) <= 0):
            raise RangeError("nights must be whole numbers from 1 that rise", where=f"{self.where}, nights")
        if nights[-1] - nights[0] >= MAX_NIGHTS:
            raise RangeError(
                f"at most {MAX_NIGHTS} nights are taken", where=f"{self.where}, nights", found=str(nights[-1])
            )

    def _column(self, name: str, values: Floats, *, gaps: bool = False) -> Floats:
        column = np.array(values, dtype=np.float64).reshape(-1)
        if column.size != self.nights.size:
            raise RangeError("each night needs one value", where=f"{self.where}, {name}", found=str(column.size))
        known = column[~np.isnan(column)] if gaps else column
        if not np.all(np.abs(known) <= LARGEST):
            raise RangeError(
                f"values must be numbers between -{LARGEST:g} and {LARGEST:g}", where=f"{self.where}, {name}"
            )
        column.flags.writeable = False
        return column

    @property
    def n_nights(self) -> int:
        """Calendar nights from the first to the last."""
        return int(self.nights[-1] - self.nights[0]) + 1

    @property
    def n_missing(self) -> int:
        """Calendar nights without an outcome, blank or absent."""
        return self.n_nights - int(np.sum(~np.isnan(self.y)))
