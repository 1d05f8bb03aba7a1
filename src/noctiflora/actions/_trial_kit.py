"""Writes the helper's kit, and for the helper alone the envelope."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from noctiflora.actions._end_trial import opened
from noctiflora.actions._keep_trial import save_trial, the_running_trial
from noctiflora.actions._trial_record import TrialRecord
from noctiflora.core import FormatError
from noctiflora.evidence import load_options
from noctiflora.plan import Blinding
from noctiflora.report import Kit, calendar_ics, envelope_pdf, kit_labels, kit_sheet
from noctiflora.store import Store
from noctiflora.trial import Entry, EntryKind, add_entry, order_text


def write_kit(store: Store, folder: Path, *, at: dt.time) -> tuple[Path, ...]:
    """Write labels, helper's sheet and calendar; the same whatever the order.

    Raises
    ------
    NotFound
        If no season is under way.
    FormatError
        If the folder cannot be written to.
    """
    record = the_running_trial(store).record
    kit, plan = kit_of(record), record.plan
    # a stamp from the plan: the same kit is the same file, whenever it is written
    stamp = dt.datetime.combine(plan.first_night, dt.time(), dt.UTC)
    documents = {"calendar.ics": calendar_ics(plan, at=at, stamp=stamp)}
    if plan.blinded:
        documents |= {"labels.pdf": kit_labels(kit), "helper.pdf": kit_sheet(kit)}
    return tuple(_write(folder / name, data) for name, data in documents.items())


def write_envelope(store: Store, path: Path, passphrase: str, *, now: dt.datetime) -> Path:
    """Write, for the helper alone, which bottle holds what; that it was written is kept in the log.

    Raises
    ------
    RangeError
        If the passphrase is another one.
    FormatError
        If the order was never sealed, or the file cannot be written.
    """
    kept = the_running_trial(store)
    record = kept.record
    order = opened(record, passphrase)
    entries = add_entry(record.plan, record.entries, Entry(at=now, kind=EntryKind.PACKED, night=0))
    written = _write(
        path, private=True, data=envelope_pdf(kit_of(record), order.arms, order_text(order.arms), order.nonce.hex())
    )
    save_trial(store, kept, replace(record, entries=entries))
    return written


def kit_of(record: TrialRecord) -> Kit:
    """Return what the kit is made from."""
    rule = next((o.blinding for o in load_options() if o.key == record.plan.option_key), None)
    return Kit(
        plan=record.plan,
        blinding=Blinding.NOT_KNOWN if rule is None else Blinding(rule.blinding.value),
        blinding_reason="" if rule is None else rule.reason,
    )


def _write(path: Path, data: bytes, *, private: bool = False) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if private:
            path.touch(mode=0o600)
            path.chmod(0o600)
        path.write_bytes(data)
    except OSError as problem:
        raise FormatError(
            f"the file cannot be written: {problem.strerror}", where=str(path), do="choose another place"
        ) from None
    return path
