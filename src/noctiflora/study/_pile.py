"""The contributions of many people, stacked for the compiled pass."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from noctiflora.core import RangeError
from noctiflora.trial import Contribution

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pile:
    """n people with their curves one after another.

    Parameters
    ----------
    start : (n + 1,)
        Where each person's curves begin; the last entry is their number.
    curves : (N, 10)
        Slope, precision, log onset, log wash-out, log weight of each curve, then the variances of its log onset
        and log wash-out, its two tilts, and the SD of the prior that was divided out.
    strain : (n,)
        Index of each person's strain.
    covariates : (n, C)
        What is known of each person, centred.
    kinetics : (n, 4)
        Mean and SD of the first stage's priors of log onset and log wash-out.
    """

    start: Integers
    curves: Floats
    strain: Integers
    covariates: Floats
    kinetics: Floats

    @property
    def n_people(self) -> int:
        """How many people."""
        return self.strain.size


def stack(people: Sequence[Contribution], strain: Sequence[int], covariates: Floats | None = None) -> Pile:
    """Return the people in the order given.

    Parameters
    ----------
    people : sequence of Contribution
        n of them.
    strain : sequence of int
        Index of each one's strain, from 0.
    covariates : (n, C), optional
        What is known of each.

    Raises
    ------
    RangeError
        If the lengths differ, or a number is not finite.
    """
    n = len(people)
    x = np.zeros((n, 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
    if len(strain) != n or x.shape[0] != n:
        raise RangeError(
            "each person needs a strain and the same covariates",
            where="study",
            found=f"{n} people, {len(strain)} strains, {x.shape[0]} rows of covariates",
            do="give one of each per person",
        )
    parts = [
        np.column_stack(
            [c.slope, c.precision, c.log_tau_on, c.log_tau_off, c.log_weight - np.max(c.log_weight), *inside(c)]
        )
        for c in people
    ]
    curves = np.concatenate(parts) if parts else np.zeros((0, 10))
    kinetics = np.array([[*c.kinetics[0], *c.kinetics[1]] for c in people]).reshape(n, 4)
    if not (np.all(np.isfinite(curves)) and np.all(np.isfinite(x))):
        raise RangeError("a person's numbers are not finite", where="study", do="leave that person out")
    return Pile(
        start=np.concatenate([[0], np.cumsum([len(p) for p in parts], dtype=np.int64)]).astype(np.int64),
        curves=np.ascontiguousarray(curves),
        strain=np.asarray(strain, dtype=np.int64),
        covariates=np.ascontiguousarray(x),
        kinetics=np.ascontiguousarray(kinetics),
    )


def inside(said: Contribution) -> tuple[Floats, ...]:
    """Return what each curve's neighbourhood holds: two variances, two tilts, the prior's SD, (K,) each."""
    none = np.zeros(said.slope.size)
    parts = (said.var_tau_on, said.var_tau_off, said.tilt_on, said.tilt_off)
    return (*(none if part is None else part for part in parts), none + said.vague_sd)
