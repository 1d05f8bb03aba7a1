import datetime as dt
from dataclasses import replace

import pytest

from noctiflora.core import Outcome
from noctiflora.sleep import Night, outcome_values

ONE = Night(date=dt.date(2024, 1, 2), source="x", se_pct=88.0, sol_min=12.0, waso_min=30.0, tst_min=400.0, rating=6.0)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.EFFICIENCY, 88),
        (Outcome.LATENCY, 12),
        (Outcome.WASO, 30),
        (Outcome.TOTAL_SLEEP, 400),
        (Outcome.RATING, 6),
    ],
)
def test_each_outcome_has_its_measure(outcome: Outcome, expected: float) -> None:
    assert outcome_values([ONE], outcome) == ((ONE.date, expected),)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_unknown_stays_unknown(outcome: Outcome) -> None:
    assert outcome_values([Night(date=ONE.date, source="x")], outcome) == ((ONE.date, None),)


def test_in_order_without_naps() -> None:
    before = replace(ONE, date=dt.date(2024, 1, 1), tst_min=300.0)
    nap = replace(ONE, nap=True)
    found = outcome_values([ONE, nap, before], Outcome.TOTAL_SLEEP)
    assert found == ((before.date, 300), (ONE.date, 400))
