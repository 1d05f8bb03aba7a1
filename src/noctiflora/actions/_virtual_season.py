"""A virtual trial of one by the axis model, as a series that can be analysed."""

import csv
import io
from collections.abc import Sequence

import numpy as np

from noctiflora.axis import Intervention, virtual_n_of_1
from noctiflora.core import Outcome, RangeError


def virtual_season(
    interventions: Sequence[Intervention], *, days: int, period: int, outcome: Outcome, seed: int
) -> str:
    """Return CSV of night, y, dose: a person of the model, the preparation switched on and off.

    The order is drawn inside pairs of periods.

    Raises
    ------
    RangeError
        If the periods do not fit into the days.
    """
    if not 1 <= period <= days // 2:
        raise RangeError("a trial of one needs at least one pair of periods", where="--period", found=str(period))
    first = np.random.default_rng(seed).random(days // (2 * period) + 1) < 0.5
    doses = [int(first[day // (2 * period)] == ((day // period) % 2 == 0)) for day in range(days)]
    found = virtual_n_of_1(interventions, doses=doses, outcome=outcome, seed=seed)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["night", "y", "dose"])
    for night, y, dose in zip(found.night, found.y, found.dose, strict=True):
        writer.writerow([int(night), f"{y:.4f}", int(dose)])
    return out.getvalue()
