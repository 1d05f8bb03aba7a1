"""Which unit amounts have, judged by their sums where the file does not say."""

import numpy as np

from noctiflora.core import UnitError
from noctiflora.gut._reading import Floats
from noctiflora.gut._vocabulary import Unit

TOLERANCE = 0.02
"""How far a sum may lie from 1, 100 or 1,000,000: tables are rounded and cut (assumed, 0.005 to 0.05)."""

WORDS = {
    Unit.PERCENT: ("percent", "%", "percentage", "perc", "pct"),
    Unit.FRACTION: ("fraction", "proportion"),
    Unit.READS: ("count", "counts", "reads", "read_count", "num_reads"),
    Unit.PER_MILLION: ("cpm", "per million", "count_norm"),
}


def unit_of_word(word: str) -> Unit:
    """Return the unit that the heading of a column names.

    Examples
    --------
    >>> unit_of_word("Percent").value, unit_of_word("share").value
    ('percent', 'unknown')
    """
    text = word.strip().lower()
    return next((u for u, words in WORDS.items() if text in words), Unit.UNKNOWN)


def guess(totals: Floats, *, integers: bool, shares: bool = False) -> Unit:
    """Return the unit for which the sums of all samples that hold anything make sense.

    Parameters
    ----------
    totals : ndarray (samples,)
        Sum of each sample.
    integers : bool
        Whether all amounts are whole.
    shares : bool
        Whether the file calls them shares, so that whole numbers are no counts.

    Examples
    --------
    >>> guess(np.array([99.8, 100.0]), integers=False).value
    'percent'
    >>> guess(np.array([10_000.0]), integers=True).value
    'reads'
    """
    sums = totals[totals > 0]
    if not sums.size:
        return Unit.READS if integers else Unit.UNKNOWN
    for unit in (Unit.FRACTION, Unit.PERCENT, Unit.PER_MILLION):
        whole = unit.whole or 1.0
        near = bool((np.abs(sums / whole - 1) <= TOLERANCE).all())
        if near and not (integers and unit is Unit.FRACTION) and not (integers and not shares):
            return unit
    return Unit.READS if integers and not shares else Unit.UNKNOWN


def expect_unit(unit: Unit, totals: Floats, *, where: str) -> None:
    """Refuse shares whose sum says nothing about their unit.

    Raises
    ------
    UnitError
        If `unit` is unknown, or the sum is above the whole that it promises.
    """
    sums = totals[totals > 0]
    found = f"a sum of {sums[0]:g}" if sums.size else "no amounts"
    if unit is Unit.UNKNOWN:
        raise UnitError(
            "the amounts add up neither to 1, 100 nor 1,000,000, and are no counts",
            where=where,
            found=found,
            do="name the unit with --unit, or give the whole table at one rank",
        )
    whole = unit.whole
    if whole is not None and sums.size and float(sums.max()) > whole * (1 + TOLERANCE):
        raise UnitError(
            f"the amounts are called {unit.value} but add up to more than {whole:g}",
            where=where,
            found=f"a sum of {float(sums.max()):g}",
            do="give one rank only, or name the unit with --unit",
        )
