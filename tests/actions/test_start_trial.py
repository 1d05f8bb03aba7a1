"""A start: the gates first, then a plan that is fixed, and an order that only the seal knows."""

import datetime as dt
import json
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from noctiflora.actions import Chance, StartRequest, TrialRecord, answer_gates, kept_trials, start_trial
from noctiflora.core import DesignError, GateClosed, Instrument, Outcome, RangeError
from noctiflora.evidence import load_safety
from noctiflora.plan import Answer, Reply
from noctiflora.store import Store
from noctiflora.trial import open_seal
from tests.actions.seasons import CHEAP, WORDS, rate

TODAY = dt.date(2025, 5, 1)
REQUEST = StartRequest(
    option_key="lactobacillus-gasseri-cp2305",
    dose_value=1e10,
    dose_unit="cells/day",
    outcome=Outcome.RATING,
    instrument=Instrument.DIARY,
    useful=0.5,
    pairs=2,
    on_nights=7,
    off_nights=7,
    n_looks=1,
    first_night=TODAY + dt.timedelta(days=1),
)


@pytest.fixture
def ready(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store with a run-in, and every safety question answered with no; few simulated trials."""
    monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)
    values = 6 + np.random.default_rng(1).standard_normal(21)
    rate(store, TODAY - dt.timedelta(days=20), values.round(2).tolist())
    answer_gates(store, [Answer(gate_id=r.gate_id, reply=Reply.NO, date=TODAY) for r in load_safety()])
    return store


def started(store: Store, request: StartRequest = REQUEST, words: str | None = WORDS) -> TrialRecord:
    return start_trial(store, request, words, today=TODAY, cost=CHEAP)


def test_everything_is_fixed_and_kept(ready: Store) -> None:
    made = started(ready)
    assert kept_trials(ready)[0].record == made
    assert made.plan.looks == (14,)
    assert made.plan.n_bottles == 4
    assert made.plan.run_in_nights == 21
    assert 0.9 <= made.plan.threshold <= 1.0
    assert made.plan.safety_limit > 0
    assert made.order is None
    assert made.sealed is not None
    order = open_seal(made.sealed, WORDS, made.plan.fingerprint())
    assert len(order.arms) == 4


def test_threshold_and_limit_are_the_same_for_every_order(ready: Store) -> None:
    plans = []
    for bits in (0b00, 0b11):
        numbers = count()
        chance = Chance(bits=lambda n, bits=bits: bits, below=lambda n, numbers=numbers: next(numbers) % n)
        plans.append(start_trial(ready, REQUEST, WORDS, today=TODAY, chance=chance, cost=CHEAP).plan)
        ready.trials.remove("season-001")
    assert plans[0] == plans[1]


def test_unequal_periods_are_filled_into_equal_bottles(ready: Store) -> None:
    made = started(ready, replace(REQUEST, off_nights=14))
    assert made.plan.bottle_nights == 7
    assert made.plan.n_bottles == 6


def test_a_second_trial_waits(ready: Store) -> None:
    started(ready)
    with pytest.raises(DesignError, match="schedule is fixed"):
        started(ready)


def test_a_known_order_is_kept_in_the_clear(ready: Store) -> None:
    made = started(ready, replace(REQUEST, option_key="kefir"), None)
    assert made.sealed is None
    assert made.order is not None
    assert not made.plan.blinded


def test_what_cannot_be_blinded_needs_known(ready: Store) -> None:
    with pytest.raises(DesignError, match="--known"):
        started(ready, replace(REQUEST, option_key="kefir"))


@pytest.mark.parametrize("gate", ["S13", "S25"])
def test_a_closed_gate_says_why(ready: Store, gate: str) -> None:
    answer_gates(ready, [Answer(gate_id=gate, reply=Reply.YES, date=TODAY)])
    message = next(r.message for r in load_safety() if r.gate_id == gate)
    with pytest.raises(GateClosed) as caught:
        started(ready)
    assert message.rstrip(".")[:40] in str(caught.value)
    assert caught.value.exit_code == 4


def test_a_crisis_goes_before_all(ready: Store) -> None:
    answer_gates(ready, [Answer(gate_id="S24", reply=Reply.YES, date=TODAY)])
    with pytest.raises(GateClosed, match="trial can wait"):
        started(ready)


def test_a_gate_on_the_option_alone_closes_the_option(ready: Store) -> None:
    answer_gates(ready, [Answer(gate_id="S01", reply=Reply.YES, date=TODAY)])
    with pytest.raises(GateClosed, match="not open to you"):
        started(ready, replace(REQUEST, option_key="bifidobacterium-longum-1714"))


def test_open_questions_close(store: Store) -> None:
    with pytest.raises(GateClosed, match="questions are open"):
        started(store)


@pytest.mark.parametrize(
    "change",
    [
        {"useful": 0.0},
        {"useful": float("nan")},
        {"dose_value": -1.0},
        {"dose_unit": " "},
        {"first_night": TODAY},
        {"first_night": TODAY + dt.timedelta(days=61)},
        {"option_key": "nothing"},
    ],
)
def test_what_is_out_of_range_is_refused(ready: Store, change: dict[str, object]) -> None:
    with pytest.raises(RangeError):
        started(ready, replace(REQUEST, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"pairs": 0}, {"n_looks": 2}, {"n_looks": -1}, {"outcome": Outcome.LATENCY}])
def test_what_is_no_design_or_has_no_run_in_is_refused(ready: Store, change: dict[str, object]) -> None:
    with pytest.raises(DesignError):
        started(ready, replace(REQUEST, **change))  # type: ignore[arg-type]


def test_a_short_passphrase_starts_nothing(ready: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # it is refused at once, not after the simulations
    monkeypatch.setattr("noctiflora.actions._start_trial.plan_threshold", None)
    with pytest.raises(RangeError, match="12 characters"):
        started(ready, words="short")
    assert kept_trials(ready) == ()


def test_the_store_holds_no_order(ready: Store) -> None:
    made = started(ready)
    text = json.dumps(ready.trials.list()[0].body)
    assert made.sealed is not None
    order = open_seal(made.sealed, WORDS, made.plan.fingerprint())
    assert order.nonce.hex() not in text
    assert '"order": null' in text
