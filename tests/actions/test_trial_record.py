"""A season comes back from its document as it was, and a changed plan is refused."""

import copy
import json
from dataclasses import replace

import pytest

from noctiflora.actions import TrialState
from noctiflora.actions._trial_record import Frozen, arms_of, read_record, record_document
from noctiflora.core import FormatError
from noctiflora.trial import Entry, EntryKind
from tests.actions.seasons import at, record


@pytest.mark.parametrize("known", [True, False])
def test_round_trip(known: bool) -> None:
    made = replace(
        record(known=known),
        entries=(Entry(at=at(3), kind=EntryKind.DOSE, night=3, value="1", text='"<é'),),
        frozen=Frozen(values=(1.0, None), other_device=(False, True), last=2),
        told_before={"assurance": 0.6},
    )
    assert read_record(json.loads(json.dumps(record_document(made))), where="x") == made


def test_the_document_has_one_size_whatever_the_order() -> None:
    sizes = {len(json.dumps(record_document(record(order=order)))) for order in ("PCPCPC", "CPCPCP", "PCCPPC")}
    assert len(sizes) == 1


@pytest.mark.parametrize(("field", "value"), [("off_nights", 7), ("first_night", "2025-01-07"), ("threshold", 0.9)])
def test_a_plan_changed_after_the_start_is_refused(field: str, value: object) -> None:
    body = json.loads(json.dumps(record_document(record())))
    body["plan"][field] = value
    if field == "off_nights":
        body["plan"]["codes"] = [f"A{i}" for i in range(9)]
        body["plan"]["looks"] = []
    with pytest.raises(FormatError, match="changed after the start"):
        read_record(body, where="trial season-001")


@pytest.mark.parametrize("path", ["plan", "seal", "entries", "run_in", "share_id", "told_before"])
def test_a_missing_part_is_refused(path: str) -> None:
    body = copy.deepcopy(record_document(record()))
    del body[path]
    with pytest.raises(FormatError, match="cannot be read"):
        read_record(body, where="x")


def test_another_schema_is_refused() -> None:
    with pytest.raises(FormatError, match="another version"):
        read_record({"schema": 99}, where="x")


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), TrialState.RUNNING),
        ((EntryKind.LOOK,), TrialState.RUNNING),
        ((EntryKind.STOPPED,), TrialState.STOPPED),
        ((EntryKind.OPENED,), TrialState.OPENED),
        ((EntryKind.STOPPED, EntryKind.LOCKED), TrialState.LOCKED),
        ((EntryKind.KEY_LOST,), TrialState.KEY_LOST),
    ],
)
def test_states(kinds: tuple[EntryKind, ...], state: TrialState) -> None:
    entries = tuple(Entry(at=at(3), kind=kind, night=0, text="x") for kind in kinds)
    made = replace(record(), entries=entries)
    assert made.state is state
    assert made.opened_early == (EntryKind.OPENED in kinds)


def test_a_sealed_order_cannot_be_asked_for() -> None:
    with pytest.raises(FormatError, match="not open"):
        record().trial_plan()
    with pytest.raises(FormatError, match="not open"):
        arms_of(record())
    plan = record(known=True).trial_plan()
    assert plan.schedule.n_nights == 84 + 14
    assert plan.date_of(15) == record().plan.first_night
