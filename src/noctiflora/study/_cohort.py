"""A cohort of the axis model, its people shared out over machines."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from noctiflora.axis import FIGURES, POPULATIONS, Cohort, Intervention, cohort
from noctiflora.core import RangeError
from noctiflora.study._engine import Engine

BLOCK = 320
"""People of one block; a multiple of the sixteen that run side by side, so that no bit changes."""


def run_cohort(
    people: int,
    machines: Engine,
    *,
    weeks: int,
    population: str,
    arms: Mapping[str, Sequence[Intervention]],
    seed: int = 0,
    figures: Sequence[str] = FIGURES,
    tell: Callable[[int, int], None] | None = None,
) -> Cohort:
    """Return what `noctiflora.axis.cohort` returns, bit for bit, from as many processes as there are.

    Parameters
    ----------
    people : int
        How many to draw.
    machines : Engine
        Where the work runs.
    weeks, arms, seed, figures
        As in `noctiflora.axis.cohort`.
    population : str
        A name of `noctiflora.axis.POPULATIONS`.
    tell : callable, optional
        Hears how many blocks of how many are done.

    Raises
    ------
    RangeError
        If there is nobody to draw, or a number is out of range.
    """
    if people < 1:
        raise RangeError("nobody is to be drawn", where="people", found=str(people), do="choose 1 or more")
    blocks = [(first, min(BLOCK, people - first)) for first in range(0, people, BLOCK)]
    answers = machines.map(_block, blocks, weeks, population, dict(arms), seed, tuple(figures), tell=tell)
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    found: list[Cohort] = answers
    return Cohort(
        population=found[0].population,
        seed=seed,
        arms=found[0].arms,
        baseline=MappingProxyType({k: np.concatenate([c.baseline[k] for c in found]) for k in found[0].baseline}),
        weekly=MappingProxyType({k: np.concatenate([c.weekly[k] for c in found], axis=1) for k in found[0].weekly}),
        failed=np.concatenate([c.failed for c in found], axis=1),
    )


def _block(
    block: tuple[int, int],
    weeks: int,
    population: str,
    arms: dict[str, Sequence[Intervention]],
    seed: int,
    figures: tuple[str, ...],
) -> Cohort:
    first, people = block
    found = cohort(
        people, first=first, weeks=weeks, population=POPULATIONS[population], arms=arms, seed=seed, figures=figures
    )
    # read-only views do not travel between processes
    return Cohort(
        population=found.population,
        seed=found.seed,
        arms=found.arms,
        baseline=dict(found.baseline),
        weekly=dict(found.weekly),
        failed=found.failed,
    )
