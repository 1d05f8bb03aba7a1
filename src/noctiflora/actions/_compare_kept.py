"""Compares two stool samples that are kept."""

from dataclasses import dataclass

import numpy as np

from noctiflora.actions._compare_gut import SEED
from noctiflora.actions._keep_gut import KeptGut
from noctiflora.core import FormatError
from noctiflora.gut import Comparison, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSample:
    """One sample of a kept test: the test's place in the order of `shown_guts`, and the sample's in its table."""

    test: int
    sample: int


def compare_kept(kept: tuple[KeptGut, ...], before: KeptSample, after: KeptSample, *, same_lab: bool) -> Comparison:
    """Return what changed from one kept sample to the other beyond noise; see `noctiflora.gut.compare`.

    Parameters
    ----------
    kept : tuple of KeptGut
        From `shown_guts`.
    before, after : KeptSample
        Which two.
    same_lab : bool
        Whether one laboratory made both in one way.

    Raises
    ------
    FormatError
        If it is one sample twice, or there is no such sample.
    """
    for one in (before, after):
        if not 0 <= one.test < len(kept) or not 0 <= one.sample < len(kept[one.test].reading.sample_ids):
            raise FormatError("there is no such stool sample", where="compare", do="choose two of those kept")
    if before == after:
        raise FormatError("this is one sample twice", where="compare", do="choose two different samples")
    return compare(
        kept[before.test].reading,
        kept[after.test].reading,
        same_lab=same_lab,
        rng=np.random.default_rng(SEED),
        which=(before.sample, after.sample),
    )
