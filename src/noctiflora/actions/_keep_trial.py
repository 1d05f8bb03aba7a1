"""Finds the season that is under way, and saves it if nobody else did in the meantime."""

from dataclasses import dataclass

from noctiflora.actions._trial_record import SCHEMA, TrialRecord, TrialState, read_record, record_document
from noctiflora.core import NotFound
from noctiflora.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTrial:
    """One season with its place in the store."""

    trial_id: str
    version: int
    record: TrialRecord


def kept_trials(store: Store) -> tuple[KeptTrial, ...]:
    """Return all seasons, oldest first."""
    found = [
        KeptTrial(trial_id=d.trial_id, version=d.version, record=read_record(d.body, where=f"trial {d.trial_id}"))
        for d in store.trials.list()
        if d.body.get("schema") == SCHEMA
    ]
    return tuple(sorted(found, key=lambda kept: kept.record.plan.first_night))


def running_trial(store: Store) -> KeptTrial | None:
    """Return the season that is neither locked nor lost, or None."""
    return next((k for k in kept_trials(store) if k.record.state not in (TrialState.LOCKED, TrialState.KEY_LOST)), None)


def the_running_trial(store: Store) -> KeptTrial:
    """Return the season under way.

    Raises
    ------
    NotFound
        If there is none.
    """
    found = running_trial(store)
    if found is None:
        raise NotFound("no trial is under way", where="trial", do="start one: noctiflora trial start")
    return found


def save_trial(store: Store, kept: KeptTrial, record: TrialRecord) -> KeptTrial:
    """Save a season as changed.

    Raises
    ------
    StoreConflict
        If somebody else changed it since it was loaded.
    """
    saved = store.trials.save(kept.trial_id, record_document(record), version=kept.version)
    return KeptTrial(trial_id=kept.trial_id, version=saved.version, record=record)


def needs_passphrase(store: Store) -> bool:
    """Return whether the order of the season under way is still sealed."""
    found = running_trial(store)
    return found is not None and found.record.order is None
