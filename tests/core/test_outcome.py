"""Outcomes: every one has a unit, a label and a direction."""

import pytest

from noctiflora.core import Outcome


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_described(outcome: Outcome) -> None:
    assert outcome.unit
    assert outcome.label


def test_less_time_awake_is_better() -> None:
    worse_when_more = {o for o in Outcome if not o.higher_is_better}
    assert worse_when_more == {Outcome.LATENCY, Outcome.WASO}
