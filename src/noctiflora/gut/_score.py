"""Scores of modules in tables of genes, with a fixed cut-off of coverage.

The algorithm is written from the description of omixer-rpm (https://github.com/raeslab/omixer-rpm): an
alternative's value is the mean over its members, absent members counting 0; each step takes its largest
alternative; coverage is the share of steps above 0; the score is the median (mean, sum) over these steps. Its
own default learns the cut-off from all samples together, so that one person's result hangs on who else is in
the file: here the cut-off is fixed.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import RangeError
from noctiflora.gut._modules import Module, namespace
from noctiflora.gut._reading import Floats, GutReading
from noctiflora.gut._vocabulary import Content

COVERAGE_CUTOFF = 0.66
"""The value of omixer-rpm's own tests: two of three steps."""

MAPPED_FLOOR = 0.01
"""Share of a sample that must carry an identifier; assumed (0.005 to 0.05): below it, absence says nothing."""


class Estimator(StrEnum):
    """How the steps of a module become one number."""

    MEDIAN = "median"
    AVERAGE = "average"
    SUM = "sum"


class Status(StrEnum):
    """What a score means."""

    SCORED = "scored"
    ABSENT = "absent"
    NOT_MEASURABLE = "not measurable"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModuleScores:
    """Scores of modules by samples.

    Parameters
    ----------
    module_ids, sample_ids : tuple of str
        Rows and columns.
    scores : ndarray (modules, samples)
        In the unit of the table; 0 where absent, NaN where not measurable.
    coverage : ndarray (modules, samples)
        Share of steps present, 0 to 1; NaN where not measurable.
    measurable : ndarray of bool (modules,)
        Whether the identifiers of the table can reach the cut-off at all.
    complete : ndarray of bool (modules,)
        Whether every alternative of the module is of identifiers that the table uses; where not,
        the module may be under-counted.
    mapped : ndarray (samples,)
        Share of each sample that carries an identifier; NaN for an empty sample.
    """

    module_ids: tuple[str, ...]
    sample_ids: tuple[str, ...]
    scores: Floats
    coverage: Floats
    measurable: NDArray[np.bool_]
    complete: NDArray[np.bool_]
    mapped: Floats

    def status(self, module: int, sample: int) -> Status:
        """Return what the score of a module in a sample means."""
        if np.isnan(self.coverage[module, sample]):
            return Status.NOT_MEASURABLE
        return Status.SCORED if self.scores[module, sample] > 0 else Status.ABSENT


def score(
    table: GutReading,
    modules: Sequence[Module],
    *,
    cutoff: float = COVERAGE_CUTOFF,
    estimator: Estimator = Estimator.MEDIAN,
    normalise: bool = False,
    namespaces: AbstractSet[str] | None = None,
) -> ModuleScores:
    """Score modules in every sample of a table.

    Parameters
    ----------
    table : GutReading
        Of genes; no normalisation is done, so samples of one unit compare.
    modules : sequence of Module
        What to score.
    cutoff : float
        Least coverage of a module that counts as there, 0 to 1.
    estimator : Estimator
        How present steps become one number.
    normalise : bool
        Whether absent steps count as 0: the sum over all steps is divided by all of them, and a
        median of 0 gives way to the smallest step above 0.
    namespaces : set of str, optional
        Catalogues of identifiers that the table uses (`namespace`); by default those of its rows,
        which is wrong where rows were left out.

    Raises
    ------
    RangeError
        If the cut-off is not between 0 and 1, or the table holds no genes.
    """
    if not 0 <= cutoff <= 1:
        raise RangeError("the coverage cut-off lies between 0 and 1", where="cutoff", found=str(cutoff))
    if table.content is not Content.GENES:
        raise RangeError("modules are scored in a table of genes", where=table.name, found=table.content.value)
    rows = {f.name: i for i, f in enumerate(table.features)}
    known = frozenset(map(namespace, rows)) if namespaces is None else namespaces
    shape = (len(modules), len(table.sample_ids))
    scores, coverage = np.zeros(shape), np.zeros(shape)
    measurable, complete = np.zeros(shape[0], dtype=bool), np.zeros(shape[0], dtype=bool)
    for i, module in enumerate(modules):
        steps = np.array([_step(step, rows, table.values) for step in module.steps])
        coverage[i] = (steps > 0).mean(axis=0)
        reported = (coverage[i] >= cutoff) & (coverage[i] > 0)
        scores[i, reported] = _estimate(steps[:, reported], estimator, normalise=normalise)
        whole = [[all(namespace(m) in known for m in a) for a in step] for step in module.steps]
        measurable[i] = sum(map(any, whole)) >= cutoff * len(whole) and any(map(any, whole))
        complete[i] = all(map(all, whole))
    mapped = _mapped(table)
    silent = ~(mapped >= MAPPED_FLOOR)
    unseen = ~measurable[:, None] & (scores == 0)
    for array in (scores, coverage):
        array[silent[None, :] | unseen] = np.nan
        array.setflags(write=False)
    return ModuleScores(
        module_ids=tuple(m.id for m in modules),
        sample_ids=table.sample_ids,
        scores=scores,
        coverage=coverage,
        measurable=measurable,
        complete=complete,
        mapped=mapped,
    )


def _step(step: tuple[tuple[str, ...], ...], rows: dict[str, int], values: Floats) -> Floats:
    """Return the largest mean among the alternatives of a step."""
    best = np.zeros(values.shape[1])
    for members in step:
        total = np.zeros(values.shape[1])
        for member in members:
            if member in rows:
                total += values[rows[member]]
        np.maximum(best, total / len(members), out=best)
    return best


def _estimate(steps: Floats, estimator: Estimator, *, normalise: bool) -> Floats:
    """Return one number per sample, each with a step above 0.

    Parameters
    ----------
    steps : ndarray (steps, samples)
        Value of each step.
    estimator, normalise
        As in `score`.
    """
    present = np.where(steps > 0, steps, np.nan)
    if estimator is Estimator.SUM:
        total: Floats = steps.sum(axis=0)
        return total / len(steps) if normalise else total
    if estimator is Estimator.AVERAGE:
        mean: Floats = steps.mean(axis=0) if normalise else np.nanmean(present, axis=0)
        return mean
    if not normalise:
        middle: Floats = np.nanmedian(present, axis=0)
        return middle
    median = np.median(steps, axis=0)
    return np.where(median > 0, median, np.nanmin(present, axis=0))


def _mapped(table: GutReading) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        share: Floats = 1.0 - table.unassigned / table.totals
    return share
