"""The studies of one meta-analysis: effects with their sampling variances."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import NotPoolable, RangeError

Array = NDArray[np.float64]
LARGEST = 1e9
"""Largest effect taken (assumed; squares and weights must stay finite)."""
SMALLEST_V = 1e-18
"""Smallest variance taken (assumed, for the same reason)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Studies:
    """Effects and variances of at least two studies; the arrays are copied, then read-only.

    Parameters
    ----------
    labels : tuple of str
        One name per study, each once.
    y : ndarray, shape (k,)
        Effects, all on one scale.
    v : ndarray, shape (k,)
        Their sampling variances, positive.
    measure : str
        What `y` is, for example ``"log risk ratio"``.
    notes : tuple of str
        What was done to the table while reading it.

    Raises
    ------
    NotPoolable
        If there are fewer than two studies.
    RangeError
        If the shapes differ, a name occurs twice, a number is not finite, or a variance is not positive.

    Examples
    --------
    >>> Studies(labels=("a", "b"), y=[0.1, 0.2], v=[0.01, 0.02], measure="any").k
    2
    """

    labels: tuple[str, ...]
    y: Array
    v: Array
    measure: str
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for name in ("y", "v"):
            array = np.array(getattr(self, name), dtype=np.float64)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        k = len(self.labels)
        if self.y.shape != (k,) or self.v.shape != (k,):
            raise RangeError("every study needs one effect and one variance", where="Studies")
        if k < 2:
            raise NotPoolable(
                "a meta-analysis needs at least two studies", where="table", found=str(k), do="add studies"
            )
        twice = next((label for i, label in enumerate(self.labels) if label in self.labels[:i]), None)
        if twice is not None:
            raise RangeError(
                "this study stands twice in the table", where="study", found=twice, do="keep one row of it"
            )
        bad = np.flatnonzero(~(np.isfinite(self.y) & np.isfinite(self.v) & (self.v > 0)))
        if bad.size:
            raise RangeError(
                "an effect must be finite and its variance above zero",
                where=f"study {self.labels[bad[0]]}",
                found=f"y {self.y[bad[0]]:g}, v {self.v[bad[0]]:g}",
                do="correct the row or leave it out",
            )

        far = np.flatnonzero((np.abs(self.y) > LARGEST) | (self.v < SMALLEST_V) | (self.v > LARGEST**2))
        if far.size:
            raise RangeError(
                f"an effect beyond {LARGEST:g}, or a variance below {SMALLEST_V:g}, cannot be computed with",
                where=f"study {self.labels[far[0]]}",
                found=f"y {self.y[far[0]]:g}, v {self.v[far[0]]:g}",
                do="check the row, or give the table in a larger unit",
            )

    @property
    def k(self) -> int:
        """Number of studies."""
        return len(self.labels)
