"""A season as it lies in the store: plan, seal, log, and what the lock froze."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from noctiflora.actions._trial_document import TrialPlan
from noctiflora.core import FormatError, Instrument, Normal, Outcome
from noctiflora.trial import (
    Arm,
    Cost,
    Entry,
    EntryKind,
    Measured,
    Order,
    Sealed,
    SeasonPlan,
    order_text,
    plan_document,
    read_order,
)

SCHEMA = 2


class TrialState(StrEnum):
    """Where a season stands."""

    RUNNING = "running"
    STOPPED = "stopped before its end"
    OPENED = "opened before its end"
    KEY_LOST = "unblinded by key loss"
    LOCKED = "locked"


_ENDS = {
    EntryKind.LOCKED: TrialState.LOCKED,
    EntryKind.KEY_LOST: TrialState.KEY_LOST,
    EntryKind.OPENED: TrialState.OPENED,
    EntryKind.STOPPED: TrialState.STOPPED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What the lock froze, before the order was read.

    Parameters
    ----------
    values : tuple of float or None
        The outcome of each night from the first of the run-in.
    other_device : tuple of bool
        Nights measured by another device than most of the run-in.
    last : int
        Last night that counts, from 1; earlier than planned where the trial ended early.
    secondaries : tuple of tuple of float or None
        The same nights of each secondary outcome, in the order of the plan.
    circumstances : mapping of str to tuple of float or None
        1 or 0 as entered in the mornings of the same nights, by item.
    """

    values: tuple[float | None, ...]
    other_device: tuple[bool, ...]
    last: int
    secondaries: tuple[tuple[float | None, ...], ...] = ()
    circumstances: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRecord:
    """One season.

    Parameters
    ----------
    plan : SeasonPlan
        Fixed at the start.
    sealed : Sealed or None
        None where the person knows the order.
    order : Order or None
        Once it is open; from the start where it was never sealed (then with an empty nonce).
    run_in : tuple of float or None
        Outcome of the nights of the run-in, as the plan was made from them.
    entries : tuple of Entry
        The log.
    frozen : Frozen or None
        From the lock on.
    share_id : str
        Random name under which a summary is shared; tells nothing of the person.
    told_before : mapping
        What the design could tell, as said before the start; may be empty.
    """

    plan: SeasonPlan
    sealed: Sealed | None
    order: Order | None
    run_in: tuple[float | None, ...]
    entries: tuple[Entry, ...] = ()
    frozen: Frozen | None = None
    share_id: str = ""
    told_before: Mapping[str, float]

    @property
    def state(self) -> TrialState:
        """Where the season stands."""
        kinds = {entry.kind for entry in self.entries}
        return next((state for kind, state in _ENDS.items() if kind in kinds), TrialState.RUNNING)

    @property
    def opened_early(self) -> bool:
        """Whether the order was read before the end."""
        return any(entry.kind is EntryKind.OPENED for entry in self.entries)

    def trial_plan(self) -> TrialPlan:
        """Return the plan with its order.

        Raises
        ------
        FormatError
            If the order is not open.
        """
        if self.order is None:
            raise FormatError("the order of this trial is not open", where="trial", do="noctiflora trial lock")
        plan = self.plan
        return TrialPlan(
            option_key=plan.option_key,
            option_name=plan.option_name,
            outcome=plan.outcome,
            instrument=plan.instrument,
            useful=plan.useful,
            threshold=plan.threshold,
            first_night=plan.date_of(1 - plan.run_in_nights),
            schedule=plan.schedule(self.order.arms),
            blinded=plan.blinded,
            randomised=True,
        )


def record_document(record: TrialRecord) -> dict[str, object]:
    """Return a season as JSON values; of one size whatever the order."""
    sealed, order, frozen = record.sealed, record.order, record.frozen
    return {
        "schema": SCHEMA,
        "plan": plan_document(record.plan),
        "plan_sha256": record.plan.fingerprint().hex(),
        "seal": None
        if sealed is None
        else {
            "commitment": sealed.commitment,
            "kdf": "argon2id",
            "memory_kib": sealed.cost.memory_kib,
            "passes": sealed.cost.passes,
            "lanes": sealed.cost.lanes,
            "salt": sealed.salt.hex(),
            "cipher": "aes-256-gcm",
            "iv": sealed.iv.hex(),
            "ciphertext": sealed.ciphertext.hex(),
        },
        "order": None if order is None else {"arms": order_text(order.arms), "nonce": order.nonce.hex()},
        "run_in": list(record.run_in),
        "entries": [
            [entry.at.isoformat(), entry.kind.value, entry.night, entry.value, entry.text] for entry in record.entries
        ],
        "frozen": None
        if frozen is None
        else {
            "values": list(frozen.values),
            "other_device": list(frozen.other_device),
            "last": frozen.last,
            "secondaries": [list(values) for values in frozen.secondaries],
            "circumstances": {item: list(values) for item, values in frozen.circumstances.items()},
        },
        "share_id": record.share_id,
        "told_before": dict(record.told_before),
    }


