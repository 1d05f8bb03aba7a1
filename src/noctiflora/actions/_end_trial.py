"""Ends a season: the planned lock, a stop, an emergency opening, a lost passphrase."""

import datetime as dt
from dataclasses import replace

from noctiflora.actions._freeze_trial import freeze
from noctiflora.actions._keep_trial import KeptTrial, save_trial, the_running_trial
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.core import DesignError, FormatError
from noctiflora.store import Store
from noctiflora.trial import (
    Entry,
    EntryKind,
    Order,
    add_entry,
    check_clock,
    open_seal,
    read_order,
    verify_order,
)


def lock_trial(store: Store, passphrase: str | None, *, now: dt.datetime, today: dt.date) -> KeptTrial:
    """Freeze the nights and doses, then open the order and check it against the commitment.

    Parameters
    ----------
    store : Store
        Where the season lies.
    passphrase : str or None
        The helper's; None where the order is known already.
    now, today : datetime, date
        The present instant with a zone, and the person's date.

    Raises
    ------
    DesignError
        If the last night has not come yet.
    RangeError
        If the passphrase is another one, or the clock was set back.
    FormatError
        If the order is not the one committed to.
    """
    kept = the_running_trial(store)
    record, plan = kept.record, kept.record.plan
    check_clock(record.entries, now)
    if record.state is TrialState.RUNNING and today < plan.last_night:
        raise DesignError(
            f"the last night is that of {plan.last_night}; until then the order stays sealed",
            where="trial lock",
            found=str(today),
            do="wait for it, or end the trial early: noctiflora trial stop",
        )
    frozen = freeze(store, plan, last=last_night_that_counts(record))
    order = record.order or opened(record, passphrase)
    entries = add_entry(plan, record.entries, Entry(at=now, kind=EntryKind.LOCKED, night=0))
    return save_trial(store, kept, replace(record, frozen=frozen, order=order, entries=entries))


def last_night_that_counts(record: TrialRecord) -> int:
    """Return the last night before the season ended, by plan or early; 1 at least."""
    plan = record.plan
    # a season that ended before its first night has night 0 here: none of its nights counts
    early = [e.night for e in record.entries if e.kind in (EntryKind.OPENED, EntryKind.STOPPED)]
    return max(1, min([*early, plan.n_nights]))


def opened(record: TrialRecord, passphrase: str | None) -> Order:
    """Return the order from the seal.

    Raises
    ------
    RangeError
        If the passphrase is missing or another one.
    """
    if record.sealed is None:
        raise FormatError("this trial has no seal", where="trial", do="its order is known")
    return open_seal(record.sealed, passphrase or "", record.plan.fingerprint())


def open_trial(
    store: Store,
    *,
    reason: str,
    passphrase: str | None = None,
    envelope: str | None = None,
    now: dt.datetime,
    today: dt.date,
) -> KeptTrial:
    """Open the order before the end, for an emergency; the reason is kept and the trial ends.

    Parameters
    ----------
    store : Store
        Where the season lies.
    reason : str
        Why, in words.
    passphrase, envelope : str or None
        The helper's passphrase, or the letters and the number of the paper envelope.
    now, today : datetime, date
        The present instant with a zone, and the person's date.

    Raises
    ------
    RangeError
        If the reason is empty or the passphrase another one.
    FormatError
        If the envelope is not that of this trial, or the season is over.
    """
    kept = the_running_trial(store)
    record = kept.record
    if record.order is not None:
        raise FormatError("the order of this trial is open already", where="trial open", do="noctiflora trial status")
    entries = _ended(record, EntryKind.OPENED, reason, now, today)
    order = opened(record, passphrase) if envelope is None else _from_envelope(record, envelope)
    return save_trial(store, kept, replace(record, order=order, entries=entries))


def stop_trial(store: Store, *, reason: str, now: dt.datetime, today: dt.date) -> KeptTrial:
    """End a season early; its nights so far can still be locked and read."""
    kept = the_running_trial(store)
    if kept.record.state is not TrialState.RUNNING:
        raise FormatError(
            f"this trial was {kept.record.state.value} before", where="trial stop", do="noctiflora trial lock"
        )
    entries = _ended(kept.record, EntryKind.STOPPED, reason, now, today)
    return save_trial(store, kept, replace(kept.record, entries=entries))


def lose_key(store: Store, *, now: dt.datetime, today: dt.date) -> KeptTrial:
    """End a season whose passphrase is lost: "unblinded by key loss"; everything recorded is kept."""
    kept = the_running_trial(store)
    if kept.record.sealed is None or kept.record.order is not None:
        raise FormatError(
            "the order of this trial is open, so no key is needed", where="trial stop", do="leave out --key-lost"
        )
    entries = _ended(kept.record, EntryKind.KEY_LOST, "the passphrase is lost", now, today)
    return save_trial(store, kept, replace(kept.record, entries=entries))


def _ended(record: TrialRecord, kind: EntryKind, reason: str, now: dt.datetime, today: dt.date) -> tuple[Entry, ...]:
    plan = record.plan
    night = max(0, min((today - plan.first_night).days + 1, plan.n_nights))
    return add_entry(plan, record.entries, Entry(at=now, kind=kind, night=night, text=reason.strip()))


def _from_envelope(record: TrialRecord, text: str) -> Order:
    """Return the order as the paper envelope tells it: letters, then the number."""
    assert record.sealed is not None
    letters, _, number = text.strip().partition(" ")
    try:
        order = Order(arms=read_order(letters.upper()), nonce=bytes.fromhex(number.replace(" ", "")))
    except ValueError:
        raise FormatError(
            "an envelope holds the letters P and C, a space, and 64 digits and letters",
            where="--envelope",
            do="copy both lines as they stand",
        ) from None
    try:
        verify_order(order, record.sealed.commitment, record.plan.fingerprint())
    except FormatError:
        raise FormatError(
            "these letters and this number are not those of this trial's envelope",
            where="--envelope",
            do="compare every sign with the slip; the helper's passphrase opens it as well",
        ) from None
    return order
