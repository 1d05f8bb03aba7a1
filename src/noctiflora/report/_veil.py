"""Which nights may be shown: in a running trial, those before it and the last seven."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.report._data import ReportData
from noctiflora.sleep import Night

LAST_NIGHTS = 7
"""Trial nights that stay visible while the order is sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """Dates held back, both ends included."""

    first: dt.date
    last: dt.date

    def hides(self, date: dt.date) -> bool:
        """Return whether a date is held back."""
        return self.first <= date <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Nights after the veil.

    Parameters
    ----------
    drawn : tuple of Night
        May be drawn night by night.
    summed, naps : tuple of Night
        May enter averages: never those of a trial under way.
    veil : Veil or None
        Dates held back; None where none is.
    veiled : int
        Nights held back.
    """

    drawn: tuple[Night, ...]
    summed: tuple[Night, ...]
    naps: tuple[Night, ...]
    veil: Veil | None
    veiled: int


def shown(data: ReportData) -> Shown:
    """Return the nights of a report that may be shown, in order of date."""
    nights = tuple(sorted((n for n in data.nights if not n.nap), key=lambda n: n.date))
    design = data.design
    sealed = data.running
    under_way = sealed or (design is not None and design.under_way)
    if design is None or not under_way or design.veil_lifted or not design.periods:
        return Shown(drawn=nights, summed=nights, naps=data.naps, veil=None, veiled=0)
    start = design.periods[0].start
    before = tuple(n for n in nights if n.date < start)
    naps_before = tuple(n for n in data.naps if n.date < start)
    if not sealed:
        # who knows the order can write the nights down too: nothing is hidden, but nothing is summed up
        return Shown(drawn=nights, summed=before, naps=naps_before, veil=None, veiled=0)
    veil = Veil(first=start, last=data.generated_on - dt.timedelta(days=LAST_NIGHTS))
    hidden = sum(veil.hides(n.date) for n in nights)
    return Shown(
        drawn=tuple(n for n in nights if not veil.hides(n.date)),
        summed=before,
        naps=naps_before,
        veil=veil,
        veiled=hidden,
    )