def read_record(body: Mapping[str, object], *, where: str) -> TrialRecord:
    """Read a season back.

    Raises
    ------
    FormatError
        If a part is missing, or the plan is not the one that was fixed.
    """
    if body.get("schema") != SCHEMA:
        raise FormatError(
            "this trial was saved by another version",
            where=where,
            found=str(body.get("schema")),
            do="update Noctiflora",
        )
    try:
        plan = _plan(_object(body["plan"]))
        record = TrialRecord(
            plan=plan,
            sealed=None if body["seal"] is None else _sealed(_object(body["seal"])),
            order=None if body["order"] is None else _order(_object(body["order"])),
            run_in=tuple(_values(body["run_in"])),
            entries=tuple(_entry(row) for row in _list(body["entries"])),
            frozen=None if body["frozen"] is None else _frozen(_object(body["frozen"])),
            share_id=str(body["share_id"]),
            told_before={key: float(str(value)) for key, value in _object(body["told_before"]).items()},
        )
    except (KeyError, ValueError, TypeError) as problem:
        raise FormatError("this trial cannot be read", where=where, found=str(problem), do="restore a backup") from None
    if plan.fingerprint().hex() != body.get("plan_sha256"):
        raise FormatError(
            "the schedule or another part of the plan was changed after the start",
            where=where,
            do="restore a backup from before the change; the plan is fixed once the order is drawn",
        )
    return record


def _plan(part: Mapping[str, object]) -> SeasonPlan:
    number = {key: float(str(part[key])) for key in _FLOATS}
    whole = {key: int(str(part[key])) for key in _WHOLE}
    return SeasonPlan(
        option_key=str(part["option_key"]),
        option_name=str(part["option_name"]),
        dose_unit=str(part["dose_unit"]),
        outcome=Outcome(str(part["outcome"])),
        instrument=Instrument(str(part["instrument"])),
        first_night=dt.date.fromisoformat(str(part["first_night"])),
        looks=tuple(int(str(look)) for look in _list(part["looks"])),
        expected=tuple(_normal(row) for row in _list(part["expected"])),
        codes=tuple(str(code) for code in _list(part["codes"])),
        blinded=part["blinded"] is True,
        dose_value=number["dose_value"],
        useful=number["useful"],
        threshold=number["threshold"],
        safety_limit=number["safety_limit"],
        run_in_mean=number["run_in_mean"],
        run_in_sd=number["run_in_sd"],
        run_in_nights=whole["run_in_nights"],
        pairs=whole["pairs"],
        on_nights=whole["on_nights"],
        off_nights=whole["off_nights"],
        secondaries=tuple(_measured(row) for row in _list(part.get("secondaries", []))),
        run_in_left_out=int(str(part.get("run_in_left_out", 0))),
    )


_FLOATS = ("dose_value", "useful", "threshold", "safety_limit", "run_in_mean", "run_in_sd")
_WHOLE = ("run_in_nights", "pairs", "on_nights", "off_nights")


def _measured(row: object) -> Measured:
    outcome, instrument, mean, sd = _list(row)
    return Measured(
        outcome=Outcome(str(outcome)),
        instrument=Instrument(str(instrument)),
        run_in_mean=float(str(mean)),
        run_in_sd=float(str(sd)),
    )


def _normal(row: object) -> Normal:
    weight, mean, sd = (float(str(value)) for value in _list(row))
    return Normal(weight=weight, mean=mean, sd=sd)


def _sealed(part: Mapping[str, object]) -> Sealed:
    cost = Cost(memory_kib=int(str(part["memory_kib"])), passes=int(str(part["passes"])), lanes=int(str(part["lanes"])))
    salt, iv, ciphertext = (bytes.fromhex(str(part[key])) for key in ("salt", "iv", "ciphertext"))
    return Sealed(commitment=str(part["commitment"]), salt=salt, iv=iv, ciphertext=ciphertext, cost=cost)


def _order(part: Mapping[str, object]) -> Order:
    return Order(arms=read_order(str(part["arms"])), nonce=bytes.fromhex(str(part["nonce"])))


def _entry(row: object) -> Entry:
    at, kind, night, value, text = _list(row)
    instant = dt.datetime.fromisoformat(str(at))
    return Entry(at=instant, kind=EntryKind(str(kind)), night=int(str(night)), value=str(value), text=str(text))


def _frozen(part: Mapping[str, object]) -> Frozen:
    return Frozen(
        values=tuple(_values(part["values"])),
        other_device=tuple(value is True for value in _list(part["other_device"])),
        last=int(str(part["last"])),
        secondaries=tuple(tuple(_values(row)) for row in _list(part.get("secondaries", []))),
        circumstances={item: tuple(_values(row)) for item, row in _object(part.get("circumstances", {})).items()},
    )


def _values(part: object) -> list[float | None]:
    return [None if value is None else float(str(value)) for value in _list(part)]


def _list(part: object) -> list[object]:
    if not isinstance(part, list):
        raise TypeError("a list is missing")
    return part


def _object(part: object) -> dict[str, object]:
    if not isinstance(part, dict):
        raise TypeError("an object is missing")
    return part


def arms_of(record: TrialRecord) -> tuple[Arm, ...]:
    """Return the arm of each bottle; the order must be open."""
    if record.order is None:
        raise FormatError("the order of this trial is not open", where="trial", do="noctiflora trial lock")
    return record.order.arms
