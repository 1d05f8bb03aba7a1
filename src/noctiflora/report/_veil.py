"""Which nights may be shown: in a running trial, those before it and the last seven."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.report._data import ReportData
from noctiflora.sleep import Night

LAST_NIGHTS = 7
"""Trial nights that stay visible while the order is sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Nights after the veil.

    Parameters
    ----------
    drawn : tuple of Night
        May be drawn night by night.
    summed : tuple of Night
        May enter averages: never nights of a sealed trial.
    veiled : int
        Nights held back.
    """

    drawn: tuple[Night, ...]
    summed: tuple[Night, ...]
    veiled: int


def shown(data: ReportData) -> Shown:
    """Return the nights of a report that may be shown, in order of date."""
    nights = tuple(sorted((n for n in data.nights if not n.nap), key=lambda n: n.date))
    design = data.design
    if design is None or not data.running or design.veil_lifted or not design.periods:
        return Shown(drawn=nights, summed=nights, veiled=0)
    before = tuple(n for n in nights if n.date < design.periods[0].start)
    within = tuple(n for n in nights if n.date >= design.periods[0].start)
    recent = data.generated_on - dt.timedelta(days=LAST_NIGHTS)
    last = tuple(n for n in within if n.date > recent)
    return Shown(drawn=before + last, summed=before, veiled=len(within) - len(last))
