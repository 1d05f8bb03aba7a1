"""Trials in the store of the web tests: begun three weeks before the tests' present, with a chosen order."""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from noctiflora.actions import (
    Chance,
    LogLine,
    StartRequest,
    answer_gates,
    lock_trial,
    log_trial,
    read_answer,
    start_trial,
)
from noctiflora.core import Instrument, Outcome
from noctiflora.evidence import load_safety
from noctiflora.store import Store, open_store
from noctiflora.trial import Cost

OPTION = "lactobacillus-gasseri-cp2305"
WORDS = "mole lantern quiet orchard"
CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
FIRST = dt.date(2024, 11, 7)
"""Night 1; with two pairs of seven nights the last is that of 4 December."""
ORDERS = {"first": 0b01, "second": 0b10}


def counted(seed: str) -> Callable[[int], bytes]:
    """Return a source of bytes that is the same for the same seed."""
    state = [0]

    def give(n: int) -> bytes:
        state[0] += 1
        return hashlib.shake_256(f"{seed}/{state[0]}".encode()).digest(n)

    return give


def chance(bits: int, seed: str = "season") -> Chance:
    """Return a generator whose order is `bits`, and all else the same for the same seed."""
    give = counted(seed)
    return Chance(bits=lambda n: bits, below=lambda n: int.from_bytes(give(8)) % n, bytes=give)


def pass_gates(store: Store, *, date: dt.date) -> None:
    """Answer every safety question with no."""
    answer_gates(store, [read_answer(f"{rule.gate_id}=no", today=date) for rule in load_safety()])


def request(**changes: object) -> StartRequest:
    """Return a small trial: two pairs of seven nights with one look."""
    values: dict[str, object] = {
        "option_key": OPTION,
        "dose_value": 1e10,
        "dose_unit": "CFU/day",
        "outcome": Outcome.EFFICIENCY,
        "instrument": Instrument.DIARY,
        "useful": 2.0,
        "pairs": 2,
        "on_nights": 7,
        "off_nights": 7,
        "n_looks": 1,
        "first_night": FIRST,
    }
    return StartRequest(**{**values, **changes})  # type: ignore[arg-type]


def begin(
    path: Path,
    *,
    bits: int = ORDERS["first"],
    known: bool = False,
    today: dt.date = dt.date(2024, 12, 1),
    first: dt.date = FIRST,
) -> None:
    """Start a trial in the store of six weeks of nights, and log what came since."""
    started = first - dt.timedelta(days=1)
    with open_store(path, now=lambda: dt.datetime.combine(started, dt.time(12), dt.UTC)) as store:
        pass_gates(store, date=started)
        asked = request(first_night=first)
        start_trial(store, asked, None if known else WORDS, today=started, chance=chance(bits), cost=CHEAP)
        _tell(store, today, first=first, known=known)


def finish(path: Path, *, today: dt.date = dt.date(2024, 12, 1)) -> None:
    """Lock a trial after its last night."""
    at = dt.datetime.combine(today, dt.time(7, 30), dt.UTC)
    with open_store(path, now=lambda: at) as store:
        lock_trial(store, WORDS, now=at, today=today)


def _tell(store: Store, today: dt.date, *, first: dt.date, known: bool) -> None:
    doses = np.random.default_rng(3).random(28) < 0.9
    passed = min((today - first).days + 1, 28)
    lines = [LogLine(night=n, dose="1" if doses[n - 1] else "0") for n in range(1, passed + 1)]
    if not known:
        lines.append(LogLine(night=7, guess="product"))
    lines.append(LogLine(night=3, adverse="bloating after dinner", severity="mild"))
    log_trial(store, lines, now=dt.datetime.combine(today, dt.time(7), dt.UTC), today=today)
