"""The veil over the nights of a trial under way, and its lifting."""

import datetime as dt
from dataclasses import dataclass, replace

from noctiflora.actions._keep_trial import KeptTrial, running_trial, save_trial, the_running_trial
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._trial_record import TrialRecord
from noctiflora.core import FormatError
from noctiflora.sleep import Night
from noctiflora.store import Store
from noctiflora.trial import Entry, EntryKind, add_entry

LAST_NIGHTS = 7
"""Trial nights that stay to be seen, so that a wrong reading is noticed while it can be mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """What may be seen of the nights while a trial is under way.

    It depends on the calendar alone, never on the order. Where the order is hidden, trial nights but
    the last seven are held back. Where the person knows the order, hiding nights would hide nothing, so all
    may be seen; but averages, findings and comparisons leave the trial out in both, until it is locked
    or the veil was lifted.

    Parameters
    ----------
    first_night : date
        First night of the trial.
    last_hidden : date or None
        Nights from the first to this one are held back; None where none is.
    blinded : bool
        Whether the order is hidden from the person.
    lifted_on : date or None
        Day (UTC) on which the person lifted the veil; None if they did not.
    """

    first_night: dt.date
    last_hidden: dt.date | None
    blinded: bool
    lifted_on: dt.date | None = None

    def hides(self, date: dt.date) -> bool:
        """Return whether a night may not be drawn, listed or taken out."""
        return self.last_hidden is not None and self.first_night <= date <= self.last_hidden

    def counts(self, date: dt.date) -> bool:
        """Return whether a night may enter averages and findings."""
        return self.lifted_on is not None or date < self.first_night

    def as_of(self, today: dt.date) -> dt.date:
        """Return the day whose averages and findings may be shown."""
        return today if self.lifted_on is not None else min(today, self.first_night - dt.timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNights:
    """Nights and naps that may be drawn, and how many of both are held back by which veil."""

    nights: tuple[Night, ...]
    naps: tuple[Night, ...]
    hidden: int
    veil: Veil | None


def veil(store: Store, *, today: dt.date) -> Veil | None:
    """Return what the trial under way holds back; None where there is none, or its order was opened.

    Parameters
    ----------
    store : Store
        Where the season lies.
    today : date
        The person's date: the last seven nights are those up to it.
    """
    kept = running_trial(store)
    if kept is None or kept.record.opened_early:
        return None
    plan, lifted = kept.record.plan, veil_lifted_on(kept.record)
    hidden = plan.blinded and lifted is None
    return Veil(
        first_night=plan.first_night,
        last_hidden=today - dt.timedelta(days=LAST_NIGHTS) if hidden else None,
        blinded=plan.blinded,
        lifted_on=lifted,
    )


def veil_lifted_on(record: TrialRecord) -> dt.date | None:
    """Return the day on which the veil of a season was lifted; None if it was not."""
    return next((entry.at.date() for entry in record.entries if entry.kind is EntryKind.UNVEILED), None)


def drawn_nights(store: Store, *, today: dt.date) -> DrawnNights:
    """Return the nights and naps that may be drawn, listed or taken out."""
    found, over = list_nights(store), veil(store, today=today)
    if over is None:
        return DrawnNights(nights=found.nights, naps=found.naps, hidden=0, veil=None)
    nights = tuple(n for n in found.nights if not over.hides(n.date))
    naps = tuple(n for n in found.naps if not over.hides(n.date))
    hidden = len(found.nights) + len(found.naps) - len(nights) - len(naps)
    return DrawnNights(nights=nights, naps=naps, hidden=hidden, veil=over)


def lift_veil(store: Store, *, now: dt.datetime) -> KeptTrial:
    """Lift the veil for good; the day is recorded and the verdict says so.

    Lifting it again changes nothing.

    Raises
    ------
    NotFound
        If no trial is under way.
    FormatError
        If nothing is veiled, because the order is known.
    RangeError
        If the clock was set back.
    StoreConflict
        If somebody else wrote in the meantime.
    """
    kept = the_running_trial(store)
    record = kept.record
    if veil_lifted_on(record) is not None:
        return kept
    if not record.plan.blinded or record.opened_early:
        raise FormatError(
            "no night of this trial is veiled, because its order is known",
            where="nights --lift-veil",
            do="see all nights: noctiflora nights",
        )
    entries = add_entry(record.plan, record.entries, Entry(at=now, kind=EntryKind.UNVEILED, night=0))
    return save_trial(store, kept, replace(record, entries=entries))
