"""Compares two stool tests of one person."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from noctiflora.actions._read_gut import read_gut
from noctiflora.core import FormatError
from noctiflora.gut import Comparison, GutReading, Unit, compare

SEED = 2024_7
"""Of the draws; the same samples give the same noise."""


def compare_gut(
    before: Path,
    after: Path,
    *,
    same_lab: bool,
    samples: Sequence[str] = (),
    unit: Unit | None = None,
) -> Comparison:
    """Return what changed from one test to the other beyond noise; see `noctiflora.gut.compare`.

    Parameters
    ----------
    before, after : Path
        Stool tests; the same file twice where it holds both samples.
    same_lab : bool
        Whether one laboratory made both in one way.
    samples : sequence of str
        Ids of the two samples; the first of each table where empty.
    unit : Unit, optional
        What the user knows better, for both.

    Raises
    ------
    FormatError
        If a file is refused, or one sample only is named.
    """
    if samples and len(samples) != 2:
        raise FormatError("two samples are compared", where="--samples", found=",".join(samples), do="name two ids")
    one, other = _reading(before, unit), _reading(after, unit)
    which = (samples[0], samples[1]) if samples else (0, 0)
    rng = np.random.default_rng(SEED)
    if not samples and before.resolve() == after.resolve():
        raise FormatError("this is one sample twice", where=str(before), do="name two files, or two ids with --samples")
    return compare(one, other, same_lab=same_lab, rng=rng, which=which)


def _reading(path: Path, unit: Unit | None) -> GutReading:
    (file,) = read_gut([path], unit=unit)
    if file.reading is None:
        raise FormatError(file.refusal)
    return file.reading
