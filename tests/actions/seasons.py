"""Seasons in a store, made without the simulations of a start."""

import datetime as dt
import secrets

import numpy as np

from noctiflora.actions import KeptTrial, TrialRecord, kept_trials
from noctiflora.actions._trial_record import record_document
from noctiflora.core import Normal, Outcome
from noctiflora.intake import CheckIn
from noctiflora.store import Store
from noctiflora.trial import Cost, Order, SeasonPlan, read_order, seal_order
from tests.trial.seasons import plan

WORDS = "mole lantern quiet orchard"
CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
ORDER = "PCCPPC"
FIRST = dt.date(2025, 1, 6)
PLAN = plan(
    outcome=Outcome.RATING,
    useful=0.5,
    expected=(Normal(weight=1.0, mean=0.3, sd=0.6),),
    run_in_mean=6.0,
    run_in_sd=1.0,
    pairs=3,
    on_nights=14,
    off_nights=14,
    looks=(28,),
)


def at(night: int, hour: int = 9) -> dt.datetime:
    """Return an instant on the morning of a night."""
    return dt.datetime.combine(FIRST + dt.timedelta(days=night - 1), dt.time(hour), dt.UTC)


def day(night: int) -> dt.date:
    return at(night).date()


def record(*, known: bool = False, order: str = ORDER, **changes: object) -> TrialRecord:
    """Return a season that has just begun."""
    made: SeasonPlan = plan(**{name: getattr(PLAN, name) for name in PLAN.__slots__} | {"blinded": not known} | changes)
    arms = read_order(order)
    rng = np.random.default_rng(1)
    run_in = tuple(round(float(v), 3) for v in 6 + rng.standard_normal(made.run_in_nights))
    sealed, opened = seal_order(arms, WORDS, made.fingerprint(), random_bytes=secrets.token_bytes, cost=CHEAP)
    return TrialRecord(
        plan=made,
        sealed=None if known else sealed,
        order=Order(arms=opened.arms, nonce=b"") if known else None,
        run_in=run_in,
        share_id=f"n1-{secrets.token_hex(16)}",
        told_before={},
    )


def kept(store: Store, given: TrialRecord | None = None) -> KeptTrial:
    """Save a season and the nights of its run-in."""
    made = given or record()
    first = made.plan.date_of(1 - made.plan.run_in_nights)
    rate(store, first, [v for v in made.run_in if v is not None])
    store.trials.save(f"season-{len(kept_trials(store)) + 1:03d}", record_document(made), version=0)
    return kept_trials(store)[-1]


def rate(store: Store, first: dt.date, values: list[float]) -> None:
    """Save ratings of mornings from a date on."""
    store.diary.save_checkins(
        [CheckIn(date=first + dt.timedelta(days=i), item="quality", value=v) for i, v in enumerate(values)]
    )


def nights(store: Store, theta: float, *, order: str = ORDER, n: int | None = None, seed: int = 2) -> None:
    """Rate all nights of a season with an effect of theta at once."""
    rng = np.random.default_rng(seed)
    dose = PLAN.schedule(read_order(order)).dose[PLAN.run_in_nights :]
    values = np.clip(6 + theta * dose + 0.8 * rng.standard_normal(dose.size), 0, 10)
    rate(store, FIRST, values[:n].round(2).tolist())
