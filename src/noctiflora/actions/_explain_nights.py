"""Says for each night which record was chosen, which were not, and why."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._veil import drawn_nights
from noctiflora.sleep import Loser, Night, measure
from noctiflora.store import Store

PREFERRED = "preferred by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOfNight:
    """One record of one night.

    Parameters
    ----------
    date : date
        Of the night.
    source : str
        Who recorded it.
    chosen : bool
        Whether the night is shown as this record tells it.
    tst_min : float or None
        Minutes asleep that it tells of.
    reason : str
        Why it was chosen, or why not.
    """

    date: dt.date
    source: str
    chosen: bool
    tst_min: float | None
    reason: str


def explain_nights(store: Store, *, today: dt.date) -> tuple[SourceOfNight, ...]:
    """Return the records of all nights that may be shown, the chosen one of each first.

    Parameters
    ----------
    store : Store
        Where the nights lie.
    today : date
        The person's date: nights of a blinded trial are veiled.
    """
    shown = drawn_nights(store, today=today)
    lost: dict[dt.date, list[SourceOfNight]] = defaultdict(list)
    for loser in list_nights(store).losers:
        row = _lost(loser)
        if shown.veil is None or not shown.veil.hides(row.date):
            lost[row.date].append(row)
    out: list[SourceOfNight] = []
    for night in sorted((*shown.nights, *shown.naps), key=lambda n: (n.date, n.nap)):
        out.append(_chosen(night, beside=len(lost[night.date])))
        out.extend(() if night.nap else lost.pop(night.date))
    out.extend(row for rows in lost.values() for row in rows)
    return tuple(sorted(out, key=lambda row: row.date))


def _lost(loser: Loser) -> SourceOfNight:
    told = measure(loser.episode)
    return SourceOfNight(
        date=told.date, source=loser.episode.source, chosen=False, tst_min=told.tst_min, reason=loser.reason
    )


def _chosen(night: Night, *, beside: int) -> SourceOfNight:
    staged = any(stage.is_sleep and stage.value != "asleep" for stage in night.stages_min)
    told = "sleep stages" if staged else "sleep without stages" if night.tst_min is not None else "time in bed alone"
    rank = "" if not beside else ", the fullest of the best kind" if not _wanted(night) else f", {PREFERRED}"
    by_hand = any(note.startswith("corrected by hand") for note in night.notes)
    reason = f"tells {told}{rank if beside else ', the only record'}{'; corrected by hand' if by_hand else ''}"
    return SourceOfNight(date=night.date, source=night.source, chosen=True, tst_min=night.tst_min, reason=reason)


def _wanted(night: Night) -> bool:
    return any(PREFERRED in note for note in night.notes)
